#include "overview/attentionlist.h"
#include "overview/overviewpage.h"
#include "overview/verdictbar.h"
#include "pagebench.h"
#include "widgets/acceptdialog.h"
#include "widgets/copydialog.h"
#include "widgets/marks.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/textlabel.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

// The clusters of the design's picture with the promises and schedules that go with them.
Fleet pictureFleet()
{
    Fleet fleet = test::exampleFleet();
    using namespace std::chrono_literals;
    const std::pair<std::chrono::seconds, std::chrono::seconds> aims[] { { 15min, 15min }, { 1min, 5min },
        { 1h, 30min }, { 24h, 2h }, { 24h, 4h } };
    for (std::size_t i = 0; i < std::size(aims); ++i) {
        fleet.clusters[i].objectives.rpo = aims[i].first;
        fleet.clusters[i].objectives.rto = aims[i].second;
    }
    fleet.clusters[5].objectives = {};
    const auto source = [&](const char *name, SourceKind kind, const char *cluster) {
        Source made;
        made.name = QString::fromLatin1(name);
        made.kind = kind;
        made.clusters = QStringList { QString::fromLatin1(cluster) };
        made.path = u"/backup/"_s + made.name;
        made.stanza = u"main"_s;
        fleet.sources.push_back(made);
    };
    source("oltp-repo", SourceKind::PgBackRest, "oltp-db");
    source("queue-repo", SourceKind::PgBackRest, "queue-db");
    source("content-base", SourceKind::BaseBackups, "content-db");
    source("olap-dumps", SourceKind::Dumps, "olap-db");
    const auto plan = [&](const char *kind, const char *cron, const char *from, const char *cluster) {
        Schedule made;
        made.name = QString::fromLatin1(cluster) + u' ' + QString::fromLatin1(kind);
        made.kind = QString::fromLatin1(kind);
        made.when = QString::fromLatin1(cron);
        made.form = u"cron"_s;
        made.source = QString::fromLatin1(from);
        made.clusters = QStringList { QString::fromLatin1(cluster) };
        fleet.schedules.push_back(made);
    };
    plan("full", "40 0 * * *", "queue-repo", "queue-db");
    plan("diff", "10 0 * * *", "oltp-repo", "oltp-db");
    plan("dump", "30 1 * * *", "olap-dumps", "olap-db");
    plan("snapshot", "0 2 * * *", "pbs01", "proj-pg01");
    plan("basebackup", "0 23 * * 6", "content-base", "content-db");
    MaintenanceWindow window;
    window.name = u"vacuum"_s;
    window.when = u"0 4 * * *"_s;
    window.form = u"cron"_s;
    window.duration = std::chrono::minutes(50);
    window.clusters = QStringList { u"proj-pg01"_s, u"queue-db"_s };
    fleet.windows.push_back(window);
    return fleet;
}

// The example's WAL follows the time, a byte each microsecond.
constexpr Lsn CurrentLsn { 345'600'000'000'000ULL };

