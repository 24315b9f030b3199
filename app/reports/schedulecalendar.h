#pragma once

#include "insight/conflicts.h"
#include "reports/ical.h"

namespace tidemark {

// What is still to come of a plan, with the conflicts that are predicted. `fleet` names the calendar.
[[nodiscard]] IcalFile scheduleCalendar(const CalendarPlan &plan, const QString &fleet);

} // namespace tidemark
