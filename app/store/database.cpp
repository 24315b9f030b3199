#include "store/database.h"

#include <QDateTime>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

struct Coded {
    ErrorKind kind;
    const char16_t *code;
};

// SQLite's primary result codes (the low byte of an extended one).
Coded sqliteCode(int native)
{
    switch (native & 0xff) {
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
        return { ErrorKind::Conflict, u"store.busy" };
    case 8: // SQLITE_READONLY
        return { ErrorKind::Denied, u"store.read-only" };
    case 10: // SQLITE_IOERR
        return { ErrorKind::Unreachable, u"store.io" };
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
        return { ErrorKind::Invalid, u"store.damaged" };
    case 13: // SQLITE_FULL
        return { ErrorKind::Unreachable, u"store.full" };
    case 14: // SQLITE_CANTOPEN
        return { ErrorKind::Denied, u"store.cannot-open" };
    default:
        return { ErrorKind::Internal, u"store.sql" };
    }
}

// libpq gives no SQLSTATE for a connection that did not come about; a refusal shows in its words alone.
Coded postgresCode(const QString &state, const QString &words)
{
    const bool refused = words.contains("authentication failed"_L1) || words.contains("pg_hba.conf"_L1);
    if (state.isEmpty() && refused)
        return { ErrorKind::Denied, u"store.denied" };
    if (state.isEmpty() || state.startsWith("08"_L1) || state.startsWith("57P"_L1))
        return { ErrorKind::Unreachable, u"store.unreachable" };
    if (state.startsWith("28"_L1) || state == "42501"_L1 || state == "25006"_L1)
        return { ErrorKind::Denied, u"store.denied" };
    if (state.startsWith("53"_L1))
        return { ErrorKind::Unreachable, u"store.full" };
    if (state == "55P03"_L1 || state == "57014"_L1 || state.startsWith("40"_L1))
        return { ErrorKind::Conflict, u"store.busy" };
    return { ErrorKind::Internal, u"store.sql" };
}

Error errorOf(const QSqlError &error, Dialect dialect)
{
    const QString native = error.nativeErrorCode();
    QString words = error.databaseText().trimmed();
    if (words.isEmpty())
        words = error.driverText().trimmed();
    const Coded coded = dialect == Dialect::Sqlite ? sqliteCode(native.toInt()) : postgresCode(native, words);
    return { coded.kind, QString::fromUtf16(coded.code), words };
}

} // namespace

Database::Database(Dialect dialect)
    : m_dialect(dialect)
    , m_name(QUuid::createUuid().toString())
    , m_connection(QSqlDatabase::addDatabase(dialect == Dialect::Sqlite ? u"QSQLITE"_s : u"QPSQL"_s, m_name))
{
}

Database::~Database()
{
    m_connection.close();
    m_connection = {};
    QSqlDatabase::removeDatabase(m_name);
}

Result<> Database::open(const QString &user, const QString &password)
{
    const bool open = user.isEmpty() ? m_connection.open() : m_connection.open(user, password);
    if (open)
        return {};
    return tl::unexpected(errorOf(m_connection.lastError(), m_dialect));
}

Result<> Database::run(QSqlQuery &query, const QString &sql, const QVariantList &values)
{
    query.setForwardOnly(true);
    // Without values it is not prepared: PRAGMA and BEGIN do not like to be.
    bool good = values.isEmpty() ? query.exec(sql) : query.prepare(sql);
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (good && !values.isEmpty())
        good = query.exec();
    if (good)
        return {};
    return tl::unexpected(errorOf(query.lastError(), m_dialect));
}

Result<Database::Rows> Database::rows(const QString &sql, const QVariantList &values)
{
    Rows rows;
    int columns = 0;
    auto done = each(sql, values, [&](const QSqlQuery &query) {
        columns = columns == 0 ? static_cast<int>(query.record().count()) : columns;
        QVariantList &row = rows.emplace_back();
        for (int i = 0; i < columns; ++i)
            row += query.value(i);
        return true;
    });
    if (!done)
        return tl::unexpected(std::move(done).error());
    return rows;
}

Result<> Database::each(
    const QString &sql, const QVariantList &values, const std::function<bool(const QSqlQuery &)> &take)
{
    QSqlQuery query(m_connection);
    if (auto good = run(query, sql, values); !good)
        return good;
    while (query.isSelect() && query.next()) {
        if (!take(query))
            return {};
    }
    if (query.lastError().isValid())
        return tl::unexpected(errorOf(query.lastError(), m_dialect));
    return {};
}

