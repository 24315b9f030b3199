#pragma once

#include "backup/run.h"
#include "fleet/fleet.h"
#include "ports/pbsreader.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace tidemark::pbssource {

// Where the last look at the tasks stopped: which ones ran then, and which ones of the newest second it has
// told. Kept as the source's cursor.
struct TaskMark {
    QStringList running; // UPIDs
    QStringList told;
    std::optional<Instant> oldestRunning;

    [[nodiscard]] static TaskMark parse(const QString &cursor);
    [[nodiscard]] QString cursor() const;
};

// From when on tasks have to be listed.
[[nodiscard]] Instant tasksSince(const TaskMark &mark, std::optional<Instant> newestRun, Instant now);

struct TaskNews {
    std::vector<Run> runs; // new, or ended since
    TaskMark mark;
};
// Tasks that make, check, move or remove backups.
[[nodiscard]] TaskNews newsOf(const Source &source, const std::vector<PbsTaskFacts> &tasks,
    const TaskMark &mark, std::optional<Instant> newestRun);

} // namespace tidemark::pbssource
