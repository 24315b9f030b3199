#include "postgres/probe.h"

#include "postgres/serverfacts.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

SqlOptions probeOptions()
{
    SqlOptions options;
    options.readOnly = true;
    options.statementTimeout = 10s;
    options.lockTimeout = 2s;
    options.idleInTransactionTimeout = 30s;
    options.searchPath = u"pg_catalog, pg_temp"_s;
    return options;
}

QCoro::Task<Result<ServerFacts>> PgProbe::probe(
    ConnectSpec spec, std::optional<Host> via, std::optional<Secret> password, std::stop_token stop)
{
    const auto self = shared_from_this();
    const SqlOptions options = probeOptions();
    auto session = co_await m_connector->connect(spec, via, password, options, stop);
    if (!session)
        co_return tl::unexpected(std::move(session).error());
    const auto statements = probeStatements();
    const auto answers = co_await (*session)->pipeline(statements, stop);
    co_return readServerFacts(answers, (*session)->about(), m_clock->now());
}

} // namespace tidemark
