#include "pbs/tasks.h"

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

TaskEnd taskEnd(const QString &exitStatus)
{
    constexpr QStringView warnings = u"WARNINGS: ";
    if (exitStatus == u"OK"_s)
        return TaskOk {};
    if (exitStatus == u"unknown"_s)
        return TaskUnknown {};
    if (exitStatus.startsWith(warnings)) {
        bool number = false;
        const qint64 count = exitStatus.mid(warnings.size()).toLongLong(&number);
        if (number)
            return TaskWarnings { count };
    }
    return TaskFailed { exitStatus };
}

QString words(const TaskEnd &end)
{
    if (const auto *warnings = std::get_if<TaskWarnings>(&end))
        return u"WARNINGS: %1"_s.arg(warnings->count);
    if (const auto *failed = std::get_if<TaskFailed>(&end))
        return failed->text;
    return std::holds_alternative<TaskOk>(end) ? u"OK"_s : u"unknown"_s;
}

std::optional<TaskEnd> TaskItem::end() const
{
    if (status)
        return taskEnd(*status);
    if (ended)
        return TaskUnknown {};
    return std::nullopt;
}

std::optional<TaskEnd> TaskStatus::end() const
{
    if (status == u"running"_s)
        return std::nullopt;
    if (exitStatus)
        return taskEnd(*exitStatus);
    return TaskUnknown {};
}

} // namespace tidemark::pbs
