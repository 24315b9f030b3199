#include "../../contracts/sources/backupsourcecontract.h"
#include "basebackup/basebackup.h"
#include "hosts/hosts.h"
#include "lab/cluster.h"
#include "lab/unprivileged.h"
#include "support/byteplace.h"
#include "support/testclock.h"
#include "values/pathtext.h"
#include "walarchive/walarchive.h"

#include <QProcess>

using namespace Qt::StringLiterals;
using namespace tidemark;

// Backups and WAL of a real server, whole and broken.
class TestRealBackups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyFormIsComplete_data();
    void everyFormIsComplete();
    void aFlippedBitIsFound_data();
    void aFlippedBitIsFound();
    void aKilledBackupIsNotComplete();
    void incrementsBuildOnEachOther();
    void theArchiveReachesTheServer();
    void aTruncatedSegmentBreaksTheSpan();

private:
    Artifact taken(const QByteArray &name, const QStringList &arguments)
    {
        const auto made = m_cluster->tool(u"pg_basebackup"_s,
            QStringList { u"--no-sync"_s, u"-c"_s, u"fast"_s, u"-D"_s, pathText(m_place.path(name)) }
                + arguments);
        if (!made)
            qWarning("%s", qPrintable(made.error().detail));
        return find(name);
    }
    Artifact find(const QByteArray &name)
    {
        Source source;
        source.name = u"backups"_s;
        source.path = pathText(m_place.path());
        const auto clock = std::make_shared<test::TestClock>(now());
        const auto adapter = makeBaseBackupSource(source, {}, makeLocalHostReader(), clock);
        const auto scan = test::settle(adapter->scan({}, {}), std::chrono::seconds(60));
        for (const Artifact &artifact : scan &&*scan ? (*scan)->artifacts : std::vector<Artifact>())
            if (artifact.id == pathText(name))
                return artifact;
        return {};
    }
    WalArchive archive()
    {
        Source source;
        source.name = u"wal"_s;
        source.path = m_folder.filePath(u"c/archive it's"_s);
        const auto clock = std::make_shared<test::TestClock>(now());
        const auto adapter = makeWalArchiveSource(source, {}, makeLocalHostReader(), clock, {});
        const auto scan = test::settle(adapter->scan({}, {}), std::chrono::seconds(60));
        return scan && *scan && (*scan)->archives.size() == 1 ? (*scan)->archives[0] : WalArchive();
    }
    static Instant now() { return Instant::fromSeconds(QDateTime::currentSecsSinceEpoch() + 3600); }
    QString sql(const QString &text) const { return m_cluster->psql(text).value_or(u"ERROR"_s); }
    static QByteArray checks(const Artifact &artifact)
    {
        QByteArray words;
        for (const Check &check : artifact.checks)
            words += QByteArray(check.kind == CheckKind::Structure ? "structure" : "contents")
                + (check.passed ? "+" : "-");
        return words;
    }

    test::TemporaryFolder m_folder;
    test::BytePlace m_place;
    std::unique_ptr<lab::Cluster> m_cluster;
    Known m_known;
    quint64 m_systemId = 0;
    int m_major = 0;
};

void TestRealBackups::initTestCase()
{
    lab::Cluster::Options options;
    options.folder = m_folder.filePath(u"c"_s);
    options.port = lab::freePort();
    options.initdb = { u"--wal-segsize=1"_s };
    options.settings = { { u"archive_mode"_s, u"on"_s },
        { u"archive_command"_s, u"cp %p \"%1/archive it's/%f\""_s.arg(options.folder) },
        { u"wal_level"_s, u"replica"_s }, { u"max_wal_senders"_s, u"4"_s }, { u"min_wal_size"_s, u"2MB"_s } };
    m_cluster = std::make_unique<lab::Cluster>(options);
    const auto made = m_cluster->create();
    QVERIFY2(made, qPrintable(made ? QString() : made.error().detail));
    QVERIFY(QDir().mkpath(options.folder + u"/archive it's"_s)
        && QDir().mkpath(m_folder.filePath(u"fast disk"_s)));
    QVERIFY(lab::giveAway(options.folder + u"/archive it's"_s)
        && lab::giveAway(m_folder.filePath(u"fast disk"_s)) && lab::giveAway(pathText(m_place.path())));
    const auto started = m_cluster->start();
    QVERIFY2(started, qPrintable(started ? QString() : started.error().detail));
    m_systemId = sql(u"SELECT system_identifier FROM pg_control_system()"_s).toULongLong();
    m_major = sql(u"SHOW server_version_num"_s).toInt() / 10'000;
    QCOMPARE(
        sql(u"CREATE TABLESPACE fast LOCATION '%1'"_s.arg(m_folder.filePath(u"fast disk"_s))), QString());
    QCOMPARE(sql(u"CREATE TABLE t AS SELECT generate_series(1, 20000) AS i;\n"
                 "CREATE TABLE f TABLESPACE fast AS SELECT generate_series(1, 5000) AS i"_s),
        QString());
}

