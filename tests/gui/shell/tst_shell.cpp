#include "items/cell.h"
#include "samplepages.h"
#include "shell/acts.h"
#include "shell/commandpalette.h"
#include "shell/navigation.h"
#include "shell/preferencekeys.h"
#include "shell/shellwindow.h"
#include "shell/sourcesbar.h"
#include "support/settle.h"
#include "support/showactive.h"
#include "support/uiworld.h"
#include "theme/fills.h"
#include "widgets/banner.h"
#include "widgets/environmentblock.h"
#include "widgets/keycap.h"

#include <QAction>
#include <QApplication>
#include <QListView>
#include <QMenuBar>
#include <QPushButton>
#include <QScreen>
#include <QSignalSpy>
#include <QTest>

using namespace tidemark;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using test::SamplePage;

namespace {

// A real window over ports in memory.
struct Shown {
    test::UiWorld world;
    std::unique_ptr<ShellWindow> window;

    explicit Shown(Theme &theme, QSize size = { 1440, 900 }, const test::UiWorld &from = {}, bool open = true)
        : world(from)
    {
        if (open)
            world.openExample();
        window = std::make_unique<ShellWindow>(world.context(theme), test::sampleTable());
        window->resize(size);
        if (!test::showActive(window.get()))
            qFatal("the window did not get the focus");
    }
    template <class T>
    T *find(const QString &name = {}) const
    {
        return window->findChild<T *>(name);
    }
    SamplePage *page(const QString &id) const { return dynamic_cast<SamplePage *>(window->page(id)); }
};

QStringList menusOf(const QMenuBar *bar)
{
    QStringList texts;
    for (const QAction *action : bar->actions())
        texts << plainActText(action->text());
    return texts;
}

} // namespace

