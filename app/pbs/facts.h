#pragma once

#include "pbs/contents.h"
#include "pbs/jobs.h"
#include "pbs/tasks.h"
#include "ports/pbsreader.h"

namespace tidemark::pbs {

// What the server's answers mean for the rest of the program.
[[nodiscard]] PbsSnapshotFacts snapshotFacts(
    const QString &store, const QString &ns, const SnapshotItem &item);
[[nodiscard]] PbsTaskFacts taskFacts(const TaskItem &item);
[[nodiscard]] PbsJobFacts jobFacts(const PruneJob &job);
[[nodiscard]] PbsJobFacts jobFacts(const VerifyJob &job);
[[nodiscard]] PbsJobFacts jobFacts(const SyncJob &job);
[[nodiscard]] PbsJobFacts jobFacts(const GcJob &job, const QString &store);
// A store as the list and the usage tell of it; either may lack it.
[[nodiscard]] DatastoreFacts datastoreFacts(const DatastoreItem &item, const UsageItem *usage);

[[nodiscard]] TaskFilter taskFilter(const QString &store, const PbsTaskFilter &filter);

} // namespace tidemark::pbs
