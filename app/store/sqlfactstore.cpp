#include "store/factsql.h"
#include "store/postgresopen.h"
#include "store/sqlworker.h"
#include "store/store.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

tl::unexpected<Error> cancelled()
{
    return failure(ErrorKind::Cancelled, u"store.cancelled"_s, u"stopped before it began"_s);
}

// FactStore over Qt Sql, the same for both dialects.
class SqlFactStore : public FactStore, public std::enable_shared_from_this<SqlFactStore>
{
public:
    explicit SqlFactStore(std::unique_ptr<SqlWorker> worker)
        : m_worker(std::move(worker))
    {
    }

    QCoro::Task<Result<KeptFacts>> lastFacts(QString fleet, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        if (stop.stop_requested())
            co_return cancelled();
        const auto done = m_worker->query([fleet](Database &database) { return readFacts(database, fleet); });
        auto answer = co_await done;
        co_return answer;
    }

    QCoro::Task<Result<bool>> keep(
        QString fleet, QString name, ServerFacts facts, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        if (stop.stop_requested())
            co_return cancelled();
        const auto done = keepLater(fleet, name, facts);
        auto answer = co_await done;
        co_return answer;
    }

    QCoro::Task<Result<bool>> keep(QString fleet, QString name, PbsFacts facts, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        if (stop.stop_requested())
            co_return cancelled();
        const auto done = keepLater(fleet, name, facts);
        auto answer = co_await done;
        co_return answer;
    }

    QCoro::Task<Result<std::vector<ServerFacts>>> serverHistory(
        QString fleet, QString name, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        if (stop.stop_requested())
            co_return cancelled();
        const Subject subject { fleet, name };
        const auto done
            = m_worker->query([subject](Database &database) { return readHistory(database, subject); });
        auto answer = co_await done;
        co_return answer;
    }

    QCoro::Task<Result<std::vector<ScanState>>> scans(QString fleet, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        if (stop.stop_requested())
            co_return cancelled();
        const auto done = m_worker->query([fleet](Database &database) { return readScans(database, fleet); });
        auto answer = co_await done;
        co_return answer;
    }

    QCoro::Task<Result<>> keep(QString fleet, ScanState scan, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        if (stop.stop_requested())
            co_return cancelled();
        const auto done
            = m_worker->query([fleet, scan](Database &database) { return keepScan(database, fleet, scan); });
        auto answer = co_await done;
        co_return answer;
    }

private:
    template <class Facts>
    Once<Result<bool>> keepLater(const QString &fleet, const QString &name, const Facts &facts)
    {
        const Subject subject { fleet, name };
        return m_worker->query(
            [subject, facts](Database &database) { return keepFacts(database, subject, facts); });
    }

    std::unique_ptr<SqlWorker> m_worker;
};

// What the worker does first; it answers with the messages of the opening.
using Opening = Result<std::vector<QString>>;

Opening openIn(SqlWorker::Held &held, const QString &folder)
{
    const auto migrations = builtInMigrations(Dialect::Sqlite);
    if (!migrations)
        return tl::unexpected(migrations.error());
    auto opened = openSqlite(folder, *migrations);
    if (!opened)
        return tl::unexpected(std::move(opened).error());
    held.lock = std::move(opened->lock);
    held.database = std::move(opened->database);
    return std::move(opened->messages);
}

Opening openIn(SqlWorker::Held &held, const PostgresTarget &target)
{
    const auto migrations = builtInMigrations(Dialect::PostgreSql);
    if (!migrations)
        return tl::unexpected(migrations.error());
    auto opened = openPostgres(target, *migrations);
    if (!opened)
        return tl::unexpected(std::move(opened).error());
    held.database = *std::move(opened);
    held.reopen = [target, known = *migrations] { return openPostgres(target, known); };
    return std::vector<QString> {};
}

template <class Target>
QCoro::Task<Result<StoreOpened>> makeStore(Target target, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    auto worker = std::make_unique<SqlWorker>();
    const auto done = worker->run([target](SqlWorker::Held &held) { return openIn(held, target); });
    auto opening = co_await done;
    if (!opening)
        co_return tl::unexpected(std::move(opening).error());
    auto store = std::make_shared<SqlFactStore>(std::move(worker));
    co_return StoreOpened { std::move(store), *std::move(opening) };
}

} // namespace

QCoro::Task<Result<StoreOpened>> makeSqliteStore(QString folder, std::stop_token stop)
{
    return makeStore(std::move(folder), std::move(stop));
}

QCoro::Task<Result<StoreOpened>> makePostgresStore(PostgresTarget target, std::stop_token stop)
{
    return makeStore(std::move(target), std::move(stop));
}

} // namespace tidemark
