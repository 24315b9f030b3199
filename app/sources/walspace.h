#pragma once

#include "fleet/fleet.h"
#include "fleet/fleetstate.h"
#include "ports/hostreader.h"

#include <memory>

namespace tidemark {

// The file system a server's WAL is on, wherever a link leads: no SQL tells it, so its machine is asked, as
// the account that the fleet file names for it. "host.unknown" when the fleet file does not tell which
// machine that is.
[[nodiscard]] QCoro::Task<Result<HostSpace>> walSpace(std::shared_ptr<HostReaders> hosts, Cluster cluster,
    Fleet fleet, ServerFacts facts, std::stop_token stop);

} // namespace tidemark