FleetState pictureState(const Fleet &fleet, Instant now)
{
    FleetState state = test::exampleState(fleet, now);
    for (auto &server : state.servers) {
        server.facts->archiveMode = u"on"_s;
        server.facts->archiveCommand = u"pgbackrest --stanza=%1 archive-push %p"_s;
        server.facts->walLevel = u"replica"_s;
        server.facts->currentLsn = CurrentLsn;
        server.facts->databases = { { u"shop"_s, Bytes { 61'400'000'000 }, true } };
    }
    std::erase_if(state.backupServers, [](const auto &one) { return one.name != u"pbs01"; });
    if (state.backupServers.empty())
        return state;
    DatastoreFacts tank;
    tank.name = u"tank"_s;
    tank.total = Bytes { 4'000'000'000'000 };
    tank.used = Bytes { 1'840'000'000'000 };
    tank.estimatedFull = now + std::chrono::hours(24 * 426);
    state.backupServers[0].facts->datastores = { tank };
    return state;
}

// Whose archive it is, so that it is known when it was looked into.
CatalogueFacts pictureFacts(Instant now)
{
    CatalogueFacts facts = test::exampleCatalogue(now);
    for (ClusterFacts &cluster : facts.clusters)
        for (WalArchive &archive : cluster.archives)
            archive.source = facts.sources[std::size_t(cluster.artifacts.front().source)].name;
    return facts;
}

QString rowsOf(const QAbstractItemView &view)
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
    void aRowSaysWhatIsConcluded();
    void nothingIsPraisedWithoutProof();
    void whatIsOnlyListedIsAClaim();
    void countsTellWhatIsNotKnown();
    void aFleetBeingReadShowsSkeletons();
    void serversAreHeardBeforeAnythingIsConcluded();
    void keptConclusionsAreShownWithTheirAge();
    void anEmptyFleetOffersSettings();
    void theScopeNarrowsRowsAndFindings();
    void rowsAreSortedByRiskOrName();
    void onlyTheFirstActionIsPrimary();
    void aGapOffersABaseBackupToBeCopied();
    void tryNowAsksAgain();
    void missingRightsAreShownToBeCopied();
    void settingsAreOpenedForAnUnsetEnvironment();
    void aBackupIsShownOnTheTimelineOrWhereItRan();
    void detailsAreReachedByKeyboard();
    void anotherPageSendsToAFinding();
    void aFindingIsAcceptedByItsMenu();
    void theServersWordsAreCopied();
    void whatIsPlannedAndWhatIsLost();
    void storesTellWhenTheyAreFull();
    void theReportSaysWhatThePageSays();
    void theTableIsEqual();
    void theClockSwitchRewordsTimes();
    void hostileNamesDoNotBreakTheLayout();
    void aHundredClusters();
    void theLayoutComesBack();
    void rubbishStateIsIgnored();
    void everyPaneHasAName();

private:
    OverviewPage *open(QSize size = { 1240, 810 });
    void know(CatalogueFacts facts);
    [[nodiscard]] Instant now() const { return m_bench->world.clock->now(); }
    [[nodiscard]] const Fleet &fleet() const { return m_bench->world.fleet->fleet(); }
    [[nodiscard]] QTreeView &rows() const { return *m_bench->window->findChild<QTreeView *>(u"fleetRows"_s); }
    [[nodiscard]] AttentionList &list() const
    {
        return *m_bench->window->findChild<AttentionList *>(u"attention"_s);
    }
    [[nodiscard]] QString words(const char *name) const
    {
        return m_bench->window->findChild<TextLabel *>(QString::fromLatin1(name))->text();
    }
    [[nodiscard]] QString cell(const QString &cluster, OverviewModel::Column column) const;
    [[nodiscard]] Standing standing(const QString &cluster, OverviewModel::Column column) const;
    [[nodiscard]] int findingOf(const QString &code) const;
    void pressAction(int row);
    [[nodiscard]] CopyDialog *dialog() const { return m_bench->window->findChild<CopyDialog *>(); }
    std::unique_ptr<test::PageBench> m_bench;
};

void TestOverviewPage::init()
{
    m_bench = std::make_unique<test::PageBench>();
    m_bench->world.clocks->setLocalZone(u"Europe/Berlin"_s);
    m_bench->world.fleet->open(u"/home/mkeller/fleet.yaml"_s, LoadedFleet { pictureFleet(), {}, {} });
    m_bench->world.monitor->setState(pictureState(fleet(), now()));
    know(pictureFacts(now()));
}

void TestOverviewPage::know(CatalogueFacts facts)
{
    m_bench->world.catalogue->know(std::move(facts), fleet(), m_bench->world.monitor->state(), now());
}

OverviewPage *TestOverviewPage::open(QSize size)
{
    return m_bench->open<OverviewPage>(u"Overview"_s, size);
}

QString TestOverviewPage::cell(const QString &cluster, OverviewModel::Column column) const
{
    const auto *model = qobject_cast<OverviewModel *>(rows().model());
    return model->index(model->find(cluster), int(column)).data(Qt::AccessibleTextRole).toString();
}

Standing TestOverviewPage::standing(const QString &cluster, OverviewModel::Column column) const
{
    const auto *model = qobject_cast<OverviewModel *>(rows().model());
    return model->index(model->find(cluster), int(column)).data(StandingRole).value<Standing>();
}

int TestOverviewPage::findingOf(const QString &code) const
{
    const auto &all = qobject_cast<FindingModel *>(list().model())->rows();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].code == code)
            return int(i);
    return -1;
}

void TestOverviewPage::pressAction(int row)
{
    QVERIFY(row >= 0);
    const QModelIndex index = list().model()->index(row, 0);
    list().scrollTo(index);
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, list().buttonRect(index).center());
}

