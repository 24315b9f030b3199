#include "hosts/hosts.h"
#include "insight/findingwords.h"
#include "insight/insight.h"
#include "lab/cluster.h"
#include "postgres/postgres.h"
#include "postgres/probe.h"
#include "sources/registry.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"

#include <QDateTime>
#include <QDir>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tidemark;
using namespace tidemark::test;

// A real cluster with a WAL archive, a base backup and a dump, read by the adapters: nothing is wrong with
// it, and each breakage of its files or settings is found.
class TestRealFindings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingIsWrong();
    void breakagesAreFound_data();
    void breakagesAreFound();
    void anArchiverThatDoesNothingIsFound();

private:
    struct RealClock : Clock {
        [[nodiscard]] Instant now() const override
        {
            return Instant::fromMicroseconds(QDateTime::currentMSecsSinceEpoch() * 1000);
        }
    };
    void fill();
    [[nodiscard]] QString sql(const QString &text, const QString &database = u"shop"_s)
    {
        return m_cluster->psql(text, database).value_or(u"ERROR"_s);
    }
    void shell(const QString &command) const;
    [[nodiscard]] Fleet fleet(const QString &root) const;
    // Only the source that was touched is read from another root; what the others tell is remembered.
    [[nodiscard]] Insight read(const QString &root, const QString &touched = {});
    [[nodiscard]] std::optional<Result<Scan>> scanOf(
        const Source &source, const Fleet &fleet, const QString &touched);
    [[nodiscard]] QString codes(const QString &root, const QString &touched = {});

    TemporaryFolder m_folder;
    std::unique_ptr<lab::Cluster> m_cluster;
    std::shared_ptr<Clock> m_clock = std::make_shared<RealClock>();
    QString m_said;
    QHash<QString, Scan> m_scans; // of the live folders
};

