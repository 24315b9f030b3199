#include "overview/attentionlist.h"
#include "overview/overviewpage.h"
#include "overview/verdictbar.h"
#include "pagebench.h"
#include "widgets/copydialog.h"
#include "widgets/marks.h"
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
    void cleanup() { m_bench.reset(); }
    void pictures();
    void theWorstFactComesFirst();
    void nothingIsPraisedWithoutProof();
    void aFleetBeingReadShowsSkeletons();
    void anEmptyFleetOffersSettings();
    void aSilentServerKeepsItsLastValues();
    void anArchiverQuietForLongerThanTheRpoIsNotGreen();
    void theScopeNarrowsRowsAndConcerns();
    void rowsAreSortedByRiskOrName();
    void tryNowAsksAgain();
    void missingRightsAreShownToBeCopied();
    void settingsAreOpenedForAnUnsetEnvironment();
    void theFirstRowsDetailsAreCopied();
    void factsAreReadAndCopied();
    void theClockSwitchRewordsTimes();
    void hostileNamesDoNotBreakTheLayout();
    void theLayoutComesBack();
    void rubbishStateIsIgnored();
    void everyPaneHasAName();

private:
    OverviewPage *open(QSize size = { 1240, 810 });
    [[nodiscard]] QTreeView &rows() const { return *m_bench->window->findChild<QTreeView *>(u"fleetRows"_s); }
    [[nodiscard]] AttentionList &list() const
    {
        return *m_bench->window->findChild<AttentionList *>(u"attention"_s);
    }
    [[nodiscard]] QString words(const char *name) const
    {
        return m_bench->window->findChild<TextLabel *>(QString::fromLatin1(name))->text();
    }
    [[nodiscard]] QString concerns() const;
    void pressAction(int row);
    [[nodiscard]] CopyDialog *dialog() const { return m_bench->window->findChild<CopyDialog *>(); }
    std::unique_ptr<test::PageBench> m_bench;
};

void TestOverviewPage::init()
{
    m_bench = std::make_unique<test::PageBench>();
    m_bench->world.openExample();
}

OverviewPage *TestOverviewPage::open(QSize size)
{
    return m_bench->open<OverviewPage>(u"Overview"_s, size);
}

QString TestOverviewPage::concerns() const
{
    QStringList lines;
    const auto *model = list().model();
    for (int row = 0; row < model->rowCount(); ++row)
        lines.append(model->index(row, 0).data().toString() + u": "_s + model->index(row, 1).data().toString()
            + u" ["_s + model->index(row, 2).data(ActionRole).toString() + u']');
    return lines.join(u'\n');
}

void TestOverviewPage::pressAction(int row)
{
    const QModelIndex index = list().model()->index(row, 0);
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, list().buttonRect(index).center());
}

void TestOverviewPage::pictures()
{
    for (const auto choice : { Theme::Choice::Light, Theme::Choice::Dark }) {
        m_bench->theme.choose(choice);
        for (const QSize size : { QSize(1240, 810), QSize(1126, 630) }) {
            open(size);
            m_bench->world.monitor->setState(troubled(m_bench->world));
            rows().setCurrentIndex(rows().model()->index(0, 0));
            m_bench->shoot(u"overview-%1-%2"_s.arg(Theme::choiceName(choice)).arg(size.width()));
        }
    }
    m_bench->theme.choose(Theme::Choice::Light);
    m_bench->world.monitor->setState(
        test::exampleState(m_bench->world.fleet->fleet(), m_bench->world.clock->now()));
    open();
    m_bench->shoot(u"overview-calm"_s);
    m_bench->world.monitor->setState({});
    m_bench->shoot(u"overview-loading"_s);
}

