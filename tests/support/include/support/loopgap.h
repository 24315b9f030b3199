#pragma once

#include <QTimer>

#include <algorithm>
#include <ctime>

namespace tidemark::test {

// Processor time of this thread.
inline double threadMilliseconds()
{
    timespec now {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// How long the main thread worked at most between two turns of its event loop, in its own processor time, so
// that a busy machine does not count.
class LoopGap
{
public:
#ifdef __SANITIZE_ADDRESS__
    static constexpr int Attempts = 1; // its time is not judged
#else
    static constexpr int Attempts = 3;
#endif

    LoopGap()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { turn(); });
        m_timer.start(1);
    }
    void turn()
    {
        const double now = threadMilliseconds();
        m_longest = std::max(m_longest, now - m_last);
        m_last = now;
    }
    [[nodiscard]] double longest() const { return m_longest; }

private:
    QTimer m_timer;
    double m_last = threadMilliseconds();
    double m_longest = 0;
};

} // namespace tidemark::test
