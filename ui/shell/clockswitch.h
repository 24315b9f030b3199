#pragma once

#include "ports/clock.h"

#include <QWidget>

#include <memory>

namespace tidemark {

class Clocks;

// The switch between UTC and local time that is also the clock. The active half is tinted and underlined; a
// click or Ctrl+T changes every table and axis at once.
class ClockSwitch : public QWidget
{
    Q_OBJECT

public:
    ClockSwitch(std::shared_ptr<Clocks> clocks, std::shared_ptr<Clock> clock, QWidget *parent = nullptr);
    void tick();

private:
    class Half;
    void showActive();

    std::shared_ptr<Clocks> m_clocks;
    std::shared_ptr<Clock> m_clock;
    Half *m_utc;
    Half *m_local;
};

} // namespace tidemark
