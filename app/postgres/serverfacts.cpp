#include "postgres/serverfacts.h"

#include "postgres/answertable.h"
#include "postgres/quote.h"
#include "postgres/sqltext.h"

#include <array>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using Table = AnswerTable;

// What a question is called, what it shows, and what is granted to the role when it is refused.
struct Asked {
    const char16_t *file;
    const char16_t *shows;
    const char16_t *grant;
};

constexpr std::array questions {
    Asked { u"identity", u"the role itself", u"SELECT ON pg_catalog.pg_roles" },
    Asked {
        u"roles", u"memberships of the role", u"SELECT ON pg_catalog.pg_auth_members, pg_catalog.pg_roles" },
    Asked { u"position", u"position in the WAL",
        u"EXECUTE ON FUNCTION pg_catalog.pg_is_in_recovery(), pg_catalog.pg_last_wal_replay_lsn(), "
        "pg_catalog.pg_current_wal_lsn()" },
    Asked { u"system", u"system identifier", u"EXECUTE ON FUNCTION pg_catalog.pg_control_system()" },
    Asked { u"timeline", u"timeline",
        u"EXECUTE ON FUNCTION pg_catalog.pg_walfile_name(pg_lsn), pg_catalog.pg_current_wal_lsn(), "
        "pg_catalog.pg_control_checkpoint(), pg_catalog.pg_control_recovery()" },
    Asked { u"settings", u"settings", u"SELECT ON pg_catalog.pg_settings" },
    Asked { u"archiver", u"state of the archiver", u"SELECT ON pg_catalog.pg_stat_archiver" },
    Asked { u"waiting", u"WAL segments waiting to be archived", u"pg_monitor" },
    Asked { u"activity", u"activity and replication of other roles", u"pg_read_all_stats" },
    Asked { u"databases", u"list of databases", u"SELECT ON pg_catalog.pg_database" },
    Asked { u"sizes", u"sizes of databases", u"SELECT ON pg_catalog.pg_database" },
    Asked { u"slots", u"replication slots", u"SELECT ON pg_catalog.pg_replication_slots" },
    Asked { u"standbys", u"standbys", u"SELECT ON pg_catalog.pg_stat_replication" },
    Asked { u"wal", u"size of pg_wal", u"pg_monitor" },
};

QString grantTo(const QString &what, const QString &role)
{
    const auto quoted = quoteIdentifier(role);
    return u"GRANT %1 TO %2;"_s.arg(what, quoted ? *quoted : QString());
}

void readIdentity(ServerFacts &facts, const Table &table)
{
    facts.versionNumber = static_cast<int>(table.number(0, u"version_number"_s));
    facts.version = table.text(0, u"version"_s);
    facts.inRecovery = table.yes(0, u"in_recovery"_s);
    facts.startedAt = Instant::parse(table.text(0, u"started_at"_s));
    if (const auto theirs = Instant::parse(table.text(0, u"server_now"_s)))
        facts.clockAhead = std::chrono::duration_cast<std::chrono::milliseconds>(*theirs - facts.readAt);
    facts.role = table.text(0, u"role"_s);
    facts.superuser = table.yes(0, u"superuser"_s);
    facts.mayReplicate = table.yes(0, u"may_replicate"_s);
}

void readRoles(ServerFacts &facts, const Table &table)
{
    for (std::size_t row = 0; row < table.size(); ++row)
        facts.memberOf.append(table.text(row, u"role"_s));
}

void readPosition(ServerFacts &facts, const Table &table)
{
    facts.currentLsn = Lsn::parse(table.text(0, u"lsn"_s));
}

void readSystem(ServerFacts &facts, const Table &table)
{
    // The server prints its 64 bits as a signed number.
    bool ok = false;
    const qint64 id = table.text(0, u"system_identifier"_s).toLongLong(&ok);
    if (ok)
        facts.systemId = SystemId { static_cast<std::uint64_t>(id) };
}

void readTimeline(ServerFacts &facts, const Table &table)
{
    if (const auto id = static_cast<std::uint32_t>(table.number(0, u"timeline"_s)); id > 0)
        facts.timeline = TimelineId { id };
}

