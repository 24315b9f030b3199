#pragma once

#include "ports/clock.h"
#include "ports/serverprobe.h"
#include "ports/sqlsession.h"

namespace tidemark {

// Opens a read-only session with short limits, asks everything in one round trip, and closes.
class PgProbe final : public ServerProbe, public std::enable_shared_from_this<PgProbe>
{
public:
    PgProbe(std::shared_ptr<SqlConnector> connector, std::shared_ptr<Clock> clock)
        : m_connector(std::move(connector))
        , m_clock(std::move(clock))
    {
    }
    [[nodiscard]] QCoro::Task<Result<ServerFacts>> probe(ConnectSpec spec, std::optional<Host> via,
        std::optional<Secret> password, std::stop_token stop) override;

private:
    std::shared_ptr<SqlConnector> m_connector;
    std::shared_ptr<Clock> m_clock;
};

// Read-only, at most ten seconds for a statement and two for a lock, and no names but the system's own.
[[nodiscard]] SqlOptions probeOptions();

} // namespace tidemark
