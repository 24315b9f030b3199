#include "fleet/access.h"
#include "fleet/concerns.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const Instant Now = Instant::fromSeconds(1'795'000'000);

QString word(ConcernKind kind)
{
    switch (kind) {
    case ConcernKind::ArchiverFailing:
        return u"archiver-failing"_s;
    case ConcernKind::ServerOffline:
        return u"server-offline"_s;
    case ConcernKind::CertificateChanged:
        return u"certificate-changed"_s;
    case ConcernKind::DatastoreError:
        return u"datastore-error"_s;
    case ConcernKind::DatastoreFull:
        return u"datastore-full"_s;
    case ConcernKind::SourceOffline:
        return u"source-offline"_s;
    case ConcernKind::AccessRefused:
        return u"access-refused"_s;
    case ConcernKind::ArchivingOff:
        return u"archiving-off"_s;
    case ConcernKind::DatastoreFilling:
        return u"datastore-filling"_s;
    case ConcernKind::DatastoreMaintenance:
        return u"datastore-maintenance"_s;
    case ConcernKind::RightsMissing:
        return u"rights-missing"_s;
    case ConcernKind::EnvironmentUnset:
        return u"environment-unset"_s;
    case ConcernKind::ReadStale:
        return u"read-stale"_s;
    }
    return {};
}

// "F archiver-failing db -60s; A environment-unset db"
QString print(const std::vector<Concern> &concerns)
{
    QStringList lines;
    for (const Concern &concern : concerns) {
        QString line = concern.severity == Severity::Failed ? u"F "_s : u"A "_s;
        line += word(concern.kind) + u' ' + concern.subject;
        if (!concern.part.isEmpty())
            line += u'/' + concern.part;
        if (concern.since)
            line += u" %1s"_s.arg(concern.since->seconds() - Now.seconds());
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
        Followed<PbsFacts> one;
        one.name = name;
        one.reach = reach;
        if (reach != Reach::Never)
            one.facts = PbsFacts {};
        state.backupServers.push_back(one);
        return state.backupServers.back();
    }
    [[nodiscard]] QString concerns() const { return print(attention(state, fleet, Now)); }
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

class TestConcerns : public QObject
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
    void verdicts();
    void grants();
};

void TestConcerns::anArchiverFailsNow_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<bool>("standby");
    QTest::addColumn<int>("archived"); // seconds ago, 0: never
    QTest::addColumn<int>("failed");
    QTest::addColumn<QString>("concerns");
    QTest::newRow("never failed") << "on" << false << 60 << 0 << "";
    QTest::newRow("nothing done yet") << "on" << false << 0 << 0 << "";
    QTest::newRow("failed, then archived") << "on" << false << 60 << 90 << "";
    QTest::newRow("at the same moment") << "on" << false << 60 << 60 << "";
    QTest::newRow("archived, then failed") << "on" << false << 90 << 60 << "F archiver-failing db -90s";
    QTest::newRow("never archived") << "on" << false << 0 << 60 << "F archiver-failing db";
    QTest::newRow("off with old counters") << "off" << false << 90 << 60 << "";
    QTest::newRow("a standby does not archive") << "on" << true << 90 << 60 << "";
    QTest::newRow("unless it always does") << "always" << true << 90 << 60 << "F archiver-failing db -90s";
}

void TestConcerns::anArchiverFailsNow()
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
    QTEST(world.concerns(), "concerns");
}

void TestConcerns::serversThatDoNotAnswer_data()
{
    QTest::addColumn<int>("reach");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("concerns");
    const int none = -1;
    QTest::newRow("never asked") << int(Reach::Never) << none << ""
                                 << "";
    QTest::newRow("live") << int(Reach::Live) << none << ""
                          << "";
    QTest::newRow("being asked") << int(Reach::Answering) << none << ""
                                 << "";
    QTest::newRow("stale") << int(Reach::Stale) << none << ""
                           << "A read-stale db -5s";
    QTest::newRow("gone") << int(Reach::Offline) << int(ErrorKind::Unreachable) << "pg.unreachable"
                          << "F server-offline db -300s";
    QTest::newRow("gone without a word") << int(Reach::Offline) << none << ""
                                         << "F server-offline db -300s";
    QTest::newRow("password refused") << int(Reach::Offline) << int(ErrorKind::Denied) << "pg.28P01"
                                      << "F access-refused db -300s";
}

