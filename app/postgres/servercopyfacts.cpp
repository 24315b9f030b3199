#include "postgres/servercopyfacts.h"

#include "postgres/answertable.h"
#include "postgres/quote.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QString grantTo(const QString &what, const QString &role)
{
    const auto quoted = quoteIdentifier(role);
    return u"GRANT %1 TO %2;"_s.arg(what, quoted ? *quoted : QString());
}

bool refused(const Result<SqlRows> &answer)
{
    return !answer && answer.error().code == "pg.42501"_L1;
}

void lacks(ServerCopy &copy, const QString &what, const QString &grant)
{
    const MissingRight right { what, grant };
    if (std::ranges::find(copy.missing, right) == copy.missing.end())
        copy.missing.push_back(right);
}

// What could not be told for another reason than a right: in the server's own words.
void lacks(ServerCopy &copy, const QString &what, const Error &error)
{
    lacks(copy, u"%1: %2"_s.arg(what, error.detail), QString());
}

QString settingOf(const ServerCopy &copy, const QString &name)
{
    const auto found = std::ranges::find(copy.settings, name, &ServerSetting::name);
    return found == copy.settings.end() ? QString() : found->value;
}

} // namespace

void readControl(ServerCopy &copy, const Result<SqlRows> &answer, const QString &role)
{
    if (!answer) {
        const QString functions = u"EXECUTE ON FUNCTION pg_catalog.pg_control_system(), "
                                  "pg_catalog.pg_control_init()"_s;
        return refused(answer) ? lacks(copy, u"control data"_s, grantTo(functions, role))
                               : lacks(copy, u"control data"_s, answer.error());
    }
    const AnswerTable table(*answer);
    const auto number = [&](const QString &column) { return static_cast<int>(table.number(0, column)); };
    copy.systemId = SystemId { static_cast<std::uint64_t>(table.number(0, u"system_identifier"_s)) };
    copy.control = ControlFacts { .controlVersion = number(u"pg_control_version"_s),
        .catalogVersion = number(u"catalog_version_no"_s),
        .dataChecksums = number(u"data_page_checksum_version"_s) != 0,
        .blockSize = number(u"database_block_size"_s),
        .walBlockSize = number(u"wal_block_size"_s),
        .walLevel = table.text(0, u"wal_level"_s),
        .maxConnections = number(u"max_connections"_s),
        .maxWorkerProcesses = number(u"max_worker_processes"_s),
        .maxWalSenders = number(u"max_wal_senders"_s),
        .maxPreparedTransactions = number(u"max_prepared_transactions"_s),
        .maxLocksPerTransaction = number(u"max_locks_per_transaction"_s) };
}

void readSettings(ServerCopy &copy, const Result<SqlRows> &answer, const QString &role)
{
    if (!answer)
        return lacks(copy, u"settings"_s, answer.error());
    const AnswerTable table(*answer);
    for (std::size_t row = 0; row < table.size(); ++row)
        copy.settings.push_back({ table.text(row, u"name"_s), table.text(row, u"setting"_s),
            table.text(row, u"unit"_s), table.text(row, u"source"_s), table.text(row, u"file"_s) });
    if (settingOf(copy, u"config_file"_s).isEmpty())
        lacks(copy, u"settings that only superusers see, and the files that set them"_s,
            grantTo(u"pg_read_all_settings"_s, role));
}

void readCollations(ServerCopy &copy, const Result<SqlRows> &answer)
{
    if (!answer)
        return lacks(copy, u"versions of collations"_s, answer.error());
    const AnswerTable table(*answer);
    QStringList lines;
    for (std::size_t row = 0; row < table.size(); ++row)
        lines += table.text(row, u"provider"_s) + u' ' + table.text(row, u"version"_s);
    copy.collation = lines.join(u'\n') + (copy.collation.isEmpty() ? QString() : u'\n' + copy.collation);
}

