#pragma once

#include "insight/facts.h"
#include "recovery/recoverplan.h"

namespace tidemark {

// What a restore to a target starts from, as the catalogue knows it.
struct RecoverBase {
    QString artifact; // id
    Source from;
    Host host; // that has it; empty: this machine
    QString walFolder; // an archive of segments as a folder on that host; empty: none
    std::uint32_t segmentSize = DefaultSegmentSize;
};

// The newest full backup of pg_basebackup on the target's timeline that stopped before the target: the least
// WAL to replay. Nothing: there is none.
[[nodiscard]] std::optional<RecoverBase> recoverBase(
    const CatalogueFacts &facts, const Fleet &fleet, const QString &cluster, const WalTarget &target);

// The name of the last segment that recovery to an exact target reads.
[[nodiscard]] QString lastSegment(
    const WalTarget &exact, const std::optional<WalPrediction> &prediction, std::uint32_t segmentSize);
// Where Debian keeps the programs of a server's version; empty: the version is not known.
[[nodiscard]] QString usualBinaries(int serverVersion);

} // namespace tidemark