void TestOverviewPage::pictures()
{
    for (const auto choice : { Theme::Choice::Light, Theme::Choice::Dark }) {
        m_bench->theme.choose(choice);
        for (const QSize size : { QSize(1240, 810), QSize(1126, 630) }) {
            auto *page = open(size);
            m_bench->shoot(u"overview-%1-%2"_s.arg(Theme::choiceName(choice)).arg(size.width()));
            page->showAsTable(true);
            m_bench->shoot(u"overview-table-%1-%2"_s.arg(Theme::choiceName(choice)).arg(size.width()));
        }
    }
    m_bench->theme.choose(Theme::Choice::Light);
    m_bench->world.catalogue->forget();
    open();
    m_bench->shoot(u"overview-loading"_s);
}

void TestOverviewPage::theWorstFactComesFirst()
{
    auto *page = open();
    QCOMPARE(words("verdictSentence"), u"content-db has had no restorable moment since 17 Nov 09:05 UTC"_s);
    QCOMPARE(words("verdictSupport"),
        u"4 of the other 5 can be brought back. 1 are not known yet. None is proven by a restore."_s);
    QCOMPARE(m_bench->window->findChild<GlyphMark *>(u"verdictGlyph"_s)->glyph(), Glyph::Failed);
    QCOMPARE(rows().model()->index(0, 0).data().toString(), u"content-db"_s);
    QCOMPARE(page->badge(), QString::number(list().model()->rowCount()));
    QVERIFY(list().model()->rowCount() > 0);
    // As insight ranks them.
    const auto &shown = qobject_cast<FindingModel *>(list().model())->rows();
    QVERIFY(shown == m_bench->world.catalogue->knowledge()->insight->findings);
}

void TestOverviewPage::aRowSaysWhatIsConcluded()
{
    open();
    using Column = OverviewModel::Column;
    QCOMPARE(cell(u"content-db"_s, Column::Cluster), u"content-db, PG 15 · 61.4 GB"_s);
    QCOMPARE(cell(u"content-db"_s, Column::Answer), u"Not past 17 Nov 09:05, WAL broken for 3 d 5 h"_s);
    QCOMPARE(standing(u"content-db"_s, Column::Answer), Standing::Failed);
    QVERIFY(cell(u"content-db"_s, Column::Ribbon).endsWith(u"17 Nov 09:05:06"_s));
    QCOMPARE(cell(u"content-db"_s, Column::Rpo), u"3 d 5 h, of 1 h"_s);
    QCOMPARE(standing(u"content-db"_s, Column::Rpo), Standing::Failed);
    QCOMPARE(cell(u"content-db"_s, Column::Proven), u"never, no session yet"_s);
    QCOMPARE(cell(u"content-db"_s, Column::Rto), u"not measured, of 30 min"_s);
    QVERIFY(cell(u"content-db"_s, Column::Stored).startsWith(u"49.4 GB"_s));
    QCOMPARE(cell(u"olap-db"_s, Column::Answer), u"Only to 01:57 dumps, verified, not yet restored"_s);
    QCOMPARE(cell(u"proj-pg01"_s, Column::Answer).section(u',', 0, 0), u"Only to 02:05 snapshots"_s);
    QCOMPARE(cell(u"oltp-db"_s, Column::Answer), u"Yes, to the second, verified, not yet restored"_s);
    QCOMPARE(standing(u"oltp-db"_s, Column::Answer), Standing::Quiet);
    QCOMPARE(cell(u"restore-lab01"_s, Column::Answer), u"Not known, no source is named for it"_s);
    QCOMPARE(cell(u"restore-lab01"_s, Column::Rpo), u"not known"_s);
}

