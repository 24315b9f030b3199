#include "ports/turns.h"

namespace tidemark {

Turn::~Turn()
{
    if (!m_queue)
        return;
    while (!m_queue->waiting.empty()) {
        const Once<bool> next = m_queue->waiting.front();
        m_queue->waiting.pop_front();
        if (next.settle(true))
            return;
    }
    m_queue->taken = false;
}

QCoro::Task<std::optional<Turn>> takeTurn(std::shared_ptr<Queue> queue, std::stop_token stop)
{
    if (!queue->taken) {
        queue->taken = true;
        co_return Turn(queue);
    }
    const Once<bool> mine;
    queue->waiting.push_back(mine);
    const std::stop_callback onStop(stop, [mine] { mine.settle(false); });
    const bool granted = co_await mine;
    if (!granted)
        co_return std::nullopt;
    co_return Turn(queue);
}

} // namespace tidemark
