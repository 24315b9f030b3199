#pragma once

#include "insight/conflicts.h"

#include <QTime>

namespace tidemark {

// A schedule or a maintenance window of the fleet file that has one time a day.
struct Movable {
    QString name;
    bool window = false;
    QString label; // as the calendar calls it
    QString when; // as the file has it
    QString form;
    QTime at;
    QStringList clusters;
    QString command; // what another scheduler calls; that one is to be told as well

    bool operator==(const Movable &) const = default;
};

// The two parties of a conflict that can be moved, windows first, then the one that began later.
[[nodiscard]] std::vector<Movable> movablesOf(
    const CalendarPlan &plan, const Conflict &conflict, const Fleet &fleet);

struct Overlaps {
    int count = 0;
    std::chrono::minutes minutes {};

    auto operator<=>(const Overlaps &) const = default;
};
// What would overlap with it in the plan, past and to come, if it happened at another time of its days. Runs
// that ended count with the time they really took, others with what they usually take.
[[nodiscard]] Overlaps overlapsAt(const CalendarPlan &plan, const Movable &what, QTime time);

// The quarter of an hour nearest to its time at which nothing overlaps, else that with the fewest minutes;
// nothing when no other is better than it is.
[[nodiscard]] std::optional<QTime> bestTime(const CalendarPlan &plan, const Movable &what);

} // namespace tidemark