// Everything is within its objectives and verified; no session has restored anything.
void TestOverviewPage::nothingIsPraisedWithoutProof()
{
    LoadedFleet loaded = m_bench->world.fleet->loaded();
    loaded.fleet.clusters = { loaded.fleet.clusters[0] };
    loaded.fleet.sources = { loaded.fleet.sources[1] };
    loaded.fleet.schedules.clear();
    loaded.fleet.windows.clear();
    m_bench->world.fleet->open(u"/x.yaml"_s, loaded);
    FleetState state = pictureState(fleet(), now());
    state.servers[0].facts->currentLsn.reset();
    m_bench->world.monitor->setState(state);
    CatalogueFacts facts = pictureFacts(now());
    facts.clusters.resize(1);
    know(facts);
    open();
    QCOMPARE(list().model()->rowCount(), 0);
    QCOMPARE(words("verdictSentence"), u"Every cluster can be restored within its objective"_s);
    QVERIFY(words("verdictSupport").endsWith(u"Not proven by a restore."_s));
    QCOMPARE(m_bench->window->findChild<GlyphMark *>(u"verdictGlyph"_s)->glyph(), Glyph::Unknown);
    QCOMPARE(standing(u"oltp-db"_s, OverviewModel::Column::Answer), Standing::Quiet);
    // Once a session has restored it, it is good.
    for (ArtifactFact &artifact : facts.clusters[0].artifacts) {
        artifact.assurance = Assurance::Restored;
        artifact.assuredAt = now() - std::chrono::hours(24 * 15);
    }
    know(facts);
    QCOMPARE(standing(u"oltp-db"_s, OverviewModel::Column::Answer), Standing::Ok);
    QCOMPARE(cell(u"oltp-db"_s, OverviewModel::Column::Proven), u"5 Nov, 15 d ago"_s);
}

void TestOverviewPage::whatIsOnlyListedIsAClaim()
{
    CatalogueFacts facts = pictureFacts(now());
    for (ArtifactFact &artifact : facts.clusters[0].artifacts)
        artifact.assurance = Assurance::Listed;
    know(facts);
    open();
    QCOMPARE(standing(u"oltp-db"_s, OverviewModel::Column::Answer), Standing::Attention);
    QCOMPARE(
        cell(u"oltp-db"_s, OverviewModel::Column::Answer), u"Yes, as listed, claimed: listed, not checked"_s);
}

void TestOverviewPage::countsTellWhatIsNotKnown()
{
    open();
    QStringList said;
    for (const TallyMark *mark : m_bench->window->findChildren<TallyMark *>())
        said.append(mark->accessibleName());
    QCOMPARE(
        said.join(u'|'), u"4 of 5 inside RPO now|– of 5 inside RTO when tested|0 of 5 proven in 35 days"_s);
}

void TestOverviewPage::aFleetBeingReadShowsSkeletons()
{
    m_bench->world.catalogue->forget();
    FleetState state;
    m_bench->world.monitor->setState(state);
    open();
    QCOMPARE(words("verdictSentence"), u"Reading what is known"_s);
    QStringList said;
    for (const TextLabel *label : m_bench->window->findChildren<TextLabel *>())
        said.append(label->text());
    QVERIFY(said.contains(u"Still reading"_s));
    QVERIFY(!said.contains(u"Nothing needs attention"_s));
    for (const TallyMark *mark : m_bench->window->findChildren<TallyMark *>())
        QVERIFY2(mark->accessibleName().startsWith(u"– of 5"_s), qPrintable(mark->accessibleName()));
    const QModelIndex answer = rows().model()->index(0, int(OverviewModel::Column::Answer));
    QCOMPARE(answer.data(StandingRole).value<Standing>(), Standing::Running);
    QCOMPARE(answer.data().toString(), QString());
}

void TestOverviewPage::serversAreHeardBeforeAnythingIsConcluded()
{
    m_bench->world.catalogue->forget();
    m_bench->world.monitor->setState(test::offlineState(fleet(), now(), u"queue-db"_s));
    open();
    QVERIFY(findingOf(u"server.offline"_s) >= 0);
    QCOMPARE(words("verdictSentence"), u"queue-db does not answer"_s);
    QCOMPARE(words("verdictSupport"), u"Reading what is known"_s);
}

