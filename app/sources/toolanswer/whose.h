#pragma once

#include "fleet/fleet.h"

#include <optional>

namespace tidemark {

// Which cluster of the fleet a tool's stanza or server is, as far as the fleet file says: the one of the
// source with that system identifier, else the one with that name, else the source's only one when it reads
// that stanza only. Empty: not known.
[[nodiscard]] QString clusterOf(const Source &source, const std::vector<Cluster> &clusters,
    const QString &toolsName, std::optional<SystemId> systemId, bool onlyOne);

} // namespace tidemark