void TestRealFindings::shell(const QString &command) const
{
    QProcess process;
    process.start(u"/bin/sh"_s, { u"-ec"_s, command });
    QVERIFY(process.waitForFinished(60'000));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
}

void TestRealFindings::initTestCase()
{
    const QString live = m_folder.filePath(u"live"_s);
    shell(u"mkdir -p '%1/wal' '%1/bases' '%1/dumps'; chmod -R 777 '%1'"_s.arg(live));
    m_cluster = std::make_unique<lab::Cluster>(lab::Cluster::Options { .folder = m_folder.filePath(u"c"_s),
        .settings = { { u"archive_mode"_s, u"on"_s }, { u"archive_timeout"_s, u"60"_s },
            { u"archive_command"_s, u"test ! -f '%1/wal/%f' && cp %p '%1/wal/%f'"_s.arg(live) } },
        .initdb = { u"--wal-segsize=1"_s } });
    QVERIFY(m_cluster->create());
    QVERIFY(m_cluster->start());
    fill();
}

void TestRealFindings::fill()
{
    const QString live = m_folder.filePath(u"live"_s);
    QCOMPARE(sql(u"create database shop"_s, u"postgres"_s), QString());
    QVERIFY(m_cluster->tool(u"pg_basebackup"_s, { u"-D"_s, live + u"/bases/b1"_s, u"-c"_s, u"fast"_s }));
    for (int round = 0; round < 4; ++round) {
        QCOMPARE(
            sql(u"create table t%1 as select generate_series(1, 5000) i; select 1 from pg_switch_wal()"_s.arg(
                round)),
            u"1"_s);
    }
    const QString night = QDateTime::currentDateTimeUtc().toString(u"yyyy-MM-dd"_s);
    QVERIFY(m_cluster->tool(
        u"pg_dump"_s, { u"-Fc"_s, u"-f"_s, u"%1/dumps/shop-%2.dump"_s.arg(live, night), u"shop"_s }));
    QVERIFY(m_cluster->tool(
        u"pg_dumpall"_s, { u"-g"_s, u"-f"_s, u"%1/dumps/globals-%2.sql"_s.arg(live, night) }));
    const QString last = sql(u"select pg_walfile_name(pg_switch_wal())"_s);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(live + u"/wal/"_s + last), 30'000);
}

Fleet TestRealFindings::fleet(const QString &root) const
{
    Fleet fleet;
    Cluster cluster;
    cluster.name = u"shop"_s;
    cluster.environment = Environment::Test;
    cluster.objectives.rpo = 10min;
    cluster.databases = { u"shop"_s };
    fleet.clusters = { cluster };
    const auto add = [&](const QString &name, SourceKind kind, const QString &path) {
        Source source;
        source.name = name;
        source.kind = kind;
        source.clusters = { u"shop"_s };
        source.path = root + path;
        fleet.sources.push_back(source);
    };
    add(u"wal"_s, SourceKind::WalArchive, u"/wal"_s);
    add(u"bases"_s, SourceKind::BaseBackups, u"/bases"_s);
    add(u"dumps"_s, SourceKind::Dumps, u"/dumps"_s);
    return fleet;
}

std::optional<Result<Scan>> TestRealFindings::scanOf(
    const Source &source, const Fleet &fleet, const QString &touched)
{
    if (touched != source.name && m_scans.contains(source.name))
        return Result<Scan>(m_scans.value(source.name));
    const auto adapter = makeSource(source, fleet, { makeHostReaders(), nullptr, m_clock });
    auto scan = settle(adapter->scan({}, {}), 120s);
    if (scan && *scan && touched.isEmpty())
        m_scans.insert(source.name, **scan);
    return scan;
}

Insight TestRealFindings::read(const QString &root, const QString &touched)
{
    Fleet all = fleet(root);
    ConnectSpec spec;
    spec.host = m_cluster->socketFolder();
    spec.port = m_cluster->port();
    spec.user = u"postgres"_s;
    spec.database = u"postgres"_s;
    const auto probe = makePostgresProbe(makePostgresConnector(nullptr), m_clock);
    const auto server = settle(probe->probe(spec, {}, {}, {}), 30s);
    FleetState state;
    Followed<ServerFacts> followed;
    followed.name = u"shop"_s;
    followed.reach = server && *server ? Reach::Live : Reach::Offline;
    if (server && *server)
        followed.facts = **server;
    state.servers.push_back(followed);
    const auto id = followed.facts ? followed.facts->systemId : std::nullopt;
    all.clusters.front().systemId = id;
    CatalogueFacts facts;
    facts.clusters.push_back({ u"shop"_s, id, {}, {} });
    ClusterFacts &shop = facts.clusters.front();
    for (const Source &source : all.sources) {
        const auto scan = scanOf(source, all, touched);
        SourceFacts read;
        read.name = source.name;
        if (scan && *scan) {
            read.readAt = m_clock->now();
            read.troubles = (*scan)->troubles;
            for (const Artifact &artifact : (*scan)->artifacts)
                shop.artifacts.push_back(factOf(artifact, qint32(facts.sources.size()), id));
            shop.archives.insert(shop.archives.end(), (*scan)->archives.begin(), (*scan)->archives.end());
        } else if (scan)
            read.error = scan->error();
        facts.sources.push_back(read);
    }
    std::ranges::stable_sort(shop.artifacts, {}, [](const ArtifactFact &one) { return one.stop; });
    return insightOf(facts, all, state, m_clock->now());
}

QString TestRealFindings::codes(const QString &root, const QString &touched)
{
    const Insight insight = read(root, touched);
    QStringList codes;
    m_said.clear();
    for (const Finding &finding : insight.findings) {
        codes.append(finding.code);
        const FindingWords words = wordsFor(finding, plainFormats());
        m_said += words.title + u" / "_s + words.evidence + u'\n';
    }
    return codes.join(u' ');
}

void TestRealFindings::nothingIsWrong()
{
    const Insight insight = read(m_folder.filePath(u"live"_s));
    const ClusterInsight &shop = insight.clusters.front();
    (void)codes(m_folder.filePath(u"live"_s));
    QCOMPARE(m_said, QString());
    QCOMPARE(shop.recoverability.windows.size(), std::size_t { 1 });
    QCOMPARE(shop.recoverability.windows.front().confidence, Confidence::Verified);
    QVERIFY(shop.recoverability.windows.front().open);
    QCOMPARE(shop.recoverability.points.size(), std::size_t { 1 });
    QCOMPARE(int(shop.standing), int(ClusterStanding::Met));
    QVERIFY(shop.risk.bytes && shop.risk.bytes->count < 1 << 20);
}

void TestRealFindings::breakagesAreFound_data()
{
    QTest::addColumn<QString>("touched");
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *touched, const char *command, const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(touched) << QString::fromLatin1(command)
                            << QString::fromLatin1(expected);
    };
    // $s is a segment in the middle, behind the base backup.
    row("a segment is gone", "wal", "rm wal/$s", "wal.gap");
    row("a segment is empty", "wal", ": > wal/$s", "wal.gap wal.empty");
    row("a segment is cut", "wal", "truncate -s 300000 wal/$s", "wal.gap wal.wrong-size");
    row("a segment is renamed", "wal", "mv wal/$s wal/$(echo $s | sed 's/....$/FFFF/')",
        "wal.gap wal.misnamed");
    row("a bit flipped", "wal", "printf X | dd of=wal/$s bs=1 seek=9000 conv=notrunc status=none",
        "wal.gap wal.bad-checksum");
    row("no label", "bases", "rm bases/b1/backup_label; find bases/b1 -exec touch -d '2 hours ago' {} +",
        "wal.no-base base.unfinished");
    row("a file is missing", "bases", "rm bases/b1/global/1262", "wal.no-base base.damaged");
    row("a dump is cut", "dumps", "f=$(ls dumps/*.dump); truncate -s 2000 $f; touch -d '1 hour ago' $f",
        "dump.damaged");
    row("no globals", "dumps", "rm dumps/globals*", "dump.no-globals");
    row("no base", "bases", "rm -r bases/b1", "wal.no-base source.empty");
}

void TestRealFindings::breakagesAreFound()
{
    QFETCH(QString, command);
    const QString root = m_folder.filePath(QString::fromLatin1(QTest::currentDataTag()).remove(u' '));
    const QString live = m_folder.filePath(u"live"_s);
    shell(u"cp -a '%1' '%2'; cd '%2'; s=$(ls wal | grep -E '^[0-9A-F]{24}$' | tail -3 | head -1); %3"_s.arg(
        live, root, command));
    QFETCH(QString, touched);
    const QString found = codes(root, touched);
    QVERIFY2(!found.isEmpty(), "nothing was found");
    QTEST(found, "expected");
}

void TestRealFindings::anArchiverThatDoesNothingIsFound()
{
    QCOMPARE(sql(u"alter system set archive_command = '/bin/true'"_s, u"postgres"_s), QString());
    QCOMPARE(sql(u"select pg_reload_conf()"_s, u"postgres"_s), u"t"_s);
    QTRY_COMPARE_WITH_TIMEOUT(codes(m_folder.filePath(u"live"_s), u"nothing"_s), u"archiver.no-op"_s, 20'000);
}

QTEST_GUILESS_MAIN(TestRealFindings)
#include "tst_realfindings.moc"
