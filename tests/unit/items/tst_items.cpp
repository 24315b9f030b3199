#include "items/datastoremodel.h"
#include "items/factmodel.h"
#include "items/findingmodel.h"
#include "items/nextdaymodel.h"
#include "items/overviewmodel.h"
#include "items/servertablemodel.h"
#include "items/settingsmodels.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;
using Mode = QAbstractItemModelTester::FailureReportingMode;

namespace {

Cluster cluster(const QString &name, Environment environment = Environment::Production)
{
    Cluster one;
    one.name = name;
    one.environment = environment;
    return one;
}

Followed<ServerFacts> followed(const QString &name, Reach reach)
{
    Followed<ServerFacts> one;
    one.name = name;
    one.reach = reach;
    if (reach == Reach::Live)
        one.facts = ServerFacts {};
    return one;
}

// A cluster of each standing, with a finding where there would be one.
struct World {
    Fleet fleet;
    Insight insight;

    World()
    {
        using namespace std::chrono_literals;
        add(u"met"_s, ClusterStanding::Met, Confidence::Proven);
        add(u"claimed"_s, ClusterStanding::Met, Confidence::Claimed);
        add(u"late"_s, ClusterStanding::Late, Confidence::Verified);
        add(u"unread"_s, ClusterStanding::Unread, Confidence::Claimed);
        add(u"lapsed"_s, ClusterStanding::Lapsed, Confidence::Verified);
        find(u"late"_s, u"rpo.over"_s); // ranked first, but it can be brought back
        find(u"lapsed"_s, u"wal.gap"_s);
    }
    void add(const QString &name, ClusterStanding standing, Confidence confidence)
    {
        fleet.clusters.push_back(cluster(name));
        fleet.clusters.back().objectives.rpo = std::chrono::minutes(15);
        fleet.clusters.back().objectives.proofAge = std::chrono::days(35);
        ClusterInsight one;
        one.name = name;
        one.standing = standing;
        one.confidence = confidence;
        const auto objective = [&](ObjectiveKind kind, ObjectiveState state) {
            one.objectives.emplace_back();
            one.objectives.back().kind = kind;
            one.objectives.back().state = state;
        };
        objective(ObjectiveKind::Rpo,
            standing == ClusterStanding::Met        ? ObjectiveState::Met
                : standing == ClusterStanding::Late ? ObjectiveState::Broken
                                                    : ObjectiveState::Unmeasured);
        if (confidence == Confidence::Proven) {
            one.provenAt = Instant::fromSeconds(1'794'000'000);
            objective(ObjectiveKind::ProofAge, ObjectiveState::Met);
        }
        insight.clusters.push_back(one);
    }
    void find(const QString &name, const QString &code)
    {
        Finding finding;
        finding.code = code;
        finding.severity = Severity::Failed;
        finding.cluster = name;
        insight.findings.push_back(finding);
    }
};

QString names(const std::vector<OverviewRow> &rows)
{
    QStringList list;
    for (const OverviewRow &row : rows)
        list.append(row.cluster.name + u'/' + QString::number(row.findings.size()));
    return list.join(u' ');
}

SetupServer server(const QString &name)
{
    SetupServer one;
    one.name = name;
    return one;
}

} // namespace

class TestItems : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theOverviewHasARowForEachClusterOfTheScope_data();
    void theOverviewHasARowForEachClusterOfTheScope();
    void aStateIsGoodOnlyByProof_data();
    void aStateIsGoodOnlyByProof();
    void talliesKnowWhatIsNotKnown();
    void findingsOfAScopeAreThoseOfItsSourcesToo();
    void theNextDayOfACluster();
    void theMarkIsReachedBeforeTheStoreIsFull_data();
    void theMarkIsReachedBeforeTheStoreIsFull();
    void aCellSaysWhatItIsWorded();
    void choosingAServerIsTold();
    void anEnvironmentIsSetInItsColumnOnly();
    void datastoresAndSilentServers();
    void sizesAreKnownOrNot();
    void factsAreCopiedAsText();
    void settingsKeepTheOrderOfTheFile();
};

