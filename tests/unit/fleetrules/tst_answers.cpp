#include "fleet/access.h"
#include "insight/findings.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const Instant Now = Instant::fromSeconds(1'795'000'000);

// "F archiver.failing db -60s; A cluster.environment db"
QString print(const std::vector<Finding> &findings)
{
    QStringList lines;
    for (const Finding &finding : findings) {
        QString line = finding.severity == Severity::Failed ? u"F "_s : u"A "_s;
        line += finding.code + u' ' + finding.cluster + finding.source;
        if (!finding.part.isEmpty())
            line += u'/' + finding.part;
        if (finding.since)
            line += u" %1s"_s.arg(finding.since->seconds() - Now.seconds());
        lines.append(line);
    }
    return lines.join(u"; "_s);
}

struct World {
    Fleet fleet;
    FleetState state;

    Cluster &cluster(const QString &name)
    {
        Cluster one;
        one.name = name;
        one.environment = Environment::Production;
        fleet.clusters.push_back(one);
        return fleet.clusters.back();
    }
    Followed<ServerFacts> &server(const QString &name, Reach reach)
    {
        Followed<ServerFacts> one;
        one.name = name;
        one.reach = reach;
        if (reach != Reach::Never && reach != Reach::Offline) {
            one.facts = ServerFacts {};
            one.facts->readAt = Now - std::chrono::seconds(5);
            one.facts->archiveMode = u"on"_s;
            one.facts->archiver = ArchiverFacts {};
        }
        state.servers.push_back(one);
        return state.servers.back();
    }
    Followed<ServerFacts> &calm(const QString &name)
    {
        cluster(name);
        return server(name, Reach::Live);
    }
    Followed<PbsFacts> &pbs(const QString &name, Reach reach)
    {
        Source source;
        source.name = name;
        source.kind = SourceKind::Pbs;
        fleet.sources.push_back(source);
        Followed<PbsFacts> one;
        one.name = name;
        one.reach = reach;
        if (reach != Reach::Never)
            one.facts = PbsFacts {};
        state.backupServers.push_back(one);
        return state.backupServers.back();
    }
    [[nodiscard]] QString found() const { return print(findingsOfAnswers(fleet, state, Now)); }
};

Instant ago(int seconds)
{
    return Now - std::chrono::seconds(seconds);
}

DatastoreFacts store(const QString &name, qint64 used, qint64 total)
{
    DatastoreFacts facts;
    facts.name = name;
    facts.used = Bytes { used };
    facts.total = Bytes { total };
    return facts;
}

} // namespace

class TestAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anArchiverFailsNow_data();
    void anArchiverFailsNow();
    void serversThatDoNotAnswer_data();
    void serversThatDoNotAnswer();
    void datastores_data();
    void datastores();
    void archivingOffMattersWhenAnRpoWasPromised();
    void anUnsetEnvironmentAndMissingRights();
    void factsOfAnOfflineServerAreNotJudged();
    void theWorstComesFirst();
    void grants();
};

void TestAnswers::anArchiverFailsNow_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<bool>("standby");
    QTest::addColumn<int>("archived"); // seconds ago, 0: never
    QTest::addColumn<int>("failed");
    QTest::addColumn<QString>("found");
    QTest::newRow("never failed") << "on" << false << 60 << 0 << "";
    QTest::newRow("nothing done yet") << "on" << false << 0 << 0 << "";
    QTest::newRow("failed, then archived") << "on" << false << 60 << 90 << "";
    QTest::newRow("at the same moment") << "on" << false << 60 << 60 << "";
    QTest::newRow("archived, then failed") << "on" << false << 90 << 60 << "F archiver.failing db -90s";
    QTest::newRow("never archived") << "on" << false << 0 << 60 << "F archiver.failing db";
    QTest::newRow("off with old counters") << "off" << false << 90 << 60 << "";
    QTest::newRow("a standby does not archive") << "on" << true << 90 << 60 << "";
    QTest::newRow("unless it always does") << "always" << true << 90 << 60 << "F archiver.failing db -90s";
}

void TestAnswers::anArchiverFailsNow()
{
    QFETCH(QString, mode);
    QFETCH(bool, standby);
    QFETCH(int, archived);
    QFETCH(int, failed);
    World world;
    ServerFacts &facts = *world.calm(u"db"_s).facts;
    facts.archiveMode = mode;
    facts.inRecovery = standby;
    if (archived)
        facts.archiver->lastArchivedAt = ago(archived);
    if (failed)
        facts.archiver->lastFailedAt = ago(failed);
    QTEST(world.found(), "found");
}

void TestAnswers::serversThatDoNotAnswer_data()
{
    QTest::addColumn<int>("reach");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("found");
    const int none = -1;
    QTest::newRow("never asked") << int(Reach::Never) << none << ""
                                 << "";
    QTest::newRow("live") << int(Reach::Live) << none << ""
                          << "";
    QTest::newRow("being asked") << int(Reach::Answering) << none << ""
                                 << "";
    QTest::newRow("stale") << int(Reach::Stale) << none << ""
                           << "A server.stale db -5s";
    QTest::newRow("gone") << int(Reach::Offline) << int(ErrorKind::Unreachable) << "pg.unreachable"
                          << "F server.offline db -300s";
    QTest::newRow("never there, without a word") << int(Reach::Offline) << none << ""
                                                 << "F server.offline db";
    QTest::newRow("password refused") << int(Reach::Offline) << int(ErrorKind::Denied) << "pg.28P01"
                                      << "F server.access-refused db -300s";
}

