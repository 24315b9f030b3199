#pragma once

#include "backup/servercopy.h"
#include "fleet/fleet.h"
#include "values/error.h"
#include "values/secret.h"

#include <qcorotask.h>

#include <optional>
#include <stop_token>

namespace tidemark {

// Reads what a restore needs of a server that is gone by then: settings, configuration files, control data,
// and whose rows each data file holds. What the role may not see is in the copy's `missing`, each with the
// GRANT that mends it. Changes nothing there.
class ServerCopier
{
public:
    virtual ~ServerCopier() = default;
    // A given password is used instead of the one the spec names.
    [[nodiscard]] virtual QCoro::Task<Result<ServerCopy>> copy(
        ConnectSpec spec, std::optional<Host> via, std::optional<Secret> password, std::stop_token stop)
        = 0;
};

} // namespace tidemark
