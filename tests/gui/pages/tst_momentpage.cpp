#include "moment/momentpage.h"
#include "moment/momentstrip.h"
#include "moment/momenttable.h"
#include "moment/momentview.h"
#include "moment/momentwords.h"
#include "moment/targetpane.h"
#include "pagebench.h"
#include "support/momentworld.h"
#include "widgets/banner.h"
#include "widgets/copydialog.h"
#include "widgets/emptystate.h"
#include "widgets/textlabel.h"

#include <QAccessible>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>

using namespace tidemark;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestMomentPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_wal = std::make_unique<test::AccidentWal>(); }
    void init()
    {
        m_bench = std::make_unique<test::PageBench>();
        m_bench->world.clock->set(*Instant::parse(u"2026-11-20T11:45:30Z"_s));
        m_bench->world.openExample();
        m_moments = test::scriptedMoments(*m_wal);
        m_bench->world.moments = m_moments;
        leadTo({ 0xF0'000'000 });
    }
    void cleanup() { m_bench.reset(); }

    // What somebody did to the tables of a real server, worst first, and the newest chosen.
    void eventsOfRealWalAreListed()
    {
        open();
        QTRY_COMPARE(note(), u"from 2.10 MB of WAL on timeline 1, read in 3 s"_s);
        const QStringList rows = this->rows();
        QVERIFY2(rows.contains(u"DELETE | public.sensors | 300"_s), qPrintable(rows.join(u'\n')));
        QVERIFY2(rows.filter(u"TRUNCATE"_s).size() >= 2, qPrintable(rows.join(u'\n')));
        QVERIFY2(rows.filter(u"DROP TABLE"_s).size() >= 2, qPrintable(rows.join(u'\n')));
        QCOMPARE(table()->chosen(), 0);
        m_bench->shoot(u"moment-light"_s);
    }

    void aChosenEventIsChosenEverywhere()
    {
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        const int event = find(u"public.sensors"_s, u"DELETE"_s);
        table()->selectRow(event);
        const WalTransaction &one = *view()->scene().events[std::size_t(event)].transaction;
        QCOMPARE(view()->scene().current, event);
        QCOMPARE(view()->scene().stop, std::optional(one.at));
        QCOMPARE(label(u"stopTitle"_s), u"just before %1"_s.arg(one.xid));
        QCOMPARE(label(u"stopLsn"_s), u"%1 timeline 1"_s.arg(one.lsn.toString()));
        const MomentLane &lane = view()->scene().lanes.front();
        const auto other = lane.marks.front();
        QTest::mouseClick(
            view()->viewport(), Qt::LeftButton, {}, view()->places(0).front().rect.center().toPoint());
        QCOMPARE(table()->chosen(), int(other.event));
    }

    // The server's own order: what is before the commit record stays, the accidents behind it go, and the
    // rest of what was committed behind it is lost.
    void keptUndoneAndLostAddUp()
    {
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        const int event = find(u"public.sensors"_s, u"DELETE"_s);
        table()->selectRow(event);
        const WalTransaction &one = *view()->scene().events[std::size_t(event)].transaction;
        std::uint64_t behind = 0;
        WalCommit before;
        for (const WalEndTold &end : m_wal->told.ends) {
            if (end.committed && end.end.lsn >= one.lsn)
                ++behind;
            else if (end.committed)
                before = end.end;
        }
        std::uint64_t undone = 0;
        for (const MomentEvent &other : view()->scene().events)
            undone += other.suspicious() && other.transaction->lsn >= one.lsn ? 1 : 0;
        QTRY_COMPARE(label(u"kept"_s), u"Kept: every commit up to %1"_s.arg(before.xid));
        QCOMPARE(label(u"undone"_s), u"Undone, as wanted: %1 transactions"_s.arg(undone));
        QCOMPARE(label(u"lost"_s), u"Lost as well: %1 other transactions"_s.arg(behind - undone));
        QVERIFY(label(u"otherWay"_s).startsWith(u"Restore beside oltp-db and copy "_s));
    }

    // The same was done at the same time on the two days before.
    void whatIsDoneEachDayIsUsual()
    {
        for (const int day : { 1, 2 }) {
            auto earlier = std::make_shared<MomentPiece>(*m_wal->index.pieces.back());
            earlier->first = earlier->last = { std::uint64_t(6 - day) };
            const auto ago = std::chrono::hours(24 * day);
            for (auto &[at, bucket] : earlier->seconds)
                at = at - ago;
            for (WalTransaction &one : earlier->events) {
                one.at = one.at - ago;
                one.lsn.value -= std::uint64_t(day + 1) * m_wal->index.segmentSize;
            }
            m_moments->index.pieces.insert(m_moments->index.pieces.begin(), earlier);
        }
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 40);
        const auto event = [this](Instant after, const QString &relation) {
            for (const MomentEvent &one : view()->scene().events)
                if (one.transaction->at > after && MomentWords::relations(*one.transaction) == relation)
                    return one;
            return MomentEvent {};
        };
        const Instant today = *Instant::parse(u"2026-11-20T00:00:00Z"_s);
        QCOMPARE(MomentWords::usual(event(today, u"public.routes"_s), *m_bench->world.clocks),
            u"usual at 11:44"_s);
        const Instant first = today - std::chrono::hours(48);
        QVERIFY(event(first, u"public.routes"_s).transaction);
        m_bench->shoot(u"moment-usual"_s);
    }

    void commitsAreStepped()
    {
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        const QString before = label(u"stopLsn"_s);
        QTRY_VERIFY(button(u"previousCommit"_s)->isEnabled());
        button(u"previousCommit"_s)->click();
        QVERIFY(label(u"stopLsn"_s) != before);
        QTRY_VERIFY(button(u"nextCommit"_s)->isEnabled());
        button(u"nextCommit"_s)->click();
        QCOMPARE(label(u"stopLsn"_s), before);
    }

    void theSettingsSayTheTarget_data()
    {
        QTest::addColumn<int>("by");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("setting");
        QTest::newRow("transaction") << 0 << QString() << QString()
                                     << u"recovery_target_lsn = '%1'"_s; // of the event
        QTest::newRow("LSN") << 1 << u"lsnField"_s << u"0/7076b0"_s << u"recovery_target_lsn = '0/7076B0'"_s;
        QTest::newRow("time") << 2 << u"timeField"_s << u"2026-11-20 12:44:26.686656 CET"_s
                              << u"recovery_target_time = '2026-11-20 11:44:26.686656+00'"_s;
    }
    void theSettingsSayTheTarget()
    {
        QFETCH(int, by);
        QFETCH(QString, field);
        QFETCH(QString, typed);
        QFETCH(QString, setting);
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        table()->selectRow(find(u"public.sensors"_s, u"DELETE"_s));
        m_page->findChild<QRadioButton *>(u"by%1"_s.arg(by))->click();
        if (!field.isEmpty()) {
            auto *edit = m_page->findChild<QLineEdit *>(field);
            edit->setText(typed);
            QTest::keyClick(edit, Qt::Key_Return);
        }
        QTest::qWait(1);
        button(u"useMoment"_s)->click();
        auto *dialog = m_page->findChild<CopyDialog *>();
        QVERIFY(dialog);
        const QString text = dialog->findChild<QPlainTextEdit *>(u"exactText"_s)->toPlainText();
        if (setting.contains(u"%1"_s))
            setting = setting.arg(label(u"stopLsn"_s).section(u' ', 0, 0));
        QVERIFY2(text.contains(setting), qPrintable(text));
        QVERIFY2(text.contains(u"recovery_target_inclusive = off\nrecovery_target_timeline = '1'\n"_s),
            qPrintable(text));
    }

    void aScreenReaderChoosesTheWay()
    {
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        auto *time = m_page->findChild<QRadioButton *>(u"by2"_s);
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(time);
        QVERIFY(face->actionInterface()->actionNames().contains(QAccessibleActionInterface::toggleAction()));
        face->actionInterface()->doAction(QAccessibleActionInterface::toggleAction());
        QVERIFY(time->isChecked());
        QVERIFY(m_page->findChild<QLineEdit *>(u"timeField"_s)->isVisible());
    }

    void whatIsNotUnderstoodIsRefused()
    {
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        m_page->findChild<QRadioButton *>(u"by2"_s)->click();
        const QString before = label(u"stopLsn"_s);
        auto *edit = m_page->findChild<QLineEdit *>(u"timeField"_s);
        edit->setText(u"2026-11-20 11:44"_s); // in which zone?
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(edit->accessibleDescription().contains(u"no time with a zone"_s));
        QCOMPARE(label(u"stopLsn"_s), before);
    }

    void readingDrawsAsItGoesAndIsStopped()
    {
        m_moments->gate.shut();
        open();
        QTRY_COMPARE(m_moments->questions.size(), 1U);
        QCOMPARE(m_moments->questions.front().cluster, u"oltp-db"_s);
        QVERIFY(empty()->isVisible());
        m_moments->gate.open();
        QTRY_VERIFY(table()->isVisible());
        QTRY_COMPARE(note(), u"from 2.10 MB of WAL on timeline 1, read in 3 s"_s);
        m_moments->gate.shut();
        m_page->refresh();
        QCOMPARE(button(u"read"_s)->text(), u"Stop"_s);
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_Escape);
        QCOMPARE(button(u"read"_s)->text(), u"Read on"_s);
        QVERIFY(table()->isVisible());
        m_moments->gate.open();
    }

    // The scope has chosen it; the header shows its controls again each time the page comes.
    void inTheScopeOfAClusterNoneIsToChoose()
    {
        open();
        auto *header = m_bench->window->findChild<PageHeader *>();
        header->setControls(m_page->headerControls(), m_page->headerActions());
        const auto *chooser = m_bench->window->findChild<QComboBox *>(u"cluster"_s);
        QVERIFY(!chooser->isVisible());
        m_page->setScope({});
        QVERIFY(chooser->isVisible());
    }

    void walThatArrivesIsRead()
    {
        open();
        QTRY_COMPARE(note(), u"from 2.10 MB of WAL on timeline 1, read in 3 s"_s);
        know([](CatalogueFacts &) {});
        QCOMPARE(m_moments->questions.size(), 1U); // nothing has arrived
        m_moments->gate.shut();
        const auto oneMore = [this] {
            know([](CatalogueFacts &facts) {
                for (ClusterFacts &cluster : facts.clusters)
                    if (cluster.name == u"oltp-db")
                        cluster.archives.front().spans.back().last.value += 1;
            });
        };
        oneMore();
        QCOMPARE(m_moments->questions.size(), 2U);
        QVERIFY(table()->isVisible());
        oneMore(); // while the one before is read
        QCOMPARE(m_moments->questions.size(), 2U);
        m_moments->gate.open();
        QTRY_COMPARE(m_moments->questions.size(), 3U);
        m_moments->gate.shut();
        m_page->refresh();
        button(u"read"_s)->click(); // stopped by a person
        oneMore();
        QCOMPARE(m_moments->questions.size(), 4U);
        QCOMPARE(button(u"read"_s)->text(), u"Read on"_s);
        m_moments->gate.open();
    }

    // Nothing suspicious happened, and yet one wants to go back.
    void withoutAnEventATimeCanBeSaid()
    {
        auto calm = std::make_shared<MomentPiece>(*m_wal->index.pieces.back());
        calm->events.clear();
        m_moments->index.pieces = { calm };
        open();
        auto *time = m_page->findChild<QRadioButton *>(u"by2"_s);
        QTRY_VERIFY(time->isEnabled());
        QVERIFY(label(u"stopTitle"_s).startsWith(u"nowhere yet"_s));
        time->click();
        QCOMPARE(label(u"stopLsn"_s), u"%1 timeline 1"_s.arg(calm->lastCommit->lsn.toString()));
        auto *field = m_page->findChild<QLineEdit *>(u"timeField"_s);
        QVERIFY(field->isVisible());
        QVERIFY(!field->text().isEmpty());
    }

    void whatIsBeingTypedStays()
    {
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        m_page->findChild<QRadioButton *>(u"by2"_s)->click();
        auto *field = m_page->findChild<QLineEdit *>(u"timeField"_s);
        m_bench->window->activateWindow();
        field->setFocus();
        QTRY_VERIFY(field->hasFocus());
        field->selectAll();
        QTest::keyClicks(field, u"2026-11-20"_s);
        m_page->refresh();
        QTRY_COMPARE(m_moments->questions.size(), 2U);
        QTRY_COMPARE(button(u"read"_s)->text(), u"Read on"_s);
        QCOMPARE(field->text(), u"2026-11-20"_s);
        QTest::keyClicks(field, u" 11:44:26.686656 UTC"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY2(field->text().startsWith(u"2026-11-20 11:44:26.686656"_s), qPrintable(field->text()));
        QVERIFY(!field->isModified());
    }

    // What is behind missing WAL is seen, but no recovery comes there.
    void whatNoBackupLeadsToIsNotCalledKept()
    {
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        leadTo({ 0x10'000 });
        QTRY_COMPARE(label(u"kept"_s), u"No backup leads to this moment"_s);
        QCOMPARE(
            label(u"keptDetail"_s), u"the nearest before it that can be had is 2026-11-20 11:44:20 UTC"_s);
        leadTo({ 0xF0'000'000 });
        QTRY_VERIFY2(
            label(u"kept"_s).startsWith(u"Kept: every commit up to "_s), qPrintable(label(u"kept"_s)));
    }

    void theFrameOfTheStripIsDragged()
    {
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        auto *strip = m_page->findChild<MomentStrip *>();
        const auto drag = [&](QPointF from, int by) {
            QTest::mousePress(strip, Qt::LeftButton, {}, from.toPoint());
            QMouseEvent move(QEvent::MouseMove, from.toPoint() + QPoint(by, 0),
                strip->mapToGlobal(from.toPoint() + QPoint(by, 0)), Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(strip, &move);
            QTest::mouseRelease(strip, Qt::LeftButton, {}, from.toPoint() + QPoint(by, 0));
        };
        const auto shown = [this] { return view()->scene().scale; };
        const Instant night = *Instant::parse(u"2026-11-20T03:00:00Z"_s);
        const TimeScale wide(night - 2h, night + 2h, shown().width());
        Q_EMIT strip->scaleWanted(wide);
        QCOMPARE(shown(), wide);
        const Instant evening = night - 9h;
        const double left = strip->frameRect().left() - strip->whole().xOf(wide.from());
        const QPointF elsewhere(left + strip->whole().xOf(evening), strip->frameRect().center().y());
        QTest::mouseClick(strip, Qt::LeftButton, {}, elsewhere.toPoint());
        const auto off = std::chrono::abs(shown().from() - shown().centred(evening).from());
        QVERIFY2(off < strip->whole().across(1), qPrintable(shown().from().toIso()));
        Q_EMIT strip->scaleWanted(wide);
        drag(strip->frameRect().center(), -50);
        QCOMPARE(shown().span(), wide.span());
        QCOMPARE(shown().from(), wide.from() + strip->whole().across(-50));
        const TimeScale before = shown();
        drag(QPointF(strip->frameRect().right(), strip->frameRect().center().y()), 40);
        QCOMPARE(shown().from(), before.from());
        QCOMPARE(shown().to(), before.to() + strip->whole().across(40));
        QTest::mouseClick(strip, Qt::RightButton, {}, elsewhere.toPoint());
        QCOMPARE(shown().from(), before.from());
    }

    void theWheelZoomsAndMoves_data()
    {
        QTest::addColumn<bool>("strip");
        QTest::newRow("view") << false;
        QTest::newRow("strip") << true;
    }
    void theWheelZoomsAndMoves()
    {
        QFETCH(bool, strip);
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        QWidget *under = view()->viewport();
        if (strip)
            under = m_page->findChild<MomentStrip *>();
        const QPointF middle(under->width() - view()->timeWidth() / 2, 20);
        const auto turn = [&](int by, Qt::KeyboardModifiers keys) {
            QWheelEvent event(middle, under->mapToGlobal(middle), {}, { 0, by }, Qt::NoButton, keys,
                Qt::NoScrollPhase, false);
            QApplication::sendEvent(under, &event);
        };
        const TimeScale before = view()->scene().scale;
        turn(120, {});
        QCOMPARE(view()->scene().scale.span(), before.zoomed(1.25, 0).span());
        const auto centre = [](const TimeScale &scale) { return scale.from() + scale.span() / 2; };
        QVERIFY(std::chrono::abs(centre(view()->scene().scale) - centre(before)) < before.across(15));
        turn(-120, {});
        const TimeScale back = view()->scene().scale;
        turn(-120, Qt::ShiftModifier);
        QCOMPARE(view()->scene().scale, back.panned(120));
    }

    void whatIsKeptIsThereBeforeReading()
    {
        m_moments->isKept = true;
        m_moments->gate.shut();
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        QCOMPARE(note(), u"reading: looking for segments"_s);
        m_moments->gate.open();
    }

    void anErrorKeepsWhatWasRead()
    {
        m_moments->error
            = Error { ErrorKind::Denied, u"host.denied"_s, u"/archive/0000: Permission denied"_s };
        open();
        QTRY_VERIFY(m_page->findChild<Banner *>()->plainText().contains(u"Permission denied"_s));
        QVERIFY(table()->model()->rowCount() > 5);
        QCOMPARE(note(), u"not read to the end"_s);
        m_bench->shoot(u"moment-error"_s);
    }

    void withoutAnArchiveItSaysSo()
    {
        m_bench->world.catalogue->forget();
        open();
        QVERIFY(empty()->isVisible());
        QVERIFY(!empty()->button()->isVisible());
        QVERIFY(m_moments->questions.empty());
    }

    void keysZoomPanAndStep()
    {
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        view()->setFocus();
        const TimeScale fitted = view()->scene().scale;
        QTest::keyClick(view(), Qt::Key_Plus);
        QVERIFY(view()->scene().scale.span() < fitted.span());
        QTest::keyClick(view(), Qt::Key_Minus);
        QTest::keyClick(view(), Qt::Key_Right);
        QVERIFY(view()->scene().scale.from() > fitted.from());
        QTest::keyClick(view(), Qt::Key_0);
        QCOMPARE(view()->scene().scale, fitted);
        QTest::keyClick(view(), Qt::Key_Down);
        QCOMPARE(table()->chosen(), 1);
        QTest::keyClick(view(), Qt::Key_Up);
        QCOMPARE(table()->chosen(), 0);
    }

    // In the picture and in the table: what is not between two pieces was not archived.
    void missingWalIsCalledMissing()
    {
        auto later = std::make_shared<MomentPiece>(*m_wal->index.pieces.back());
        later->first = later->last = { 9 };
        later->events.clear();
        for (auto &[at, bucket] : later->seconds)
            at = at + 10s;
        for (auto *commit : { &later->firstCommit, &later->lastCommit })
            (*commit)->at = (*commit)->at + 10s;
        m_moments->index.pieces.push_back(later);
        m_moments->gate.shut();
        m_moments->isKept = true;
        open();
        m_page->showAsTable(true);
        const auto *bars = m_page->findChild<QTableView *>(u"momentBars"_s);
        const auto states = [bars] {
            QStringList all;
            for (int row = 0; row < bars->model()->rowCount(); ++row)
                all << bars->model()->index(row, 5).data().toString();
            return all;
        };
        QTRY_VERIFY2(states().contains(u"not read from here on"_s), qPrintable(states().join(u'\n')));
        QVERIFY(!states().contains(u"WAL is missing from here on"_s)); // nobody has looked yet
        m_moments->gate.open();
        QTRY_COMPARE(states().count(u"WAL is missing from here on"_s), 1);
    }

    void theBarsAreRowsOfATable()
    {
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        m_page->showAsTable(true);
        const auto *bars = m_page->findChild<QTableView *>(u"momentBars"_s);
        QVERIFY(bars->isVisible());
        std::uint64_t commits = 0;
        for (const WalEndTold &end : m_wal->told.ends)
            commits += end.committed ? 1 : 0;
        std::uint64_t shown = 0;
        QStringList states;
        for (int row = 0; row < bars->model()->rowCount(); ++row) {
            shown += bars->model()->index(row, 1).data().toULongLong();
            states << bars->model()->index(row, 5).data().toString();
        }
        QCOMPARE(shown, commits);
        QCOMPARE(states.count(u"not read from here on"_s), 2);
    }

    void screenReadersAreToldLanesAndEvents()
    {
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        QAccessibleInterface *whole = QAccessible::queryAccessibleInterface(view());
        QCOMPARE(whole->childCount(), int(view()->scene().lanes.size()));
        QAccessibleInterface *lane = whole->child(0);
        QVERIFY(lane->text(QAccessible::Name).startsWith(view()->scene().lanes.front().name));
        QVERIFY(lane->childCount() > 0);
        QVERIFY(lane->child(0)->text(QAccessible::Name).contains(u"suspicious"_s));
        QVERIFY2(view()->accessibleDescription().startsWith(u"Not read: 19 Nov"_s),
            qPrintable(view()->accessibleDescription()));
    }

    void pictures_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QSize>("size");
        QTest::newRow("dark") << true << QSize(1240, 810);
        QTest::newRow("small") << false << QSize(980, 644);
    }
    void pictures()
    {
        QFETCH(bool, dark);
        QFETCH(QSize, size);
        m_bench->theme.choose(dark ? Theme::Choice::Dark : Theme::Choice::Light);
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        QVERIFY2(m_page->minimumSizeHint().height() <= 600 && m_page->minimumSizeHint().width() <= 980,
            qPrintable(
                u"%1x%2"_s.arg(m_page->minimumSizeHint().width()).arg(m_page->minimumSizeHint().height())));
        m_bench->window->resize(size);
        QTRY_COMPARE(m_bench->window->size(), size);
        m_bench->shoot(u"moment-"_s + QString::fromLatin1(QTest::currentDataTag()));
    }

    // The smallest window of the design: nothing has to be scrolled sideways.
    void littleRoomCutsNothing()
    {
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        m_page->findChild<TargetPane *>()->setNarrow(true);
        m_bench->window->resize(1126, 640);
        QTRY_COMPARE(m_bench->window->size(), QSize(1126, 640));
        QVERIFY(table()->horizontalHeader()->length() <= table()->viewport()->width());
        for (const auto *scroll : m_page->findChild<TargetPane *>()->findChildren<QScrollArea *>())
            QCOMPARE(scroll->horizontalScrollBar()->maximum(), 0);
        m_bench->shoot(u"moment-narrow"_s);
    }

    // The desktop's text at twice its size.
    void largeTextHasRoom()
    {
        m_bench.reset();
        QFont large = QApplication::font();
        large.setPixelSize(26);
        QApplication::setFont(large);
        const auto back = qScopeGuard([&] {
            m_bench.reset();
            large.setPixelSize(13);
            QApplication::setFont(large);
        });
        init();
        open();
        QTRY_VERIFY(table()->model()->rowCount() > 5);
        m_bench->window->resize(1240, 810);
        QTRY_COMPARE(m_bench->window->size(), QSize(1240, 810));
        QVERIFY(view()->timeWidth() > 100);
        QVERIFY(view()->laneRect(0).top() < view()->viewport()->height());
        m_bench->shoot(u"moment-large"_s);
    }

private:
    // A backup and WAL lead so far.
    void leadTo(Lsn end)
    {
        test::UiWorld &world = m_bench->world;
        Insight insight = *world.catalogue->knowledge()->insight;
        Recoverability &found = insight.clusters.front().recoverability;
        found = {};
        found.windows.push_back({ .from = *Instant::parse(u"2026-11-19T00:00:00Z"_s),
            .to = *Instant::parse(u"2026-11-20T11:44:20Z"_s),
            .fromLsn = { 1 },
            .toLsn = end,
            .timeline = { 1 } });
        world.catalogue->know(*world.catalogue->knowledge()->facts, std::move(insight));
    }
    // The catalogue as it is, with a change.
    void know(const std::function<void(CatalogueFacts &)> &change)
    {
        test::UiWorld &world = m_bench->world;
        CatalogueFacts facts = *world.catalogue->knowledge()->facts;
        change(facts);
        world.catalogue->know(
            std::move(facts), world.fleet->fleet(), world.monitor->state(), world.clock->now());
    }
    void open()
    {
        m_page = m_bench->open<MomentPage>(u"Recover"_s);
        m_page->setScope(u"oltp-db"_s);
    }
    [[nodiscard]] MomentView *view() const { return m_page->findChild<MomentView *>(); }
    [[nodiscard]] MomentTable *table() const { return m_page->findChild<MomentTable *>(); }
    [[nodiscard]] EmptyState *empty() const { return m_page->findChild<EmptyState *>(); }
    [[nodiscard]] QPushButton *button(const QString &name) const
    {
        return m_bench->window->findChild<QPushButton *>(name);
    }
    [[nodiscard]] QString label(const QString &name) const
    {
        return m_page->findChild<TextLabel *>(name)->text();
    }
    [[nodiscard]] QString note() const
    {
        for (const TextLabel *one : m_page->findChildren<TextLabel *>(u"note"_s))
            return one->text();
        return {};
    }
    [[nodiscard]] QStringList rows() const
    {
        QStringList all;
        const auto *model = table()->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            QStringList cells;
            for (int column = 2; column < 5; ++column)
                cells << model->index(row, column).data().toString();
            all << cells.join(u" | "_s);
        }
        return all;
    }
    [[nodiscard]] int find(const QString &relation, const QString &verb) const
    {
        const QStringList all = rows();
        for (int i = 0; i < all.size(); ++i)
            if (all[i].startsWith(verb) && all[i].contains(relation))
                return i;
        return -1;
    }

    std::unique_ptr<test::AccidentWal> m_wal;
    std::unique_ptr<test::PageBench> m_bench;
    std::shared_ptr<test::ScriptedMoments> m_moments;
    MomentPage *m_page = nullptr;
};

QTEST_MAIN(TestMomentPage)
#include "tst_momentpage.moc"
