#include "lab/unprivileged.h"
#include "postgres/probe.h"
#include "postgres/quote.h"
#include "postgres/serverfacts.h"
#include "support/postgres.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tidemark;
using test::ask;
using test::codeOf;
using test::printed;

namespace {

const Instant now = Instant::fromSeconds(1'800'000'000);

class FixedClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return ::now; }
};

QString missingOf(const Result<ServerFacts> &facts)
{
    if (!facts)
        return facts.error().code + u": "_s + facts.error().detail;
    QStringList lines;
    for (const MissingRight &right : facts->missing)
        lines.append(right.what + u": "_s + right.grant);
    return lines.join(u'\n');
}

} // namespace

class TestProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aSuperuserSeesEverything();
    void hostileNamesAreReadAsTheyAre();
    void everyPrintedGrantMendsWhatItNames_data();
    void everyPrintedGrantMendsWhatItNames();
    void revokedFunctionsAreNamedWithTheirGrant();
    void revokedViewsAreNamedWithTheirGrant();
    void memberRolesAreListedThroughOthers();
    void theProbeChangesNothing();
    void everyProbeStatementWorksReadOnlyAndWithNoNamesOfOthers();
    void theArchiverAndItsQueueAreSeen();
    void aStandbyTellsWhatItReplayed();
    void slotsTellWhatTheyKeep();
    void anUnreachableServerIsAnError();
    void aStopEndsAProbe();

private:
    Result<ServerFacts> probe(const ConnectSpec &spec)
    {
        const auto probe = makePostgresProbe(makePostgresConnector(nullptr), std::make_shared<FixedClock>());
        auto facts = test::settle(probe->probe(spec, {}, {}, {}), 30s);
        if (!facts)
            return failure(ErrorKind::Internal, u"test.hung"_s, {});
        return *facts;
    }
    QString sql(const QString &text) { return m_server.cluster().psql(text).value_or(u"ERROR"_s); }

    test::Server m_server { { .settings
        = { { u"archive_mode"_s, u"on"_s }, { u"archive_command"_s, u"false"_s },
            { u"archive_timeout"_s, u"5min"_s } } } };
};

void TestProbe::initTestCase()
{
    QCOMPARE(m_server.start(), QByteArray("ok"));
}

void TestProbe::aSuperuserSeesEverything()
{
    const auto facts = probe(m_server.bySocket());
    QCOMPARE(missingOf(facts), QString());
    QCOMPARE(
        QString::number(facts->systemId->value), sql(u"SELECT system_identifier FROM pg_control_system()"_s));
    QCOMPARE(QString::number(facts->versionNumber), sql(u"SHOW server_version_num"_s));
    QCOMPARE(facts->version, sql(u"SHOW server_version"_s));
    QCOMPARE(facts->dataDirectory, m_server.cluster().dataDirectory());
    QCOMPARE(
        facts->walLevel + u' ' + facts->archiveMode + u' ' + facts->archiveCommand, u"replica on false"_s);
    QCOMPARE(facts->archiveTimeout, std::optional(300s));
    QCOMPARE(facts->walSegmentSize, std::optional(Bytes { 16 * 1024 * 1024 }));
    QCOMPARE(facts->timeline, std::optional(TimelineId { 1 }));
    QCOMPARE(facts->readAt, now);
    QVERIFY(facts->superuser && facts->mayReplicate && !facts->inRecovery && !facts->tls);
    QCOMPARE(facts->role, u"postgres"_s);
    QCOMPARE(facts->startedAt->seconds(),
        sql(u"SELECT floor(extract(epoch FROM pg_postmaster_start_time()))"_s).toLongLong());
    QVERIFY(facts->currentLsn->toString() <= sql(u"SELECT pg_current_wal_lsn()"_s));
    QCOMPARE(facts->databases.size(), std::size_t { 1 });
    QCOMPARE(facts->databases.front().name, u"postgres"_s);
    QVERIFY(facts->databases.front().size->count > 1'000'000);
    QVERIFY(facts->memberOf.isEmpty());
}