// In MB, as the server counts these settings.
std::optional<Bytes> megabytes(const QHash<QString, QString> &settings, const QString &name)
{
    bool ok = false;
    const qint64 count = settings.value(name).toLongLong(&ok);
    return ok && count >= 0 ? std::optional(Bytes { count << 20 }) : std::nullopt;
}

void readSettings(ServerFacts &facts, const Table &table)
{
    QHash<QString, QString> settings;
    for (std::size_t row = 0; row < table.size(); ++row)
        settings.insert(table.text(row, u"name"_s), table.text(row, u"setting"_s));
    facts.dataDirectory = settings.value(u"data_directory"_s);
    facts.walLevel = settings.value(u"wal_level"_s);
    facts.archiveMode = settings.value(u"archive_mode"_s);
    facts.archiveCommand = settings.value(u"archive_command"_s);
    facts.archiveLibrary = settings.value(u"archive_library"_s);
    if (settings.contains(u"archive_timeout"_s))
        facts.archiveTimeout = std::chrono::seconds(settings.value(u"archive_timeout"_s).toLongLong());
    if (settings.contains(u"wal_segment_size"_s))
        facts.walSegmentSize = Bytes { settings.value(u"wal_segment_size"_s).toLongLong() };
    facts.maxWalSize = megabytes(settings, u"max_wal_size"_s);
    facts.maxSlotWalKeepSize = megabytes(settings, u"max_slot_wal_keep_size"_s);
    if (!settings.contains(u"data_directory"_s))
        facts.missing.push_back({ u"settings that only superusers see (data_directory)"_s,
            grantTo(u"pg_read_all_settings"_s, facts.role) });
}

void readArchiver(ServerFacts &facts, const Table &table)
{
    ArchiverFacts archiver;
    archiver.archivedCount = table.number(0, u"archived_count"_s);
    archiver.lastArchivedWal = table.text(0, u"last_archived_wal"_s);
    archiver.lastArchivedAt = Instant::parse(table.text(0, u"last_archived_at"_s));
    archiver.failedCount = table.number(0, u"failed_count"_s);
    archiver.lastFailedWal = table.text(0, u"last_failed_wal"_s);
    archiver.lastFailedAt = Instant::parse(table.text(0, u"last_failed_at"_s));
    facts.archiver = archiver;
}

void readWaiting(ServerFacts &facts, const Table &table)
{
    facts.segmentsWaiting = table.number(0, u"waiting"_s);
}

void readActivity(ServerFacts &facts, const Table &table)
{
    if (!table.yes(0, u"sees_others"_s))
        facts.missing.push_back(
            { u"activity and replication of other roles"_s, grantTo(u"pg_read_all_stats"_s, facts.role) });
}

void readDatabases(ServerFacts &facts, const Table &table)
{
    for (std::size_t row = 0; row < table.size(); ++row)
        facts.databases.push_back(
            { table.text(row, u"name"_s), std::nullopt, table.yes(row, u"allows_connections"_s) });
}

void readSize(ServerFacts &facts, DatabaseFacts &database, const Table &table, std::size_t row)
{
    if (const SqlValue size = table.at(row, u"size"_s))
        database.size = Bytes { size->toLongLong() };
    const auto quoted = quoteIdentifier(database.name);
    if (!table.yes(row, u"may_know"_s) && quoted)
        facts.missing.push_back({ u"size of database \"%1\""_s.arg(database.name),
            grantTo(u"CONNECT ON DATABASE "_s + *quoted, facts.role) });
}

void readSizes(ServerFacts &facts, const Table &table)
{
    QHash<QString, std::size_t> rows;
    for (std::size_t row = 0; row < table.size(); ++row)
        rows.insert(table.text(row, u"name"_s), row);
    for (DatabaseFacts &database : facts.databases) {
        if (const auto found = rows.constFind(database.name); found != rows.constEnd())
            readSize(facts, database, table, *found);
    }
}