void TestAnswers::serversThatDoNotAnswer()
{
    QFETCH(int, reach);
    QFETCH(int, kind);
    QFETCH(QString, code);
    World world;
    world.cluster(u"db"_s);
    auto &server = world.server(u"db"_s, Reach(reach));
    if (server.reach == Reach::Offline)
        server.offlineSince = ago(300);
    if (kind >= 0 && server.reach == Reach::Offline)
        server.facts = ServerFacts { .readAt = ago(300) };
    if (kind >= 0)
        server.error = Error { ErrorKind(kind), code, u"words"_s };
    QTEST(world.found(), "found");
}

void TestAnswers::datastores_data()
{
    QTest::addColumn<int>("used");
    QTest::addColumn<QString>("maintenance");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("found");
    QTest::newRow("84.9 percent") << 849 << ""
                                  << ""
                                  << "";
    QTest::newRow("85 percent") << 850 << ""
                                << ""
                                << "A store.filling pbs01/tank";
    QTest::newRow("95 percent") << 950 << ""
                                << ""
                                << "F store.full pbs01/tank";
    QTest::newRow("maintenance") << 990 << "read-only"
                                 << ""
                                 << "A store.maintenance pbs01/tank";
    QTest::newRow("error") << 10 << ""
                           << "unable to open chunk store"
                           << "F store.error pbs01/tank";
}

void TestAnswers::datastores()
{
    QFETCH(int, used);
    QFETCH(QString, maintenance);
    QFETCH(QString, error);
    World world;
    DatastoreFacts tank = store(u"tank"_s, used, 1000);
    tank.maintenance = maintenance;
    tank.error = error;
    world.pbs(u"pbs01"_s, Reach::Live).facts->datastores = { tank };
    QTEST(world.found(), "found");
}

void TestAnswers::archivingOffMattersWhenAnRpoWasPromised()
{
    World world;
    world.calm(u"db"_s).facts->archiveMode = u"off"_s;
    QCOMPARE(world.found(), QString());
    world.fleet.clusters[0].objectives.rpo = std::chrono::seconds(900);
    QCOMPARE(world.found(), u"A archiver.off db"_s);
}

void TestAnswers::anUnsetEnvironmentAndMissingRights()
{
    World world;
    world.calm(u"db"_s).facts->missing = { { u"size of \"x\""_s, u"GRANT CONNECT …"_s } };
    world.fleet.clusters[0].environment = Environment::Unset;
    QCOMPARE(world.found(), u"A server.rights db; A cluster.environment db"_s);
}

void TestAnswers::factsOfAnOfflineServerAreNotJudged()
{
    World world;
    auto &server = world.calm(u"db"_s);
    server.facts->archiver->lastFailedAt = ago(10);
    server.facts->missing = { { u"x"_s, u"y"_s } };
    server.reach = Reach::Offline;
    server.offlineSince = ago(60);
    QCOMPARE(world.found(), u"F server.offline db -60s"_s);
}

void TestAnswers::theWorstComesFirst()
{
    World world;
    world.calm(u"rights"_s).facts->missing = { { u"x"_s, u"y"_s } };
    auto &late = world.calm(u"gone late"_s);
    late.reach = Reach::Offline;
    late.offlineSince = ago(60);
    auto &early = world.calm(u"gone early"_s);
    early.reach = Reach::Offline;
    early.offlineSince = ago(600);
    world.calm(u"archiver"_s).facts->archiver->lastFailedAt = ago(10);
    auto &changed = world.pbs(u"pbs01"_s, Reach::Offline);
    changed.error = Error { ErrorKind::Denied, u"pbs.fingerprint-mismatch"_s, {} };
    QCOMPARE(world.found(),
        u"F archiver.failing archiver; F server.offline gone early -600s; F server.offline gone late -60s; "
        "F source.certificate-changed pbs01; A server.rights rights"_s);
}

void TestAnswers::grants()
{
    ServerFacts facts;
    facts.memberOf = { u"pg_monitor"_s };
    facts.mayReplicate = true;
    facts.missing = { { u"size of \"a\""_s, u"GRANT CONNECT ON DATABASE \"a\" TO \"o'x\";"_s },
        { u"size of \"a\""_s, u"GRANT CONNECT ON DATABASE \"a\" TO \"o'x\";"_s },
        { u"nothing helps"_s, {} } };
    const Access access = accessOf(facts);
    QCOMPARE(access.level, AccessLevel::Monitor);
    QCOMPARE(access.roles.join(u'+'), u"pg_monitor+replication"_s);
    QCOMPARE(access.lacking.join(u'+'), u"size of \"a\"+nothing helps"_s);
    QCOMPARE(grantsFor(facts.missing), u"GRANT CONNECT ON DATABASE \"a\" TO \"o'x\";"_s);
    facts.superuser = true;
    QCOMPARE(accessOf(facts).roles.join(u'+'), u"superuser"_s);
}

QTEST_GUILESS_MAIN(TestAnswers)
#include "tst_answers.moc"
