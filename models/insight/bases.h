#pragma once

#include "insight/recoverability.h"

namespace tidemark {

// A base backup that can be restored, if the WAL it needs is there.
struct Base {
    qint32 artifact = -1;
    qint32 parent = -1; // artifact it builds on
    TimelineId timeline;
    Lsn start;
    Lsn stop;
    Instant stopped;
    Confidence confidence = Confidence::Claimed;
    bool carriesWal = false;
};

// How sure an artifact is by itself; nothing when it is of no use.
[[nodiscard]] std::optional<Confidence> confidenceOf(
    const ArtifactFact &artifact, const Objectives &objectives, Instant now);

// Base backups whose chains are whole, by timeline and stop point. Those that their tool calls whole and that
// are of no use are told with the reason.
struct Bases {
    std::vector<Base> usable;
    std::vector<std::pair<qint32, Unusable>> unusable;
};
[[nodiscard]] Bases basesOf(const ClusterFacts &facts, const Objectives &objectives, Instant now);

} // namespace tidemark
