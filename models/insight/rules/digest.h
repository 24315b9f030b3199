#pragma once

#include "insight/facts.h"

#include <array>

namespace tidemark::rules {

// Artifacts of one series that share a fault.
struct Faulty {
    qint64 count = 0;
    const ArtifactFact *newest = nullptr;
    std::vector<const ArtifactFact *> some; // the newest, at most 20

    void add(const ArtifactFact &artifact);
};

// Artifacts of one cluster that one source makes again and again: its base backups, the dumps of one
// database, its snapshots.
struct Series {
    static constexpr std::size_t Band = 10;

    qint32 source = 0;
    ArtifactKind kind = ArtifactKind::BaseBackup;
    QString database; // dumps
    qint64 complete = 0;
    qint64 verified = 0; // or more
    const ArtifactFact *newest = nullptr; // of those with a time
    const ArtifactFact *newestComplete = nullptr;
    const ArtifactFact *untimed = nullptr; // complete, the last begun of those whose end is not told
    const ArtifactFact *oldestUnverified = nullptr; // complete
    std::array<qint64, Band + 1> sizes {}; // of the last complete ones, round and round
    std::size_t sized = 0; // how many were put there
    Faulty damaged; // its own bytes contradict it
    Faulty refuted; // a check failed
    Faulty badPages;
    Faulty foreign;
    Faulty failed;
    Faulty unfinished;
    Faulty future; // from beyond our clock

    // Sizes before the newest, oldest first.
    [[nodiscard]] std::vector<qint64> earlierSizes() const;
};

[[nodiscard]] std::vector<Series> seriesOf(const ClusterFacts &facts, Instant now);

} // namespace tidemark::rules
