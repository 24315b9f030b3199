#pragma once

#include "backup/run.h"
#include "backup/scan.h"
#include "fleet/fleetstate.h"
#include "insight/acceptance.h"
#include "values/instant.h"
#include "wal/walarchive.h"

#include <vector>

namespace tidemark {

// How sure it is that an artifact can be restored, worst first. Good only by a check that could have failed.
enum class Assurance { Refuted, Listed, Structure, Contents, Restored };

// An artifact as the rules need it: a million of these fit in memory.
struct ArtifactFact {
    qint32 source = 0; // index into CatalogueFacts::sources
    ArtifactKind kind = ArtifactKind::BaseBackup;
    Method method = Method::Full;
    ArtifactState state = ArtifactState::Complete;
    Assurance assurance = Assurance::Listed;
    bool foreign = false; // of another system_identifier than the cluster's
    bool carriesWal = false;
    bool hasManifest = true;
    bool withGlobals = false; // dumps
    bool held = false;
    bool badPages = false; // taken of a cluster whose pages were already corrupt
    Quiesced quiesced = Quiesced::Unknown; // snapshots
    std::optional<Instant> assuredAt;
    std::optional<Instant> start;
    std::optional<Instant> stop;
    std::optional<Lsn> startLsn;
    std::optional<Lsn> stopLsn;
    std::optional<TimelineId> timeline;
    std::optional<Bytes> stored;
    std::optional<qint64> objects; // dumps
    QString id;
    QString parent;
    QString database;
    QString part;
    QString why; // of a state that is not Complete, or what a check that failed said

    bool operator==(const ArtifactFact &) const = default;
};

[[nodiscard]] ArtifactFact factOf(const Artifact &artifact, qint32 source, std::optional<SystemId> cluster);
[[nodiscard]] Assurance assuranceOf(const Artifact &artifact);
// Which instant one gets of it: a dump holds what was there when it began, a snapshot what was there when it
// was taken, and a base backup is good from its end on.
[[nodiscard]] std::optional<Instant> momentOf(const ArtifactFact &artifact);

struct SourceFacts {
    QString name;
    std::optional<Instant> readAt; // last success
    std::optional<Error> error; // of the last try
    std::vector<SourceTrouble> troubles;
    std::vector<StoreUsage> usage;
    std::vector<Job> jobs;
    std::vector<Run> runs; // of the last 400 days, by start; also those that belong to no cluster

    bool operator==(const SourceFacts &) const = default;
};

struct ClusterFacts {
    QString name; // in the fleet file
    std::optional<SystemId> systemId;
    std::vector<ArtifactFact> artifacts; // by stop, then start; those without a time last
    std::vector<WalArchive> archives;

    bool operator==(const ClusterFacts &) const = default;
};

// The catalogue as insight reads it.
struct CatalogueFacts {
    qint64 version = 0;
    std::vector<SourceFacts> sources;
    std::vector<ClusterFacts> clusters;
    std::vector<ArtifactFact> strays; // artifacts that belong to no cluster of the fleet
    std::vector<Acceptance> accepted; // what persons let be

    // Empty ones for a cluster of which nothing is known.
    [[nodiscard]] const ClusterFacts &cluster(const QString &name) const;
    bool operator==(const CatalogueFacts &) const = default;
};

} // namespace tidemark