void TestOverviewPage::theWorstFactComesFirst()
{
    auto *page = open();
    m_bench->world.monitor->setState(troubled(m_bench->world));
    QCOMPARE(words("verdictSentence"), u"content-db has archived no WAL since 17 Nov 09:05 UTC"_s);
    QCOMPARE(words("verdictSupport"),
        u"5 of 6 servers answer. 4 more need attention. What can be restored is on the timeline."_s);
    QCOMPARE(concerns(),
        u"content-db: No WAL archived since 17 Nov 09:05 UTC [Copy details…]\n"
        "queue-db: Does not answer since 20 Nov 13:31 UTC [Try now]\n"
        "restore-lab01: WAL archiving is off, though an RPO is promised [Copy details…]\n"
        "pbs01: Datastore archive is 90 % full [Copy details…]\n"
        "olap-db: 2 rights are missing [Show GRANT…]"_s);
    QCOMPARE(page->badge(), u"5"_s);
    QCOMPARE(rowsOf(rows()).section(u'\n', 0, 1),
        u"content-db, PG 15 · 118 GB | Answers, primary, TLSv1.3 | Fails, last 17 Nov 09:05, 214 failures | "
        "pg_monitor, as tidemark_op | RPO 15 min · RTO 15 min, proven every 35 d | 20 Nov 14:05, 4 s ago\n"
        "queue-db, PG 15 · 61.4 GB | Not since 20 Nov 13:31, next try in 22 s | Last 20 Nov 14:03, 1 min 34 "
        "s ago | "
        "pg_monitor, as tidemark_op | RPO 15 min · RTO 15 min, proven every 35 d | 20 Nov 14:05, 4 s ago"_s);
}

void TestOverviewPage::nothingIsPraisedWithoutProof()
{
    open();
    QCOMPARE(words("verdictSentence"), u"All 6 servers answer; the timeline says what can be restored"_s);
    QCOMPARE(m_bench->window->findChild<GlyphMark *>(u"verdictGlyph"_s)->glyph(), Glyph::Unknown);
    QVERIFY(!list().isVisible());
}

void TestOverviewPage::aFleetBeingReadShowsSkeletons()
{
    open();
    m_bench->world.monitor->setState({});
    QCOMPARE(words("verdictSentence"), u"Reading 6 servers"_s);
    QStringList said;
    for (const TextLabel *label : m_bench->window->findChildren<TextLabel *>())
        said.append(label->text());
    QVERIFY(said.contains(u"Still reading"_s));
    QVERIFY(!said.contains(u"Nothing needs attention"_s));
    for (const TallyMark *mark : m_bench->window->findChildren<TallyMark *>())
        QVERIFY(mark->accessibleName().startsWith(u"– of 6"_s));
    const QModelIndex cell = rows().model()->index(0, int(OverviewModel::Column::Archiver));
    QCOMPARE(cell.data(StandingRole).value<Standing>(), Standing::Running);
    QCOMPARE(cell.data().toString(), QString());
}

void TestOverviewPage::anEmptyFleetOffersSettings()
{
    auto *page = open();
    QSignalSpy wanted(page, &Page::openPage);
    m_bench->world.fleet->open(u"/x.yaml"_s, {});
    QTRY_VERIFY(!rows().isVisible());
    for (QPushButton *button : page->findChildren<QPushButton *>())
        if (button->isVisible() && button->text() == u"Add servers in Settings")
            QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.front().front().toString(), u"settings"_s);
}

void TestOverviewPage::aSilentServerKeepsItsLastValues()
{
    open();
    m_bench->world.monitor->setState(troubled(m_bench->world));
    for (const auto column :
        { OverviewModel::Column::Archiver, OverviewModel::Column::Access, OverviewModel::Column::Read })
        QCOMPARE(rows().model()->index(1, int(column)).data(StandingRole).value<Standing>(), Standing::Stale);
}

void TestOverviewPage::anArchiverQuietForLongerThanTheRpoIsNotGreen()
{
    open();
    FleetState state = troubled(m_bench->world);
    const auto standing = [this] {
        for (int row = 0; row < rows().model()->rowCount(); ++row) {
            const QModelIndex cell = rows().model()->index(row, int(OverviewModel::Column::Archiver));
            if (cell.siblingAtColumn(0).data().toString() == u"oltp-db")
                return cell.data(StandingRole).value<Standing>();
        }
        return Standing::None;
    };
    m_bench->world.monitor->setState(state);
    QCOMPARE(standing(), Standing::Quiet);
    state.servers[0].facts->archiver->lastArchivedAt
        = state.servers[0].facts->readAt - std::chrono::minutes(16);
    m_bench->world.monitor->setState(state);
    QCOMPARE(standing(), Standing::Stale);
}

