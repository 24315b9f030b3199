#pragma once

#include "standin/call.h"

namespace tidemark::standin {

// "next-run" of a schedule: after its last run, or after now when it never ran. Nothing without a schedule.
void addNextRun(const Call &call, const QString &schedule, const QString &job, QJsonObject &item);

// Starts a task that cannot run twice at a time. While it runs the call waits, up to ten seconds.
[[nodiscard]] Reply startWhenFree(
    const CallPtr &call, const QString &job, const QString &lockName, std::function<TaskPlan()> plan);

} // namespace tidemark::standin
