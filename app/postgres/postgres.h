#pragma once

#include "ports/clock.h"
#include "ports/secretstore.h"
#include "ports/servercopier.h"
#include "ports/serverprobe.h"
#include "ports/sqlsession.h"

#include <memory>

namespace tidemark {

// Without a secret store a spec's `secret` is not looked up. The folders that killed programs left of their
// tunnels are removed meanwhile.
[[nodiscard]] std::shared_ptr<SqlConnector> makePostgresConnector(std::shared_ptr<SecretStore> secrets);
[[nodiscard]] std::shared_ptr<ServerProbe> makePostgresProbe(
    std::shared_ptr<SqlConnector> connector, std::shared_ptr<Clock> clock);
[[nodiscard]] std::shared_ptr<ServerCopier> makePostgresCopier(
    std::shared_ptr<SqlConnector> connector, std::shared_ptr<Clock> clock);

} // namespace tidemark
