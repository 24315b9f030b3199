#pragma once

#include "schedule/calendarevent.h"
#include "schedule/cron.h"
#include "values/instant.h"

#include <chrono>
#include <variant>
#include <vector>

namespace tidemark {

// "Sun 06:00" of the form first-weekday: the first Sunday of each month.
struct FirstWeekday {
    int weekday = 1; // 1 is Monday
    QTime time;

    bool operator==(const FirstWeekday &) const = default;
};

// The times at which something of the fleet file happens, in the zone it is written for.
class Recurrence
{
public:
    // As schedules and maintenance windows write them (docs/fleet.md); an empty zone is UTC. Nothing for a
    // text that is not of its form, a zone that is not known, and forms without times (continuous, manual).
    [[nodiscard]] static std::optional<Recurrence> parse(
        const QString &when, const QString &form, const QString &zone);

    // The first time after this one. An interval counts from the time given, so hand in the last run.
    [[nodiscard]] std::optional<Instant> next(Instant after) const;
    // The last time before this one. An interval has none: it has no phase of its own.
    [[nodiscard]] std::optional<Instant> previous(Instant before) const;
    // All times from `from` on and before `to`, oldest first, at most `most` of them. Of an interval, those
    // that follow `from`.
    [[nodiscard]] std::vector<Instant> between(Instant from, Instant to, int most = 100'000) const;

    [[nodiscard]] bool isInterval() const { return std::holds_alternative<std::chrono::seconds>(m_rule); }
    // The usual distance of two times, about now: what "one period" means.
    [[nodiscard]] std::chrono::seconds periodAt(Instant around) const;

    bool operator==(const Recurrence &) const = default;

private:
    using Rule = std::variant<CalendarEvent, Cron, FirstWeekday, std::chrono::seconds>;
    Recurrence(Rule rule, QTimeZone zone)
        : m_rule(std::move(rule))
        , m_zone(std::move(zone))
    {
    }

    Rule m_rule;
    QTimeZone m_zone;
};

} // namespace tidemark