Result<int> Database::change(const QString &sql, const QVariantList &values)
{
    QSqlQuery query(m_connection);
    if (auto good = run(query, sql, values); !good)
        return tl::unexpected(std::move(good).error());
    return query.numRowsAffected();
}

Result<> Database::batch(const QString &sql, const std::vector<QVariantList> &lists)
{
    if (lists.empty())
        return {};
    QSqlQuery query(m_connection);
    query.setForwardOnly(true);
    bool good = query.prepare(sql);
    for (const QVariantList &values : lists) {
        for (qsizetype i = 0; good && i < values.size(); ++i)
            query.bindValue(static_cast<int>(i), values.at(i));
        good = good && query.exec();
        if (!good)
            return tl::unexpected(errorOf(query.lastError(), m_dialect));
    }
    return {};
}

Result<> Database::exec(const QString &sql, const QVariantList &values)
{
    auto done = rows(sql, values);
    if (!done)
        return tl::unexpected(std::move(done).error());
    return {};
}

Result<QVariant> Database::value(const QString &sql, const QVariantList &values)
{
    auto found = rows(sql, values);
    if (!found)
        return tl::unexpected(std::move(found).error());
    return found->empty() ? QVariant() : found->front().value(0);
}

Result<> Database::transaction(const std::function<Result<>(Database &)> &work)
{
    auto begun = exec(m_dialect == Dialect::Sqlite ? u"BEGIN IMMEDIATE"_s : u"BEGIN"_s);
    if (!begun)
        return begun;
    auto done = work(*this);
    if (done)
        done = exec(u"COMMIT"_s);
    if (!done)
        static_cast<void>(exec(u"ROLLBACK"_s)); // the first error is the one to tell
    return done;
}

namespace {

// Two consoles may meet an empty PostgreSQL store at once; the second waits here and then finds it done.
constexpr qint64 MigrationLock = 0x7469'6465'6d61'726b; // "tidemark"

Result<int> schemaVersion(Database &database)
{
    auto made = database.exec(u"CREATE TABLE IF NOT EXISTS migrations (version integer NOT NULL PRIMARY KEY, "
                              "name text NOT NULL, applied_at bigint NOT NULL)"_s);
    if (!made)
        return tl::unexpected(std::move(made).error());
    const auto version = database.value(u"SELECT coalesce(max(version), 0) FROM migrations"_s);
    if (!version)
        return tl::unexpected(version.error());
    return version->toInt();
}

Result<> apply(Database &database, const Migration &migration)
{
    for (const QString &statement : migration.statements) {
        if (auto done = database.exec(statement); !done)
            return done;
    }
    if (migration.then != nullptr) {
        if (auto done = migration.then(database); !done)
            return done;
    }
    const qint64 now = QDateTime::currentMSecsSinceEpoch() * 1000;
    return database.exec(u"INSERT INTO migrations (version, name, applied_at) VALUES (?, ?, ?)"_s,
        { migration.version, migration.name, now });
}

Result<> applyPending(Database &database, const std::vector<Migration> &migrations, bool *changed)
{
    const bool sqlite = database.dialect() == Dialect::Sqlite;
    if (!sqlite) {
        auto locked = database.exec(u"SELECT pg_advisory_xact_lock(%1)"_s.arg(MigrationLock));
        if (!locked)
            return locked;
    }
    const auto version = schemaVersion(database);
    if (!version)
        return tl::unexpected(version.error());
    const int newest = static_cast<int>(migrations.size());
    if (*version > newest)
        return failure(ErrorKind::Conflict, u"store.newer"_s,
            u"the store has version %1, this program knows %2"_s.arg(*version).arg(newest));
    for (auto i = static_cast<std::size_t>(*version); i < migrations.size(); ++i) {
        if (auto done = apply(database, migrations[i]); !done)
            return done;
    }
    *changed = *version < newest;
    return sqlite && *changed ? database.exec(u"PRAGMA user_version = %1"_s.arg(newest)) : Result<>();
}

} // namespace

Result<bool> migrate(Database &database, const std::vector<Migration> &migrations)
{
    bool changed = false;
    auto done
        = database.transaction([&](Database &inside) { return applyPending(inside, migrations, &changed); });
    if (!done)
        return tl::unexpected(std::move(done).error());
    return changed;
}

} // namespace tidemark