void TestItems::theOverviewHasARowForEachClusterOfTheScope_data()
{
    QTest::addColumn<int>("order");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<QString>("rows");
    QTest::newRow("by risk") << int(OverviewOrder::Risk) << ""
                             << "lapsed/1 late/1 claimed/0 unread/0 met/0";
    QTest::newRow("by name") << int(OverviewOrder::Name) << ""
                             << "claimed/0 lapsed/1 late/1 met/0 unread/0";
    QTest::newRow("one cluster") << int(OverviewOrder::Risk) << "late"
                                 << "late/1";
    QTest::newRow("a scope that is not there") << int(OverviewOrder::Risk) << "late'; --"
                                               << "";
}

void TestItems::theOverviewHasARowForEachClusterOfTheScope()
{
    QFETCH(int, order);
    QFETCH(QString, scope);
    const World world;
    const auto rows = overviewRows(
        world.fleet, {}, std::make_shared<const Insight>(world.insight), OverviewOrder(order), scope);
    QTEST(names(rows), "rows");

    OverviewModel model([](const OverviewRow &row, int) { return Cell { row.cluster.name }; });
    const QAbstractItemModelTester tester(&model, Mode::QtTest);
    model.setRows(rows);
    QCOMPARE(model.rowCount(), int(rows.size()));
}

void TestItems::aStateIsGoodOnlyByProof_data()
{
    QTest::addColumn<int>("standing");
    QTest::addColumn<int>("confidence");
    QTest::addColumn<int>("brokenKind"); // -1: none
    QTest::addColumn<int>("shown");
    const auto row = [](const char *name, ClusterStanding standing, Confidence confidence, Standing shown,
                         int broken = -1) {
        QTest::newRow(name) << int(standing) << int(confidence) << broken << int(shown);
    };
    using S = ClusterStanding;
    using C = Confidence;
    row("proven", S::Met, C::Proven, Standing::Ok);
    row("verified", S::Met, C::Verified, Standing::Quiet);
    row("only listed", S::Met, C::Claimed, Standing::Attention);
    row("checked long ago", S::Met, C::Aged, Standing::Attention);
    row("no RPO, verified", S::Restorable, C::Verified, Standing::Quiet);
    row("proven, over its RTO", S::Met, C::Proven, Standing::Attention, int(ObjectiveKind::Rto));
    row("proven too long ago", S::Met, C::Proven, Standing::Attention, int(ObjectiveKind::ProofAge));
    row("keeps too little", S::Met, C::Proven, Standing::Ok, int(ObjectiveKind::Retention));
    row("late", S::Late, C::Proven, Standing::Attention);
    row("not looked at", S::Unproven, C::Proven, Standing::Attention);
    row("lapsed", S::Lapsed, C::Proven, Standing::Failed);
    row("nothing", S::Nothing, C::Claimed, Standing::Failed);
    row("not read", S::Unread, C::Claimed, Standing::Unknown);
}

void TestItems::aStateIsGoodOnlyByProof()
{
    QFETCH(int, standing);
    QFETCH(int, confidence);
    QFETCH(int, brokenKind);
    ClusterInsight one;
    one.name = u"db"_s;
    one.standing = ClusterStanding(standing);
    one.confidence = Confidence(confidence);
    if (brokenKind >= 0) {
        one.objectives.emplace_back();
        one.objectives.back().kind = ObjectiveKind(brokenKind);
        one.objectives.back().state = ObjectiveState::Broken;
    }
    QTEST(int(answerStanding(&one)), "shown");
    QCOMPARE(answerStanding(nullptr), Standing::Unknown);
}

