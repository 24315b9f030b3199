#pragma once

#include "ports/taskscope.h"

#include <QObject>

#include <chrono>

class QTimer;

namespace tidemark {

// Waits until no work is under way any more, so that adapters may go; gives up after the limit.
class Departure : public QObject
{
    Q_OBJECT

public:
    Departure(InFlight inFlight, std::chrono::milliseconds limit, QObject *parent = nullptr);
    void begin();

Q_SIGNALS:
    void done(bool inTime);

private:
    void look();

    InFlight m_inFlight;
    std::chrono::milliseconds m_left;
    QTimer *m_timer;
};

} // namespace tidemark