void TestProbe::hostileNamesAreReadAsTheyAre()
{
    const QString name = u"d'b \"x\"\n$(id) ☃"_s;
    const QString quoted = *quoteIdentifier(name);
    QCOMPARE(sql(u"CREATE DATABASE %1;\nCREATE ROLE %1 LOGIN"_s.arg(quoted)), QString());
    ConnectSpec spec = m_server.bySocket(name, name);
    const auto facts = probe(spec);
    QVERIFY2(facts, qPrintable(missingOf(facts)));
    QCOMPARE(facts->role, name);
    QCOMPARE(facts->databases.front().name, name);
    QCOMPARE(facts->missing.front().grant, u"GRANT pg_read_all_settings TO %1;"_s.arg(quoted));
    QCOMPARE(sql(u"DROP DATABASE %1;\nDROP ROLE %1"_s.arg(quoted)), QString());
}

void TestProbe::everyPrintedGrantMendsWhatItNames_data()
{
    QTest::addColumn<QString>("role");
    QTest::newRow("a plain role") << u"plain"_s;
    QTest::newRow("a hostile role") << u"r'o\"le; DROP TABLE x --\n$(id)"_s;
    QTest::newRow("upper case and spaces") << u" My Role "_s;
}

void TestProbe::everyPrintedGrantMendsWhatItNames()
{
    QFETCH(QString, role);
    const QString quoted = *quoteIdentifier(role);
    QCOMPARE(sql(u"CREATE ROLE %1 LOGIN;\nCREATE DATABASE \"Sh\"\"op\";\n"
                 "REVOKE CONNECT ON DATABASE \"Sh\"\"op\" FROM PUBLIC"_s.arg(quoted)),
        QString());
    auto facts = probe(m_server.bySocket(role));
    QCOMPARE(missingOf(facts),
        (u"settings that only superusers see (data_directory): GRANT pg_read_all_settings TO %1;\n"
         "WAL segments waiting to be archived: GRANT pg_monitor TO %1;\n"
         "activity and replication of other roles: GRANT pg_read_all_stats TO %1;\n"
         "size of database \"Sh\"op\": GRANT CONNECT ON DATABASE \"Sh\"\"op\" TO %1;\n"
         "size of pg_wal: GRANT pg_monitor TO %1;"_s.arg(quoted)));
    QVERIFY(facts->dataDirectory.isEmpty() && !facts->databases.front().size && facts->systemId
        && facts->archiver);
    // Each by itself takes its own line off the list, and together nothing is left.
    for (const MissingRight &right : std::vector(facts->missing)) {
        QCOMPARE(sql(right.grant), QString());
        const auto mended = probe(m_server.bySocket(role));
        QVERIFY2(!missingOf(mended).contains(right.grant), qPrintable(missingOf(mended)));
        QCOMPARE(sql(QString(right.grant).replace(u"GRANT "_s, u"REVOKE "_s).replace(u" TO "_s, u" FROM "_s)),
            QString());
    }
    QCOMPARE(missingOf(probe(m_server.bySocket(role))), missingOf(facts));
    for (const MissingRight &right : std::vector(facts->missing))
        QCOMPARE(sql(right.grant), QString());
    const auto whole = probe(m_server.bySocket(role));
    QCOMPARE(missingOf(whole), QString());
    QCOMPARE(whole->dataDirectory, m_server.cluster().dataDirectory());
    QVERIFY(whole->databases.front().size && whole->segmentsWaiting && !whole->superuser);
    QCOMPARE(sql(u"DROP DATABASE \"Sh\"\"op\";\nDROP OWNED BY %1;\nDROP ROLE %1"_s.arg(quoted)), QString());
}

