#pragma once

#include "insight/bases.h"

#include <set>

namespace tidemark {

// Runs of dumps that hold every database that any dump of the cluster names, by their newest part. One that
// is no longer dumped spoils the newer ones, so that none passes for whole without it.
[[nodiscard]] std::vector<DumpRun> dumpRuns(
    const ClusterFacts &facts, const Objectives &objectives, Instant now);

// What was there by then is in the newest dump of every database that any dump names, roles or not. `there`
// are the databases the server has, when it is known: of others nothing is missed.
[[nodiscard]] std::optional<Instant> allDumpedBy(const ClusterFacts &facts, const Objectives &objectives,
    const std::optional<std::set<QString>> &there, Instant now);

} // namespace tidemark
