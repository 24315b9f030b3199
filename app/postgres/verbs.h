#pragma once

#include "ports/backoff.h"
#include "ports/sqlsession.h"

namespace tidemark {

// Connects, and tries again while the server cannot be reached, waiting longer each time. Gives up at once
// when trying again cannot help (a wrong password, an unknown service), and when stopped. `told` hears of
// each failure and of the wait before the next try.
[[nodiscard]] QCoro::Task<Result<std::shared_ptr<SqlSession>>> connectPatiently(
    std::shared_ptr<SqlConnector> connector, ConnectSpec spec, std::optional<Host> via,
    std::optional<Secret> password, SqlOptions options,
    std::function<void(Error, std::chrono::milliseconds)> told, std::stop_token stop);

} // namespace tidemark