void TestProbe::revokedFunctionsAreNamedWithTheirGrant()
{
    const QString functions = u"pg_control_system(), pg_control_checkpoint(), pg_walfile_name(pg_lsn), "
                              "pg_current_wal_lsn()"_s;
    QCOMPARE(
        sql(u"REVOKE EXECUTE ON FUNCTION %1 FROM PUBLIC; CREATE ROLE narrow LOGIN IN ROLE pg_monitor"_s.arg(
            functions)),
        QString());
    const auto facts = probe(m_server.bySocket(u"narrow"_s));
    QCOMPARE(missingOf(facts),
        u"position in the WAL: GRANT EXECUTE ON FUNCTION pg_catalog.pg_is_in_recovery(), "
        "pg_catalog.pg_last_wal_replay_lsn(), pg_catalog.pg_current_wal_lsn() TO \"narrow\";\n"
        "system identifier: GRANT EXECUTE ON FUNCTION pg_catalog.pg_control_system() TO \"narrow\";\n"
        "timeline: GRANT EXECUTE ON FUNCTION pg_catalog.pg_walfile_name(pg_lsn), "
        "pg_catalog.pg_current_wal_lsn(), pg_catalog.pg_control_checkpoint(), "
        "pg_catalog.pg_control_recovery() TO \"narrow\";"_s);
    QVERIFY(!facts->systemId && !facts->timeline && !facts->currentLsn && !facts->version.isEmpty());
    for (const MissingRight &right : facts->missing)
        QCOMPARE(sql(right.grant), QString());
    const auto mended = probe(m_server.bySocket(u"narrow"_s));
    QCOMPARE(missingOf(mended), QString());
    QVERIFY(mended->systemId && mended->timeline && mended->currentLsn);
    QCOMPARE(sql(u"GRANT EXECUTE ON FUNCTION %1 TO PUBLIC; DROP OWNED BY narrow; DROP ROLE narrow"_s.arg(
                 functions)),
        QString());
}

void TestProbe::revokedViewsAreNamedWithTheirGrant()
{
    const QString views = u"pg_settings, pg_stat_archiver, pg_database, pg_auth_members, pg_roles"_s;
    QCOMPARE(
        sql(u"REVOKE SELECT ON %1 FROM PUBLIC; CREATE ROLE narrow LOGIN IN ROLE pg_monitor"_s.arg(views)),
        QString());
    const auto facts = probe(m_server.bySocket(u"narrow"_s));
    QCOMPARE(missingOf(facts),
        u"the role itself: GRANT SELECT ON pg_catalog.pg_roles TO \"narrow\";\n"
        "memberships of the role: GRANT SELECT ON pg_catalog.pg_auth_members, pg_catalog.pg_roles TO "
        "\"narrow\";\n"
        "settings: GRANT SELECT ON pg_catalog.pg_settings TO \"narrow\";\n"
        "state of the archiver: GRANT SELECT ON pg_catalog.pg_stat_archiver TO \"narrow\";\n"
        "list of databases: GRANT SELECT ON pg_catalog.pg_database TO \"narrow\";\n"
        "sizes of databases: GRANT SELECT ON pg_catalog.pg_database TO \"narrow\";"_s);
    for (const MissingRight &right : facts->missing)
        QCOMPARE(sql(right.grant), QString());
    QCOMPARE(missingOf(probe(m_server.bySocket(u"narrow"_s))), QString());
    QCOMPARE(
        sql(u"GRANT SELECT ON %1 TO PUBLIC; DROP OWNED BY narrow; DROP ROLE narrow"_s.arg(views)), QString());
}

void TestProbe::memberRolesAreListedThroughOthers()
{
    QCOMPARE(
        sql(u"CREATE ROLE \"a b\"; CREATE ROLE watch LOGIN IN ROLE \"a b\"; GRANT pg_monitor TO \"a b\""_s),
        QString());
    const auto facts = probe(m_server.bySocket(u"watch"_s));
    QCOMPARE(facts->memberOf.mid(0, 2), (QStringList { u"a b"_s, u"pg_monitor"_s }));
    QVERIFY(facts->memberOf.contains(u"pg_read_all_stats"_s));
    QCOMPARE(sql(u"DROP ROLE watch; DROP ROLE \"a b\""_s), QString());
}

