#pragma once

#include "pbs/contents.h"
#include "pbs/tasks.h"
#include "ports/pbsreader.h"

namespace tidemark::pbs {

// What the server's answers mean for the rest of the program.
[[nodiscard]] PbsSnapshotFacts snapshotFacts(
    const QString &store, const QString &ns, const SnapshotItem &item);
[[nodiscard]] PbsTaskFacts taskFacts(const TaskItem &item);
// A store as the list and the usage tell of it; either may lack it.
[[nodiscard]] DatastoreFacts datastoreFacts(const DatastoreItem &item, const UsageItem *usage);

[[nodiscard]] TaskFilter taskFilter(const QString &store, const PbsTaskFilter &filter);

} // namespace tidemark::pbs
