#pragma once

#include "backup/artifact.h"
#include "fleet/fleet.h"
#include "procedure/procedure.h"
#include "wal/target.h"

#include <tl/expected.hpp>

namespace tidemark {

// What a person asks for: this cluster at that moment, there.
struct RecoverRequest {
    QString cluster;
    Environment environment = Environment::Unset;
    WalTarget target; // its timeline is the one to recover along
    Host host; // where it is restored to, empty: this machine
    QString directory; // new, or empty
    int port = 0;
    QString binaries; // folder of the server's programs there
    QString superuser = QStringLiteral("postgres");
    bool open = false; // leave recovery at the end, after a person's word
};

// What is known, and was read before planning.
struct RecoverFacts {
    std::vector<Artifact> chain; // in the order to restore
    Source from;
    QString walFolder; // plain or packed segments, on the same host; empty: no such archive
    QString lastSegment; // that recovery needs
    std::optional<WalPrediction> prediction; // of the target, nothing: the WAL was not read
};

// What forbids a plan, and how it is removed.
struct Obstacle {
    QString what;
    QString remedy;

    bool operator==(const Obstacle &) const = default;
};
using RecoverPlan = tl::expected<Procedure, std::vector<Obstacle>>;

// Restores beside the cluster, which is not touched: recovery runs on a private socket with archiving off,
// waits at the target, read-only, and is proven there.
[[nodiscard]] RecoverPlan planBeside(const RecoverRequest &request, const RecoverFacts &facts);

// The place in the WAL that a target means, as far as the WAL that was read tells it. The target itself: by
// LSN or name, or not told.
[[nodiscard]] WalTarget exactTarget(const WalTarget &target, const std::optional<WalPrediction> &prediction);

} // namespace tidemark
