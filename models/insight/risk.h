#pragma once

#include "fleet/fleetstate.h"
#include "insight/facts.h"
#include "insight/recoverability.h"

#include <chrono>
#include <optional>

namespace tidemark {

// What the work since the newest restorable moment is measured by.
enum class RiskBasis {
    Unknown, // no source that keeps backups of the cluster has been read
    Nothing, // sources were read, and nothing can be restored: everything is at risk
    Points, // dumps and snapshots only
    Wal // continuous archiving
};

// What is lost if the cluster dies now. Measured at the repository; what the server believes of its archive
// is never used.
struct Risk {
    RiskBasis basis = RiskBasis::Unknown;
    std::optional<Instant> newest; // newest restorable moment
    std::optional<Lsn> newestLsn;
    std::optional<TimelineId> newestTimeline;
    std::optional<Instant> repositoryReadAt; // when the repository that holds it was looked into
    std::optional<Lsn> serverLsn;
    std::optional<Instant> serverReadAt;
    bool idle = false; // the server has written nothing that could be lost since the newest moment
    std::optional<Bytes> bytes; // current LSN less newest contiguous LSN
    std::optional<std::chrono::seconds> seconds; // until now
    std::optional<std::chrono::seconds> whenRead; // when the repository was looked into
    std::optional<Bytes> walWaiting; // what pg_wal keeps because it is not archived
    std::optional<double> walPerSecond; // bytes, over the newest stretch of the archive
    std::optional<std::chrono::seconds> untilFull; // pg_wal's file system, while archiving fails

    bool operator==(const Risk &) const = default;
};

// `server`: what it said, when it answers or did so lately. `read`: a source of the cluster has been read.
[[nodiscard]] Risk riskOf(const ClusterFacts &facts, const std::vector<SourceFacts> &sources,
    const Recoverability &recoverability, const ServerFacts *server, bool read, Instant now);

// The last try to read what the newest restorable moment needs has failed: whether it is still there is not
// known.
[[nodiscard]] bool newestIsOutOfReach(
    const ClusterFacts &facts, const std::vector<SourceFacts> &sources, const Recoverability &found);

// The same, seen later: nothing is read, only time has passed.
[[nodiscard]] Risk aged(Risk risk, Instant now);

// WAL a second over the newest stretch of the archives, where they tell when it arrived.
[[nodiscard]] std::optional<double> walPace(const ClusterFacts &facts);

} // namespace tidemark
