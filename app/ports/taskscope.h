#pragma once

#include <QtGlobal>
#include <qcorotask.h>

#include <coroutine>
#include <exception>
#include <memory>
#include <stop_token>
#include <utility>

namespace tidemark {

// How much work is under way in the whole program. The console waits for zero before its adapters go.
class InFlight
{
public:
    [[nodiscard]] int count() const { return *m_count; }

    class Mark
    {
    public:
        explicit Mark(std::shared_ptr<int> count)
            : m_count(std::move(count))
        {
            ++*m_count;
        }
        Mark(const Mark &) = delete;
        Mark &operator=(const Mark &) = delete;
        ~Mark() { --*m_count; }

    private:
        std::shared_ptr<int> m_count;
    };
    [[nodiscard]] std::shared_ptr<int> counter() const { return m_count; }

private:
    std::shared_ptr<int> m_count = std::make_shared<int>(0);
};

// Starts coroutines and tells their owner how they ended, if the owner still lives. Destroying the scope asks
// the work to stop; frames end by themselves and nobody is told. Keep it as the last member, so that it goes
// first. Nothing but a TaskScope and a co_await may hold a task.
class TaskScope
{
public:
    explicit TaskScope(InFlight inFlight = {})
        : m_inFlight(std::move(inFlight))
    {
    }
    TaskScope(const TaskScope &) = delete;
    TaskScope &operator=(const TaskScope &) = delete;
    ~TaskScope() { m_run->request_stop(); }

    // Read it before making the task, and after restart().
    [[nodiscard]] std::stop_token token() const { return m_run->get_token(); }

    template <class T, class Then>
    void start(QCoro::Task<T> task, Then then)
    {
        drive(std::move(task), m_run->get_token(), std::move(then), m_inFlight.counter());
    }
    // Supersedes what runs: it is asked to stop and its end is not told.
    void restart()
    {
        m_run->request_stop();
        m_run = std::make_shared<std::stop_source>();
    }

private:
    struct Detached {
        struct promise_type {
            Detached get_return_object() noexcept { return {}; }
            std::suspend_never initial_suspend() noexcept { return {}; }
            std::suspend_never final_suspend() noexcept { return {}; }
            void return_void() noexcept { }
            // An exception here is a bug in a verb; going on would lose it without a word.
            [[noreturn]] void unhandled_exception() noexcept { std::terminate(); }
        };
    };

    template <class T, class Then>
    static Detached drive(QCoro::Task<T> task, std::stop_token run, Then then, std::shared_ptr<int> count)
    {
        const InFlight::Mark mark(std::move(count));
        auto value = co_await task;
        if (!run.stop_requested())
            then(std::move(value));
    }

    InFlight m_inFlight;
    std::shared_ptr<std::stop_source> m_run = std::make_shared<std::stop_source>();
};

} // namespace tidemark
