#pragma once

#include "insight/calendarmonth.h"

#include <QDateTime>

#include <memory>

namespace tidemark {

// What every surface of the calendar shows.
struct CalendarScene {
    std::shared_ptr<const CalendarFacts> facts = std::make_shared<CalendarFacts>(); // never null
    QTimeZone zone = QTimeZone::utc();
    QDate today;
    QDate chosen; // the month, week or day around it is shown
    int run = -1; // the chosen one, index into the plan

    [[nodiscard]] const CalendarTrack &trackOf(const CalendarRun &one) const
    {
        return facts->plan.tracks[std::size_t(one.track)];
    }
    // Where a run stands in the day it was due: what began on another day stands where it should have.
    [[nodiscard]] Instant shownAt(const CalendarRun &one) const
    {
        const auto dayOf
            = [this](Instant at) { return QDateTime::fromSecsSinceEpoch(at.seconds(), zone).date(); };
        return dayOf(one.begin) == dayOf(one.due) ? one.begin : one.due;
    }
    [[nodiscard]] const CalendarRun &runAt(int index) const { return facts->plan.runs[std::size_t(index)]; }
};

} // namespace tidemark
