#pragma once

#include "fleet/fleet.h"
#include "fleet/fleetstate.h"

#include <optional>
#include <vector>

namespace tidemark {

// Whose something is that a source holds: what the tool told of it.
struct Told {
    QString cluster; // name in the fleet file, empty: not told
    std::optional<SystemId> systemId;

    bool operator==(const Told &) const = default;
};

struct Belonging {
    qint32 cluster = -1; // index into the fleet's clusters, -1: a stray
    bool foreign = false; // it carries an identifier that is not that cluster's

    bool operator==(const Belonging &) const = default;
};

// The identifier decides, among the clusters the source is for; then the name the tool told; then the one
// cluster the source is for. What carries the identifier of somebody else stays with the cluster it lies
// with, as foreign. A standby shares its primary's identifier: the primary has it, unless the source names
// the standby.
[[nodiscard]] Belonging belonging(const Fleet &fleet, const Source &source, const Told &told);

// The fleet with the identifiers its servers told, where its file names none.
[[nodiscard]] Fleet identified(Fleet fleet, const FleetState &state);

// Clusters that have no identifier yet take the one most of their artifacts carry; a tie tells nothing.
struct Census {
    qint32 source = 0; // index into the fleet's sources
    Told told;
    qint64 count = 0;
};
[[nodiscard]] Fleet identifiedByMost(Fleet fleet, const std::vector<Census> &census);

} // namespace tidemark