void TestOverviewPage::keptConclusionsAreShownWithTheirAge()
{
    const Insight kept = insightOf(pictureFacts(now()), fleet(), m_bench->world.monitor->state(), now());
    m_bench->world.clock->advance(std::chrono::minutes(34));
    m_bench->world.monitor->setState({});
    m_bench->world.catalogue->keep(kept);
    auto *page = open();
    QCOMPARE(page->subtitle(), u"as concluded 20 Nov 14:05 UTC, 34 min ago"_s);
    using Column = OverviewModel::Column;
    QCOMPARE(rows().model()->rowCount(), 6);
    QVERIFY(cell(u"olap-db"_s, Column::Answer).startsWith(u"Only to 01:57 dumps"_s));
    QVERIFY(cell(u"oltp-db"_s, Column::Stored).startsWith(u"24.7 GB"_s));
    // Nobody looked since: the promise is not known to be kept, and not called broken.
    QCOMPARE(cell(u"oltp-db"_s, Column::Answer), u"Yes, when last read, repository read 34 min 40 s ago"_s);
    QCOMPARE(standing(u"oltp-db"_s, Column::Rpo), Standing::Stale);
    QVERIFY(list().model()->rowCount() > 0);
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

void TestOverviewPage::theScopeNarrowsRowsAndFindings()
{
    auto *page = open();
    page->setScope(u"oltp-db"_s);
    QCOMPARE(rows().model()->rowCount(), 1);
    for (const Finding &finding : qobject_cast<FindingModel *>(list().model())->rows())
        QVERIFY2(finding.cluster == u"oltp-db" || finding.source == u"oltp-repo", qPrintable(finding.code));
    QVERIFY(!words("verdictSentence").contains(u"content-db"_s));
    page->setScope({});
    QCOMPARE(rows().model()->rowCount(), 6);
}

void TestOverviewPage::rowsAreSortedByRiskOrName()
{
    open();
    QCOMPARE(rows().model()->index(0, 0).data().toString(), u"content-db"_s);
    auto *order = m_bench->window->findChild<SegmentedControl *>(u"order"_s);
    QTest::mouseClick(order->segment(1), Qt::LeftButton);
    QCOMPARE(rows().model()->index(1, 0).data().toString(), u"olap-db"_s);
}

// The first button is filled, the second is not.
void TestOverviewPage::onlyTheFirstActionIsPrimary()
{
    open();
    QVERIFY(list().model()->rowCount() > 1);
    const QImage seen = list().viewport()->grab().toImage();
    const auto ground = [&](int row) {
        const QRect button = list().buttonRect(list().model()->index(row, 0));
        return seen.pixelColor((button.topLeft() + QPoint(8, 4)) * seen.devicePixelRatio());
    };
    QCOMPARE(ground(0), m_bench->theme.color(Token::AccFill));
    QCOMPARE(ground(1), m_bench->theme.color(Token::Ctl));
}

void TestOverviewPage::aGapOffersABaseBackupToBeCopied()
{
    open();
    pressAction(findingOf(u"wal.gap"_s));
    QTRY_VERIFY(dialog());
    const QString text = dialog()->findChild<QPlainTextEdit *>()->toPlainText();
    QVERIFY2(
        text.contains(u"pg_basebackup --dbname=service=content-db --checkpoint=fast --wal-method=stream "
                      "--progress --pgdata=/backup/content-base/content-db-$(date -u +%Y%m%dT%H%M%SZ)"_s),
        qPrintable(text));
    QVERIFY(text.endsWith(u"tidemarkctl windows content-db"_s));
    QTest::mouseClick(dialog()->findChild<QPushButton *>(u"copyText"_s), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), text);
}

void TestOverviewPage::tryNowAsksAgain()
{
    m_bench->world.monitor->setState(test::offlineState(fleet(), now(), u"queue-db"_s));
    know(pictureFacts(now()));
    open();
    const int row = findingOf(u"server.offline"_s);
    pressAction(row);
    QCOMPARE(m_bench->world.monitor->tried, QStringList { u"queue-db"_s });
    list().setFocus();
    list().setCurrentIndex(list().model()->index(row, 0));
    QTest::keyClick(&list(), Qt::Key_Return);
    QCOMPARE(m_bench->world.monitor->tried.size(), 2);
}

void TestOverviewPage::missingRightsAreShownToBeCopied()
{
    FleetState state = pictureState(fleet(), now());
    state.servers[3].facts->missing = { { u"archiver statistics"_s, u"GRANT pg_monitor TO tidemark_op;"_s },
        { u"size of database \"mart\""_s, u"GRANT CONNECT ON DATABASE mart TO tidemark_op;"_s } };
    m_bench->world.monitor->setState(state);
    know(pictureFacts(now()));
    open();
    pressAction(findingOf(u"server.rights"_s));
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
    know(pictureFacts(now()));
    auto *page = open();
    QSignalSpy wanted(page, &Page::openItem);
    pressAction(findingOf(u"cluster.environment"_s));
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.front().front().toString(), u"settings"_s);
    QCOMPARE(wanted.front().back().toStringList(),
        (QStringList { u"clusters"_s, u"oltp-db"_s, u"environment"_s }));
}

