#include "items/concernmodel.h"
#include "items/datastoremodel.h"
#include "items/factmodel.h"
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

QString names(const std::vector<OverviewRow> &rows)
{
    QStringList list;
    for (const OverviewRow &row : rows)
        list.append(row.cluster.name + u'/' + QString::number(row.concerns.size()));
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
                             << "offline/1 unset/1 never/0 calm/0";
    QTest::newRow("by name") << int(OverviewOrder::Name) << ""
                             << "calm/0 never/0 offline/1 unset/1";
    QTest::newRow("one cluster") << int(OverviewOrder::Risk) << "calm"
                                 << "calm/0";
    QTest::newRow("a scope that is not there") << int(OverviewOrder::Risk) << "calm'; --"
                                               << "";
}

void TestItems::theOverviewHasARowForEachClusterOfTheScope()
{
    QFETCH(int, order);
    QFETCH(QString, scope);
    Fleet fleet;
    fleet.clusters = { cluster(u"never"_s), cluster(u"calm"_s), cluster(u"unset"_s, Environment::Unset),
        cluster(u"offline"_s) };
    FleetState state;
    state.servers = { followed(u"calm"_s, Reach::Live), followed(u"unset"_s, Reach::Live),
        followed(u"offline"_s, Reach::Offline) };
    const auto rows = overviewRows(fleet, state, Instant {}, OverviewOrder(order), scope);
    QTEST(names(rows), "rows");

    OverviewModel model([](const OverviewRow &row, int) { return Cell { row.cluster.name }; });
    const QAbstractItemModelTester tester(&model, Mode::QtTest);
    model.setRows(rows);
    QCOMPARE(model.rowCount(), int(rows.size()));
}

void TestItems::aCellSaysWhatItIsWorded()
{
    OverviewModel model([](const OverviewRow &row, int column) {
        Cell cell { row.cluster.name, u"second"_s, u"aside"_s, u"Act"_s, u"tip"_s, Standing::Attention, 0.5 };
        cell.sort = column;
        return cell;
    });
    model.setHeaders({ u"Cluster"_s, u"Answering"_s });
    model.setRows({ { cluster(u"a\n<b>"_s), {}, {} } });
    const QModelIndex index = model.index(0, 1);
    QStringList printed;
    for (const int role : { int(Qt::DisplayRole), int(DetailRole), int(AsideRole), int(ActionRole),
             int(Qt::ToolTipRole), int(BarRole), int(SortRole), int(KeyRole), int(Qt::AccessibleTextRole) })
        printed.append(index.data(role).toString());
    QCOMPARE(printed.join(u'|'), u"a\n<b>|second|aside|Act|tip|0.5|1|a\n<b>|a\n<b>, second, aside, Act"_s);
    QCOMPARE(index.data(StandingRole).value<Standing>(), Standing::Attention);
    QCOMPARE(index.data(EnvironmentRole).value<Environment>(), Environment::Production);
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
    const auto rows = datastoreRows(fleet, state);
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