void TestItems::talliesKnowWhatIsNotKnown()
{
    World world;
    const auto rowsOf = [&] {
        return overviewRows(
            world.fleet, {}, std::make_shared<const Insight>(world.insight), OverviewOrder::Name, {});
    };
    OverviewTallies tallies = talliesOf(rowsOf());
    QCOMPARE(tallies.rpo, (Tally { 2, 2, 5 })); // the one that was not read is neither
    QCOMPARE(tallies.rto, (Tally { 0, 0, 0 }));
    QCOMPARE(tallies.proven, (Tally { 1, 4, 5 }));
    QCOMPARE(tallies.proofAge, std::optional(std::chrono::days(35)));
    world.fleet.clusters[0].objectives.proofAge = std::chrono::days(7);
    QCOMPARE(talliesOf(rowsOf()).proofAge, std::nullopt);
    tallies = talliesOf(overviewRows(world.fleet, {}, nullptr, OverviewOrder::Risk, {}));
    QCOMPARE(tallies.rpo, (Tally { 0, 0, 5 }));
    QCOMPARE(tallies.proven, (Tally { 0, 0, 5 }));
}

void TestItems::findingsOfAScopeAreThoseOfItsSourcesToo()
{
    Fleet fleet;
    Source source;
    source.name = u"pbs01"_s;
    source.clusters = { u"a"_s };
    fleet.sources = { source };
    const auto finding = [](const QString &code, const QString &cluster, const QString &from) {
        Finding one;
        one.code = code;
        one.cluster = cluster;
        one.source = from;
        return one;
    };
    const std::vector<Finding> all { finding(u"1"_s, u"b"_s, u"pbs01"_s), finding(u"2"_s, {}, u"pbs01"_s),
        finding(u"3"_s, u"a"_s, {}), finding(u"3"_s, u"a"_s, {}), finding(u"4"_s, {}, u"other"_s) };
    const auto codes = [&](const QString &scope) {
        QString text;
        for (const Finding &one : findingsInScope(all, fleet, scope))
            text += one.code;
        return text;
    };
    QCOMPARE(codes({}), u"1234"_s);
    QCOMPARE(codes(u"a"_s), u"23"_s);
    QCOMPARE(codes(u"b"_s), u"1"_s);
    FindingModel model([](const Finding &one, int) { return Cell { one.code }; });
    const QAbstractItemModelTester tester(&model, Mode::QtTest);
    model.setRows(findingsInScope(all, fleet, {}));
    model.setRows(findingsInScope(all, fleet, u"a"_s));
    QCOMPARE(model.rowCount(), 2);
}

void TestItems::theNextDayOfACluster()
{
    const Instant now = Instant::parse(u"2026-11-20T14:05:06Z"_s).value();
    World world;
    const auto plan = [&](const char *kind, const char *cron, const QString &cluster) {
        Schedule one;
        one.name = u"%1 %2"_s.arg(cluster).arg(world.fleet.schedules.size());
        one.kind = QString::fromLatin1(kind);
        one.form = u"cron"_s;
        one.when = QString::fromLatin1(cron);
        one.clusters = { cluster };
        world.fleet.schedules.push_back(one);
    };
    plan("dump", "30 1 * * *", u"met"_s);
    plan("dump", "30 1 * * *", u"met"_s);
    plan("full", "0 23 * * 6", u"lapsed"_s);
    plan("dump", "0 1 * * *", u"lapsed"_s); // opens nothing again: not the next base
    MaintenanceWindow window;
    window.name = u"vacuum"_s;
    window.form = u"cron"_s;
    window.when = u"0 14 * * *"_s;
    window.duration = std::chrono::minutes(30);
    window.clusters = { u"met"_s };
    world.fleet.windows = { window };
    const auto rows = nextDayRows({ u"lapsed"_s, u"met"_s }, world.fleet, {}, &world.insight, now);
    QCOMPARE(rows.size(), 2U);
    QVERIFY(rows[0].lost && !rows[1].lost);
    QCOMPARE(rows[0].nextBase->toIso(), Instant::parse(u"2026-11-21T23:00:00Z"_s).value().toIso());
    QStringList printed;
    for (const PlannedRun &run : rows[1].runs)
        printed.append(u"%1 %2 %3"_s.arg(run.from.toIso().mid(11, 5), run.kind).arg(run.count));
    printed.sort();
    // Today's window is still open; tomorrow's begins within the day too.
    QCOMPARE(printed.join(u", "_s), u"01:30 dump 2, 14:00 maintenance 1, 14:00 maintenance 1"_s);
    NextDayModel model([](const NextDayRow &row, int) { return Cell { row.cluster }; });
    const QAbstractItemModelTester tester(&model, Mode::QtTest);
    model.setRows(rows);
    QCOMPARE(model.rowCount(), 2);
}

