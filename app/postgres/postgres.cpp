#include "postgres/postgres.h"

#include "postgres/connector.h"
#include "postgres/probe.h"
#include "postgres/servercopy.h"
#include "ssh/tunnelfolder.h"

#include <QThreadPool>

namespace tidemark {

std::shared_ptr<SqlConnector> makePostgresConnector(std::shared_ptr<SecretStore> secrets)
{
    // On a disk, so not on this thread.
    QThreadPool::globalInstance()->start([] { TunnelFolder::removeAbandoned(); });
    return std::make_shared<PgConnector>(std::move(secrets));
}

std::shared_ptr<ServerProbe> makePostgresProbe(
    std::shared_ptr<SqlConnector> connector, std::shared_ptr<Clock> clock)
{
    return std::make_shared<PgProbe>(std::move(connector), std::move(clock));
}

std::shared_ptr<ServerCopier> makePostgresCopier(
    std::shared_ptr<SqlConnector> connector, std::shared_ptr<Clock> clock)
{
    return std::make_shared<PgServerCopier>(std::move(connector), std::move(clock));
}

} // namespace tidemark
