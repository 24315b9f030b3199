#pragma once

#include "ports/secretstore.h"
#include "ports/sqlsession.h"
#include "postgres/conninfo.h"
#include "postgres/session.h"

namespace tidemark {

// Opens sessions through libpq: the hosts of a target one after another, the addresses of each likewise.
class PgConnector final : public SqlConnector, public std::enable_shared_from_this<PgConnector>
{
public:
    explicit PgConnector(std::shared_ptr<SecretStore> secrets)
        : m_secrets(std::move(secrets))
    {
    }
    [[nodiscard]] QCoro::Task<Result<std::shared_ptr<SqlSession>>> connect(ConnectSpec spec,
        std::optional<Host> via, std::optional<Secret> password, SqlOptions options,
        std::stop_token stop) override;

private:
    std::shared_ptr<SecretStore> m_secrets;
};

} // namespace tidemark
