#pragma once

#include "insight/bases.h"

#include <set>

namespace tidemark {

// Runs of dumps that hold every database that any dump of the cluster names, by their newest part. One that
// is no longer dumped spoils the newer ones, so that none passes for whole without it.
[[nodiscard]] std::vector<DumpRun> dumpRuns(
    const ClusterFacts &facts, const Objectives &objectives, Instant now);

// The newest dump of every database that any dump names, with the newest globals if there are any: a run as
// well, when it is newer than every other one. What was there by its oldest dump is not lost, so that no
// earlier moment is the newest. `there` are the databases the server has, when it is known: of others nothing
// is missed.
void addNewestDumps(Recoverability &found, const ClusterFacts &facts, const Objectives &objectives,
    const std::optional<std::set<QString>> &there, Instant now);

} // namespace tidemark
