#include "ports/sleep.h"

#include "ports/once.h"

#include <QTimer>

namespace tidemark {

QCoro::Task<bool> sleepOr(std::chrono::milliseconds duration, std::stop_token stop)
{
    const Once<bool> done;
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &timer, [done] { done.settle(true); });
    const std::stop_callback onStop(stop, [done] { done.settle(false); });
    timer.start(duration);
    const bool whole = co_await done;
    co_return whole;
}

} // namespace tidemark
