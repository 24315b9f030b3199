#include "lab/unprivileged.h"
#include "matrix.h"
#include "support/temporaryfolder.h"

#include <QDir>
#include <QProcess>

#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tidemark;
using namespace tidemark::test;

// A real Barman with a real server: a base backup over the replication protocol, WAL copied into its incoming
// folder. Each row works on a copy of Barman's home, with a configuration of its own.
class TestFaultsBarman : public FaultMatrix
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

protected:
    QString family() const override { return u"Barman"_s; }
    std::vector<Breakage> rows() override;
    void begin(const Breakage &row) override;

private:
    void configure(const QString &home, const QString &more = {});
    void barman(const QString &home, const QStringList &words);
    // Ends a segment; the home takes what came in.
    void archive(const QString &home);
    void killedBackup();
    [[nodiscard]] QString sql(const QString &text);
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    TemporaryFolder m_folder;
    std::unique_ptr<lab::Cluster> m_cluster;
    SystemId m_systemId;
};

void TestFaultsBarman::configure(const QString &home, const QString &more)
{
    const QString reach = u"host=%1 port=%2 user=postgres dbname=postgres"_s.arg(m_cluster->socketFolder())
                              .arg(m_cluster->port());
    const passwd *who = getpwuid(getuid());
    QFile file(path(home + u".conf"_s));
    expect(file.open(QIODevice::WriteOnly), file.fileName());
    file.write(u"[barman]\nbarman_user = %1\nbarman_home = %2\nlog_file = %2/barman.log\nlog_level = INFO\n"
               "configuration_files_directory = %2\n\n[main]\ndescription = main\nconninfo = %3\n"
               "streaming_conninfo = %3\nbackup_method = postgres\narchiver = on\n"
               "immediate_checkpoint = true\npath_prefix = %4\n%5\n"_s
                   .arg(QString::fromLocal8Bit(who->pw_name), path(home), reach, m_cluster->binaries(), more)
                   .toUtf8());
}

void TestFaultsBarman::barman(const QString &home, const QStringList &words)
{
    QProcess process;
    process.start(u"barman"_s, QStringList { u"-c"_s, path(home + u".conf"_s) } + words);
    expect(process.waitForFinished(120'000) && process.exitCode() == 0,
        words.join(u' ')
            + QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError()));
}

QString TestFaultsBarman::sql(const QString &text)
{
    const auto answer = m_cluster->psql(text);
    expect(answer);
    return answer.value_or(QString());
}

void TestFaultsBarman::archive(const QString &home)
{
    const QString segment = sql(u"insert into t values (1); select pg_walfile_name(pg_switch_wal())"_s);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path(u"healthy/main/incoming/"_s + segment)), 60'000);
    if (home != u"healthy")
        shell(u"cp -a '%1' '%2'"_s.arg(
            path(u"healthy/main/incoming/"_s + segment), path(home + u"/main/incoming/"_s)));
    barman(home, { u"archive-wal"_s, u"main"_s });
}

