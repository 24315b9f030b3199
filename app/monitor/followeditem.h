#pragma once

#include "fleet/fleetstate.h"
#include "ports/backoff.h"
#include "ports/clock.h"
#include "ports/taskscope.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace tidemark {

// Follows one server or source: asks, waits its interval, asks again; after a failure it waits the backoff.
// One question at a time. Facts outlive failures.
template <class Facts>
class FollowedItem
{
public:
    using Probe = std::function<QCoro::Task<Result<Facts>>(std::stop_token)>;

    FollowedItem(QString name, Probe probe, std::shared_ptr<Clock> clock, std::chrono::seconds interval,
        InFlight inFlight, std::function<void(const Followed<Facts> &)> told)
        : m_state { .name = std::move(name) }
        , m_probe(std::move(probe))
        , m_clock(std::move(clock))
        , m_interval(interval)
        , m_told(std::move(told))
        , m_scope(std::move(inFlight))
    {
        m_next.setSingleShot(true);
        m_late.setSingleShot(true);
        QObject::connect(&m_next, &QTimer::timeout, &m_next, [this] { ask(); });
        QObject::connect(&m_late, &QTimer::timeout, &m_late, [this] { becomeStale(); });
    }

    // Starts to ask; what is known from before is shown as stale until the first answer.
    void begin(std::optional<Facts> known)
    {
        if (known)
            m_state.reach = Reach::Stale;
        m_state.facts = std::move(known);
        m_begun = true;
        m_next.start(0);
    }
    [[nodiscard]] const Followed<Facts> &state() const { return m_state; }
    [[nodiscard]] bool begun() const { return m_begun; }
    void askNow()
    {
        if (m_begun && !m_asking)
            m_next.start(0);
    }

private:
    void ask()
    {
        m_asking = true;
        m_state.nextTry.reset();
        m_late.start(2 * m_interval);
        m_scope.start(m_probe(m_scope.token()), [this](Result<Facts> answer) { settle(std::move(answer)); });
    }

    void settle(Result<Facts> answer)
    {
        m_asking = false;
        m_late.stop();
        if (answer)
            keep(std::move(*answer));
        else
            blame(std::move(answer).error());
        const auto wait = m_failures == 0 ? m_interval : backoff(m_failures);
        if (m_failures > 0)
            m_state.nextTry = m_clock->now() + wait;
        m_next.start(wait);
        m_told(m_state);
    }

    void keep(Facts facts)
    {
        m_failures = 0;
        m_state.reach = Reach::Live;
        m_state.facts = std::move(facts);
        m_state.error.reset();
        m_state.offlineSince.reset();
    }

    void blame(Error error)
    {
        ++m_failures;
        m_state.reach = Reach::Offline;
        m_state.error = std::move(error);
        if (!m_state.offlineSince)
            m_state.offlineSince = lastAnswer().value_or(m_clock->now());
    }

    // It may have been long before this start.
    [[nodiscard]] std::optional<Instant> lastAnswer() const
    {
        if constexpr (requires(Facts facts) { Instant(facts.readAt); })
            return m_state.facts ? std::optional(m_state.facts->readAt) : std::nullopt;
        else
            return {};
    }

    // The question is out and two intervals have passed without an answer.
    void becomeStale()
    {
        if (m_state.reach != Reach::Live)
            return;
        m_state.reach = Reach::Stale;
        m_told(m_state);
    }

    Followed<Facts> m_state;
    Probe m_probe;
    std::shared_ptr<Clock> m_clock;
    std::chrono::seconds m_interval;
    std::function<void(const Followed<Facts> &)> m_told;
    int m_failures = 0;
    bool m_begun = false;
    bool m_asking = false;
    QTimer m_next;
    QTimer m_late;
    TaskScope m_scope;
};

} // namespace tidemark