void TestProbe::theProbeChangesNothing()
{
    const auto session = test::open(m_server.bySocket(), probeOptions());
    QVERIFY(session);
    for (const QString &text : { u"CREATE TABLE public.x (a int)"_s, u"CREATE ROLE x"_s,
             u"DELETE FROM pg_catalog.pg_description"_s }) {
        const auto answer = ask(*session, text);
        QCOMPARE(codeOf(answer) + u' ' + text, u"pg.25006 "_s + text);
    }
    QCOMPARE(printed(ask(*session, u"SHOW transaction_read_only"_s)), u"transaction_read_only | on"_s);
}

// A database owner who puts operators and functions of their own in the way of a superuser's probe gets
// nowhere: only the system's names are found.
void TestProbe::everyProbeStatementWorksReadOnlyAndWithNoNamesOfOthers()
{
    QCOMPARE(sql(u"CREATE TABLE public.caught (t text);"
                 "CREATE FUNCTION public.trap(name, name) RETURNS bool LANGUAGE plpgsql AS "
                 "$$ BEGIN INSERT INTO public.caught VALUES ('x'); RETURN true; END $$;"
                 "CREATE OPERATOR public.= (LEFTARG = name, RIGHTARG = name, FUNCTION = public.trap);"
                 "ALTER ROLE postgres SET search_path = public, pg_catalog"_s),
        QString());
    const auto facts = probe(m_server.bySocket());
    QCOMPARE(missingOf(facts), QString());
    QVERIFY(facts->superuser);
    QCOMPARE(sql(u"SELECT count(*) FROM public.caught"_s), u"0"_s);
    QCOMPARE(sql(u"ALTER ROLE postgres RESET search_path"_s), QString());
}

