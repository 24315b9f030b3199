#pragma once

#include <QCoreApplication>
#include <QMetaObject>

#include <coroutine>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace tidemark {

// A value that arrives once: the one primitive adapters wait on. A cheap handle, safe to copy into slots.
// Every ending settles it (success, failure, timeout, stop) and the first wins. The waiter is resumed through
// the event loop of the main thread, never inside settle(). Settling is allowed from any thread.
template <class T>
class Once
{
    struct State {
        std::mutex guard;
        std::optional<T> value;
        std::coroutine_handle<> waiter;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();

    static void resumeLater(std::coroutine_handle<> waiter)
    {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(), [waiter] { waiter.resume(); }, Qt::QueuedConnection);
    }

public:
    struct Awaiter {
        std::shared_ptr<State> state;
        [[nodiscard]] bool await_ready() const noexcept { return false; }
        [[nodiscard]] bool await_suspend(std::coroutine_handle<> waiter) noexcept
        {
            const std::lock_guard lock(state->guard);
            if (state->value)
                return false;
            state->waiter = waiter;
            return true;
        }
        T await_resume() { return *std::move(state->value); }
    };

    // False if it came too late.
    bool settle(T value) const
    {
        std::coroutine_handle<> waiter;
        {
            const std::lock_guard lock(m_state->guard);
            if (m_state->value)
                return false;
            m_state->value.emplace(std::move(value));
            waiter = std::exchange(m_state->waiter, {});
        }
        if (waiter)
            resumeLater(waiter);
        return true;
    }
    [[nodiscard]] bool settled() const
    {
        const std::lock_guard lock(m_state->guard);
        return m_state->value.has_value();
    }
    // Here and not in QCoro's transform, because g++ 12 copies awaiters it gets from there.
    Awaiter operator co_await() const { return { m_state }; }
};

} // namespace tidemark