void TestOverviewPage::theScopeNarrowsRowsAndConcerns()
{
    auto *page = open();
    m_bench->world.monitor->setState(troubled(m_bench->world));
    page->setScope(u"proj-pg01"_s);
    QCOMPARE(rows().model()->rowCount(), 1);
    QCOMPARE(concerns(), u"pbs01: Datastore archive is 90 % full [Copy details…]"_s);
    page->setScope({});
    QCOMPARE(rows().model()->rowCount(), 6);
}

void TestOverviewPage::rowsAreSortedByRiskOrName()
{
    open();
    m_bench->world.monitor->setState(troubled(m_bench->world));
    QCOMPARE(rows().model()->index(0, 0).data().toString(), u"content-db"_s);
    auto *order = m_bench->window->findChild<SegmentedControl *>(u"order"_s);
    QTest::mouseClick(order->segment(1), Qt::LeftButton);
    QCOMPARE(rows().model()->index(1, 0).data().toString(), u"olap-db"_s);
}

void TestOverviewPage::tryNowAsksAgain()
{
    open();
    m_bench->world.monitor->setState(troubled(m_bench->world));
    pressAction(1);
    QCOMPARE(m_bench->world.monitor->tried, QStringList { u"queue-db"_s });
    list().setFocus();
    list().setCurrentIndex(list().model()->index(1, 0));
    QTest::keyClick(&list(), Qt::Key_Return);
    QCOMPARE(m_bench->world.monitor->tried.size(), 2);
}

void TestOverviewPage::missingRightsAreShownToBeCopied()
{
    open();
    m_bench->world.monitor->setState(troubled(m_bench->world));
    pressAction(4);
    QTRY_VERIFY(dialog());
    QTest::mouseClick(dialog()->findChild<QPushButton *>(u"copyText"_s), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(),
        u"GRANT pg_monitor TO tidemark_op;\nGRANT CONNECT ON DATABASE mart TO tidemark_op;"_s);
}

void TestOverviewPage::settingsAreOpenedForAnUnsetEnvironment()
{
    LoadedFleet loaded = m_bench->world.fleet->loaded();
    loaded.fleet.clusters[0].environment = Environment::Unset;
    m_bench->world.fleet->open(u"/x.yaml"_s, loaded);
    auto *page = open();
    QSignalSpy wanted(page, &Page::openItem);
    QCOMPARE(concerns(), u"oltp-db: Environment not set; it counts as production [Open settings…]"_s);
    rows().setFocus();
    rows().setCurrentIndex(rows().model()->index(0, 0));
    QTest::keyClick(&rows(), Qt::Key_Return);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.front().front().toString(), u"settings"_s);
    QCOMPARE(wanted.front().back().toStringList(),
        (QStringList { u"clusters"_s, u"oltp-db"_s, u"environment"_s }));
}

void TestOverviewPage::theFirstRowsDetailsAreCopied()
{
    open();
    m_bench->world.monitor->setState(troubled(m_bench->world));
    pressAction(0);
    QTRY_VERIFY(dialog());
    QCOMPARE(dialog()->findChild<QPlainTextEdit *>()->toPlainText(),
        u"content-db has archived no WAL since 17 Nov 09:05 UTC\nWAL segment 0000000100000031000000C7 "
        u"failed\n"
        "2026-11-17 09:05:06 UTC = 10:05:06 CET"_s);
}

