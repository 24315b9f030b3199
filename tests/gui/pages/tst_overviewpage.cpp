#include "overview/attentionlist.h"
#include "overview/overviewpage.h"
#include "pagebench.h"
#include "widgets/copydialog.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/textlabel.h"

#include <QClipboard>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QTreeView>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

Instant ago(const test::UiWorld &world, int seconds)
{
    return world.clock->now() - std::chrono::seconds(seconds);
}

// The pictures' fleet with a fault of each kind.
FleetState troubled(const test::UiWorld &world)
{
    FleetState state = test::exampleState(world.fleet->fleet(), world.clock->now());
    for (auto &server : state.servers) {
        ServerFacts &facts = *server.facts;
        facts.tlsVersion = u"TLSv1.3"_s;
        facts.walLevel = u"replica"_s;
        facts.archiveMode = u"on"_s;
        facts.archiveCommand = u"pgbackrest --stanza=%1 archive-push %p"_s;
        facts.dataDirectory = u"/var/lib/postgresql/15/main"_s;
        facts.mayReplicate = server.name == u"oltp-db";
        facts.systemId = SystemId { 7301234567890123456ULL };
        facts.timeline = TimelineId { 3 };
        facts.currentLsn = Lsn { 0x4C9A1F3B28ULL };
        facts.databases = { { u"shop"_s, Bytes { 61'400'000'000 }, true } };
        facts.archiver = ArchiverFacts { 48'213, u"000000030000004C0000009A"_s, ago(world, 94), 0, {}, {} };
    }
    auto &content = *state.servers[2].facts;
    content.archiver = ArchiverFacts { 1'204, u"0000000100000031000000C6"_s, ago(world, 3 * 86400 + 5 * 3600),
        214, u"0000000100000031000000C7"_s, ago(world, 30) };
    content.databases = { { u"content"_s, Bytes { 118'000'000'000 }, true } };
    auto &queue = state.servers[1];
    queue.reach = Reach::Offline;
    queue.offlineSince = ago(world, 34 * 60 + 6);
    queue.nextTry = world.clock->now() + std::chrono::seconds(22);
    queue.error = Error { ErrorKind::Unreachable, u"pg.unreachable"_s, u"connection to server refused"_s };
    auto &olap = *state.servers[3].facts;
    olap.memberOf.clear();
    olap.missing = { { u"archiver statistics"_s, u"GRANT pg_monitor TO tidemark_op;"_s },
        { u"size of database \"mart\""_s, u"GRANT CONNECT ON DATABASE mart TO tidemark_op;"_s } };
    auto &lab = *state.servers[5].facts;
    lab.archiveMode = u"off"_s;
    PbsFacts &pbs = *state.backupServers[0].facts;
    DatastoreFacts tank;
    tank.name = u"tank"_s;
    tank.total = Bytes { 4'000'000'000'000 };
    tank.used = Bytes { 1'840'000'000'000 };
    tank.estimatedFull = world.clock->now() + std::chrono::hours(24 * 426);
    DatastoreFacts archive = tank;
    archive.name = u"archive"_s;
    archive.used = Bytes { 3'610'000'000'000 };
    archive.estimatedFull = world.clock->now() + std::chrono::hours(24 * 45);
    pbs.datastores = { tank, archive };
    return state;
}

QString rowsOf(const QTreeView &view)
{
    QStringList lines;
    for (int row = 0; row < view.model()->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < view.model()->columnCount(); ++column)
            cells.append(view.model()->index(row, column).data(Qt::AccessibleTextRole).toString());
        lines.append(cells.join(u" | "_s));
    }
    return lines.join(u'\n');
}

} // namespace

class TestOverviewPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void pictures();

private:
    std::unique_ptr<test::PageBench> m_bench;
};

void TestOverviewPage::init()
{
    m_bench = std::make_unique<test::PageBench>();
}

void TestOverviewPage::pictures()
{
    m_bench->world.openExample();
    for (const auto choice : { Theme::Choice::Light, Theme::Choice::Dark }) {
        m_bench->theme.choose(choice);
        auto *page = m_bench->open<OverviewPage>(u"Overview"_s);
        m_bench->world.monitor->setState(troubled(m_bench->world));
        page->findChild<QTreeView *>(u"fleetRows"_s)
            ->setCurrentIndex(page->findChild<QTreeView *>(u"fleetRows"_s)->model()->index(0, 0));
        qInfo().noquote() << rowsOf(*page->findChild<QTreeView *>(u"fleetRows"_s));
        m_bench->shoot(u"overview-"_s + Theme::choiceName(choice));
    }
}

QTEST_MAIN(TestOverviewPage)
#include "tst_overviewpage.moc"
