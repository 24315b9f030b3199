#pragma once

#include "fleet/fleet.h"
#include "fleet/fleetstate.h"
#include "values/secret.h"

#include <qcorotask.h>

#include <optional>
#include <stop_token>

namespace tidemark {

// Connects to a PostgreSQL server, asks what it is and what the role may see, and closes. Changes nothing
// there.
class ServerProbe
{
public:
    virtual ~ServerProbe() = default;
    // A given password is used instead of the one the spec names.
    [[nodiscard]] virtual QCoro::Task<Result<ServerFacts>> probe(
        ConnectSpec spec, std::optional<Host> via, std::optional<Secret> password, std::stop_token stop)
        = 0;
};

} // namespace tidemark
