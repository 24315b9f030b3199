#pragma once

#include "fleet/fleetstate.h"

#include <QObject>

namespace tidemark {

// Follows every server and source of the open fleet on their own intervals, with backoff 2, 5, 15, 30, 60 s
// when one does not answer. The state is complete at any time; changed() says that it is another one now.
class FleetMonitor : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    [[nodiscard]] virtual FleetState state() const = 0;
    virtual void follow(Fleet fleet) = 0;
    virtual void refreshNow() = 0;
    virtual void tryNow(QString name) = 0;

Q_SIGNALS:
    void changed();
};

} // namespace tidemark