void TestOverviewPage::factsAreReadAndCopied()
{
    open();
    m_bench->world.monitor->setState(troubled(m_bench->world));
    const QRect row = rows().visualRect(rows().model()->index(0, 0));
    QTest::mouseClick(rows().viewport(), Qt::LeftButton, {}, row.center());
    QTest::mouseClick(m_bench->window->findChild<QPushButton *>(u"copyFacts"_s), Qt::LeftButton);
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY(copied.contains(u"Read\t2026-11-20 14:05:02 UTC = 15:05:02 CET\n"_s));
    QVERIFY(copied.contains(u"archive_command\tpgbackrest --stanza=%1 archive-push %p\n"_s));
    QVERIFY(copied.contains(u"Current LSN\t4C/9A1F3B28\n"_s));
    auto *facts = m_bench->window->findChild<QTreeView *>(u"facts"_s);
    facts->setFocus();
    facts->setCurrentIndex(facts->model()->index(3, 0));
    QTest::keyClick(facts, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"7301234567890123456"_s);
}

void TestOverviewPage::theClockSwitchRewordsTimes()
{
    open();
    m_bench->world.monitor->setState(troubled(m_bench->world));
    m_bench->world.clocks->setActive(Clocks::Face::Local);
    QCOMPARE(words("verdictSentence"), u"content-db has archived no WAL since 17 Nov 10:05 CET"_s);
    QCOMPARE(
        rows().model()->headerData(5, Qt::Horizontal, Qt::DisplayRole).toString(), u"Read (CET +01:00)"_s);
}

void TestOverviewPage::hostileNamesDoNotBreakTheLayout()
{
    LoadedFleet loaded = m_bench->world.fleet->loaded();
    loaded.fleet.clusters[0].name = u"<img src=x>%1%2\n$(id)'\""_s;
    loaded.fleet.clusters[1].name = QString(5000, u'w');
    m_bench->world.fleet->open(u"/x.yaml"_s, loaded);
    open({ 1126, 630 });
    FleetState state
        = test::offlineState(loaded.fleet, m_bench->world.clock->now(), loaded.fleet.clusters[0].name);
    m_bench->world.monitor->setState(state);
    QCOMPARE(
        words("verdictSentence"), u"<img src=x>%1%2\u240a$(id)'\" does not answer since 20 Nov 13:31 UTC"_s);
    QCOMPARE(m_bench->window->findChild<TextLabel *>(u"verdictSentence"_s)->textFormat(), Qt::PlainText);
    state = test::offlineState(loaded.fleet, m_bench->world.clock->now(), loaded.fleet.clusters[1].name);
    m_bench->world.monitor->setState(state);
    QTest::qWait(20);
    QCOMPARE(m_bench->window->width(), 1126);
    QVERIFY(rows().model()->index(0, 0).data(Qt::ToolTipRole).toString().startsWith(u"<span>www"_s));
    m_bench->shoot(u"overview-hostile"_s);
}

void TestOverviewPage::theLayoutComesBack()
{
    auto *page = open();
    auto *order = m_bench->window->findChild<SegmentedControl *>(u"order"_s);
    QTest::mouseClick(order->segment(1), Qt::LeftButton);
    const QByteArray state = page->saveState();
    auto *again = open();
    again->restoreState(state);
    QCOMPARE(m_bench->window->findChild<SegmentedControl *>(u"order"_s)->current(), 1);
}

void TestOverviewPage::rubbishStateIsIgnored()
{
    auto *page = open();
    for (const QByteArray &rubbish : { QByteArray(), QByteArray("x"), QByteArray(1000, char(0xff)) })
        page->restoreState(rubbish);
    QCOMPARE(m_bench->window->findChild<SegmentedControl *>(u"order"_s)->current(), 0);
}

void TestOverviewPage::everyPaneHasAName()
{
    open();
    QStringList nameless;
    for (const QWidget *widget : m_bench->window->findChildren<QWidget *>()) {
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        if (!widget->isHidden() && (widget->focusPolicy() & Qt::TabFocus) && !named
            && !widget->objectName().startsWith(u"qt_"))
            nameless.append(
                QString::fromLatin1(widget->metaObject()->className()) + u'#' + widget->objectName());
    }
    QCOMPARE(nameless.join(u' '), QString());
}

QTEST_MAIN(TestOverviewPage)
#include "tst_overviewpage.moc"