void TestItems::theMarkIsReachedBeforeTheStoreIsFull_data()
{
    QTest::addColumn<qint64>("used"); // of 1000
    QTest::addColumn<int>("fullInDays"); // 0: not told
    QTest::addColumn<int>("markInDays"); // -1: nothing
    QTest::newRow("half full") << qint64(500) << 100 << 70;
    QTest::newRow("empty") << qint64(0) << 100 << 85;
    QTest::newRow("at the mark") << qint64(850) << 100 << -1;
    QTest::newRow("no estimate") << qint64(500) << 0 << -1;
    QTest::newRow("an estimate that has passed") << qint64(500) << -3 << -1;
}

void TestItems::theMarkIsReachedBeforeTheStoreIsFull()
{
    QFETCH(qint64, used);
    QFETCH(int, fullInDays);
    QFETCH(int, markInDays);
    const Instant now = Instant::fromSeconds(1'795'000'000);
    DatastoreFacts store;
    store.total = Bytes { 1000 };
    store.used = Bytes { used };
    if (fullInDays != 0)
        store.estimatedFull = now + std::chrono::hours(24 * fullInDays);
    const auto left = untilMark(store, now);
    QCOMPARE(left ? qRound(double(left->count()) / 86400) : -1, markInDays);
}

void TestItems::aCellSaysWhatItIsWorded()
{
    OverviewModel model([](const OverviewRow &row, int column) {
        Cell cell { row.cluster.name, u"second"_s, u"aside"_s, u"Act"_s, u"tip"_s, Standing::Attention, true,
            0.5 };
        cell.sort = column;
        return cell;
    });
    model.setHeaders({ u"Cluster"_s, u"Answering"_s });
    OverviewRow hostile;
    hostile.cluster = cluster(u"a\n<b>"_s);
    model.setRows({ hostile });
    const QModelIndex index = model.index(0, 1);
    QStringList printed;
    for (const int role : { int(Qt::DisplayRole), int(DetailRole), int(AsideRole), int(ActionRole),
             int(Qt::ToolTipRole), int(BarRole), int(SortRole), int(KeyRole), int(Qt::AccessibleTextRole) })
        printed.append(index.data(role).toString());
    QCOMPARE(printed.join(u'|'), u"a\n<b>|second|aside|Act|tip|0.5|1|a\n<b>|a\n<b>, second, aside, Act"_s);
    QCOMPARE(index.data(StandingRole).value<Standing>(), Standing::Attention);
    QCOMPARE(index.data(EnvironmentRole).value<Environment>(), Environment::Production);
    QCOMPARE(index.data(FaintRole), QVariant(true));
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"Answering"_s);
    QVERIFY(!model.headerData(99, Qt::Horizontal, Qt::DisplayRole).isValid());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.reword();
    QCOMPARE(changed.count(), 1);
}