void TestProbe::theArchiverAndItsQueueAreSeen()
{
    QCOMPARE(sql(u"SELECT 1 FROM pg_switch_wal()"_s), u"1"_s);
    QTRY_VERIFY_WITH_TIMEOUT(probe(m_server.bySocket())->archiver->failedCount > 0, 20'000);
    const auto facts = probe(m_server.bySocket());
    QVERIFY(facts->archiver->lastFailedWal.startsWith(u"00000001"));
    QVERIFY(facts->archiver->lastFailedAt && *facts->archiver->lastFailedAt > *facts->startedAt);
    QVERIFY(facts->segmentsWaiting.value_or(0) >= 1);
    QCOMPARE(facts->archiver->archivedCount, 0);
}

void TestProbe::aStandbyTellsWhatItReplayed()
{
    test::TemporaryFolder folder;
    lab::Cluster::Options options { .folder = folder.filePath(u"s"_s), .port = lab::freePort() };
    lab::Cluster standby(options);
    QVERIFY(QDir().mkpath(options.folder));
    QVERIFY(lab::giveAway(options.folder));
    const auto copied = m_server.cluster().tool(u"pg_basebackup"_s,
        { u"-D"_s, standby.dataDirectory(), u"-R"_s, u"-X"_s, u"stream"_s, u"-c"_s, u"fast"_s, u"-N"_s });
    QVERIFY2(copied, qPrintable(codeOf(copied) + (copied ? QString() : copied.error().detail)));
    QFile conf(standby.dataDirectory() + u"/postgresql.auto.conf"_s);
    QVERIFY(conf.open(QIODevice::Append));
    conf.write(u"port = %1\nlisten_addresses = ''\nunix_socket_directories = '%2'\narchive_mode = off\n"_s
                   .arg(options.port)
                   .arg(options.folder)
                   .toUtf8());
    conf.close();
    const auto started = standby.start();
    QVERIFY2(started, test::wordsOf(std::optional(started)).constData());
    ConnectSpec spec = m_server.bySocket();
    spec.host = options.folder;
    spec.port = options.port;
    const QString written = sql(u"CREATE TABLE replayed (a int); SELECT pg_current_wal_lsn()"_s);
    const auto caughtUp = [&] {
        const auto facts = probe(spec);
        return facts && facts->currentLsn >= Lsn::parse(written);
    };
    QTRY_VERIFY_WITH_TIMEOUT(caughtUp(), 20'000);
    const auto primary = probe(m_server.bySocket());
    QCOMPARE(primary->standbys.size(), std::size_t { 1 });
    const StandbyFacts &streaming = primary->standbys.front();
    QCOMPARE(
        streaming.role + u' ' + streaming.state + u' ' + streaming.syncState, u"postgres streaming async"_s);
    QVERIFY(streaming.flushed && streaming.replayed);
    const auto facts = probe(spec);
    QCOMPARE(missingOf(facts), QString());
    QVERIFY(facts->inRecovery);
    QCOMPARE(facts->systemId, probe(m_server.bySocket())->systemId);
    QCOMPARE(facts->timeline, std::optional(TimelineId { 1 }));
    QVERIFY(standby.tool(u"psql"_s, { u"-Xqc"_s, u"SELECT pg_promote(true, 30)"_s }));
    const auto promoted = probe(spec);
    QVERIFY(!promoted->inRecovery);
    QCOMPARE(promoted->timeline, std::optional(TimelineId { 2 }));
    QVERIFY(standby.stop());
}

void TestProbe::slotsTellWhatTheyKeep()
{
    QCOMPARE(sql(u"ALTER SYSTEM SET max_slot_wal_keep_size = '64MB'; "_s), QString());
    QCOMPARE(sql(u"SELECT pg_reload_conf()"_s), u"t"_s);
    QCOMPARE(
        sql(u"SELECT slot_name FROM pg_create_physical_replication_slot('odd_slot', true)"_s), u"odd_slot"_s);
    QTRY_COMPARE(sql(u"SHOW max_slot_wal_keep_size"_s), u"64MB"_s);
    QCOMPARE(sql(u"CREATE TABLE kept AS SELECT generate_series(1, 10000) AS x"_s), QString());
    const auto facts = probe(m_server.bySocket());
    QCOMPARE(facts->slots.size(), std::size_t { 1 });
    const SlotFacts &slot = facts->slots.front();
    QCOMPARE(slot.name + u' ' + slot.state, u"odd_slot reserved"_s);
    QVERIFY(!slot.active && !slot.logical && !slot.temporary && slot.restartLsn && slot.safeWalSize);
    QCOMPARE(slot.keeps->count, static_cast<qint64>(facts->currentLsn->value - slot.restartLsn->value));
    QVERIFY(slot.keeps->count > 100'000);
    QCOMPARE(facts->maxSlotWalKeepSize, std::optional(Bytes { 64 << 20 }));
    QCOMPARE(facts->maxWalSize, std::optional(Bytes { 1 << 30 }));
    QVERIFY(facts->walSize->count >= 16 << 20);
    QVERIFY(facts->clockAhead);
    QCOMPARE(sql(u"SELECT pg_drop_replication_slot('odd_slot'); ALTER SYSTEM RESET max_slot_wal_keep_size"_s),
        QString());
}

void TestProbe::anUnreachableServerIsAnError()
{
    ConnectSpec spec = m_server.byTcp();
    spec.port = lab::freePort();
    QCOMPARE(codeOf(probe(spec)), u"pg.refused"_s);
}

void TestProbe::aStopEndsAProbe()
{
    const auto probe = makePostgresProbe(makePostgresConnector(nullptr), std::make_shared<FixedClock>());
    std::stop_source source;
    auto task = probe->probe(m_server.bySocket(), {}, {}, source.get_token());
    source.request_stop();
    const auto facts = test::settle(std::move(task));
    QVERIFY(facts);
    QCOMPARE(codeOf(*facts), u"pg.cancelled"_s);
}

QTEST_GUILESS_MAIN(TestProbe)
#include "tst_probe.moc"
