#include "story.h"
#include "world.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

// Data at risk, standings and objectives.
class TestObjectives : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stands_data();
    void stands();
    void promises_data();
    void promises();
    void restoresAreMeasuredOnly();
    void theTightestSourceSpeaksForACluster();
    void aDumpOfTheOnlyDatabaseIsWhole();
    void aRunOfDumpsIsWholeWithAllDatabasesOfTheServer();
};

namespace {

using std::chrono::days;
using std::chrono::minutes;

struct Case {
    const char *name;
    void (*apply)(World &world);
    const char *expected;
};

QString word(ObjectiveState state)
{
    return QStringList { u"unmeasured"_s, u"met"_s, u"unproven"_s, u"growing"_s, u"broken"_s }.value(
        int(state));
}

QString print(const ObjectiveStanding &standing)
{
    const QStringList kinds { u"rpo"_s, u"rto"_s, u"proof"_s, u"keep"_s };
    QString text = kinds.value(int(standing.kind));
    if (!standing.keep.isEmpty())
        text += u' ' + standing.keep;
    text += u' ' + word(standing.state);
    if (standing.measured)
        text += u" %1"_s.arg(*standing.measured);
    return text + u"/%1"_s.arg(standing.limit);
}

QString print(const ClusterInsight &cluster)
{
    const QStringList standings { u"nothing"_s, u"lapsed"_s, u"late"_s, u"unread"_s, u"unproven"_s,
        u"restorable"_s, u"met"_s };
    const QStringList bases { u"unknown"_s, u"nothing"_s, u"points"_s, u"wal"_s };
    const QStringList sure { u"claimed"_s, u"aged"_s, u"verified"_s, u"proven"_s };
    const auto told
        = [](const auto &maybe, auto &&count) { return maybe ? QString::number(count(*maybe)) : u"-"_s; };
    const auto seconds = [](std::chrono::seconds span) { return span.count(); };
    QStringList words { standings.value(int(cluster.standing)), bases.value(int(cluster.risk.basis)),
        sure.value(int(cluster.confidence)), told(cluster.risk.seconds, seconds) + u's',
        told(cluster.risk.bytes, [](Bytes bytes) { return bytes.count; }) + u'b' };
    if (cluster.risk.idle)
        words.append(u"idle"_s);
    if (cluster.risk.walWaiting && cluster.risk.walWaiting->count > 0)
        words.append(u"waiting %1"_s.arg(cluster.risk.walWaiting->count));
    if (cluster.risk.untilFull)
        words.append(u"full in %1"_s.arg(cluster.risk.untilFull->count()));
    for (const ObjectiveStanding &standing : cluster.objectives)
        words.append(print(standing));
    return words.join(u' ');
}

void later(World &w, double minute)
{
    w.now = Story::minute(minute);
    w.server().readAt = w.now;
}

const Case Stands[] {
    { "within the RPO", [](World &) {}, "met wal verified 30s 209715b rpo met 30/900" },
    { "idle", [](World &w) { w.server().currentLsn = Lsn { Story::at(10).value + 128 }; },
        "met wal verified 3s 128b idle rpo met 3/900" },
    { "not quite idle", [](World &w) { w.server().currentLsn = Lsn { Story::at(10).value + 129 }; },
        "met wal verified 30s 129b rpo met 30/900" },
    { "the server is behind its archive", [](World &w) { w.server().currentLsn = Story::at(8); },
        "met wal verified 3s 0b idle rpo met 3/900" },
    { "the server does not answer", [](World &w) { w.state.servers.front().reach = Reach::Offline; },
        "met wal verified 30s -b rpo met 30/900" },
    { "the server was never asked", [](World &w) { w.state.servers.clear(); },
        "met wal verified 30s -b rpo met 30/900" },
    { "looked at, and late",
        [](World &w) {
            later(w, 40);
            w.read(u"repo"_s).readAt = Story::minute(39);
        },
        "late wal verified 1800s 209715b rpo broken 1800/900" },
    { "not looked at for long", [](World &w) { later(w, 40); },
        "unproven wal verified 1800s 209715b rpo unproven 1800/900" },
    { "what it lies in cannot be read any more",
        [](World &w) {
            w.read(u"repo"_s).error = Error { ErrorKind::Unreachable, u"host.missing"_s, {} };
        },
        "unproven wal verified 30s 209715b rpo met 30/900" },
    { "another place cannot be read",
        [](World &w) {
            w.read(u"dumps"_s).error = Error { ErrorKind::Unreachable, u"host.missing"_s, {} };
        },
        "met wal verified 30s 209715b rpo met 30/900" },
    { "no RPO", [](World &w) { w.cluster().objectives = {}; }, "restorable wal verified 30s 209715b" },
    { "the gap lasts", [](World &w) { w.repository(u"wal repo 1 2-4; wal repo 1 6-9; full b 1 2.1-2.6"_s); },
        "lapsed wal claimed 330s 5452595b rpo met 330/900" },
    { "a dump of all after the gap",
        [](World &w) {
            w.repository(u"wal repo 1 2-4; wal repo 1 6-9; full b 1 2.1-2.6"_s);
            ArtifactFact d = w.artifact(u"shop-0.dump"_s);
            d.database.clear();
            d.start = Story::minute(9);
            d.stop = Story::minute(9.1);
            w.put(d);
        },
        "met points claimed 90s -b rpo met 90/900" },
    { "a dump of one database after the gap",
        [](World &w) {
            w.repository(u"wal repo 1 2-4; wal repo 1 6-9; full b 1 2.1-2.6"_s);
            ArtifactFact d = w.artifact(u"shop-0.dump"_s);
            d.start = Story::minute(9);
            d.stop = Story::minute(9.1);
            w.put(d);
        },
        "lapsed wal claimed 330s 5452595b rpo met 330/900" },
    { "points only", [](World &w) { w.repository(QString()); },
        "late points claimed 7830s -b rpo broken 7830/900" },
    { "nothing to restore",
        [](World &w) {
            w.shop().artifacts.clear();
            w.shop().archives.clear();
        },
        "nothing nothing claimed -s -b rpo broken/900" },
    { "nothing was read", [](World &w) { w.facts = {}; }, "unread unknown claimed -s -b rpo unmeasured/900" },
    { "a failing archiver fills the disk",
        [](World &w) {
            w.server().archiver->lastFailedAt = Story::minute(10.3);
            w.server().segmentsWaiting = 3;
            w.server().walFree = Bytes { 1 << 20 };
        },
        "met wal verified 30s 209715b waiting 3145728 full in 60 rpo met 30/900" },
    { "a small disk, and archiving works", [](World &w) { w.server().walFree = Bytes { 1 << 20 }; },
        "met wal verified 30s 209715b rpo met 30/900" },
    { "checked too long ago",
        [](World &w) {
            w.cluster().objectives.proofAge = days(1);
            w.artifact(u"b"_s).assuredAt = Story::minute(0) - days(2);
        },
        "met wal aged 30s 209715b rpo met 30/900 proof unmeasured/86400" },
    { "proven",
        [](World &w) {
            w.cluster().objectives.proofAge = days(1);
            w.artifact(u"b"_s).assurance = Assurance::Restored;
        },
        "met wal proven 30s 209715b rpo met 30/900 proof met 474/86400" },
    { "proven too long ago",
        [](World &w) {
            w.cluster().objectives.proofAge = days(1);
            w.artifact(u"b"_s).assurance = Assurance::Restored;
            w.artifact(u"b"_s).assuredAt = Story::minute(0) - days(2);
        },
        "met wal aged 30s 209715b rpo met 30/900 proof broken 173430/86400" },
    { "RTO is not invented", [](World &w) { w.cluster().objectives.rto = std::chrono::hours(1); },
        "met wal verified 30s 209715b rpo met 30/900 rto unmeasured/3600" },
};

RetentionPromise promiseOf(World &w)
{
    RetentionPromise promise;
    promise.name = u"p"_s;
    promise.clusters = { u"shop"_s };
    w.cluster().objectives = {};
    return promise;
}

void keep(World &w, const QString &option, int count, const QString &source = u"pbs01"_s)
{
    RetentionPromise promise = promiseOf(w);
    promise.keep.insert(option, count);
    promise.sources = { source };
    w.fleet.promises.push_back(promise);
}

void lasts(World &w, int term, const QString &source)
{
    RetentionPromise promise = promiseOf(w);
    promise.duration = days(term);
    if (!source.isEmpty())
        promise.sources = { source };
    w.fleet.promises.push_back(promise);
}

void ranBefore(World &w, const QString &source, int nights)
{
    Run run;
    run.cluster = u"shop"_s;
    run.start = Story::minute(0) - days(nights);
    w.read(source).runs.push_back(run);
}

const Case Promises[] {
    { "as many days", [](World &w) { keep(w, u"keep-daily"_s, 7); }, "keep keep-daily met 7/7" },
    { "one day more", [](World &w) { keep(w, u"keep-daily"_s, 8); }, "keep keep-daily growing 7/8" },
    { "and they were removed",
        [](World &w) {
            keep(w, u"keep-daily"_s, 8);
            ranBefore(w, u"pbs01"_s, 30);
        },
        "keep keep-daily broken 7/8" },
    { "last", [](World &w) { keep(w, u"keep-last"_s, 7); }, "keep keep-last met 7/7" },
    { "hours", [](World &w) { keep(w, u"keep-hourly"_s, 7); }, "keep keep-hourly met 7/7" },
    { "weeks", [](World &w) { keep(w, u"keep-weekly"_s, 4); }, "keep keep-weekly growing 1/4" },
    { "months", [](World &w) { keep(w, u"keep-monthly"_s, 4); }, "keep keep-monthly growing 1/4" },
    { "years", [](World &w) { keep(w, u"keep-yearly"_s, 1); }, "keep keep-yearly met 1/1" },
    { "full backups", [](World &w) { keep(w, u"full"_s, 1, u"repo"_s); }, "keep full met 1/1" },
    { "differential ones", [](World &w) { keep(w, u"diff"_s, 1, u"repo"_s); }, "keep diff growing 0/1" },
    { "incremental ones", [](World &w) { keep(w, u"incr"_s, 1, u"repo"_s); }, "keep incr growing 0/1" },
    { "an option nobody knows", [](World &w) { keep(w, u"keep-centuries"_s, 1); },
        "keep keep-centuries unmeasured/1" },
    { "what is not whole does not count",
        [](World &w) {
            keep(w, u"keep-daily"_s, 7);
            w.artifact(u"vm/2001/3"_s).state = ArtifactState::Failed;
        },
        "keep keep-daily growing 6/7" },
    { "nothing there",
        [](World &w) {
            keep(w, u"keep-daily"_s, 7);
            std::erase_if(w.shop().artifacts, [](const auto &a) { return a.source == 2; });
        },
        "keep keep-daily unmeasured 0/7" },
    { "a week, to the day", [](World &w) { lasts(w, 7, u"pbs01"_s); }, "keep met 529830/604800" },
    { "eight days", [](World &w) { lasts(w, 8, u"pbs01"_s); }, "keep growing 529830/691200" },
    { "eight days, and it was removed",
        [](World &w) {
            lasts(w, 8, u"pbs01"_s);
            ranBefore(w, u"pbs01"_s, 30);
        },
        "keep broken 529830/691200" },
    { "of all sources", [](World &w) { lasts(w, 7, {}); }, "keep met 529830/604800" },
    { "somebody else's promise",
        [](World &w) {
            lasts(w, 7, {});
            w.fleet.promises.front().clusters = { u"crm"_s };
        },
        "" },
    { "by its source alone",
        [](World &w) {
            lasts(w, 7, u"pbs01"_s);
            w.fleet.promises.front().clusters.clear();
        },
        "keep met 529830/604800" },
};

} // namespace

