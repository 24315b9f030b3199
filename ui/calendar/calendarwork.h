#pragma once

#include "fleet/fleet.h"
#include "insight/calendarmonth.h"
#include "insight/moving.h"
#include "ports/cataloguewatch.h"

#include <QSet>
#include <qcorotask.h>

namespace tidemark {

struct CalendarQuestion {
    std::shared_ptr<const Knowledge> knowledge; // never null
    Fleet fleet;
    QString cluster; // empty: all of them
    QSet<QString> hidden; // tracks, by label
    Instant from;
    Instant to;
    Instant now;
};

// What came of it, with every track there is, hidden ones too.
struct CalendarAnswer {
    std::shared_ptr<const CalendarFacts> facts;
    QStringList tracks;
};

// Four weeks back and ahead of everything in the fleet, with the better time for each party of a conflict.
struct MoveProposal {
    std::shared_ptr<const CalendarPlan> plan;
    std::vector<Movable> movables;
    std::vector<std::optional<QTime>> best; // of each; nothing: no other is better
};
[[nodiscard]] MoveProposal proposeMove(
    const CalendarQuestion &question, const std::vector<Movable> &movables);
[[nodiscard]] QCoro::Task<MoveProposal> proposeMoveAside(
    CalendarQuestion question, std::vector<Movable> movables);

[[nodiscard]] CalendarAnswer workOut(const CalendarQuestion &question);
// The same on the thread pool: years of hourly runs take a while.
[[nodiscard]] QCoro::Task<CalendarAnswer> workOutAside(CalendarQuestion question);

} // namespace tidemark