std::optional<Bytes> bytesAt(const Table &table, std::size_t row, const QString &column)
{
    const SqlValue value = table.at(row, column);
    return value ? std::optional(Bytes { value->toLongLong() }) : std::nullopt;
}

void readSlots(ServerFacts &facts, const Table &table)
{
    for (std::size_t row = 0; row < table.size(); ++row)
        facts.slots.push_back({ .name = table.text(row, u"name"_s),
            .active = table.yes(row, u"active"_s),
            .logical = table.yes(row, u"logical"_s),
            .state = table.text(row, u"state"_s),
            .database = table.text(row, u"database"_s),
            .temporary = table.yes(row, u"temporary"_s),
            .restartLsn = Lsn::parse(table.text(row, u"restart_lsn"_s)),
            .safeWalSize = bytesAt(table, row, u"safe_wal_size"_s) });
}

void readStandbys(ServerFacts &facts, const Table &table)
{
    for (std::size_t row = 0; row < table.size(); ++row) {
        StandbyFacts &standby = facts.standbys.emplace_back();
        standby.name = table.text(row, u"name"_s);
        standby.role = table.text(row, u"role"_s);
        standby.address = table.text(row, u"address"_s);
        standby.state = table.text(row, u"state"_s);
        standby.syncState = table.text(row, u"sync_state"_s);
        standby.slot = table.text(row, u"slot"_s);
        standby.flushed = Lsn::parse(table.text(row, u"flush_lsn"_s));
        standby.replayed = Lsn::parse(table.text(row, u"replay_lsn"_s));
        if (const SqlValue lag = table.at(row, u"replay_lag_ms"_s))
            standby.replayLag = std::chrono::milliseconds(lag->toLongLong());
    }
}

void readWal(ServerFacts &facts, const Table &table)
{
    facts.walSize = bytesAt(table, 0, u"size"_s);
}

using Read = void (*)(ServerFacts &, const Table &);
constexpr std::array<Read, questions.size()> readers { readIdentity, readRoles, readPosition, readSystem,
    readTimeline, readSettings, readArchiver, readWaiting, readActivity, readDatabases, readSizes, readSlots,
    readStandbys, readWal };

void read(ServerFacts &facts, std::size_t question, const Result<SqlRows> &answer)
{
    if (answer) {
        readers.at(question)(facts, Table(*answer));
        return;
    }
    const Asked &asked = questions.at(question);
    if (answer.error().code == u"pg.42501")
        facts.missing.push_back(
            { QString::fromUtf16(asked.shows), grantTo(QString::fromUtf16(asked.grant), facts.role) });
}

} // namespace

std::vector<SqlStatement> probeStatements()
{
    std::vector<SqlStatement> statements;
    for (const Asked &asked : questions)
        statements.push_back({ sqlText(u"probe/"_s + QString::fromUtf16(asked.file)), {} });
    return statements;
}

Result<ServerFacts> readServerFacts(
    const std::vector<Result<SqlRows>> &answers, const SqlAbout &about, Instant now)
{
    if (answers.size() != questions.size())
        return failure(ErrorKind::Internal, u"pg.probe"_s, u"%1 answers"_s.arg(answers.size()));
    for (const Result<SqlRows> &answer : answers) {
        if (!answer
            && (answer.error().kind == ErrorKind::Unreachable || answer.error().kind == ErrorKind::Cancelled))
            return tl::unexpected(answer.error());
    }
    ServerFacts facts;
    facts.readAt = now;
    facts.role = about.user;
    facts.versionNumber = about.versionNumber;
    facts.tls = about.tls;
    facts.tlsVersion = about.tlsVersion;
    for (std::size_t question = 0; question < answers.size(); ++question)
        read(facts, question, answers.at(question));
    for (SlotFacts &slot : facts.slots) {
        if (slot.restartLsn && facts.currentLsn && *slot.restartLsn <= *facts.currentLsn)
            slot.keeps = Bytes { static_cast<qint64>(facts.currentLsn->value - slot.restartLsn->value) };
    }
    return facts;
}

} // namespace tidemark