void TestConcerns::serversThatDoNotAnswer()
{
    QFETCH(int, reach);
    QFETCH(int, kind);
    QFETCH(QString, code);
    World world;
    world.cluster(u"db"_s);
    auto &server = world.server(u"db"_s, Reach(reach));
    if (server.reach == Reach::Offline)
        server.offlineSince = ago(300);
    if (kind >= 0)
        server.error = Error { ErrorKind(kind), code, u"words"_s };
    QTEST(world.concerns(), "concerns");
}

void TestConcerns::datastores_data()
{
    QTest::addColumn<int>("used");
    QTest::addColumn<QString>("maintenance");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("concerns");
    QTest::newRow("84.9 percent") << 849 << ""
                                  << ""
                                  << "";
    QTest::newRow("85 percent") << 850 << ""
                                << ""
                                << "A datastore-filling pbs01/tank";
    QTest::newRow("95 percent") << 950 << ""
                                << ""
                                << "F datastore-full pbs01/tank";
    QTest::newRow("maintenance") << 990 << "read-only"
                                 << ""
                                 << "A datastore-maintenance pbs01/tank";
    QTest::newRow("error") << 10 << ""
                           << "unable to open chunk store"
                           << "F datastore-error pbs01/tank";
}

void TestConcerns::datastores()
{
    QFETCH(int, used);
    QFETCH(QString, maintenance);
    QFETCH(QString, error);
    World world;
    DatastoreFacts tank = store(u"tank"_s, used, 1000);
    tank.maintenance = maintenance;
    tank.error = error;
    world.pbs(u"pbs01"_s, Reach::Live).facts->datastores = { tank };
    QTEST(world.concerns(), "concerns");
    for (const Concern &concern : attention(world.state, world.fleet, Now))
        QVERIFY(concern.ofSource);
}

void TestConcerns::archivingOffMattersWhenAnRpoWasPromised()
{
    World world;
    world.calm(u"db"_s).facts->archiveMode = u"off"_s;
    QCOMPARE(world.concerns(), QString());
    world.fleet.clusters[0].objectives.rpo = std::chrono::seconds(900);
    QCOMPARE(world.concerns(), u"A archiving-off db"_s);
}

void TestConcerns::anUnsetEnvironmentAndMissingRights()
{
    World world;
    world.calm(u"db"_s).facts->missing = { { u"size of \"x\""_s, u"GRANT CONNECT …"_s } };
    world.fleet.clusters[0].environment = Environment::Unset;
    QCOMPARE(world.concerns(), u"A rights-missing db; A environment-unset db"_s);
}

void TestConcerns::factsOfAnOfflineServerAreNotJudged()
{
    World world;
    auto &server = world.calm(u"db"_s);
    server.facts->archiver->lastFailedAt = ago(10);
    server.facts->missing = { { u"x"_s, u"y"_s } };
    server.reach = Reach::Offline;
    server.offlineSince = ago(60);
    QCOMPARE(world.concerns(), u"F server-offline db -60s"_s);
}

void TestConcerns::theWorstComesFirst()
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
    QCOMPARE(world.concerns(),
        u"F archiver-failing archiver; F server-offline gone early -600s; F server-offline gone late -60s; "
        "F certificate-changed pbs01; A rights-missing rights"_s);
}

void TestConcerns::verdicts()
{
    World world;
    QCOMPARE(verdictOf(world.state, world.fleet, Now).kind, VerdictKind::NoServers);
    world.cluster(u"a"_s);
    QCOMPARE(verdictOf(world.state, world.fleet, Now).kind, VerdictKind::NotReadYet);
    world.server(u"a"_s, Reach::Live);
    const Verdict all = verdictOf(world.state, world.fleet, Now);
    QCOMPARE(all, (Verdict { VerdictKind::AllAnswer, {}, 1, 1, 0 }));
    world.cluster(u"b"_s);
    QCOMPARE(verdictOf(world.state, world.fleet, Now).kind, VerdictKind::NotReadYet);
    world.server(u"b"_s, Reach::Offline);
    world.fleet.clusters[1].environment = Environment::Unset;
    const Verdict worst = verdictOf(world.state, world.fleet, Now);
    QCOMPARE(worst.kind, VerdictKind::Worst);
    QCOMPARE(print({ *worst.worst }), u"F server-offline b"_s);
    QCOMPARE(worst.answering, 1);
    QCOMPARE(worst.others, 1);
}

void TestConcerns::grants()
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

QTEST_GUILESS_MAIN(TestConcerns)
#include "tst_concerns.moc"
