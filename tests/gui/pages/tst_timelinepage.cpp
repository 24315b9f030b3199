#include "pagebench.h"
#include "support/samplefacts.h"
#include "timeline/timelinepage.h"
#include "timeline/timelineview.h"
#include "widgets/figures.h"
#include "widgets/textlabel.h"

#include <QAccessible>
#include <QClipboard>
#include <QDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestTimelinePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<PageBench>();
        m_bench->world.openExample();
        m_page = m_bench->open<TimelinePage>(u"Timeline"_s);
        m_view = m_page->findChild<TimelineView *>();
        m_table = m_page->findChild<QTableView *>(u"readout"_s);
        m_now = m_bench->world.clock->now();
        QTRY_COMPARE(m_view->scene().lanes.size(), std::size_t(6));
        QTRY_VERIFY(m_view->scene().lanes[0]->hasBand());
    }
    void cleanup() { m_bench.reset(); }

    void lightAndDark()
    {
        m_page->goTo(m_now - 21h - 45min);
        m_bench->shoot(u"timeline"_s);
        m_bench->theme.choose(Theme::Choice::Dark);
        m_bench->shoot(u"timeline-dark"_s);
        QCOMPARE(m_view->scene().lanes.size(), std::size_t(6));
    }

    void everyClusterAnswersForTheCursor()
    {
        m_page->goTo(m_now - 21h - 45min);
        QCOMPARE(printed(),
            u"oltp-db | Yes, this exact instant | 19 Nov 16:20:06 | none\n"
            "queue-db | Yes, this exact instant | 19 Nov 16:20:06 | none\n"
            "content-db | No. Nearest is earlier | 17 Nov 09:05:06 | 2 d 7 h\n"
            "olap-db | Only the dump | 19 Nov 01:57:06 | 14 h 23 min\n"
            "proj-pg01 | Only the snapshot | 18 Nov 02:05:06 | 1 d 14 h\n"
            "restore-lab01 | Not read yet |  | "_s);
    }

    void atThisMomentOnlyWhatHasNotArrivedIsMissing()
    {
        m_page->goTo(m_now);
        QCOMPARE(printed().section(u'\n', 0, 3),
            u"oltp-db | Yes, up to just before | 20 Nov 14:03:06 | 2 min\n"
            "queue-db | Yes, up to just before | 20 Nov 14:04:46 | 20 s\n"
            "content-db | No. Nearest is earlier | 17 Nov 09:05:06 | 3 d 5 h\n"
            "olap-db | Only the dump | 20 Nov 01:57:06 | 12 h 8 min"_s);
    }

    void theCursorFollowsTheTimeUntilItIsSet()
    {
        m_page->hide();
        m_bench->world.clock->set(m_now + 2min);
        m_page->show();
        QCOMPARE(m_page->cursor(), m_now + 2min);
        QTRY_COMPARE(
            printed().section(u'\n', 0, 0), u"oltp-db | Yes, up to just before | 20 Nov 14:03:06 | 4 min"_s);
        m_page->goTo(m_now);
        m_page->hide();
        m_bench->world.clock->set(m_now + 5min);
        m_page->show();
        QCOMPARE(m_page->cursor(), m_now);
    }

    // The same words for what the overview calls late.
    void moreThanTheRpoIsNotJustBefore()
    {
        Fleet fleet = exampleFleet();
        fleet.clusters[0].objectives.rpo = 1min;
        m_bench->world.fleet->open(u"/home/mkeller/fleet.yaml"_s, LoadedFleet { fleet, {}, {} });
        m_page->goTo(m_now);
        QTRY_COMPARE(
            printed().section(u'\n', 0, 0), u"oltp-db | Only an earlier time | 20 Nov 14:03:06 | 2 min"_s);
    }

    void anotherPageSendsToAClusterAndATime()
    {
        m_page->showItem({ u"olap-db"_s, u"2026-09-03T00:40:02Z"_s });
        QCOMPARE(m_page->cursor().toIso(), u"2026-09-03T00:40:02Z"_s);
        QVERIFY(m_view->scene().scale.shows(m_page->cursor()));
        QCOMPARE(m_table->currentIndex().row(), 3);
    }

    // What is shown there has to be in sight: the scope goes along, unless all clusters are in it.
    void anotherPageSendsToAClusterOutOfScope()
    {
        QSignalSpy wanted(m_page, &Page::openScope);
        m_page->showItem({ u"olap-db"_s, u"2026-09-03T00:40:02Z"_s });
        QCOMPARE(wanted.size(), 0);
        m_page->setScope(u"oltp-db"_s);
        m_page->showItem({ u"oltp-db"_s, u"2026-09-03T00:40:02Z"_s });
        QCOMPARE(wanted.size(), 0);
        connect(m_page, &Page::openScope, m_page, &Page::setScope); // as the shell does
        m_page->showItem({ u"olap-db"_s, u"2026-09-03T00:40:02Z"_s });
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(printed().section(u" | "_s, 0, 0), u"olap-db"_s);
        QCOMPARE(m_table->currentIndex().row(), 0);
    }

    void keysMoveTheCursor_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<QString>("expected");
        const auto row
            = [](const char *name, Qt::Key key, Qt::KeyboardModifiers with, const QString &expected) {
                  QTest::newRow(name) << int(key) << int(with) << expected;
              };
        row("a minute", Qt::Key_Right, Qt::NoModifier, u"2026-11-18T12:01:00Z"_s);
        row("back a minute", Qt::Key_Left, Qt::NoModifier, u"2026-11-18T11:59:00Z"_s);
        row("an hour", Qt::Key_Right, Qt::ShiftModifier, u"2026-11-18T13:00:00Z"_s);
        row("no later backup", Qt::Key_Right, Qt::ControlModifier, u"2026-11-18T12:00:00Z"_s);
        row("the last backup", Qt::Key_Left, Qt::ControlModifier, u"2026-11-15T14:05:06Z"_s);
        row("the newest instant", Qt::Key_End, Qt::NoModifier, u"2026-11-20T14:03:06Z"_s);
    }
    void keysMoveTheCursor()
    {
        QFETCH(int, key);
        QFETCH(int, modifiers);
        QFETCH(QString, expected);
        m_page->goTo(Instant::parse(u"2026-11-18T12:00:00Z"_s).value());
        m_table->selectRow(0);
        m_view->setFocus();
        QTest::keyClick(m_view, Qt::Key(key), Qt::KeyboardModifiers(modifiers));
        QCOMPARE(m_page->cursor().toIso(), expected);
    }

    void aClickSetsTheCursorAndTheLane()
    {
        const QRect lane = m_view->laneRect(2);
        const QRect time = m_view->timeRect();
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, { time.left() + 100, lane.center().y() });
        QCOMPARE(m_page->cursor(), m_view->scene().scale.at(100));
        QCOMPARE(m_table->currentIndex().row(), 2);
    }

    void draggingPansAndTheWheelZooms()
    {
        const TimeScale before = m_view->scene().scale;
        const QPoint start = m_view->timeRect().topLeft() + QPoint(400, 40);
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, start);
        QTest::mouseMove(m_view->viewport(), start + QPoint(100, 0));
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, start + QPoint(100, 0));
        QCOMPARE(m_view->scene().scale, before.panned(-100));
        QTest::keyClick(m_view, Qt::Key_Plus);
        QCOMPARE(m_view->scene().scale.span(), before.zoomed(1.25, 0).span());
        QTest::keyClick(m_view, Qt::Key_0);
        QCOMPARE(m_view->scene().scale, before);
    }

    void typedTimesAreReadInTheActiveZone()
    {
        auto *field = m_page->findChild<QLineEdit *>(u"time"_s);
        if (!field)
            field = m_bench->window->findChild<QLineEdit *>(u"time"_s);
        QVERIFY(field);
        field->setText(u"2026-11-18 16:20"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(m_page->cursor().toIso(), u"2026-11-18T16:20:00Z"_s);
        QCOMPARE(field->text(), u"2026-11-18 16:20:00 UTC"_s); // as it was understood
        m_bench->world.clocks->setActive(Clocks::Face::Local);
        QCOMPARE(field->text(), u"2026-11-18 17:20:00 CET"_s);
        field->setText(u"2026-11-18 16:20"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(m_page->cursor().toIso(), u"2026-11-18T15:20:00Z"_s);
        QTest::keyClick(m_view, Qt::Key_Right);
        QCOMPARE(field->text(), u"2026-11-18 16:21:00 CET"_s);
        for (const auto &text : { u"2026-11-17T10:00:00Z"_s, u"2026-11-17 10:00 UTC"_s,
                 u"2026-11-17 11:00 CET"_s, u"2026-11-17 12:00:00+02:00"_s }) {
            m_page->goTo(m_now);
            field->setText(text);
            QTest::keyClick(field, Qt::Key_Return);
            QCOMPARE(m_page->cursor().toIso(), u"2026-11-17T10:00:00Z"_s);
        }
    }

    // One message, and what was typed stays to be mended.
    void whatIsNoTimeStaysAsItWasTyped()
    {
        auto *field = m_bench->window->findChild<QLineEdit *>(u"time"_s);
        const Instant before = m_page->cursor();
        QSignalSpy told(m_page, &Page::statusMessage);
        field->clear();
        QTest::keyClicks(field, u"yesterday"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(told.count(), 1);
        QVERIFY(told.front().front().toString().startsWith(u"\"yesterday\" is no time. "_s));
        QCOMPARE(field->accessibleDescription(), told.front().front().toString());
        QVERIFY(field->property("invalid").toBool());
        QCOMPARE(m_page->cursor(), before);
        m_page->goTo(before - 1h);
        QCOMPARE(field->text(), u"yesterday"_s);
        QTest::keyClick(field, Qt::Key_Backspace);
        QVERIFY(!field->property("invalid").toBool());
    }

    void aBackupIsShownInItsLane()
    {
        const ArtifactFact &one = m_bench->world.catalogue->knowledge()->facts->clusters[4].artifacts[3];
        m_page->showItem({ u"proj-pg01"_s, one.stop->toIso(), u"pbs01"_s, one.id });
        QCOMPARE(m_table->currentIndex().row(), 4);
        QCOMPARE(m_page->cursor(), *one.stop);
        QVERIFY(m_view->scene().open[4]);
        QVERIFY2(detail().contains(one.id), qPrintable(detail()));
        QVERIFY2(detail().contains(u"Consistency"_s), qPrintable(detail()));
        QTest::keyClick(m_view, Qt::Key_Right);
        QVERIFY2(!detail().contains(u"Its state"_s), qPrintable(detail()));
    }

    void aPartIsToldAsAPart()
    {
        CatalogueFacts facts = exampleCatalogue(m_now);
        for (std::size_t i = 0; i < facts.clusters[3].artifacts.size(); ++i)
            facts.clusters[3].artifacts[i].database = i % 2 == 0 ? u"shop"_s : u"wiki"_s;
        know(facts);
        m_page->goTo(m_now);
        QTRY_COMPARE(
            printed().section(u'\n', 3, 3), u"olap-db | Only dumps, no roles | 19 Nov 01:57:06 | 1 d 12 h"_s);
        for (ArtifactFact &dump : facts.clusters[3].artifacts)
            if (dump.database == u"shop"_s)
                dump.assurance = Assurance::Refuted;
        know(std::move(facts));
        m_page->goTo(m_now);
        QTRY_COMPARE(printed().section(u'\n', 3, 3),
            u"olap-db | Partly: only database wiki | 20 Nov 01:57:06 | 12 h 8 min"_s);
    }

    void littleRoomCutsNoObjective()
    {
        m_bench->window->resize(980, 660);
        QTRY_VERIFY(m_table->viewport()->width() < 700);
        m_page->goTo(m_now - 21h - 45min);
        m_bench->shoot(u"timeline-narrow"_s);
        QVERIFY2(m_table->horizontalHeader()->length() <= m_table->viewport()->width() + 2,
            qPrintable(
                u"%1 > %2"_s.arg(m_table->horizontalHeader()->length()).arg(m_table->viewport()->width())));
        m_bench->window->resize(1400, 810);
        QTRY_COMPARE(m_table->columnWidth(2), m_bench->theme.px(152));
    }

    void theTimeIsCopiedInBothClocks()
    {
        m_page->goTo(Instant::parse(u"2026-11-18T16:20:00Z"_s).value());
        QTest::mouseClick(m_page->findChild<QPushButton *>(u"copyTime"_s), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"2026-11-18 16:20:00 UTC = 17:20:00 CET"_s);
    }

    void theScopeLeavesOneLane()
    {
        m_page->setScope(u"olap-db"_s);
        QCOMPARE(m_view->scene().words.size(), std::size_t(1));
        QCOMPARE(m_view->scene().words[0].name, u"olap-db"_s);
        QVERIFY(!m_view->accessibleName().isEmpty());
        QVERIFY(m_view->accessibleDescription().contains(u"olap-db"_s));
    }

    // What a chain has lost is never named as the way back.
    void theReadoutNamesNoBrokenChain()
    {
        CatalogueFacts facts = exampleCatalogue(m_now);
        ClusterFacts &oltp = facts.clusters[0];
        ArtifactFact increment = oltp.artifacts.back();
        increment.id = u"increment of a lost base"_s;
        increment.method = Method::Incremental;
        increment.parent = u"lost"_s;
        increment.start = *increment.start + 24h;
        increment.stop = *increment.stop + 24h;
        increment.startLsn = Lsn { increment.startLsn->value + 86'400'000'000 };
        increment.stopLsn = Lsn { increment.stopLsn->value + 86'400'000'000 };
        const QString whole = oneLine(oltp.artifacts.back().id);
        oltp.artifacts.push_back(increment);
        know(std::move(facts));
        m_page->goTo(m_now - 1h);
        QTRY_VERIFY(detail().contains(whole));
        QVERIFY2(!detail().contains(u"lost base"_s), qPrintable(detail()));
    }

    // Conclusions of an earlier start are shown before anything is read.
    void whatWasConcludedEarlierIsShown()
    {
        const Insight insight = *m_bench->world.catalogue->knowledge()->insight;
        m_bench->world.catalogue->know({}, insight);
        QTRY_VERIFY(m_view->scene().readAt.empty()); // the new state of knowledge is there
        QVERIFY(m_view->scene().lanes[0]->hasBand());
        QCOMPARE(m_view->scene().lanes[3]->rows.size(), std::size_t(1));
        m_page->goTo(m_now - 21h - 45min);
        QVERIFY(printed().startsWith(u"oltp-db | Yes, this exact instant | 19 Nov 16:20:06 | none\n"_s));
        m_bench->shoot(u"timeline-kept"_s);
    }

    void aLaneOpensToItsSources()
    {
        const int closed = m_view->laneRect(4).height();
        m_table->selectRow(4);
        m_view->setFocus();
        QTest::keyClick(m_view, Qt::Key_Space);
        QVERIFY(m_view->laneRect(4).height() > closed);
        QCOMPARE(m_view->scene().words[4].parts, QStringList { u"pbs01 · 12 snapshots"_s });
        m_page->goTo(m_now - 21h - 45min);
        m_bench->shoot(u"timeline-open"_s);
        const QByteArray kept = m_page->saveState();
        QTest::mouseClick(
            m_view->viewport(), Qt::LeftButton, {}, m_view->laneRect(4).topLeft() + QPoint(12, 16));
        QCOMPARE(m_view->laneRect(4).height(), closed);
        m_page->restoreState(kept);
        m_page->setScope({});
        QVERIFY(m_view->laneRect(4).height() > closed);
    }

    void holdsAndSwitchesAreDrawnAndNamed()
    {
        CatalogueFacts facts = exampleCatalogue(m_now);
        for (std::size_t i = 20; i < 26; ++i)
            facts.clusters[3].artifacts[i].held = true;
        facts.clusters[4].artifacts[9].held = true;
        facts.clusters[0].archives[0].histories.push_back(
            { { 2 }, { { { 1 }, Lsn { 1'000'000'000'000ULL }, u"no recovery target specified"_s } },
                m_now - 9 * 24h });
        know(std::move(facts));
        QTRY_COMPARE(m_view->scene().lanes[3]->held.size(), std::size_t(6));
        QVERIFY2(m_view->scene().words[3].held.startsWith(u"6 held: no rule prunes them · dump 11 Nov "_s)
                && m_view->scene().words[3].held.endsWith(u"; 4 more"_s),
            qPrintable(m_view->scene().words[3].held));
        QVERIFY2(m_view->scene().words[4].held.startsWith(u"1 held: no rule prunes them · snapshot "_s),
            qPrintable(m_view->scene().words[4].held));
        QCOMPARE(m_view->scene().lanes[0]->switches.size(), std::size_t(1));
        QVERIFY2(said(0).contains(u"Timeline switch, "_s), qPrintable(said(0)));
        QVERIFY2(said(0).contains(u"no recovery target specified"_s), qPrintable(said(0)));
        QVERIFY2(said(3).contains(u"6 held, no rule prunes them"_s), qPrintable(said(3)));
        QVERIFY2(said(4).contains(u", snapshot "_s), qPrintable(said(4)));
        m_page->goTo(m_now - 21h - 45min);
        m_bench->shoot(u"timeline-held"_s);
    }

    void theTableSaysWhatThePictureShows()
    {
        m_page->goTo(m_now - 21h - 45min);
        m_page->showAsTable(true);
        auto *table = m_page->findChild<QTableView *>(u"timelineTable"_s);
        QVERIFY(table && table->isVisible());
        QVERIFY(!m_view->isVisible());
        std::size_t painted = 0;
        for (int lane = 0; lane < 6; ++lane)
            painted += m_view->items(lane).size();
        QCOMPARE(std::size_t(table->model()->rowCount()), painted);
        QStringList rows;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            rows << table->model()->index(row, 0).data().toString() + u' '
                    + table->model()->index(row, 1).data().toString() + u' '
                    + table->model()->index(row, 2).data().toString();
        QVERIFY(rows.contains(u"content-db Gap not restorable"_s));
        QVERIFY(rows.contains(u"proj-pg01 1 snapshots complete"_s));
        m_bench->shoot(u"timeline-table"_s);
        m_page->showAsTable(false);
        QVERIFY(m_view->isVisible());
    }

    void theFilterLeavesWhatFits()
    {
        auto *field = qobject_cast<QLineEdit *>(m_page->filterField());
        QVERIFY(field);
        QTest::keyClicks(field, u"QUEUE"_s);
        QCOMPARE(m_view->scene().words.size(), std::size_t(1));
        QCOMPARE(m_view->scene().words[0].name, u"queue-db"_s);
        field->clear();
        QCOMPARE(m_view->scene().words.size(), std::size_t(6));
    }

    void recoverToHereNamesTargetAndText()
    {
        m_page->goTo(m_now - 21h - 45min);
        m_table->selectRow(2);
        m_view->setFocus();
        QTest::keyClick(m_view, Qt::Key_R);
        QTRY_VERIFY(m_page->findChild<QDialog *>(u"recoverDialog"_s));
        auto *dialog = m_page->findChild<QDialog *>(u"recoverDialog"_s);
        QCOMPARE(dialog->windowTitle(), u"Recover content-db to here"_s);
        QStringList words;
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            words << label->text();
        QVERIFY(words.contains(u"2026-11-19 16:20:06 UTC = 17:20:06 CET"_s));
        QVERIFY2(words.contains(u"2026-11-17 09:05:06 UTC = 10:05:06 CET"_s), qPrintable(words.join(u'|')));
        QVERIFY(words.filter(u"does not run"_s).size() == 1);
        if (!qEnvironmentVariableIsEmpty("TIDEMARK_SHOTS"))
            dialog->grab().save(qEnvironmentVariable("TIDEMARK_SHOTS") + u"/timeline-recover.png"_s);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"copyText"_s), Qt::LeftButton);
        QVERIFY(
            QGuiApplication::clipboard()->text().startsWith(u"# content-db to 2026-11-17 09:05:06 UTC"_s));
        dialog->close();
    }

    void everyPartIsToldToScreenReaders()
    {
        QAccessibleInterface *whole = QAccessible::queryAccessibleInterface(m_view);
        QVERIFY(whole);
        QCOMPARE(whole->childCount(), 6);
        QAccessibleInterface *lane = whole->child(2);
        QVERIFY2(lane->text(QAccessible::Name).startsWith(u"content-db · failed · "_s),
            qPrintable(lane->text(QAccessible::Name)));
        QCOMPARE(whole->indexOfChild(lane), 2);
        QCOMPARE(lane->parent(), whole);
        QVERIFY(lane->state().collapsed);
        QCOMPARE(std::size_t(lane->childCount()), m_view->items(2).size());
        QStringList said;
        for (int i = 0; i < lane->childCount(); ++i) {
            QAccessibleInterface *part = lane->child(i);
            QCOMPARE(part->parent(), lane);
            QVERIFY(!part->rect().isEmpty());
            said << part->text(QAccessible::Name);
        }
        QVERIFY2(said.filter(u"Gap, not restorable, "_s).size() == 1, qPrintable(said.join(u'\n')));
        QVERIFY2(said.filter(u"1 full backups, complete, "_s).size() > 1, qPrintable(said.join(u'\n')));
        m_page->setScope(u"olap-db"_s);
        QCOMPARE(whole->childCount(), 1);
        QVERIFY(!lane->isValid());
    }

    void hostileNames()
    {
        Fleet fleet = m_bench->world.fleet->fleet();
        CatalogueFacts facts = exampleCatalogue(m_now);
        const QStringList names = hostile();
        for (int i = 0; i < 6; ++i) {
            fleet.clusters[std::size_t(i)].name = names[i];
            facts.clusters[std::size_t(i)].name = names[i];
            for (ArtifactFact &artifact : facts.clusters[std::size_t(i)].artifacts)
                artifact.id += names[i];
        }
        m_bench->world.fleet->open(u"/f.yaml"_s, LoadedFleet { fleet, {}, {} });
        m_bench->world.catalogue->know(std::move(facts), fleet, {}, m_now);
        QTRY_VERIFY(m_view->scene().lanes[0]->hasBand());
        for (int lane = 0; lane < 6; ++lane) {
            QVERIFY(!m_view->scene().words[std::size_t(lane)].name.contains(u'\n'));
            QVERIFY(!said(lane).contains(u'\r'));
        }
        m_page->goTo(m_now - 21h);
        m_bench->shoot(u"timeline-hostile"_s);
    }

    void nothingKnownYet()
    {
        m_bench->world.catalogue->know({}, m_bench->world.fleet->fleet(), {}, m_now);
        QTRY_VERIFY(printed().startsWith(u"oltp-db | Not read yet"_s));
        m_bench->shoot(u"timeline-unread"_s);
    }

private:
    static QStringList hostile() { return test::hostileNames(); }
    void know(CatalogueFacts facts)
    {
        m_bench->world.catalogue->know(
            std::move(facts), m_bench->world.fleet->fleet(), m_bench->world.monitor->state(), m_now);
    }
    [[nodiscard]] QString detail() const
    {
        QStringList words;
        for (const QLabel *label : m_page->findChild<QWidget *>(u"detail"_s)->findChildren<QLabel *>())
            words << label->text();
        return words.join(u'|');
    }
    // Everything of a lane as it is read out.
    [[nodiscard]] QString said(int lane) const
    {
        QStringList words;
        for (const TimelineItem &item : m_view->items(lane))
            words << m_view->wordsOf(lane, item);
        return words.join(u'\n');
    }
    [[nodiscard]] QString printed() const
    {
        QStringList lines;
        for (int row = 0; row < m_table->model()->rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < 4; ++column)
                cells << m_table->model()->index(row, column).data().toString().replace(QChar(0x2009), u' ');
            lines << cells.join(u" | "_s);
        }
        return lines.join(u'\n');
    }

    std::unique_ptr<PageBench> m_bench;
    TimelinePage *m_page = nullptr;
    TimelineView *m_view = nullptr;
    QTableView *m_table = nullptr;
    Instant m_now;
};

QTEST_MAIN(TestTimelinePage)
#include "tst_timelinepage.moc"
