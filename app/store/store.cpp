#include "store/store.h"

#include "store/postgresopen.h"
#include "store/sqlcatalogue.h"
#include "store/sqlfactstore.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

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

struct InMemory {
};

Opening openIn(SqlWorker::Held &held, const InMemory &)
{
    const auto migrations = builtInMigrations(Dialect::Sqlite);
    if (!migrations)
        return tl::unexpected(migrations.error());
    auto opened = openInMemory(*migrations);
    if (!opened)
        return tl::unexpected(std::move(opened).error());
    held.database = *std::move(opened);
    return std::vector<QString> {};
}

struct CopyOf {
    QString folder;
};

Opening openIn(SqlWorker::Held &held, const CopyOf &store)
{
    const auto migrations = builtInMigrations(Dialect::Sqlite);
    if (!migrations)
        return tl::unexpected(migrations.error());
    auto opened = copySqlite(store.folder, *migrations);
    if (!opened)
        return tl::unexpected(std::move(opened).error());
    held.database = *std::move(opened);
    return std::vector<QString> {};
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
        co_return failure(ErrorKind::Cancelled, u"store.cancelled"_s, u"stopped before it began"_s);
    auto worker = std::make_shared<SqlWorker>();
    const auto done = worker->run([target](SqlWorker::Held &held) { return openIn(held, target); });
    auto opening = co_await done;
    if (!opening)
        co_return tl::unexpected(std::move(opening).error());
    StoreOpened opened;
    opened.store = makeSqlFactStore(worker);
    opened.catalogue = makeSqlCatalogue(worker);
    opened.messages = std::move(*opening);
    co_return opened;
}

} // namespace

QCoro::Task<Result<StoreOpened>> makeSqliteStore(QString folder, std::stop_token stop)
{
    return makeStore(std::move(folder), std::move(stop));
}

QCoro::Task<Result<StoreOpened>> makeSqliteCopy(QString folder, std::stop_token stop)
{
    const CopyOf target { std::move(folder) };
    return makeStore(target, std::move(stop));
}

QCoro::Task<Result<StoreOpened>> makePostgresStore(PostgresTarget target, std::stop_token stop)
{
    return makeStore(std::move(target), std::move(stop));
}

QCoro::Task<Result<StoreOpened>> makeMemoryStore(std::stop_token stop)
{
    const InMemory target;
    return makeStore(target, std::move(stop));
}

} // namespace tidemark
