#pragma once

#include "fleet/fleet.h"
#include "ports/secretstore.h"

#include <memory>
#include <optional>

namespace tidemark {

// The password a spec names: one that is given, else what its command prints or the store holds. Nothing:
// libpq's own ways (.pgpass …).
[[nodiscard]] QCoro::Task<Result<std::optional<Secret>>> passwordFor(ConnectSpec spec,
    std::optional<Secret> given, std::shared_ptr<SecretStore> secrets, std::stop_token stop);

} // namespace tidemark