void TestOverviewPage::aBackupIsShownOnTheTimelineOrWhereItRan()
{
    CatalogueFacts facts = pictureFacts(now());
    ArtifactFact &snapshot = facts.clusters[4].artifacts.back();
    snapshot.assurance = Assurance::Refuted;
    const QString id = snapshot.id;
    const QString at = snapshot.stop->toIso();
    know(facts);
    auto *page = open();
    QSignalSpy wanted(page, &Page::openItem);
    const int row = findingOf(u"snapshot.verify-failed"_s);
    QVERIFY(row >= 0);
    pressAction(row);
    QCOMPARE(wanted.back().front().toString(), u"timeline"_s);
    QCOMPARE(wanted.back().back().toStringList(), (QStringList { u"proj-pg01"_s, at, u"pbs01"_s, id }));
    facts.clusters[4].artifacts.pop_back();
    Insight before = *m_bench->world.catalogue->knowledge()->insight;
    m_bench->world.catalogue->know(facts, std::move(before)); // the finding of before, the backup gone
    pressAction(findingOf(u"snapshot.verify-failed"_s));
    QCOMPARE(wanted.back().front().toString(), u"calendar"_s);
    QCOMPARE(wanted.back().back().toStringList(), (QStringList { u"proj-pg01"_s, at }));
}

void TestOverviewPage::detailsAreReachedByKeyboard()
{
    open();
    list().setFocus();
    list().setCurrentIndex(list().model()->index(0, 0));
    QTest::keyClick(&list(), Qt::Key_Space);
    QTRY_VERIFY(dialog());
    const QString text = dialog()->findChild<QPlainTextEdit *>()->toPlainText();
    QVERIFY2(text.startsWith(u"content-db: recovery to any instant ends at 17 Nov 09:05 UTC\n"_s),
        qPrintable(text));
    QVERIFY2(text.contains(u"Only a new base backup opens a window again."_s), qPrintable(text));
    QVERIFY2(text.contains(u"since 2026-11-17 09:05:06 UTC = 10:05:06 CET"_s), qPrintable(text));
    QVERIFY2(text.contains(u"code wal.gap"_s), qPrintable(text));
}

void TestOverviewPage::anotherPageSendsToAFinding()
{
    auto *page = open();
    const int row = findingOf(u"cluster.no-source"_s);
    QVERIFY(row > 0);
    page->showItem({ u"finding"_s, qobject_cast<FindingModel *>(list().model())->row(row).key() });
    QCOMPARE(list().currentIndex().row(), row);
    page->showItem({ u"finding"_s, u"gone"_s });
    QCOMPARE(list().currentIndex().row(), row);
}

void TestOverviewPage::aFindingIsAcceptedByItsMenu()
{
    open();
    auto &accepted = m_bench->world.catalogue->kept->content.accepted;
    const auto choose = [this](const QString &text) {
        const QRect row = list().visualRect(list().model()->index(findingOf(u"wal.gap"_s), 0));
        QContextMenuEvent asked(
            QContextMenuEvent::Mouse, row.center(), list().viewport()->mapToGlobal(row.center()));
        QApplication::sendEvent(list().viewport(), &asked);
        QMenu *menu = nullptr;
        QTRY_VERIFY((menu = m_bench->window->findChild<QMenu *>(u"findingMenu"_s)));
        for (QAction *action : menu->actions())
            if (action->text() == text)
                action->trigger();
        menu->close();
        QTRY_VERIFY(!m_bench->window->findChild<QMenu *>(u"findingMenu"_s));
    };
    choose(u"Accept…"_s);
    auto *ask = m_bench->window->findChild<AcceptDialog *>();
    QVERIFY(ask);
    QVERIFY2(ask->accessibleDescription().contains(u"for a day"_s), qPrintable(ask->accessibleDescription()));
    QTest::keyClicks(ask->findChild<QLineEdit *>(u"reason"_s), u"base backup runs"_s);
    ask->findChild<QPushButton *>(u"acceptOnce"_s)->click();
    QTRY_COMPARE(accepted.size(), 1U);
    QVERIFY2(!accepted.front().who.startsWith(u'@'), qPrintable(accepted.front().who));
    CatalogueFacts facts = pictureFacts(now());
    facts.accepted = accepted;
    know(std::move(facts));
    QTRY_COMPARE(findingOf(u"wal.gap"_s), list().model()->rowCount() - 1);
    choose(u"No longer accepted"_s);
    QTRY_VERIFY(accepted.empty());
}

