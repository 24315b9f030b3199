#include "hands/hosthand.h"
#include "journal/filejournal.h"
#include "lab/unprivileged.h"
#include "procedure/procedurescript.h"
#include "recovery/recoverplan.h"
#include "sessions/session.h"
#include "support/postgres.h"
#include "support/sshgate.h"
#include "support/testclock.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

// A real cluster, its backup and its archive; what the plan brings back is compared with what was written.
class TestRecoverBeside : public QObject
{
    Q_OBJECT

    test::Server m_server;
    test::SshGate m_gate;
    test::TemporaryFolder m_folder; // journal
    std::shared_ptr<OpenSession> m_session;
    QString m_base;
    QString m_archive;
    QString m_lastSegment;
    QString m_targetSegment;
    Lsn m_start;
    Lsn m_target; // just before the accident
    WalCommit m_kept;
    int m_copies = 0;
    RecoverRequest m_request;

    // Of the account that the servers run as.
    [[nodiscard]] QString place(const QString &name) const
    {
        return m_server.folder().filePath(u"w/"_s + name);
    }
    [[nodiscard]] QString sql(const QString &text)
    {
        const auto answer = m_server.cluster().psql(text);
        return answer ? answer->trimmed() : answer.error().detail;
    }
    // A file of the archive is there before all of it is.
    [[nodiscard]] QString archived(const QString &segment)
    {
        return sql(u"SELECT last_archived_wal >= '%1' FROM pg_stat_archiver"_s.arg(segment));
    }
    [[nodiscard]] static Lsn lsn(const QString &text) { return Lsn::parse(text).value_or(Lsn()); }
    [[nodiscard]] RecoverFacts facts() const
    {
        RecoverFacts facts;
        Artifact base;
        base.id = u"base"_s;
        base.location = m_base;
        base.format = u"plain"_s;
        base.startLsn = m_start;
        facts.chain = { base };
        facts.from.kind = SourceKind::BaseBackups;
        facts.from.host = m_request.host.name;
        facts.walFolder = m_archive;
        facts.lastSegment = m_targetSegment;
        WalPrediction told;
        told.reached = true;
        told.last = m_kept;
        facts.prediction = told;
        return facts;
    }
    // Of the copy that was asked for last, "7|28" or why not.
    [[nodiscard]] QString inCopy(const QString &text)
    {
        const auto said = lab::run(m_server.cluster().binaries() + u"/psql"_s,
            { u"-XAtq"_s, u"-h"_s, m_request.directory + u"/tidemark/socket"_s, u"-p"_s,
                QString::number(m_request.port), u"-U"_s, u"postgres"_s, u"-d"_s, u"postgres"_s, u"-c"_s,
                text });
        return said ? QString::fromUtf8(*said).trimmed() : said.error().detail;
    }
    void stopCopy()
    {
        static_cast<void>(lab::run(m_server.cluster().binaries() + u"/pg_ctl"_s,
            { u"stop"_s, u"-m"_s, u"immediate"_s, u"-D"_s, m_request.directory }));
    }
    [[nodiscard]] SessionTools tools() const
    {
        return { m_session, std::make_shared<HostHand>(makeHostReaders()),
            std::make_shared<test::TestClock>(Instant::fromSeconds(1'780'000'000)), u"anna@desk"_s, {} };
    }
    // "" when every step is done, else the step that is not and what it said.
    [[nodiscard]] QString run(const Procedure &procedure)
    {
        FileJournal journal(m_folder.filePath(u"sessions"_s));
        const auto begun = test::settle(journal.begin(procedure, Instant::fromSeconds(1'780'000'000)));
        if (!begun || !*begun)
            return QString::fromUtf8(test::wordsOf(begun));
        m_session = **begun;
        return goOn();
    }
    [[nodiscard]] QString goOn()
    {
        const auto state = test::settle(runSession(tools(), {}), std::chrono::seconds(90));
        if (!state || !*state)
            return QString::fromUtf8(test::wordsOf(state));
        if ((*state)->whole())
            return {};
        FileJournal journal(m_folder.filePath(u"sessions"_s));
        const StepProgress &stopped = (*state)->steps[*(*state)->current];
        const auto said = test::settle(journal.evidence(m_session->record().id, stopped.evidence));
        return m_session->record().procedure.steps[*(*state)->current].id + u": "_s
            + QString::fromUtf8(said.value().value_or(QByteArray()));
    }
    [[nodiscard]] Procedure planned(const RecoverFacts &facts)
    {
        const auto plan = planBeside(m_request, facts);
        return plan ? *plan : Procedure();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_server.start() == "ok", "no server");
        m_archive = place(u"archive it's"_s);
        m_base = place(u"base"_s);
        QVERIFY(QDir().mkpath(m_archive));
        QVERIFY(lab::giveAway(place({})));
        QVERIFY(
            m_server.cluster().configure({ { u"archive_mode"_s, u"on"_s }, { u"wal_level"_s, u"replica"_s },
                { u"track_commit_timestamp"_s, u"on"_s }, { u"max_connections"_s, u"37"_s },
                { u"archive_command"_s, u"cp %p \"%1/%f\""_s.replace(u"%1"_s, m_archive) } }));
        QVERIFY(m_server.cluster().stop());
        QVERIFY(m_server.cluster().start());
        QCOMPARE(sql(u"CREATE TABLE t (n int)"_s), QString());
        QVERIFY(m_server.cluster().tool(
            u"pg_basebackup"_s, { u"-D"_s, m_base, u"-X"_s, u"none"_s, u"-c"_s, u"fast"_s }));
        const auto label = QString::fromUtf8([&] {
            QFile file(m_base + u"/backup_label"_s);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        }());
        m_start = lsn(label.section(u"START WAL LOCATION: "_s, 1).section(u' ', 0, 0));
        QVERIFY(m_start > Lsn());
        for (int i = 1; i <= 50; ++i) {
            if (i == 50)
                m_kept.lsn = lsn(sql(u"SELECT pg_current_wal_insert_lsn()"_s));
            QCOMPARE(sql(u"INSERT INTO t VALUES (%1)"_s.arg(i)), QString());
            if (i % 10 == 0)
                static_cast<void>(sql(u"SELECT pg_switch_wal()"_s));
        }
        m_kept.at
            = Instant::parse(sql(u"SELECT to_char((pg_last_committed_xact()).timestamp AT TIME ZONE 'UTC', "
                                 "'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"_s))
                  .value();
        m_target = lsn(sql(u"SELECT pg_current_wal_insert_lsn()"_s));
        QCOMPARE(sql(u"DELETE FROM t WHERE n > 7"_s), QString());
        m_targetSegment = sql(u"SELECT pg_walfile_name('%1')"_s.arg(m_target.toString()));
        static_cast<void>(sql(u"SELECT pg_switch_wal()"_s));
        QCOMPARE(sql(u"INSERT INTO t VALUES (99)"_s), QString());
        m_lastSegment = sql(u"SELECT pg_walfile_name(pg_current_wal_insert_lsn())"_s);
        static_cast<void>(sql(u"SELECT pg_switch_wal()"_s));
        QTRY_COMPARE_WITH_TIMEOUT(archived(m_lastSegment), u"t"_s, 20'000);
        static_cast<void>(m_gate.reader());
    }
    void init()
    {
        m_request = {};
        m_request.cluster = u"shop"_s;
        m_request.environment = Environment::Lab;
        m_request.host = test::SshGate::host();
        m_request.directory = place(u"copy's %1"_s.arg(++m_copies));
        m_request.port = lab::freePort();
        m_request.binaries = m_server.cluster().binaries();
        m_request.target.kind = WalTarget::Kind::Lsn;
        m_request.target.lsn = m_target;
        m_request.target.inclusive = false;
        m_request.target.timeline = TimelineId { 1 };
    }
    void cleanup() { stopCopy(); }

    void endsJustBeforeTheAccident()
    {
        QCOMPARE(run(planned(facts())), QString());
        QCOMPARE(inCopy(u"SELECT count(*), sum(n) FROM t"_s), u"50|1275"_s);
        QCOMPARE(
            inCopy(
                u"SELECT pg_is_in_recovery(), current_setting('archive_mode'), current_setting('max_connections')"_s),
            u"t|off|37"_s);
        QVERIFY(!QFile::exists(m_archive + u"/00000002.history"_s));
    }
    void opensAfterAPersonsWord()
    {
        m_request.open = true;
        QVERIFY(run(planned(facts())).startsWith(u"open.confirm"_s));
        QCOMPARE(inCopy(u"SELECT pg_is_in_recovery()"_s), u"t"_s);
        const auto refused = test::settle(act(tools(), SessionAct::Confirm, u"shopp"_s));
        QVERIFY(refused && !*refused);
        QVERIFY(test::settle(act(tools(), SessionAct::Confirm, u"shop"_s)).value());
        QCOMPARE(goOn(), QString());
        QCOMPARE(inCopy(u"SELECT pg_is_in_recovery(), count(*) FROM t"_s), u"f|50"_s);
        QCOMPARE(inCopy(u"INSERT INTO t VALUES (1); SELECT count(*) FROM t"_s), u"51"_s);
        QVERIFY(!QFile::exists(m_archive + u"/00000002.history"_s)); // nothing of it was archived
    }
    void theScriptDoesTheSame()
    {
        m_request.host = {};
        QFile script(place(u"plan.sh"_s));
        QVERIFY(script.open(QIODevice::WriteOnly));
        const Procedure procedure = planned(facts());
        script.write(procedureScript(procedure));
        script.close();
        QVERIFY(lab::giveAway(script.fileName()));
        const auto said = lab::run(u"/bin/bash"_s, { script.fileName() });
        QVERIFY2(said, said ? "" : qPrintable(said.error().detail));
        QVERIFY(said->endsWith("every step is done\n"));
        QCOMPARE(inCopy(u"SELECT count(*), sum(n) FROM t"_s), u"50|1275"_s);
    }
    void aMissingSegmentIsNeverAnEnd()
    {
        const QString middle
            = sql(u"SELECT pg_walfile_name('%1'::pg_lsn - 2 * 16 * 1024 * 1024)"_s.arg(m_target.toString()));
        QVERIFY(QFile::rename(m_archive + u'/' + middle, m_archive + u"/aside"_s));
        const QString said = run(planned(facts()));
        QVERIFY(QFile::rename(m_archive + u"/aside"_s, m_archive + u'/' + middle));
        QVERIFY2(said.startsWith(u"replay.wait: "_s), qPrintable(said));
        QVERIFY2(said.contains(middle + u" is needed and not in"_s), qPrintable(said));
    }
    void anotherEndThanPredictedIsRed()
    {
        RecoverFacts wrong = facts();
        wrong.prediction->last->at = wrong.prediction->last->at + std::chrono::seconds(1);
        const QString said = run(planned(wrong));
        QVERIFY2(said.startsWith(u"replay.prove: "_s) && said.contains(u"not proven"_s), qPrintable(said));
    }
    void aDirectoryInUseIsRefused()
    {
        QVERIFY(QDir().mkpath(m_request.directory + u"/base"_s));
        QVERIFY(lab::giveAway(m_request.directory));
        const QString said = run(planned(facts()));
        QVERIFY2(said.startsWith(u"check.place: "_s) && said.contains(u"is not empty"_s), qPrintable(said));
        QVERIFY(QFile::exists(m_request.directory + u"/base"_s));
    }
    void packedWalIsUnpacked()
    {
        QVERIFY(lab::run(u"/bin/gzip"_s, { m_archive + u'/' + m_targetSegment }));
        QCOMPARE(run(planned(facts())), QString());
        QCOMPARE(inCopy(u"SELECT count(*) FROM t"_s), u"50"_s);
        QVERIFY(lab::run(u"/bin/gzip"_s, { u"-d"_s, m_archive + u'/' + m_targetSegment + u".gz"_s }));
    }
    void packedBackups_data()
    {
        QTest::addColumn<QStringList>("how");
        QTest::newRow("tar") << QStringList {};
        QTest::newRow("tar.gz") << QStringList { u"-z"_s };
        QTest::newRow("tar.zst") << QStringList { u"--compress=server-zstd"_s };
        QTest::newRow("tar.lz4") << QStringList { u"--compress=client-lz4"_s };
    }
    // Each of a cluster that has 51 rows by then; the target is the end of the WAL.
    void packedBackups()
    {
        QFETCH(QStringList, how);
        const QString folder = place(u"packed %1"_s.arg(QString::fromLatin1(QTest::currentDataTag())));
        QVERIFY(m_server.cluster().tool(u"pg_basebackup"_s,
            QStringList { u"-D"_s, folder, u"-F"_s, u"t"_s, u"-X"_s, u"stream"_s, u"-c"_s, u"fast"_s }
                + how));
        const QString rows = sql(u"SELECT count(*), sum(n) FROM t"_s);
        m_request.target.lsn = lsn(sql(u"SELECT pg_current_wal_insert_lsn()"_s));
        QCOMPARE(sql(u"DELETE FROM t WHERE n = 0"_s), QString());
        QCOMPARE(sql(u"CREATE TABLE later%1 ()"_s.arg(m_copies)), QString());
        const QString segment = sql(u"SELECT pg_walfile_name(pg_current_wal_insert_lsn())"_s);
        static_cast<void>(sql(u"SELECT pg_switch_wal()"_s));
        QTRY_COMPARE_WITH_TIMEOUT(archived(segment), u"t"_s, 20'000);
        RecoverFacts packed = facts();
        packed.chain.back().location = folder;
        packed.chain.back().format = u"tar"_s;
        packed.lastSegment = segment;
        packed.prediction.reset();
        QCOMPARE(run(planned(packed)), QString());
        QCOMPARE(inCopy(u"SELECT count(*), sum(n) FROM t"_s), rows);
        QCOMPARE(inCopy(u"SELECT to_regclass('later%1') IS NULL"_s.arg(m_copies)), u"t"_s);
    }
    void obstaclesAreTold()
    {
        m_request.directory = u"relative"_s;
        m_request.port = 0;
        RecoverFacts none;
        const auto plan = planBeside(m_request, none);
        QVERIFY(!plan);
        QVERIFY(plan.error().size() >= 2);
        init();
        RecoverFacts early = facts();
        early.chain.back().stopLsn = m_target;
        QVERIFY(!planBeside(m_request, early));
        RecoverFacts late = facts();
        late.prediction->reached = false;
        QVERIFY(!planBeside(m_request, late));
    }
};

QTEST_GUILESS_MAIN(TestRecoverBeside)
#include "tst_recoverbeside.moc"
