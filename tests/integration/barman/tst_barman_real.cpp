#include "barman/barman.h"
#include "hosts/hosts.h"
#include "lab/cluster.h"
#include "lab/unprivileged.h"
#include "support/printscan.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"
#include "support/testclock.h"

#include <QProcess>
#include <QTest>

#include <pwd.h>
#include <unistd.h>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

// The adapter on a real Barman with a real server: base backups over the replication protocol, WAL copied
// into its incoming folder. Barman runs as whoever runs the test.
class TestBarmanReal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void aBackupIsTold();
    void nothingNewIsNothing();
    void keepingIsAHold();
    void aDeletedSegmentIsAGap();
    void aDeletedBackupIsGone();
    void aServerThatIsDownStillTells();
    void anUnknownServerIsAnError();

private:
    void write(const QString &path, const QByteArray &text);
    QByteArray barman(const QStringList &words, int expected = 0);
    // Ends a segment and lets Barman take what came in.
    void archive();
    [[nodiscard]] QStringList archived() const;
    Scan scan();

    TemporaryFolder m_folder;
    QString m_home = m_folder.filePath(u"it's home"_s);
    QString m_config = m_folder.filePath(u"barman.conf"_s);
    std::unique_ptr<lab::Cluster> m_cluster;
    std::shared_ptr<BackupSource> m_source;
    Known m_known;
};

