#pragma once

#include "ports/clock.h"
#include "ports/servercopier.h"
#include "ports/sqlsession.h"

namespace tidemark {

// Opens one read-only session for the server and one after the other for its databases.
class PgServerCopier final : public ServerCopier, public std::enable_shared_from_this<PgServerCopier>
{
public:
    PgServerCopier(std::shared_ptr<SqlConnector> connector, std::shared_ptr<Clock> clock)
        : m_connector(std::move(connector))
        , m_clock(std::move(clock))
    {
    }
    [[nodiscard]] QCoro::Task<Result<ServerCopy>> copy(ConnectSpec spec, std::optional<Host> via,
        std::optional<Secret> password, std::stop_token stop) override;

private:
    std::shared_ptr<SqlConnector> m_connector;
    std::shared_ptr<Clock> m_clock;
};

} // namespace tidemark