void TestObjectives::stands_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<QString>("expected");
    int index = 0;
    for (const Case &one : Stands)
        QTest::newRow(one.name) << index++ << QString::fromLatin1(one.expected);
}

void TestObjectives::stands()
{
    QFETCH(int, index);
    World world;
    Stands[index].apply(world);
    QTEST(print(world.insight().clusters.front()), "expected");
}

void TestObjectives::promises_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<QString>("expected");
    int index = 0;
    for (const Case &one : Promises)
        QTest::newRow(one.name) << index++ << QString::fromLatin1(one.expected);
}

void TestObjectives::promises()
{
    QFETCH(int, index);
    World world;
    Promises[index].apply(world);
    QStringList lines;
    const Insight insight = world.insight();
    for (const ObjectiveStanding &standing : insight.clusters.front().objectives)
        lines.append(print(standing));
    QTEST(lines.join(u"; "_s), "expected");
}

void TestObjectives::restoresAreMeasuredOnly()
{
    World world;
    world.cluster().objectives = {};
    world.cluster().objectives.rto = minutes(30);
    world.cluster().objectives.proofAge = days(1);
    const auto print2 = [&](const std::vector<MeasuredRestore> &restores) {
        QStringList lines;
        for (const ObjectiveStanding &standing : objectiveStandings(world.cluster(), world.fleet,
                 world.shop(), world.facts.sources, {}, {}, restores, world.now))
            lines.append(print(standing));
        return lines.join(u"; "_s);
    };
    const MeasuredRestore slow { world.now - days(3), minutes(40), u"b"_s, true };
    const MeasuredRestore quick { world.now - minutes(10), minutes(20), u"b"_s, true };
    MeasuredRestore failed = quick;
    failed.passed = false;
    QCOMPARE(print2({}), u"rto unmeasured/1800; proof unmeasured/86400"_s);
    QCOMPARE(print2({ failed }), u"rto unmeasured/1800; proof unmeasured/86400"_s);
    QCOMPARE(print2({ slow }), u"rto broken 2400/1800; proof broken 259200/86400"_s);
    QCOMPARE(print2({ quick, slow }), u"rto met 1200/1800; proof met 600/86400"_s);
}