void TestRealBackups::everyFormIsComplete_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("form");
    QTest::addColumn<bool>("wal");
    const QString mapped = u"%1=%2"_s;
    QTest::newRow("plain") << QStringList { u"-T"_s, mapped } << u"plain "_s << true;
    QTest::newRow("plain without WAL")
        << QStringList { u"-T"_s, mapped, u"-X"_s, u"none"_s } << u"plain "_s << false;
    QTest::newRow("plain SHA256") << QStringList { u"-T"_s, mapped, u"--manifest-checksums=SHA256"_s }
                                  << u"plain "_s << true;
    QTest::newRow("tar") << QStringList { u"-Ft"_s } << u"tar "_s << true;
    QTest::newRow("tar with fetched WAL")
        << QStringList { u"-Ft"_s, u"-X"_s, u"fetch"_s } << u"tar "_s << true;
    QTest::newRow("gzip") << QStringList { u"-Ft"_s, u"-z"_s } << u"tar gzip"_s << true;
    if (m_major < 15)
        return; // older servers compress with gzip alone
    QTest::newRow("lz4") << QStringList { u"-Ft"_s, u"--compress=server-lz4"_s } << u"tar lz4"_s << true;
    QTest::newRow("zstd") << QStringList { u"-Ft"_s, u"--compress=client-zstd"_s } << u"tar zstd"_s << true;
}

void TestRealBackups::everyFormIsComplete()
{
    QFETCH(QStringList, arguments);
    const QByteArray name = "it's " + QByteArray(QTest::currentDataTag());
    arguments.replaceInStrings(
        u"%1=%2"_s, m_folder.filePath(u"fast disk"_s) + u'=' + pathText(m_place.path("ts of " + name)));
    const Artifact artifact = taken(name, arguments);
    QVERIFY2(artifact.state == ArtifactState::Complete, qPrintable(artifact.why));
    QCOMPARE(checks(artifact), QByteArray("structure+contents+"));
    QCOMPARE((artifact.format + u' ' + artifact.compression), [] {
        QFETCH(QString, form);
        return form;
    }());
    QCOMPARE(artifact.systemId, SystemId { m_systemId });
    QCOMPARE(artifact.serverVersion, m_major * 10'000);
    QTEST(artifact.carriesWal, "wal");
    QVERIFY(artifact.startLsn && artifact.stopLsn && *artifact.startLsn < *artifact.stopLsn);
    QVERIFY(artifact.start && artifact.stop && *artifact.start <= *artifact.stop);
    QCOMPARE(artifact.tablespaces.size(), 1);
    QCOMPARE(artifact.timeline, TimelineId { 1 });
}

void TestRealBackups::aFlippedBitIsFound_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("plain") << QByteArray("it's plain/base/1/1259");
    QTest::newRow("tar") << QByteArray("it's tar/base.tar");
    QTest::newRow("gzip") << QByteArray("it's gzip/base.tar.gz");
    if (m_major >= 15)
        QTest::newRow("zstd") << QByteArray("it's zstd/base.tar.zst");
}

