#pragma once

#include "insight/bases.h"

namespace tidemark {

// Runs of dumps that hold every database that any dump of the cluster names, by their newest part. One that
// is no longer dumped spoils the newer ones, so that none passes for whole without it.
[[nodiscard]] std::vector<DumpRun> dumpRuns(
    const ClusterFacts &facts, const Objectives &objectives, Instant now);

} // namespace tidemark