void TestOverviewPage::theServersWordsAreCopied()
{
    open();
    const QRect row = rows().visualRect(rows().model()->index(0, 0));
    Q_EMIT rows().customContextMenuRequested(row.center());
    QMenu *menu = nullptr;
    QTRY_VERIFY((menu = m_bench->window->findChild<QMenu *>(u"clusterMenu"_s)));
    for (QAction *action : menu->actions())
        if (action->text() == u"What the server says…")
            action->trigger();
    menu->close();
    QTRY_VERIFY(dialog());
    const QString text = dialog()->findChild<QPlainTextEdit *>()->toPlainText();
    QVERIFY2(text.contains(u"Read\t2026-11-20 14:05:02 UTC = 15:05:02 CET\n"_s), qPrintable(text));
    QVERIFY(text.contains(u"archive_command\tpgbackrest --stanza=%1 archive-push %p\n"_s));
    QVERIFY(text.contains(u"Current LSN\t"_s + CurrentLsn.toString() + u'\n'));
}

void TestOverviewPage::whatIsPlannedAndWhatIsLost()
{
    auto *page = open();
    auto *lanes = m_bench->window->findChild<QTreeView *>(u"nextDay"_s);
    QCOMPARE(rowsOf(*lanes).section(u'\n', 0, 0),
        u"content-db | no base backup planned before Sat 21 Nov 23:00, nothing is planned"_s);
    QVERIFY2(rowsOf(*lanes).contains(u"proj-pg01 | 21 Nov 02:00 snapshot, 21 Nov 04:00 vacuum"_s),
        qPrintable(rowsOf(*lanes)));
    QSignalSpy wanted(page, &Page::openItem);
    Q_EMIT lanes->activated(lanes->model()->index(1, 0));
    QCOMPARE(wanted.front().front().toString(), u"calendar"_s);
}

