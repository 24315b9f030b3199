#pragma once

#include "values/instant.h"

#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace tidemark::pbs {

struct TaskOk {
    bool operator==(const TaskOk &) const = default;
};
struct TaskWarnings {
    qint64 count = 0;
    bool operator==(const TaskWarnings &) const = default;
};
struct TaskFailed {
    QString text;
    bool operator==(const TaskFailed &) const = default;
};
// The server stopped meanwhile, or does not know the task.
struct TaskUnknown {
    bool operator==(const TaskUnknown &) const = default;
};

// How a task ended. Warnings are neither success nor failure.
using TaskEnd = std::variant<TaskOk, TaskWarnings, TaskFailed, TaskUnknown>;

[[nodiscard]] TaskEnd taskEnd(const QString &exitStatus);
[[nodiscard]] QString words(const TaskEnd &end); // as the server says it

struct TaskItem {
    QString upid;
    QString node;
    qint64 pid = 0;
    qint64 pstart = 0;
    Instant started;
    QString type;
    std::optional<QString> workerId; // decoded
    QString user; // user or token
    std::optional<Instant> ended; // nothing: running
    std::optional<QString> status;

    [[nodiscard]] std::optional<TaskEnd> end() const;
    bool operator==(const TaskItem &) const = default;
};

struct TaskStatus {
    QString upid;
    QString node;
    qint64 pid = 0;
    qint64 pstart = 0;
    Instant started;
    QString type;
    std::optional<QString> workerId;
    QString user;
    std::optional<QString> tokenName;
    QString status; // running | stopped
    std::optional<QString> exitStatus;
    std::optional<Instant> ended; // since 4.2

    [[nodiscard]] std::optional<TaskEnd> end() const; // nothing: still running
    bool operator==(const TaskStatus &) const = default;
};

struct LogLine {
    qint64 number = 0; // from 1
    QString text;
    bool operator==(const LogLine &) const = default;
};

struct LogPage {
    std::vector<LogLine> lines;
    std::optional<qint64> total;
    std::optional<bool> active;
    bool operator==(const LogPage &) const = default;
};

// Filters of the task list. Type and user match as substrings; a list of end states leaves out running tasks.
struct TaskFilter {
    std::optional<qint64> start;
    std::optional<qint64> limit; // nothing: 50, 0: all
    std::optional<bool> running;
    std::optional<bool> errors; // all but OK, running ones too
    std::optional<Instant> since;
    std::optional<Instant> until;
    QString type;
    QString user;
    QString store;
    std::vector<QString> endStates; // ok | warning | error | unknown
    bool operator==(const TaskFilter &) const = default;
};

} // namespace tidemark::pbs
