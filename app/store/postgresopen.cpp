#include "store/postgresopen.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// A value inside QPSQL's connect options, which are cut at ';' and otherwise handed to libpq as they are.
Result<QString> option(const QString &key, const QString &value)
{
    if (value.contains(u';') || value.contains(QChar(u'\0')))
        return failure(ErrorKind::Invalid, u"store.connect-options"_s, key + u" holds a semicolon"_s);
    QString escaped = value;
    escaped.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s);
    return u"%1='%2'"_s.arg(key, escaped);
}

Result<QString> connectOptions(const PostgresTarget &target)
{
    const bool socket = target.host.isEmpty() || target.host.startsWith(u'/');
    const QString mode = socket ? u"prefer"_s : u"verify-full"_s;
    const std::vector<std::pair<QString, QString>> wanted {
        { u"connect_timeout"_s, u"10"_s },
        { u"application_name"_s, u"tidemark store"_s },
        { u"sslmode"_s, target.sslMode.isEmpty() ? mode : target.sslMode },
        { u"sslrootcert"_s, target.sslRootCert },
    };
    QStringList parts;
    for (const auto &[key, value] : wanted) {
        if (value.isEmpty())
            continue;
        auto part = option(key, value);
        if (!part)
            return part;
        parts += *part;
    }
    return parts.join(u';');
}

Result<> connectTo(Database &database, const PostgresTarget &target)
{
    const auto options = connectOptions(target);
    if (!options)
        return tl::unexpected(options.error());
    QSqlDatabase &connection = database.connection();
    connection.setHostName(target.host);
    if (target.port != 0)
        connection.setPort(target.port);
    connection.setDatabaseName(target.database);
    connection.setConnectOptions(*options);
    // Not setPassword: QSqlDatabase would keep it as long as the connection lives.
    return database.open(target.user, QString::fromUtf8(target.password.reveal()));
}

Result<> setSession(Database &database)
{
    for (const QString &setting : { u"SET search_path = tidemark, pg_temp"_s, u"SET lock_timeout = '10s'"_s,
             u"SET statement_timeout = '60s'"_s, u"SET client_min_messages = warning"_s }) {
        if (auto done = database.exec(setting); !done)
            return done;
    }
    return {};
}

// Tables belong to the schema's owner, usually a group role, so that every member can bring them up to date.
// A schema of somebody we are not a member of could run its triggers with our rights, so it is refused.
Result<> becomeOwner(Database &database)
{
    const auto owner = database.rows(u"SELECT quote_ident(r.rolname), r.rolname, "
                                     "pg_has_role(r.oid, 'MEMBER') FROM pg_namespace n "
                                     "JOIN pg_roles r ON r.oid = n.nspowner "
                                     "WHERE n.nspname = 'tidemark'"_s);
    if (!owner)
        return tl::unexpected(owner.error());
    if (owner->empty())
        return failure(ErrorKind::NotFound, u"store.no-schema"_s, u"schema tidemark does not exist"_s);
    const QVariantList &row = owner->front();
    if (!row.at(2).toBool())
        return failure(ErrorKind::Denied, u"store.foreign"_s,
            u"schema tidemark belongs to %1, whose member we are not"_s.arg(row.at(1).toString()));
    return database.exec(u"SET ROLE "_s + row.at(0).toString());
}

Result<> makeSchema(Database &database)
{
    const auto there = database.value(u"SELECT count(*) FROM pg_namespace WHERE nspname = 'tidemark'"_s);
    if (!there)
        return tl::unexpected(there.error());
    if (there->toInt() != 0)
        return {};
    auto made = database.exec(u"CREATE SCHEMA tidemark"_s);
    // Two consoles at once: whoever came second finds it there.
    const auto again = database.value(u"SELECT count(*) FROM pg_namespace WHERE nspname = 'tidemark'"_s);
    return again && again->toInt() != 0 ? Result<>() : made;
}

} // namespace

Result<std::unique_ptr<Database>> openPostgres(
    const PostgresTarget &target, const std::vector<Migration> &migrations)
{
    auto database = std::make_unique<Database>(Dialect::PostgreSql);
    auto good = connectTo(*database, target);
    if (good)
        good = setSession(*database);
    if (good)
        good = makeSchema(*database);
    if (good)
        good = becomeOwner(*database);
    if (!good)
        return tl::unexpected(std::move(good).error());
    auto migrated = migrate(*database, migrations);
    if (!migrated)
        return tl::unexpected(std::move(migrated).error());
    return database;
}

} // namespace tidemark
