#pragma once

#include "fleet/fleet.h"
#include "insight/calendarmonth.h"
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

[[nodiscard]] CalendarAnswer workOut(const CalendarQuestion &question);
// The same on the thread pool: years of hourly runs take a while.
[[nodiscard]] QCoro::Task<CalendarAnswer> workOutAside(CalendarQuestion question);

} // namespace tidemark