QStringList filePaths(ServerCopy &copy, const Result<SqlRows> &included, const QString &role)
{
    QStringList paths;
    for (const QString &name : { u"config_file"_s, u"hba_file"_s, u"ident_file"_s }) {
        if (const QString path = settingOf(copy, name); !path.isEmpty())
            paths += path;
    }
    if (refused(included))
        lacks(copy, u"files that the configuration includes"_s,
            grantTo(u"SELECT ON pg_catalog.pg_file_settings"_s, role) + u' '
                + grantTo(u"EXECUTE ON FUNCTION pg_catalog.pg_show_all_file_settings()"_s, role));
    const SqlRows none;
    const AnswerTable table(included ? *included : none);
    for (std::size_t row = 0; row < table.size(); ++row) {
        if (const QString path = table.text(row, u"path"_s); !paths.contains(path))
            paths += path;
    }
    return paths;
}

void readFile(ServerCopy &copy, const QString &path, const Result<SqlRows> &answer, const QString &role)
{
    if (refused(answer))
        return lacks(copy, u"contents of configuration files"_s,
            grantTo(
                u"EXECUTE ON FUNCTION pg_catalog.pg_read_binary_file(text, bigint, bigint, boolean)"_s, role)
                + u' ' + grantTo(u"pg_read_server_files"_s, role));
    if (!answer)
        return lacks(copy, path, answer.error());
    if (const SqlValue content = AnswerTable(*answer).at(0, u"content"_s))
        copy.files.push_back({ path, QByteArray::fromBase64(content->toLatin1()) });
}

std::vector<DatabaseToCopy> readDatabases(
    ServerCopy &copy, const Result<SqlRows> &answer, const QString &role)
{
    std::vector<DatabaseToCopy> databases;
    if (!answer) {
        lacks(copy, u"list of databases"_s, answer.error());
        return databases;
    }
    const AnswerTable table(*answer);
    QStringList collations;
    for (std::size_t row = 0; row < table.size(); ++row) {
        const QString name = table.text(row, u"name"_s);
        collations += table.text(row, u"collation"_s);
        const auto quoted = quoteIdentifier(name);
        if (!table.yes(row, u"allows_connections"_s))
            continue;
        if (table.yes(row, u"may_connect"_s))
            databases.push_back({ static_cast<quint32>(table.number(row, u"oid"_s)), name });
        else if (quoted)
            lacks(copy, u"relations of database \"%1\""_s.arg(name),
                grantTo(u"CONNECT ON DATABASE "_s + *quoted, role));
    }
    copy.collation = collations.join(u'\n');
    return databases;
}

void readRelations(ServerCopy &copy, const DatabaseToCopy &database, const SqlRows &rows, bool withShared)
{
    const AnswerTable table(rows);
    for (std::size_t row = 0; row < table.size(); ++row) {
        const bool shared = table.yes(row, u"shared"_s);
        if (shared && !withShared)
            continue;
        const auto number
            = [&](const QString &column) { return static_cast<quint32>(table.number(row, column)); };
        Relation &relation = copy.relations.emplace_back();
        relation.database = shared ? 0 : database.oid;
        relation.databaseName = shared ? QString() : database.name;
        relation.oid = number(u"oid"_s);
        relation.tablespace = number(u"tablespace"_s);
        relation.fileNode = number(u"file_node"_s);
        relation.schema = table.text(row, u"schema"_s);
        relation.name = table.text(row, u"name"_s);
        relation.kind
            = table.text(row, u"kind"_s).isEmpty() ? 'r' : table.text(row, u"kind"_s).front().toLatin1();
        if (const SqlValue count = table.at(row, u"rows"_s))
            relation.rows = count->toDouble();
        if (const SqlValue size = table.at(row, u"size"_s))
            relation.size = Bytes { size->toLongLong() };
    }
}

void readExtensions(ServerCopy &copy, const DatabaseToCopy &database, const Result<SqlRows> &answer)
{
    if (!answer)
        return lacks(copy, u"extensions of database \"%1\""_s.arg(database.name), answer.error());
    const AnswerTable table(*answer);
    for (std::size_t row = 0; row < table.size(); ++row)
        copy.extensions
            += u"%1 %2 in %3"_s.arg(table.text(row, u"name"_s), table.text(row, u"version"_s), database.name);
}

void noteUnread(ServerCopy &copy, const DatabaseToCopy &database, const Error &error, const QString &)
{
    lacks(copy, u"relations of database \"%1\""_s.arg(database.name), error);
}

} // namespace tidemark
