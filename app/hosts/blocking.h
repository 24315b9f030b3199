#pragma once

#include "hosts/hosterrors.h"
#include "ports/once.h"

#include <qcorotask.h>

#include <mutex>
#include <stop_token>
#include <system_error>
#include <thread>

namespace tidemark {

// What a working thread hands on, until the answer is given: nothing is handed on after that.
class Delivery
{
public:
    // False: nobody wants it any more.
    template <class HandOn>
    bool hand(HandOn handOn)
    {
        const std::lock_guard lock(m_guard);
        if (!m_over)
            handOn();
        return !m_over;
    }
    [[nodiscard]] bool over()
    {
        const std::lock_guard lock(m_guard);
        return m_over;
    }
    void end()
    {
        const std::lock_guard lock(m_guard);
        m_over = true;
    }

private:
    std::mutex m_guard;
    bool m_over = false;
};

// Runs work that may block on a thread of its own. A stop request is answered at once, even while the work
// hangs in a dead network file system; the thread then ends by itself, whenever that is.
template <class Work>
[[nodiscard]] QCoro::Task<std::invoke_result_t<Work, Delivery &>> blocking(Work work, std::stop_token stop)
{
    using Answer = std::invoke_result_t<Work, Delivery &>;
    if (stop.stop_requested())
        co_return tl::unexpected(hostCancelled());
    const auto delivery = std::make_shared<Delivery>();
    const Once<Answer> done;
    try {
        std::thread([work = std::move(work), delivery, done]() mutable {
            done.settle(work(*delivery));
        }).detach();
    } catch (const std::system_error &problem) {
        done.settle(failure(
            ErrorKind::Internal, QStringLiteral("host.no-thread"), QString::fromLocal8Bit(problem.what())));
    }
    const std::stop_callback onStop(stop, [delivery, done] {
        delivery->end();
        done.settle(tl::unexpected(hostCancelled()));
    });
    auto answer = co_await done;
    co_return answer;
}

} // namespace tidemark