class TestShell : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanup() { m_theme.reset(); }

    void menusHoldOnlyActsThatExist()
    {
        const Shown shown(*m_theme);
        QCOMPARE(menusOf(shown.window->menuBar()),
            (QStringList { u"File"_s, u"Edit"_s, u"View"_s, u"Go"_s, u"Help"_s }));
        for (const Acts::Entry &entry : shown.window->acts().entries())
            QVERIFY2(!entry.action->shortcut().isEmpty(), qPrintable(entry.row.id));
    }

    void noTwoActsShareTheirKeys()
    {
        const Shown shown(*m_theme);
        QStringList seen;
        for (const Acts::Entry &entry : shown.window->acts().entries()) {
            const QString keys = entry.action->shortcut().toString();
            QVERIFY2(!seen.contains(keys), qPrintable(keys));
            seen << keys;
        }
    }

    void theFrameHasTheDesignsSizes()
    {
        const Shown shown(*m_theme);
        const auto heightOf = [&](QWidget *widget) { return widget->height(); };
        QCOMPARE(heightOf(shown.window->menuBar()), 34);
        QCOMPARE(heightOf(shown.find<PageHeader>()), 44);
        QCOMPARE(heightOf(shown.find<EnvironmentBlock>()), 56);
        QCOMPARE(heightOf(shown.find<SourcesBar>()), 24);
        QCOMPARE(shown.find<EnvironmentEdge>()->width(), 6);
        QCOMPARE(shown.find<Navigation>()->width(), 194);
        QCOMPARE(shown.find<QListView>(u"navigation.pages"_s)->sizeHintForRow(0), 28);
        QCOMPARE(shown.find<QListView>(u"navigation.clusters"_s)->sizeHintForRow(0), 26);
    }

    void pagesByAltAndFigure()
    {
        const Shown shown(*m_theme);
        QTest::keyClick(shown.window.get(), Qt::Key_3, Qt::AltModifier);
        QCOMPARE(shown.window->currentPage(), u"timeline"_s);
        QTest::keyClick(shown.window.get(), Qt::Key_0, Qt::AltModifier);
        QCOMPARE(shown.window->currentPage(), u"settings"_s);
        QCOMPARE(shown.window->windowTitle(), u"Settings — Tidemark"_s);
        QCOMPARE(shown.world.preferences->texts.value(preference::page()), u"settings"_s);
    }

    void pagesByClick()
    {
        const Shown shown(*m_theme);
        auto *list = shown.find<QListView>(u"navigation.pages"_s);
        QTest::mouseClick(
            list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(5, 0)).center());
        QCOMPARE(shown.window->currentPage(), u"recover"_s);
    }

    void aTableIsOfferedWhereThePageHasOne()
    {
        const Shown shown(*m_theme);
        QAction *table = shown.window->acts().action(u"view.table"_s);
        QVERIFY(!table->isEnabled());
        shown.window->showPage(u"calendar"_s);
        QVERIFY(table->isEnabled() && !table->isChecked());
        QTest::keyClick(shown.window.get(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(table->isChecked() && shown.page(u"calendar"_s)->asTable);
        shown.window->showPage(u"overview"_s);
        QVERIFY(!table->isEnabled() && !table->isChecked());
        shown.window->showPage(u"calendar"_s);
        QVERIFY(table->isChecked());
        table->trigger();
        QVERIFY(!shown.page(u"calendar"_s)->asTable);
    }

    void theTableIsThereNextTime()
    {
        Shown first(*m_theme);
        first.window->showPage(u"calendar"_s);
        first.window->acts().action(u"view.table"_s)->trigger();
        const Shown again(*m_theme, { 1440, 900 }, first.world);
        again.window->showPage(u"calendar"_s);
        QVERIFY(again.page(u"calendar"_s)->asTable);
        QVERIFY(again.window->acts().action(u"view.table"_s)->isChecked());
    }

    void choosingAClusterSetsTheScopeEverywhere()
    {
        const Shown shown(*m_theme);
        shown.window->showPage(u"calendar"_s);
        auto *list = shown.find<QListView>(u"navigation.clusters"_s);
        QTest::mouseClick(
            list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(6, 0)).center());
        QCOMPARE(shown.window->scope(), u"restore-lab01"_s);
        QCOMPARE(shown.page(u"overview"_s)->scope(), u"restore-lab01"_s);
        QCOMPARE(shown.page(u"calendar"_s)->scope(), u"restore-lab01"_s);
        QCOMPARE(shown.find<EnvironmentEdge>()->environment(), Environment::Test);
        QCOMPARE(shown.find<EnvironmentBlock>()->accessibleName(), u"Test: restore-lab01"_s);
        QTest::keyClick(shown.window.get(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(shown.window->scope(), QString());
        QCOMPARE(shown.find<EnvironmentBlock>()->accessibleName(), u"All clusters: 5 production, 1 test"_s);
    }

    void anEnvironmentNobodySetCountsAsProduction()
    {
        const Shown shown(*m_theme);
        Fleet fleet = test::exampleFleet();
        fleet.clusters[0].environment = Environment::Unset;
        shown.world.fleet->open(u"/f.yaml"_s, LoadedFleet { fleet, {}, {} });
        shown.window->setScope(u"oltp-db"_s);
        QCOMPARE(shown.find<EnvironmentBlock>()->accessibleName(), u"Production: oltp-db"_s);
    }

    void aScopeThatIsGoneBecomesAllClusters()
    {
        const Shown shown(*m_theme);
        shown.window->setScope(u"olap-db"_s);
        Fleet fleet = test::exampleFleet();
        std::erase_if(fleet.clusters, [](const Cluster &one) { return one.name == u"olap-db"_s; });
        shown.world.fleet->open(u"/f.yaml"_s, LoadedFleet { fleet, {}, {} });
        QCOMPARE(shown.window->scope(), QString());
    }

    void controlTTurnsAllClocks()
    {
        const Shown shown(*m_theme);
        const QSignalSpy changed(shown.world.clocks.get(), &Clocks::changed);
        QTest::keyClick(shown.window.get(), Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(shown.world.clocks->active(), Clocks::Face::Local);
        QVERIFY(shown.find<QAbstractButton>(u"clock.local"_s)->isChecked());
        QCOMPARE(changed.count(), 1);
        QTest::mouseClick(shown.find<QAbstractButton>(u"clock.utc"_s), Qt::LeftButton);
        QCOMPARE(shown.world.clocks->active(), Clocks::Face::Utc);
        QCOMPARE(shown.world.preferences->texts.value(preference::clock()), u"utc"_s);
    }

    void theStripSaysWhatDoesNotAnswer()
    {
        const Shown shown(*m_theme);
        auto *strip = shown.window->findChildren<Banner *>().front();
        QVERIFY(!strip->isVisible());
        const Fleet fleet = test::exampleFleet();
        shown.world.monitor->setState(test::offlineState(fleet, shown.world.clock->now(), u"pbs01"_s));
        QVERIFY(strip->isVisible());
        QCOMPARE(strip->height(), 38);
        QCOMPARE(strip->plainText(),
            u"pbs01 has not answered for 34 min\nIts figures are from 13:31:00 UTC; the PostgreSQL servers are current."_s);
        QCOMPARE(shown.find<QWidget>(u"freshness"_s)->accessibleName(), u"pbs01 offline"_s);
        QTest::mouseClick(strip->findChildren<QPushButton *>().front(), Qt::LeftButton);
        QCOMPARE(shown.world.monitor->tried, QStringList { u"pbs01"_s });
        shown.world.monitor->setState(test::exampleState(fleet, shown.world.clock->now()));
        QVERIFY(!strip->isVisible());
    }

    void theFocusStaysOnTryNowWhileTimePasses()
    {
        const Shown shown(*m_theme);
        const Fleet fleet = test::exampleFleet();
        shown.world.monitor->setState(test::offlineState(fleet, shown.world.clock->now(), u"pbs01"_s));
        auto *strip = shown.window->findChildren<Banner *>().front();
        auto *button = strip->findChildren<QPushButton *>().front();
        button->setFocus();
        QCOMPARE(QApplication::focusWidget(), button);
        shown.world.clock->advance(3min);
        shown.world.monitor->setState(shown.world.monitor->state());
        QVERIFY(strip->plainText().startsWith(u"pbs01 has not answered for 37 min"_s));
        QCOMPARE(QApplication::focusWidget(), button);
    }

    void refreshAsksMonitorAndPage()
    {
        const Shown shown(*m_theme);
        QTest::keyClick(shown.window.get(), Qt::Key_F5);
        QCOMPARE(shown.world.monitor->refreshes, 1);
        QCOMPARE(shown.page(u"overview"_s)->refreshes, 1);
    }

    void filterGetsTheFocus()
    {
        const Shown shown(*m_theme);
        QTest::keyClick(shown.window.get(), Qt::Key_F, Qt::ControlModifier);
        QCOMPARE(QApplication::focusWidget(), shown.page(u"overview"_s)->filterField());
    }

    void f6GoesRoundThePanes()
    {
        const Shown shown(*m_theme);
        shown.find<QListView>(u"navigation.pages"_s)->setFocus();
        QStringList visited;
        for (int i = 0; i < 5; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
            const QWidget *focused = QApplication::focusWidget();
            visited << (focused->accessibleName().isEmpty()
                    ? QString::fromLatin1(focused->metaObject()->className())
                    : focused->accessibleName());
        }
        QCOMPARE(visited,
            (QStringList { u"Clusters"_s, u"QToolButton"_s, u"Sample rows"_s, u"Filter"_s, u"Pages"_s }));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Filter"_s);
    }

    void narrowWindowsGetARail()
    {
        const Shown shown(*m_theme, { 1250, 800 });
        QVERIFY(shown.find<Navigation>()->isNarrow());
        QCOMPARE(shown.find<Navigation>()->width(), 48);
        QCOMPARE(shown.find<SidePane>()->width(), 300);
        shown.window->resize(1440, 900);
        QTRY_VERIFY(!shown.find<Navigation>()->isNarrow());
        QTRY_VERIFY(shown.find<SidePane>()->width() > 300);
    }

    void theWindowIsNeverSmallerThanTheDesign()
    {
        const Shown shown(*m_theme);
        shown.window->resize(400, 300);
        QTRY_COMPARE(shown.window->size(), QSize(1180, 720));
    }

    void withoutAFleetOnlyTheWelcome()
    {
        const Shown shown(*m_theme, { 1440, 900 }, {}, false);
        QCOMPARE(shown.window->currentPage(), u"welcome"_s);
        QVERIFY(!shown.find<Navigation>()->isVisible());
        QVERIFY(!shown.window->acts().action(u"go.page.overview"_s)->isEnabled());
        shown.world.fleet->open(u"/f.yaml"_s, LoadedFleet { test::exampleFleet(), {}, {} });
        QCOMPARE(shown.window->currentPage(), u"overview"_s);
        QVERIFY(shown.find<Navigation>()->isVisible());
        QCOMPARE(shown.world.monitor->followed.back().clusters.size(), std::size_t(6));
    }

    void aFileWithMistakesIsToldAndWhatIsOpenStays()
    {
        const Shown shown(*m_theme);
        const QString detail = u"line 3: unknown key \"enviroment\", did you mean \"environment\"?"_s;
        shown.world.fleetFile->files.insert(u"/bad.yaml"_s,
            Result<LoadedFleet>(tl::unexpected(Error { ErrorKind::Invalid, u"fleet.invalid"_s, detail })));
        shown.window->openFleetFile(u"/bad.yaml"_s);
        auto *trouble = shown.window->findChildren<Banner *>()[1];
        QTRY_VERIFY(trouble->isVisible());
        QVERIFY(trouble->plainText().startsWith(u"/bad.yaml cannot be opened"_s));
        QVERIFY(trouble->plainText().endsWith(detail));
        QCOMPARE(shown.world.fleet->path(), u"/home/mkeller/fleet.yaml"_s);
    }

    void opensAFile()
    {
        const Shown shown(*m_theme, { 1440, 900 }, {}, false);
        shown.world.fleetFile->files.insert(
            u"/a b/$(x).yaml"_s, LoadedFleet { test::exampleFleet(), {}, {} });
        shown.window->openFleetFile(u"/a b/$(x).yaml"_s);
        QTRY_COMPARE(shown.window->currentPage(), u"overview"_s);
        QCOMPARE(shown.world.preferences->texts.value(preference::fleet()), u"/a b/$(x).yaml"_s);
    }

    void paletteFindsBySynonymAndOpensOnly()
    {
        const Shown shown(*m_theme);
        auto *palette = shown.find<CommandPalette>();
        QTest::keyClick(shown.window.get(), Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(palette->isVisible());
        auto *field = palette->findChild<QLineEdit *>();
        QTest::keyClicks(field, u"rest ol"_s);
        QCOMPARE(palette->plainText(),
            u"Run\n> Recover olap-db to a moment…\n  Recover oltp-db to a moment…\n  Start restore test of olap-db…"_s);
        QTest::keyClick(field, Qt::Key_Down);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(!palette->isVisible());
        QCOMPARE(shown.page(u"overview"_s)->opened, 1);
    }

    void paletteLimitsToACluster()
    {
        const Shown shown(*m_theme);
        auto *palette = shown.find<CommandPalette>();
        QTest::mouseClick(shown.find<QAbstractButton>(u"palette.field"_s), Qt::LeftButton);
        QTRY_VERIFY(palette->isVisible());
        auto *field = palette->findChild<QLineEdit *>();
        QTest::keyClicks(field, u"recover olap"_s);
        QTest::keyClick(field, Qt::Key_Tab);
        QCOMPARE(palette->plainText(), u"Run\n> Recover olap-db to a moment…\nClusters\n  olap-db"_s);
        QTest::keyClick(field, Qt::Key_Backspace);
        QVERIFY(palette->plainText().contains(u"oltp-db"_s));
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!palette->isVisible());
    }

    void paletteGoesToPagesAndSaysWhenNothingFits()
    {
        const Shown shown(*m_theme);
        auto *palette = shown.find<CommandPalette>();
        QTest::keyClick(shown.window.get(), Qt::Key_K, Qt::ControlModifier);
        auto *field = palette->findChild<QLineEdit *>();
        QTest::keyClicks(field, u"zzzz"_s);
        QCOMPARE(palette->plainText(), u"Nothing fits. Backspace takes a letter back."_s);
        QTest::keyClick(field, Qt::Key_Return);
        field->clear();
        QTest::keyClicks(field, u"calen"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(shown.window->currentPage(), u"calendar"_s);
    }

    void paletteShowsTheKeysThatDoSomething()
    {
        const Shown shown(*m_theme);
        auto *palette = shown.find<CommandPalette>();
        QTest::keyClick(shown.window.get(), Qt::Key_K, Qt::ControlModifier);
        auto *field = palette->findChild<QLineEdit *>();
        auto *keys = palette->findChild<KeyHints *>();
        QTest::keyClicks(field, u"olap-db"_s);
        QTest::keyClick(field, Qt::Key_Tab);
        QTest::keyClicks(field, u"olap-db"_s);
        QCOMPARE(keys->accessibleName(),
            u"Arrow keys choose; Enter open, never runs at once; Backspace all again; Esc "_s);
        field->clear();
        QTest::keyClick(field, Qt::Key_Backspace);
        QTest::keyClicks(field, u"calen"_s);
        QCOMPARE(keys->accessibleName(), u"Arrow keys choose; Enter open, never runs at once; Esc "_s);
        field->clear();
        QTest::keyClicks(field, u"recover oltp"_s);
        QCOMPARE(keys->accessibleName(),
            u"Arrow keys choose; Enter open, never runs at once; Tab limit to oltp-db; Esc "_s);
    }

    void paletteResultsCarryTheEdgeOfTheirServer()
    {
        const Shown shown(*m_theme);
        auto *palette = shown.find<CommandPalette>();
        QTest::keyClick(shown.window.get(), Qt::Key_K, Qt::ControlModifier);
        QStringList edges;
        const QAbstractItemModel *model = palette->findChild<QListView *>()->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            const QModelIndex index = model->index(row, 0);
            if (const QVariant edge = index.data(EnvironmentRole); edge.isValid())
                edges << index.data().toString() + u": "_s + environmentWords(edge.value<Environment>());
        }
        QCOMPARE(edges.join(u'\n'),
            u"Recover olap-db to a moment…: Production\nRecover oltp-db to a moment…: Production\n"
            "Start restore test of olap-db…: Test\nSettings of queue-db…: Production\n"
            "oltp-db: Production\nqueue-db: Production\ncontent-db: Production\nolap-db: Production\n"
            "proj-pg01: Production\nrestore-lab01: Test"_s);
    }

    void paletteKnowsPagesThatWereNeverShown()
    {
        const Shown shown(*m_theme);
        auto *palette = shown.find<CommandPalette>();
        QTest::keyClick(shown.window.get(), Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(palette->findChild<QLineEdit *>(), u"settings of"_s);
        QCOMPARE(palette->plainText(), u"Run\n> Settings of queue-db…"_s);
        QCOMPARE(shown.window->currentPage(), u"overview"_s);
    }

    void paletteOfTheWelcome()
    {
        const Shown shown(*m_theme, { 1440, 900 }, {}, false);
        auto *palette = shown.find<CommandPalette>();
        QTest::keyClick(shown.window.get(), Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(palette->findChild<QLineEdit *>(), u"least"_s);
        QCOMPARE(palette->plainText(), u"Run\n> Least-privilege roles…"_s);
    }

    void theFocusStartsInThePage_data()
    {
        QTest::addColumn<bool>("open");
        QTest::newRow("of a fleet") << true;
        QTest::newRow("that welcomes") << false;
    }
    void theFocusStartsInThePage()
    {
        QFETCH(bool, open);
        const Shown shown(*m_theme, { 1440, 900 }, {}, open);
        QTRY_VERIFY(QApplication::focusWidget());
        QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Sample rows"_s);
    }

    void theFocusGoesAlongToAnotherPageButNotOutOfTheNavigation()
    {
        const Shown shown(*m_theme);
        const auto inside
            = [&](const QString &id) { return shown.page(id)->isAncestorOf(QApplication::focusWidget()); };
        QTest::keyClick(shown.window.get(), Qt::Key_3, Qt::AltModifier);
        QVERIFY(inside(u"timeline"_s));
        auto *list = shown.find<QListView>(u"navigation.pages"_s);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down);
        QCOMPARE(shown.window->currentPage(), u"retention"_s);
        QCOMPARE(QApplication::focusWidget(), list);
    }

    void theFocusStaysWhereItIsWhenTheFileIsReadAgain()
    {
        const Shown shown(*m_theme);
        QWidget *filter = shown.page(u"overview"_s)->filterField();
        filter->setFocus();
        shown.world.fleet->open(u"/f.yaml"_s, LoadedFleet { test::exampleFleet(), {}, {} });
        QCOMPARE(QApplication::focusWidget(), filter);
    }

    void tabGoesFromTheHeaderToTheContentAndTheSidePane()
    {
        const Shown shown(*m_theme);
        shown.find<QListView>(u"navigation.clusters"_s)->setFocus();
        QStringList visited;
        for (int i = 0; i < 3; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            const auto *button = qobject_cast<QAbstractButton *>(QApplication::focusWidget());
            visited << (button ? button->text() : QApplication::focusWidget()->accessibleName());
        }
        QCOMPARE(visited, (QStringList { u"Everything"_s, u"Sample rows"_s, u"Filter"_s }));
    }

    void aPageOpensAThingOnAnotherPage()
    {
        const Shown shown(*m_theme);
        const QStringList item { u"clusters"_s, u"a/b \"$(x)\""_s, u"environment"_s };
        Q_EMIT shown.page(u"overview"_s)->openItem(u"settings"_s, item);
        QCOMPARE(shown.window->currentPage(), u"settings"_s);
        QCOMPARE(shown.page(u"settings"_s)->asked, item);
    }

    void theWindowFitsTheScreen()
    {
        test::UiWorld world;
        world.openExample();
        ShellWindow window(world.context(*m_theme), test::sampleTable());
        const auto framed = [&] { return window.frameGeometry().height() > window.height(); };
        for (int attempt = 0; attempt < 8 && !framed(); ++attempt) { // the window manager may start late
            window.hide();
            QVERIFY(test::showActive(&window));
            (void)QTest::qWaitFor(framed, 1000);
        }
        QVERIFY(framed());
        const QSize screen = window.screen()->availableSize();
        QCOMPARE(window.frameGeometry().size().boundedTo(screen), window.frameGeometry().size());
        QCOMPARE(window.minimumSize().boundedTo(screen), window.minimumSize());
    }

    void whatAPersonChoseComesBack()
    {
        const Shown first(*m_theme);
        first.window->showPage(u"retention"_s);
        first.window->setScope(u"queue-db"_s);
        first.world.clocks->setActive(Clocks::Face::Local);
        first.window->acts().action(u"view.theme.dark"_s)->trigger();
        QTest::keyClicks(first.page(u"retention"_s)->filterField(), u"daily"_s);
        first.window->resize(1300, 800);
        QSignalSpy finished(first.window.get(), &ShellWindow::finished);
        first.window->close();
        QTRY_COMPARE(finished.count(), 1);
        m_theme->choose(Theme::Choice::Light);
        test::UiWorld next;
        next.preferences = first.world.preferences;
        const Shown second(*m_theme, { 1300, 800 }, next);
        QCOMPARE(second.window->currentPage(), u"retention"_s);
        QCOMPARE(second.window->scope(), u"queue-db"_s);
        QCOMPARE(second.world.clocks->active(), Clocks::Face::Local);
        QVERIFY(m_theme->isDark());
        QCOMPARE(second.page(u"retention"_s)->saveState(), "daily");
    }

    void closingDuringWorkWaitsForIt()
    {
        Shown shown(*m_theme);
        shown.world.servers->gate.shut();
        ConnectSpec spec;
        spec.service = u"oltp-db"_s;
        bool told = false;
        auto &tasks = shown.page(u"overview"_s)->tasks;
        tasks.start(
            shown.world.servers->probe(spec, {}, {}, tasks.token()), [&](const auto &) { told = true; });
        QCOMPARE(shown.world.inFlight.count(), 1);
        QSignalSpy finished(shown.window.get(), &ShellWindow::finished);
        shown.window->close();
        QVERIFY(!shown.window->isVisible());
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(finished.front().front().toBool(), true);
        QCOMPARE(shown.world.inFlight.count(), 0);
        QVERIFY(!told);
    }

    void keyboardMapListsEveryAct()
    {
        const Shown shown(*m_theme);
        QTest::keyClick(shown.window.get(), Qt::Key_F1);
        QAbstractItemView *table = nullptr;
        QTRY_VERIFY((table = shown.find<QAbstractItemView>(u"keyboard"_s)));
        QCOMPARE(table->model()->rowCount(), int(shown.window->acts().entries().size()));
        QTest::keyClick(table, Qt::Key_Escape);
    }

    void hostileNamesAreShownAsTheyAre()
    {
        const Shown shown(*m_theme);
        Fleet fleet = test::exampleFleet();
        fleet.clusters[0].name = u"<b>$(rm)\n\"x\" & é"_s;
        shown.world.fleet->open(u"/f.yaml"_s, LoadedFleet { fleet, {}, {} });
        shown.window->setScope(fleet.clusters[0].name);
        QCOMPARE(shown.find<EnvironmentBlock>()->accessibleName(), u"Production: <b>$(rm)\n\"x\" & é"_s);
    }

private:
    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(TestShell)
#include "tst_shell.moc"
