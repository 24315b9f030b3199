#pragma once

#include "backup/scan.h"
#include "fleet/fleet.h"
#include "ports/pbsreader.h"

// What a backup server's lists mean for the rest of the program.
namespace tidemark::pbssource {

// Whose machine a group is; empty: the fleet does not say.
[[nodiscard]] QString clusterOfGroup(const Source &source, const QString &group);

// "main:prod/db:vm/2001/2026-11-20T01:30:00Z"
[[nodiscard]] QString snapshotId(const PbsSnapshotFacts &snapshot);
// Changes when size, verification, protection, notes or owner do.
[[nodiscard]] QString stampOf(const PbsSnapshotFacts &snapshot, bool running);

// Backups that run right now, as "group" of the running tasks.
[[nodiscard]] QStringList runningGroups(const std::vector<PbsTaskFacts> &tasks);

// Snapshots against what is known of them: new and changed ones, and what is gone.
struct SnapshotNews {
    std::vector<Artifact> artifacts;
    QStringList gone;
};
[[nodiscard]] SnapshotNews newsOf(const Source &source, const std::vector<PbsSnapshotFacts> &snapshots,
    const QStringList &running, const QHash<QString, QString> &stamps);

[[nodiscard]] Job jobOf(const QString &source, const PbsJobFacts &job);
[[nodiscard]] StoreUsage usageOf(const QString &source, const DatastoreFacts &store, Instant now);
// A datastore that cannot be used says so.
[[nodiscard]] std::optional<SourceTrouble> troubleOf(const QString &source, const DatastoreFacts &store);
[[nodiscard]] std::vector<SourceTrouble> troublesOf(
    const QString &source, const std::vector<MissingRight> &missing);
[[nodiscard]] RunState runState(PbsTaskState state);

} // namespace tidemark::pbssource
