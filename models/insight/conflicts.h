#pragma once

#include "insight/calendarplan.h"

namespace tidemark {

// Two things of different tracks that work on the same cluster, or on clusters of the same host, at one time.
struct Conflict {
    int first = 0; // indexes into CalendarPlan::runs; the first one began earlier, and runs into the second
    int second = 0;
    Instant from;
    Instant to;
    QString cluster; // what they share: a cluster, else
    QString host;
    bool predicted = false; // it is to come, or one of them has not ended yet
    std::optional<Acceptance> accepted; // a person lets it be

    bool operator==(const Conflict &) const = default;
    [[nodiscard]] std::chrono::minutes minutes() const
    {
        return std::chrono::duration_cast<std::chrono::minutes>(to - from);
    }
};

[[nodiscard]] QString occurrenceOf(const CalendarPlan &plan, const Conflict &conflict);

// By when they begin. Overlaps shorter than a minute are none; two windows, and two runs of one track, which
// its tool keeps apart by itself, are not compared. What has no known end overlaps with nothing.
[[nodiscard]] std::vector<Conflict> conflictsOf(const CalendarPlan &plan);

} // namespace tidemark