void TestItems::choosingAServerIsTold()
{
    ServerTableModel model([](const SetupServer &row, int) { return Cell { row.name }; });
    const QAbstractItemModelTester tester(&model, Mode::QtTest);
    model.setRows({ server(u"a"_s), server(u"b"_s) });
    QSignalSpy edited(&model, &ServerTableModel::edited);
    QVERIFY(model.setData(model.index(1, 0), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(edited.takeFirst().first().toInt(), 1);
    QVERIFY(!model.rows()[1].chosen);
    QCOMPARE(model.index(1, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
    QVERIFY(!model.setData(model.index(0, 1), Qt::Unchecked, Qt::CheckStateRole));
    QVERIFY(!model.index(0, 1).data(Qt::CheckStateRole).isValid());
}

void TestItems::anEnvironmentIsSetInItsColumnOnly()
{
    ServerTableModel model([](const SetupServer &row, int) { return Cell { row.name }; });
    model.setRows({ server(u"a"_s) });
    const auto test = QVariant::fromValue(Environment::Test);
    const int column = int(ServerTableModel::Column::Environment);
    QVERIFY(!model.setData(model.index(0, 0), test, EnvironmentRole));
    QVERIFY(model.setData(model.index(0, column), test, EnvironmentRole));
    QCOMPARE(model.rows()[0].environment, Environment::Test);
    QVERIFY(model.flags(model.index(0, column)) & Qt::ItemIsEditable);
}

void TestItems::datastoresAndSilentServers()
{
    FleetState state;
    Followed<PbsFacts> answers;
    answers.name = u"pbs01"_s;
    answers.reach = Reach::Live;
    PbsFacts facts;
    DatastoreFacts store;
    store.name = u"tank"_s;
    store.total = Bytes { 400 };
    store.used = Bytes { 100 };
    DatastoreFacts blind;
    blind.name = u"blind"_s;
    facts.datastores = { store, blind };
    answers.facts = facts;
    Followed<PbsFacts> silent;
    silent.name = u"pbs02"_s;
    silent.reach = Reach::Offline;
    state.backupServers = { answers, silent };
    Fleet fleet;
    for (const char *name : { "pbs01", "unread" }) {
        Source source;
        source.kind = SourceKind::Pbs;
        source.name = QString::fromLatin1(name);
        fleet.sources.push_back(source);
    }
    const auto rows = datastoreRows(fleet, state, {});
    QStringList printed;
    for (const DatastoreRow &row : rows) {
        const auto share = row.store ? usedShare(*row.store) : std::nullopt;
        printed.append(row.source + u'/' + (row.store ? row.store->name : u"-"_s) + u'/'
            + (share ? QString::number(*share) : u"untold"_s));
    }
    QCOMPARE(printed.join(u' '), u"unread/-/untold pbs01/tank/0.25 pbs01/blind/untold pbs02/-/untold"_s);
    DatastoreModel model([](const DatastoreRow &row, int) { return Cell { row.source }; });
    const QAbstractItemModelTester tester(&model, Mode::QtTest);
    model.setRows(rows);
    model.setRows(datastoreRows(u"x"_s, facts));
    QCOMPARE(model.rowCount(), 2);
}

void TestItems::sizesAreKnownOrNot()
{
    ServerFacts facts;
    QVERIFY(!sizeOf(facts));
    facts.databases = { { u"a"_s, Bytes { 10 }, true }, { u"b"_s, Bytes { 5 }, true } };
    QCOMPARE(sizeOf(facts)->count, qint64(15));
    facts.databases.push_back({ u"hidden"_s, {}, true });
    QVERIFY(!sizeOf(facts));
}

void TestItems::factsAreCopiedAsText()
{
    FactModel model;
    const QAbstractItemModelTester tester(&model, Mode::QtTest);
    model.setRows({ { u"Version"_s, u"15.20"_s }, { u"WAL level"_s, u"replica"_s, true } });
    QCOMPARE(model.asText(), u"Version\t15.20\nWAL level\treplica\n"_s);
}

void TestItems::settingsKeepTheOrderOfTheFile()
{
    Fleet fleet;
    fleet.clusters = { cluster(u"z"_s), cluster(u"a"_s, Environment::Lab) };
    Source source;
    source.name = u"pbs01"_s;
    fleet.sources = { source };
    FleetState state;
    state.servers = { followed(u"a"_s, Reach::Live) };
    SettingsServersModel servers([](const SettingsServerRow &row, int) { return Cell { row.cluster.name }; });
    servers.setRows(settingsServers(fleet, state));
    QCOMPARE(servers.index(0, 0).data().toString(), u"z"_s);
    QCOMPARE(servers.rows()[1].reach, Reach::Live);
    QCOMPARE(servers.index(1, 0).data(EnvironmentRole).value<Environment>(), Environment::Lab);
    QCOMPARE(settingsSources(fleet, state).front().key(), u"pbs01"_s);
}

QTEST_GUILESS_MAIN(TestItems)
#include "tst_items.moc"
