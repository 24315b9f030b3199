#include "pagebench.h"
#include "timeline/timelinepage.h"
#include "timeline/timelineview.h"
#include "widgets/textlabel.h"

#include <QClipboard>
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
            "olap-db | Only an earlier point | 19 Nov 01:57:06 | 14 h 23 min\n"
            "proj-pg01 | Only an earlier point | 18 Nov 02:05:06 | 1 d 14 h\n"
            "restore-lab01 | Not read yet | nothing | "_s);
    }

    void atThisMomentOnlyWhatHasNotArrivedIsMissing()
    {
        m_page->goTo(m_now);
        QCOMPARE(printed().section(u'\n', 0, 3),
            u"oltp-db | Yes, up to just before | 20 Nov 14:03:06 | 2 min\n"
            "queue-db | Yes, up to just before | 20 Nov 14:04:46 | 20 s\n"
            "content-db | No. Nearest is earlier | 17 Nov 09:05:06 | 3 d 5 h\n"
            "olap-db | Only an earlier point | 20 Nov 01:57:06 | 12 h 8 min"_s);
    }

    void anotherPageSendsToAClusterAndATime()
    {
        m_page->showItem({ u"olap-db"_s, u"2026-09-03T00:40:02Z"_s });
        QCOMPARE(m_page->cursor().toIso(), u"2026-09-03T00:40:02Z"_s);
        QVERIFY(m_view->scene().scale.shows(m_page->cursor()));
        QCOMPARE(m_table->currentIndex().row(), 3);
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
        m_bench->world.clocks->setActive(Clocks::Face::Local);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(m_page->cursor().toIso(), u"2026-11-18T15:20:00Z"_s);
        QSignalSpy told(m_page, &Page::statusMessage);
        field->setText(u"yesterday"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(told.count(), 1);
        QCOMPARE(m_page->cursor().toIso(), u"2026-11-18T15:20:00Z"_s);
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

    void nothingKnownYet()
    {
        m_bench->world.catalogue->know({}, m_bench->world.fleet->fleet(), {}, m_now);
        QVERIFY(printed().startsWith(u"oltp-db | Not read yet"_s));
        m_bench->shoot(u"timeline-unread"_s);
    }

private:
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