void TestObjectives::theTightestSourceSpeaksForACluster()
{
    World world;
    world.cluster().objectives = {};
    world.source(u"dumps"_s).objectives.rpo = days(1);
    world.source(u"pbs01"_s).objectives.rpo = days(2);
    QCOMPARE(objectivesOf(world.cluster(), world.fleet).rpo, days(1));
    world.source(u"dumps"_s).clusters.clear();
    QCOMPARE(objectivesOf(world.cluster(), world.fleet).rpo, days(2));
    world.cluster().objectives.rpo = days(7);
    QCOMPARE(objectivesOf(world.cluster(), world.fleet).rpo, days(7));
}

void TestObjectives::aDumpOfTheOnlyDatabaseIsWhole()
{
    World world;
    std::erase_if(world.shop().artifacts, [](const ArtifactFact &one) { return one.database == u"wiki"; });
    const auto partly = [&] {
        const Insight insight = world.insight();
        const auto &points = insight.clusters.front().recoverability.points;
        return std::count_if(points.begin(), points.end(), [](const Point &point) { return point.partly; });
    };
    QCOMPARE(partly(), 7); // the server has another one
    std::erase_if(
        world.server().databases, [](const DatabaseFacts &database) { return database.name == u"wiki"; });
    QCOMPARE(partly(), 0);
}

void TestObjectives::aRunOfDumpsIsWholeWithAllDatabasesOfTheServer()
{
    World world;
    const auto runs = [&] { return world.insight().clusters.front().recoverability.runs.size(); };
    QCOMPARE(runs(), std::size_t(7));
    world.server().databases.push_back({ .name = u"never dumped"_s, .allowsConnections = true });
    QCOMPARE(runs(), std::size_t(0));
}

QTEST_APPLESS_MAIN(TestObjectives)
#include "tst_objectives.moc"
