#pragma once

#include "ports/once.h"

#include <qcorotask.h>

#include <deque>
#include <memory>
#include <optional>
#include <stop_token>

namespace tidemark {

// Who is next at something only one may use at a time, in the order of asking. Main thread only.
struct Queue {
    bool taken = false;
    std::deque<Once<bool>> waiting;
};

// Holding one is having the turn; its end gives the turn to the next in line.
class Turn
{
public:
    explicit Turn(std::shared_ptr<Queue> queue)
        : m_queue(std::move(queue))
    {
    }
    Turn(Turn &&) noexcept = default;
    Turn &operator=(Turn &&other) noexcept
    {
        std::swap(m_queue, other.m_queue);
        return *this;
    }
    Turn(const Turn &) = delete;
    Turn &operator=(const Turn &) = delete;
    ~Turn();

private:
    std::shared_ptr<Queue> m_queue;
};

// Nothing when stopped while waiting.
[[nodiscard]] QCoro::Task<std::optional<Turn>> takeTurn(std::shared_ptr<Queue> queue, std::stop_token stop);

} // namespace tidemark