void TestRealBackups::aFlippedBitIsFound()
{
    QFETCH(QByteArray, file);
    FILE *opened = fopen(m_place.path(file).constData(), "r+b");
    QVERIFY(opened);
    fseek(opened, 50'000, SEEK_SET);
    const int byte = fgetc(opened);
    fseek(opened, 50'000, SEEK_SET);
    fputc(byte ^ 4, opened);
    fclose(opened);
    const Artifact artifact = find(file.split('/').first());
    QCOMPARE(artifact.state, ArtifactState::Damaged);
    QVERIFY2(!artifact.why.isEmpty() && checks(artifact).endsWith("contents-"), qPrintable(artifact.why));
}

void TestRealBackups::aKilledBackupIsNotComplete()
{
    QProcess tool;
    lab::prepareTool(tool);
    tool.start(m_cluster->binaries() + u"/pg_basebackup"_s,
        { u"-h"_s, m_cluster->socketFolder(), u"-p"_s, QString::number(m_cluster->port()), u"-U"_s,
            u"postgres"_s, u"-D"_s, pathText(m_place.path("killed")), u"-c"_s, u"fast"_s, u"--max-rate=32"_s,
            u"-T"_s, m_folder.filePath(u"fast disk"_s) + u'=' + pathText(m_place.path("killed ts")) });
    QVERIFY(tool.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(
        std::filesystem::exists(m_place.path("killed/backup_label").toStdString()), 20'000);
    tool.kill();
    tool.waitForFinished();
    const Artifact artifact = find("killed");
    QVERIFY2(artifact.state == ArtifactState::Unfinished, qPrintable(artifact.why));
    QVERIFY(!artifact.hasManifest);
}

void TestRealBackups::incrementsBuildOnEachOther()
{
    if (m_major < 17)
        return; // these servers make none; recorded labels and manifests are read in the contract tests
    QCOMPARE(sql(u"ALTER SYSTEM SET summarize_wal = on;\nSELECT pg_reload_conf()"_s), u"t"_s);
    const auto mapped = [&](const QByteArray &name) {
        return QStringList { u"-T"_s,
            m_folder.filePath(u"fast disk"_s) + u'=' + pathText(m_place.path("ts of " + name)) };
    };
    const Artifact full = taken("full", mapped("full"));
    const QString manifest = u"--incremental="_s + pathText(m_place.path("full/backup_manifest"));
    const Artifact increment = taken("increment", mapped("increment") + QStringList { manifest });
    QVERIFY2(increment.state == ArtifactState::Complete, qPrintable(increment.why));
    QCOMPARE(full.method, Method::Full);
    QCOMPARE(increment.method, Method::Incremental);
    QCOMPARE(increment.parent, u"full"_s);
    QCOMPARE(checks(increment), QByteArray("structure+contents+"));
}

void TestRealBackups::theArchiveReachesTheServer()
{
    QCOMPARE(sql(u"INSERT INTO t VALUES (1)"_s), QString()); // an empty segment is not switched away from
    const QString name = sql(u"SELECT pg_walfile_name(pg_switch_wal())"_s);
    // The file is there before all of it is.
    QTRY_COMPARE_WITH_TIMEOUT(
        sql(u"SELECT last_archived_wal >= '%1' FROM pg_stat_archiver"_s.arg(name)), u"t"_s, 60'000);
    const WalArchive found = archive();
    QCOMPARE(found.systemId, SystemId { m_systemId });
    QCOMPARE(found.segmentSize, 1u << 20);
    QCOMPARE(found.troubles.size(), std::size_t(0));
    QCOMPARE(found.spans.size(), std::size_t(1));
    QCOMPARE(segmentName({ 1 }, found.spans[0].last, 1 << 20), name);
    QVERIFY(found.backupEnds.size() >= 6);
    QVERIFY(!found.checked.isEmpty());
}

void TestRealBackups::aTruncatedSegmentBreaksTheSpan()
{
    const WalArchive before = archive();
    const SegmentNumber victim { before.spans[0].first.value + 1 };
    const QString file
        = m_folder.filePath(u"c/archive it's/"_s + segmentName({ 1 }, victim, before.segmentSize));
    QVERIFY(QFile::resize(file, 500'000));
    const WalArchive after = archive();
    QCOMPARE(after.spans.size(), std::size_t(2));
    QCOMPARE(after.troubles.size(), std::size_t(1));
    QCOMPARE(after.troubles[0].detail, u"500000 of 1048576 bytes"_s);
}

QTEST_GUILESS_MAIN(TestRealBackups)
#include "tst_realbackups.moc"
