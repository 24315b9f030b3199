#pragma once

#include "insight/insight.h"

#include <QStringList>

namespace tidemark::test {

// A small fleet in which nothing is wrong, at minute 10.5 of story.h's clock: cluster "shop" with a
// repository "repo" (base backup, WAL up to segment 9), nightly dumps of two databases in "dumps" and
// verified snapshots of its machine in "pbs01".
struct World {
    World();

    CatalogueFacts facts;
    Fleet fleet;
    FleetState state;
    Instant now;

    [[nodiscard]] Insight insight() const { return insightOf(facts, fleet, state, now); }

    // Shortcuts into it.
    [[nodiscard]] Cluster &cluster() { return fleet.clusters.front(); }
    [[nodiscard]] ClusterFacts &shop() { return facts.clusters.front(); }
    [[nodiscard]] WalArchive &archive() { return shop().archives.front(); }
    [[nodiscard]] ServerFacts &server() { return *state.servers.front().facts; }
    [[nodiscard]] Source &source(const QString &name);
    [[nodiscard]] SourceFacts &read(const QString &name);
    [[nodiscard]] ArtifactFact &artifact(const QString &id);
    // "wal repo 1 2-4; full b 1 2.1-2.6" in place of the repository's
    void repository(const QString &story);
    void put(ArtifactFact artifact); // in its place by time
    void sort();
};

// "F wal.gap shop repo 000000010000000000000005 x1 10- risk 330s/5.2 tl 1" …; one line each
[[nodiscard]] QString print(const std::vector<Finding> &findings);

} // namespace tidemark::test