void TestOverviewPage::storesTellWhenTheyAreFull()
{
    CatalogueFacts facts = pictureFacts(now());
    StoreUsage usage;
    usage.part = u"repo1"_s;
    usage.total = Bytes { 1'000'000'000'000 };
    usage.used = Bytes { 626'000'000'000 };
    usage.at = now();
    facts.sources[0].usage = { usage };
    know(facts);
    open();
    QCOMPARE(rowsOf(*m_bench->window->findChild<QTreeView *>(u"storage"_s)),
        u"pbs01 tank | 1.84 TB, of 4.00 TB | 10 mo\noltp-repo repo1 | 626 GB, of 1.00 TB | "_s);
}

void TestOverviewPage::theReportSaysWhatThePageSays()
{
    open();
    const auto save = [&](const QString &path) {
        QTest::mouseClick(m_bench->window->findChild<QPushButton *>(u"report"_s), Qt::LeftButton);
        QFileDialog *asked = nullptr;
        for (int i = 0; i < 50 && !asked; ++i) {
            QTest::qWait(20);
            asked = m_bench->window->findChild<QFileDialog *>();
        }
        Q_EMIT asked->fileSelected(path);
        asked->close();
        delete asked;
        QTest::qWait(20);
        return m_bench->files->files.value(path).value_or(QByteArray());
    };
    const QString text = QString::fromUtf8(save(u"/tmp/status.md"_s));
    QVERIFY2(text.contains(u"**"_s + words("verdictSentence") + u"**"_s), qPrintable(text));
    QVERIFY(text.contains(u"2026-11-20 14:05:06 UTC = 15:05:06 CET"_s));
    QVERIFY(text.contains(u"| content-db | Not past 17 Nov 09:05 | WAL broken for 3 d 5 h |"_s));
    for (const Finding &finding : qobject_cast<FindingModel *>(list().model())->rows())
        QVERIFY2(text.contains(finding.severity == Severity::Failed ? u"| failed | "_s : u"| attention | "_s),
            qPrintable(finding.code));
    QCOMPARE(text.count(u"| failed |"_s) + text.count(u"| attention |"_s), list().model()->rowCount());
    QVERIFY(text.contains(u"no base backup planned before Sat 21 Nov 23:00"_s));
    QVERIFY(text.contains(u"| pbs01 tank | 1.84 TB, of 4.00 TB | 10 mo |"_s));
    const QString csv = QString::fromUtf8(save(u"/tmp/status.csv"_s));
    QCOMPARE(csv.count(u"\r\n"_s), 7);
    QVERIFY(csv.contains(u"\"content-db\",\"Not past 17 Nov 09:05\""_s));
}

void TestOverviewPage::theTableIsEqual()
{
    auto *page = open();
    page->showAsTable(true);
    auto *table = m_bench->window->findChild<QTableView *>(u"fleetTable"_s);
    QVERIFY(table->isVisible() && !rows().isVisible());
    QVERIFY(page->panes().front() == table);
    QCOMPARE(rowsOf(*table).section(u'\n', 0, 0),
        u"content-db | Not past 17 Nov 09:05 | WAL broken for 3 d 5 h | 23 May 2026 14:05 | 17 Nov 09:05:06 "
        u"| "
        "3 d 5 h | 1 h | never | not measured | 30 min | 49.4 GB | +253 MB/d"_s);
    page->showAsTable(false);
    QVERIFY(rows().isVisible());
}

void TestOverviewPage::theClockSwitchRewordsTimes()
{
    open();
    m_bench->world.clocks->setActive(Clocks::Face::Local);
    QCOMPARE(words("verdictSentence"), u"content-db has had no restorable moment since 17 Nov 10:05 CET"_s);
    QCOMPARE(
        cell(u"content-db"_s, OverviewModel::Column::Answer).section(u',', 0, 0), u"Not past 17 Nov 10:05"_s);
}

void TestOverviewPage::hostileNamesDoNotBreakTheLayout()
{
    LoadedFleet loaded = m_bench->world.fleet->loaded();
    loaded.fleet.clusters[0].name = u"<img src=x>%1%2\n$(id)'\""_s;
    loaded.fleet.clusters[1].name = QString(5000, u'w');
    m_bench->world.fleet->open(u"/x.yaml"_s, loaded);
    m_bench->world.monitor->setState(test::offlineState(loaded.fleet, now(), loaded.fleet.clusters[0].name));
    know({});
    open({ 1126, 630 });
    QCOMPARE(m_bench->window->findChild<TextLabel *>(u"verdictSentence"_s)->textFormat(), Qt::PlainText);
    QVERIFY(words("verdictSentence").startsWith(u"<img src=x>%1%2\u240a$(id)'\" does not answer"_s));
    QCOMPARE(m_bench->window->width(), 1126);
    const auto *model = qobject_cast<OverviewModel *>(rows().model());
    const int row = model->find(loaded.fleet.clusters[1].name);
    QVERIFY(model->index(row, 0).data(Qt::ToolTipRole).toString().startsWith(u"<span>www"_s));
    m_bench->shoot(u"overview-hostile"_s);
}

void TestOverviewPage::aHundredClusters()
{
    LoadedFleet loaded;
    CatalogueFacts facts;
    facts.version = 1;
    for (int i = 0; i < 100; ++i) {
        Cluster cluster;
        cluster.name = u"db-%1"_s.arg(i, 3, 10, QChar(u'0'));
        cluster.environment = Environment::Production;
        cluster.objectives.rpo = std::chrono::minutes(15);
        Source source;
        source.name = cluster.name + u"-repo"_s;
        source.kind = SourceKind::PgBackRest;
        source.clusters = { cluster.name };
        facts.sources.emplace_back();
        facts.sources.back().name = source.name;
        facts.sources.back().readAt = now() - std::chrono::seconds(40);
        test::ExampleCluster example(cluster.name, i, now());
        example.artifacts(
            ArtifactKind::BaseBackup, Method::Full, std::chrono::hours(13), std::chrono::hours(24), 60);
        example.archive(
            std::chrono::hours(24 * 61), i == 42 ? std::chrono::hours(30) : std::chrono::seconds(90));
        facts.clusters.push_back(example.made);
        loaded.fleet.clusters.push_back(cluster);
        loaded.fleet.sources.push_back(source);
    }
    m_bench->world.fleet->open(u"/x.yaml"_s, loaded);
    m_bench->world.monitor->setState({});
    know(facts);
    open();
    QCOMPARE(rows().model()->rowCount(), 100);
    QCOMPARE(rows().model()->index(0, 0).data().toString(), u"db-042"_s);
    QCOMPARE(m_bench->window->findChild<TallyMark *>()->accessibleName(), u"99 of 100 inside RPO now"_s);
    rows().scrollToBottom();
    m_bench->shoot(u"overview-hundred"_s);
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