void TestFaultsBarman::initTestCase()
{
    const QString incoming = path(u"healthy/main/incoming"_s);
    QVERIFY(QDir().mkpath(incoming));
    QVERIFY(lab::giveAway(incoming)); // the server's account puts its WAL there
    m_cluster = std::make_unique<lab::Cluster>(lab::Cluster::Options { .folder = path(u"c"_s),
        .settings = { { u"archive_mode"_s, u"on"_s }, { u"autovacuum"_s, u"off"_s },
            { u"archive_timeout"_s, u"10min"_s }, { u"checkpoint_timeout"_s, u"1h"_s },
            { u"archive_command"_s, u"cp %p \"%1/%f\""_s.replace(u"%1"_s, incoming) } },
        .initdb = { u"--wal-segsize=1"_s } });
    expect(m_cluster->create());
    expect(m_cluster->start());
    m_systemId = SystemId { sql(u"select system_identifier from pg_control_system()"_s).toULongLong() };
    (void)sql(u"create table t (i int)"_s);
    configure(u"healthy"_s);
    QProcess first; // it makes Barman's folders, and complains that there is nothing yet
    first.start(u"barman"_s, { u"-c"_s, path(u"healthy.conf"_s), u"check"_s, u"main"_s });
    QVERIFY(first.waitForFinished(60'000));
    archive(u"healthy"_s);
    barman(u"healthy"_s, { u"backup"_s, u"main"_s });
    for (int round = 0; round < 3; ++round)
        archive(u"healthy"_s);
    (void)sql(u"checkpoint"_s);
    archive(u"healthy"_s);
    QCOMPARE(wrong(), QString());
}

void TestFaultsBarman::cleanupTestCase()
{
    m_cluster.reset();
}

void TestFaultsBarman::begin(const Breakage &row)
{
    Q_UNUSED(row)
    shell(u"rm -rf copy; cp -a healthy copy"_s, m_folder.path());
    configure(u"copy"_s);
    Source source;
    source.name = u"barman"_s;
    source.kind = SourceKind::Barman;
    source.config = path(u"copy.conf"_s);
    source.stanza = u"main"_s;
    m_onlooker.fleet = fleetOf(u"shop"_s, 30min, source);
    m_onlooker.fleet.clusters.front().systemId = m_systemId;
    m_onlooker.fleet.clusters.front().connect = reach(*m_cluster);
    m_onlooker.readAgain({ u"barman"_s });
}

// A backup whose pg_basebackup is killed: Barman keeps it as FAILED.
void TestFaultsBarman::killedBackup()
{
    configure(u"copy"_s, u"bandwidth_limit = 500"_s);
    QProcess backup;
    backup.start(u"barman"_s, { u"-c"_s, path(u"copy.conf"_s), u"backup"_s, u"main"_s });
    QVERIFY(backup.waitForStarted());
    QString child;
    const auto started = [&] {
        QProcess find;
        find.start(u"pgrep"_s, { u"-P"_s, QString::number(backup.processId()), u"pg_basebackup"_s });
        find.waitForFinished();
        child = QString::fromUtf8(find.readAllStandardOutput()).trimmed();
        const QDir bases(path(u"copy/main/base"_s));
        return !child.isEmpty() && bases.entryList(QDir::Dirs | QDir::NoDotAndDotDot).size() > 1;
    };
    QTRY_VERIFY_WITH_TIMEOUT(started(), 60'000);
    shell(u"kill "_s + child);
    QVERIFY(backup.waitForFinished(60'000));
    configure(u"copy"_s);
}

std::vector<Breakage> TestFaultsBarman::rows()
{
    const QString twin = u"a Barman home with a base backup and its WAL"_s;
    // $w: a segment behind the base backup; $b: the folder of that.
    const QString names
        = u"cd copy/main; w=$(find wals -type f | grep -E '/[0-9A-F]{24}$' | sort | tail -2 | head "
          "-1); b=$(ls -d base/*); "_s;
    const auto row = [&](const QString &name, const QString &raises, const QString &harm) {
        return Breakage { .name = name, .twin = twin, .raises = raises, .harm = [this, names, harm] {
                             shell(names + harm, m_folder.path());
                         } };
    };
    std::vector<Breakage> rows {
        row(u"a segment behind the base backup is missing"_s, u"wal.gap"_s, u"rm $w"_s),
        row(u"a segment is empty"_s, u"(wal.gap) wal.empty"_s, u": > $w"_s),
        row(u"the base backup's files are gone"_s, u"(restore.nothing) (wal.no-base) base.damaged"_s,
            u"rm -r $b/data"_s),
        row(u"the base backup is gone"_s, u"(restore.nothing) wal.no-base"_s, u"rm -r $b"_s),
    };
    Breakage unmounted = row(u"Barman's home is not mounted"_s,
        u"(restore.nothing) (wal.not-archived) source.tool"_s, u"rm -r ../main"_s);
    unmounted.prepare = [this] { m_onlooker.sourcesClock->ahead = 6min; };
    rows.push_back(unmounted);
    rows.push_back({ .name = u"the newest backup failed"_s,
        .twin = twin,
        .raises = u"(source.tool) base.failed"_s,
        .harm = [this] { killedBackup(); } });
    rows.push_back({ .name = u"Barman's own jobs do not run: WAL comes in and is not taken"_s,
        .twin = twin,
        .raises = u"wal.not-archived"_s,
        .harm =
            [this] {
                const QString last
                    = sql(u"insert into t values (2); select pg_walfile_name(pg_switch_wal())"_s);
                QTRY_COMPARE_WITH_TIMEOUT(
                    sql(u"select last_archived_wal from pg_stat_archiver"_s), last, 30'000);
                m_onlooker.sourcesClock->ahead = 6min;
            },
        .mend = [this] { archive(u"healthy"_s); } });
    rows.push_back({ .name = u"the server is down, and Barman's checks fail"_s,
        .twin = twin,
        .raises = u"server.offline source.tool (source.tool)"_s,
        .harm = [this] { expect(m_cluster->stop()); },
        .mend = [this] { expect(m_cluster->start()); } });
    return rows;
}

QTEST_GUILESS_MAIN(TestFaultsBarman)
#include "tst_faults_barman.moc"
