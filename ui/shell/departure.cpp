#include "shell/departure.h"

#include <QTimer>

namespace tidemark {

namespace {
constexpr std::chrono::milliseconds Step { 20 };
}

Departure::Departure(InFlight inFlight, std::chrono::milliseconds limit, QObject *parent)
    : QObject(parent)
    , m_inFlight(std::move(inFlight))
    , m_left(limit)
    , m_timer(new QTimer(this))
{
    m_timer->setInterval(Step);
    connect(m_timer, &QTimer::timeout, this, &Departure::look);
}

void Departure::begin()
{
    m_timer->start();
}

void Departure::look()
{
    m_left -= Step;
    const bool empty = m_inFlight.count() == 0;
    if (!empty && m_left.count() > 0)
        return;
    m_timer->stop();
    Q_EMIT done(empty);
}

} // namespace tidemark
