#pragma once

#include "fleet/fleet.h"
#include "fleet/fleetstate.h"
#include "values/error.h"

namespace tidemark {

// The fleet's host of that name; nothing when none is named, or the fleet has none like that.
[[nodiscard]] std::optional<Host> hostNamed(const Fleet &fleet, const QString &name);

// Where a source's files are: this machine, a default host, when it names none. "fleet.no-host" when the
// fleet does not have the one it names: reading this machine instead would tell another machine's backups.
[[nodiscard]] Result<Host> hostOf(const Source &source, const Fleet &fleet);

struct PlaceOnHost {
    Host host;
    QString path;

    bool operator==(const PlaceOnHost &) const = default;
};

// The folder a server writes its WAL into, by the machine the fleet file names for it, else this one when it
// is reached through a socket here. Nothing when either is not known.
[[nodiscard]] std::optional<PlaceOnHost> walPlace(
    const Cluster &cluster, const Fleet &fleet, const ServerFacts &facts);

} // namespace tidemark