void TestBarmanReal::write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QByteArray TestBarmanReal::barman(const QStringList &words, int expected)
{
    QProcess process;
    process.start(u"barman"_s, QStringList { u"-c"_s, m_config } + words);
    if (!process.waitForFinished(60'000) || process.exitCode() != expected)
        qWarning() << words << process.exitCode() << process.readAllStandardError();
    return process.readAllStandardOutput();
}

void TestBarmanReal::initTestCase()
{
    const QString incoming = m_home + u"/main/incoming"_s;
    QVERIFY(QDir().mkpath(incoming));
    // The server's account puts its WAL there.
    QVERIFY(lab::giveAway(incoming));
    m_cluster = std::make_unique<lab::Cluster>(lab::Cluster::Options { .folder = m_folder.filePath(u"c"_s),
        .settings = { { u"archive_mode"_s, u"on"_s }, { u"wal_level"_s, u"replica"_s },
            { u"archive_command"_s, u"cp %p \"%1/%f\""_s.replace(u"%1"_s, incoming) } } });
    const auto made = m_cluster->create();
    QVERIFY2(made, wordsOf(std::optional(made)).constData());
    const auto started = m_cluster->start();
    QVERIFY2(started, wordsOf(std::optional(started)).constData());
    const QString reach = u"host=%1 port=%2 user=postgres dbname=postgres"_s.arg(m_cluster->socketFolder())
                              .arg(m_cluster->port());
    const passwd *who = getpwuid(getuid());
    write(m_config,
        u"[barman]\nbarman_user = %1\nbarman_home = %2\nlog_file = %2/barman.log\nlog_level = INFO\n"
        "configuration_files_directory = %2\n\n"
        "[main]\ndescription = main\nconninfo = %3\nstreaming_conninfo = %3\nbackup_method = postgres\n"
        "archiver = on\ncompression = gzip\nretention_policy = RECOVERY WINDOW OF 1 WEEKS\nimmediate_checkpoint = true\npath_prefix = %4\n"_s
            .arg(QString::fromLocal8Bit(who->pw_name), m_home, reach, m_cluster->binaries())
            .toUtf8());
    barman({ u"check"_s, u"main"_s }, 1); // nothing is there yet
    archive();
    barman({ u"backup"_s, u"main"_s });
    archive();
    Source source { .name = u"barman"_s, .kind = SourceKind::Barman, .clusters = { u"shop"_s } };
    source.config = m_config;
    source.stanza = u"main"_s;
    m_source = makeBarmanSource(
        source, {}, makeLocalHostReader(), std::make_shared<TestClock>(Instant::fromSeconds(1'795'200'000)));
}

void TestBarmanReal::cleanupTestCase()
{
    if (m_cluster)
        (void)m_cluster->stop();
}

void TestBarmanReal::archive()
{
    const auto ended
        = m_cluster->psql(u"create table if not exists t (i int); insert into t select 1; "
                          "select pg_walfile_name(pg_current_wal_lsn()); select pg_switch_wal()"_s);
    QVERIFY2(ended, wordsOf(std::optional(ended)).constData());
    const QString segment = ended->split(u'\n').first().trimmed();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_home + u"/main/incoming/"_s + segment), 30'000);
    barman({ u"archive-wal"_s, u"main"_s });
    QVERIFY(archived().contains(segment));
}

QStringList TestBarmanReal::archived() const
{
    return QDir(m_home + u"/main/wals/0000000100000000"_s)
        .entryList({ u"0*"_s }, QDir::Files)
        .filter(QRegularExpression(u"^[0-9A-F]{24}$"_s));
}

Scan TestBarmanReal::scan()
{
    const auto found = settle(m_source->scan(m_known, {}), std::chrono::seconds(90));
    if (!found || !*found) {
        qWarning("%s", wordsOf(found).constData());
        return {};
    }
    for (const QString &id : (*found)->gone)
        m_known.stamps.remove(id);
    for (const Artifact &artifact : (*found)->artifacts)
        m_known.stamps.insert(artifact.id, artifact.stamp);
    m_known.archives = (*found)->archives;
    return **found;
}

void TestBarmanReal::aBackupIsTold()
{
    const Scan first = scan();
    QVERIFY(first.whole);
    QCOMPARE(ScanPrinter::of(Scan { .troubles = first.troubles }), u"whole\n"_s);
    QCOMPARE(first.artifacts.size(), std::size_t(1));
    const Artifact &artifact = first.artifacts[0];
    const auto system = m_cluster->psql(u"select system_identifier from pg_control_system()"_s);
    const auto now = m_cluster->psql(u"select extract(epoch from now())::bigint"_s);
    QVERIFY(system && now);
    QCOMPARE(QString::number(artifact.systemId.value_or(SystemId {}).value), system->trimmed());
    QCOMPARE(artifact.state, ArtifactState::Complete);
    QCOMPARE(artifact.cluster, u"shop"_s);
    QVERIFY(artifact.start < artifact.stop && artifact.startLsn < artifact.stopLsn);
    QVERIFY(std::abs(artifact.stop->seconds() - now->trimmed().toLongLong()) < 600);
    QVERIFY(artifact.stored->count > 1'000'000);
    QVERIFY(artifact.serverVersion >= 130000);
    const WalArchive &archive = first.archives.at(0);
    const QStringList names = archived();
    QVERIFY(archive.listed && names.size() >= 2);
    QCOMPARE(QString::number(archive.systemId.value_or(SystemId {}).value), system->trimmed());
    QCOMPARE(archive.spans.size(), std::size_t(1));
    QCOMPARE(
        segmentName(archive.spans[0].timeline, archive.spans[0].first, DefaultSegmentSize), names.first());
    QCOMPARE(segmentName(archive.spans[0].timeline, archive.spans[0].last, DefaultSegmentSize), names.last());
    QVERIFY(first.usage.at(0).available->count > 0);
}

void TestBarmanReal::nothingNewIsNothing()
{
    const auto before = m_known.archives;
    const Scan second = scan();
    QVERIFY(second.artifacts.empty() && second.runs.empty() && second.gone.isEmpty());
    QVERIFY(second.archives == before);
}

void TestBarmanReal::keepingIsAHold()
{
    const QString id = m_known.stamps.keyBegin()->section(u'/', 1);
    barman({ u"keep"_s, u"--target"_s, u"standalone"_s, u"main"_s, id });
    const Scan kept = scan();
    QCOMPARE(kept.artifacts.size(), std::size_t(1));
    QCOMPARE(kept.artifacts[0].holds, QStringList { u"keep: standalone"_s });
    barman({ u"keep"_s, u"--release"_s, u"main"_s, id });
    QVERIFY(scan().artifacts.at(0).holds.isEmpty());
}

void TestBarmanReal::aDeletedSegmentIsAGap()
{
    archive();
    archive();
    const QStringList names = archived();
    const QString lost = names.at(names.size() - 2);
    const QString path = m_home + u"/main/wals/0000000100000000/"_s + lost;
    QVERIFY(QFile::rename(path, m_folder.filePath(u"aside"_s)));
    const WalArchive archive = scan().archives.at(0);
    QVERIFY(QFile::rename(m_folder.filePath(u"aside"_s), path));
    QCOMPARE(archive.spans.size(), std::size_t(2));
    QCOMPARE(archive.spans[0].last.value + 2, archive.spans[1].first.value);
    QCOMPARE(scan().archives.at(0).spans.size(), std::size_t(1));
}

void TestBarmanReal::aDeletedBackupIsGone()
{
    barman({ u"backup"_s, u"main"_s });
    archive();
    const Scan two = scan();
    QVERIFY(!two.artifacts.empty());
    QStringList ids = m_known.stamps.keys();
    ids.sort();
    barman({ u"delete"_s, u"main"_s, ids.first().section(u'/', 1) });
    QCOMPARE(scan().gone, QStringList { ids.first() });
}

void TestBarmanReal::aServerThatIsDownStillTells()
{
    QVERIFY(m_cluster->stop());
    const Scan down = scan();
    QVERIFY(down.whole && down.gone.isEmpty() && down.artifacts.empty());
    QStringList codes;
    for (const SourceTrouble &trouble : down.troubles)
        codes << trouble.error.code;
    QVERIFY2(codes.contains(u"barman.check"_s), qPrintable(codes.join(u' ')));
    QVERIFY(down.archives.at(0).systemId.has_value());
    QVERIFY(m_cluster->start());
}

void TestBarmanReal::anUnknownServerIsAnError()
{
    Source source { .name = u"barman"_s, .kind = SourceKind::Barman };
    source.config = m_config;
    source.stanza = u"no such"_s;
    const auto nothing = makeBarmanSource(
        source, {}, makeLocalHostReader(), std::make_shared<TestClock>(Instant::fromSeconds(1'795'200'000)));
    const auto found = settle(nothing->scan({}, {}), std::chrono::seconds(30));
    QCOMPARE(wordsOf(found), QByteArray("barman.failed: Unknown server 'no such'"));
}

QTEST_GUILESS_MAIN(TestBarmanReal)
#include "tst_barman_real.moc"
