#include "calendar/calendarpage.h"
#include "calendar/conflictcard.h"
#include "calendar/daypane.h"
#include "calendar/hourlanes.h"
#include "calendar/monthgrid.h"
#include "calendar/yearstrip.h"
#include "calendarworld.h"
#include "widgets/copydialog.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/textlabel.h"

#include <QFileDialog>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

QString rowsOf(const QTableView &view)
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

class TestCalendarPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<test::PageBench>();
        test::CalendarWorld().open(m_bench->world);
        m_page = m_bench->open<CalendarPage>(u"Calendar"_s, { 1246, 800 });
        QTRY_VERIFY(grid()->scene().facts->plan.runs.size() > 100);
    }
    void cleanup() { m_bench.reset(); }

    void aDayTellsWhatRanAndWhatMet()
    {
        QTest::mouseClick(grid()->viewport(), Qt::LeftButton, {},
            grid()->dayRect(QDate(2026, 11, 18)).topLeft() + QPoint(30, 6));
        QCOMPARE(label(u"dayTitle"_s), u"Wednesday 18 November"_s);
        QCOMPARE(label(u"daySummary"_s), u"5 runs ok, 1 windows, 2 overlaps, content-db has a gap"_s);
        QCOMPARE(rowsOf(*table(u"dayRuns"_s)),
            u"00:10 | oltp-db diff | 8 m | 1.90 GB\n"
            "00:40 | queue-db full | 6 m | 2.10 GB\n"
            "01:00 | proj-pg01 snapshot | 3 h 12 m | 8.60 GB\n"
            "01:30 | olap-db dump | 43 m | 31.0 GB\n"
            "02:30 | prune proj-pg01 | 1 m | \n"
            "04:00 | vacuum, window, work not recorded |  | "_s);
        QCOMPARE(m_page->findChild<ConflictCard *>()->accessibleName(),
            u"proj-pg01 ran into vacuum\n12 min, 04:00 to 04:12 UTC, on proj-pg01. It took 3 h 12 min, "
            "usually it takes 48 min. 1 more overlaps on this day."_s);
        m_bench->shoot(u"calendar-day18"_s);
    }

    void aNarrowSlotLeavesOutWhatAllEndWith()
    {
        std::vector<CalendarTrack> tracks(6);
        int at = 0;
        for (const QString &label :
            { u"oltp-db"_s, u"queue-db"_s, u"queue"_s, u"web-01"_s, u"-db"_s, u"a\nb-db"_s })
            tracks[std::size_t(at++)].label = label;
        QCOMPARE(shortLabels(tracks).join(u'|'), u"oltp|queue-db|queue|web-01|-db|a\u240Ab"_s);
    }

    void keysMoveTheDay_data()
    {
        QTest::addColumn<QList<int>>("keys");
        QTest::addColumn<QDate>("day");
        QTest::newRow("left") << QList<int> { Qt::Key_Left } << QDate(2026, 11, 18);
        QTest::newRow("right") << QList<int> { Qt::Key_Right } << QDate(2026, 11, 20);
        QTest::newRow("up") << QList<int> { Qt::Key_Up } << QDate(2026, 11, 12);
        QTest::newRow("down twice") << QList<int> { Qt::Key_Down, Qt::Key_Down } << QDate(2026, 12, 3);
        QTest::newRow("page up") << QList<int> { Qt::Key_PageUp } << QDate(2026, 10, 19);
        QTest::newRow("page down") << QList<int> { Qt::Key_PageDown } << QDate(2026, 12, 19);
        QTest::newRow("home") << QList<int> { Qt::Key_Home } << QDate(2026, 11, 16);
        QTest::newRow("end") << QList<int> { Qt::Key_End } << QDate(2026, 11, 22);
        QTest::newRow("t") << QList<int> { Qt::Key_PageUp, Qt::Key_T } << QDate(2026, 11, 19);
        QTest::newRow("0") << QList<int> { Qt::Key_Home, Qt::Key_0 } << QDate(2026, 11, 19);
    }
    void keysMoveTheDay()
    {
        QFETCH(QList<int>, keys);
        QFETCH(QDate, day);
        grid()->setFocus();
        for (const int key : keys)
            QTest::keyClick(grid(), Qt::Key(key));
        QCOMPARE(m_page->day(), day);
        QVERIFY2(
            grid()->accessibleName().contains(CalendarWords::day(day)), qPrintable(grid()->accessibleName()));
    }
    void enterOpensTheDayPane()
    {
        grid()->setFocus();
        QTest::keyClick(grid(), Qt::Key_Return);
        QTRY_VERIFY(table(u"dayRuns"_s)->hasFocus());
    }

    void aFailedRunShowsItsWords()
    {
        m_page->goTo(QDate(2026, 11, 3));
        table(u"dayRuns"_s)->selectRow(1);
        QCOMPARE(label(u"runTitle"_s), u"queue-db full"_s);
        auto *said = m_page->findChild<QPushButton *>(u"said"_s);
        QVERIFY(said->isVisible());
        said->click();
        auto *dialog = m_page->window()->findChild<CopyDialog *>();
        QVERIFY(dialog);
        QVERIFY(dialog->findChild<QPlainTextEdit *>()->toPlainText().startsWith(u"ERROR: [082]"_s));
        dialog->reject();
        QSignalSpy opened(m_page, &Page::openItem);
        m_page->findChild<QPushButton *>(u"timeline"_s)->click();
        QCOMPARE(opened.value(0).value(0).toString(), u"timeline"_s);
        QCOMPARE(opened.value(0).value(1).toStringList(),
            (QStringList { u"queue-db"_s, u"2026-11-03T00:40:02Z"_s }));
    }

    void theTableEqualsTheGrid()
    {
        for (QAction *action : m_bench->window->findChild<QToolButton *>(u"more"_s)->menu()->actions())
            if (action->isCheckable())
                action->setChecked(true);
        QTRY_VERIFY(table(u"monthTable"_s)->isVisible());
        const QStringList rows = rowsOf(*table(u"monthTable"_s)).split(u'\n');
        int expected = 0;
        const auto &facts = *grid()->scene().facts;
        for (QDate date(2026, 11, 1); date.month() == 11; date = date.addDays(1))
            expected += int(dayOf(facts, date, QTimeZone::utc()).runs.size());
        QCOMPARE(rows.size(), expected);
        QVERIFY(rows.contains(u"Tue 3 Nov 2026 | 00:40 | queue-db full | failed | 6 m | 2.10 GB"_s));
        QVERIFY(rows.contains(u"Thu 12 Nov 2026 | 01:30 | olap-db dump | missed |  | "_s));
        m_bench->shoot(u"calendar-table"_s);
    }

    void weekAndDayShowHours()
    {
        auto *view = m_bench->window->findChild<SegmentedControl *>(u"view"_s);
        m_page->goTo(QDate(2026, 11, 18));
        for (const auto &[index, name] : { std::pair(1, u"week"_s), std::pair(2, u"day"_s) }) {
            view->setCurrent(index);
            auto *lanes = m_page->findChild<HourLanes *>(name);
            QTRY_VERIFY(lanes->isVisible());
            const CalendarDay day = dayOf(*lanes->scene().facts, QDate(2026, 11, 18), QTimeZone::utc());
            const int run = day.runs.at(2);
            const QRect rect = lanes->runRect(run);
            QVERIFY(rect.width() > 30);
            m_bench->shoot(u"calendar-"_s + name);
            QCOMPARE(lanes->runAt(rect.center()), run);
            QTest::mouseClick(lanes->viewport(), Qt::LeftButton, {}, rect.center());
            QCOMPARE(label(u"runTitle"_s), u"proj-pg01 snapshot"_s);
        }
    }

    void localDaysFollowTheClockSwitch()
    {
        m_bench->world.clocks->setActive(Clocks::Face::Local);
        m_page->goTo(QDate(2026, 11, 18));
        QTRY_VERIFY(rowsOf(*table(u"dayRuns"_s)).startsWith(u"01:10 | oltp-db diff"_s));
        QCOMPARE(table(u"dayRuns"_s)->model()->headerData(0, Qt::Horizontal).toString(), u"CET"_s);
    }

    void theYearIsClickedAndTellsCleanDays()
    {
        auto *year = m_page->findChild<YearStrip *>();
        QVERIFY2(year->accessibleName().contains(u" days clean"_s), qPrintable(year->accessibleName()));
        QPoint place;
        for (int x = 0; x < year->width() && place.isNull(); ++x)
            for (int y = 0; y < year->height() && place.isNull(); ++y)
                if (year->dayAt({ x, y }) == QDate(2026, 9, 10))
                    place = { x + 3, y + 3 };
        QTest::mouseClick(year, Qt::LeftButton, {}, place);
        QCOMPARE(m_page->day(), QDate(2026, 9, 10));
    }

    void theScheduleIsExported()
    {
        QSignalSpy said(m_page, &Page::statusMessage);
        m_page->exportTo(u"/home/x/it's $(id).ics"_s);
        QTRY_COMPARE(said.size(), 1);
        QCOMPARE(said.value(0).value(0).toString(), u"Exported to /home/x/it's $(id).ics"_s);
        const auto text = m_bench->files->files.value(u"/home/x/it's $(id).ics"_s, QByteArray());
        QVERIFY(text->startsWith("BEGIN:VCALENDAR\r\n"));
        QVERIFY(text->contains("SUMMARY:queue-db full\r\n"));
        QVERIFY(!text->contains("DTSTART:20261118"));
        m_bench->files->writing
            = failure(ErrorKind::Invalid, u"file.unwritable"_s, u"/ro/x: Permission denied"_s);
        m_page->exportTo(u"/ro/x"_s);
        QTRY_COMPARE(said.size(), 2);
        QCOMPARE(
            said.value(1).value(0).toString(), u"The file cannot be written: /ro/x: Permission denied"_s);
    }

    void aSourceCanBeLeftOut()
    {
        auto *filter = m_bench->window->findChild<QToolButton *>(u"filter"_s);
        QCOMPARE(filter->text(), u"All 8 sources"_s);
        Q_EMIT filter->menu()->aboutToShow();
        for (QAction *action : filter->menu()->actions())
            if (action->text() == u"queue-db")
                action->setChecked(false);
        QTRY_COMPARE(filter->text(), u"7 of 8 sources"_s);
        QTRY_VERIFY(!rowsOf(*table(u"dayRuns"_s)).contains(u"queue-db"_s));
    }

    void pictures_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void pictures()
    {
        QFETCH(bool, dark);
        m_bench->theme.choose(dark ? Theme::Choice::Dark : Theme::Choice::Light);
        m_page->goTo(QDate(2026, 11, 18));
        const QImage grid = this->grid()->viewport()->grab().toImage();
        const QColor ground
            = grid.pixelColor(QPoint(this->grid()->dayRect(QDate(2026, 11, 9)).bottomRight() - QPoint(6, 6)));
        QCOMPARE(ground, m_bench->theme.color(Token::Surface));
        m_bench->shoot(dark ? u"calendar-dark"_s : u"calendar-light"_s);
    }

    // In the least window (1180x720) the page has 980x600, and the whole stays usable.
    void aSmallWindowHasRoom()
    {
        QVERIFY2(m_page->minimumSizeHint().height() <= 600 && m_page->minimumSizeHint().width() <= 980,
            qPrintable(
                u"%1x%2"_s.arg(m_page->minimumSizeHint().width()).arg(m_page->minimumSizeHint().height())));
        m_bench->window->resize(980, 644);
        QTRY_COMPARE(m_bench->window->size(), QSize(980, 644));
        m_page->goTo(QDate(2026, 11, 18));
        QTRY_COMPARE(m_page->findChild<DayPane *>()->geometry().right() + 1, m_page->width());
        m_bench->shoot(u"calendar-small"_s);
    }

    void withoutSchedulesItSaysWhatIsMissing()
    {
        m_bench->world.fleet->open(u"/f.yaml"_s, LoadedFleet { test::exampleFleet(), {}, {} });
        QSignalSpy opened(m_page, &Page::openPage);
        QPushButton *open = nullptr;
        for (auto *button : m_page->findChildren<QPushButton *>())
            if (button->isVisible() && button->text() == u"Open Settings")
                open = button;
        QVERIFY(open);
        open->click();
        QCOMPARE(opened.value(0).value(0).toString(), u"settings"_s);
    }

private:
    [[nodiscard]] MonthGrid *grid() const { return m_page->findChild<MonthGrid *>(); }
    [[nodiscard]] QTableView *table(const QString &name) const
    {
        return m_page->findChild<QTableView *>(name);
    }
    [[nodiscard]] QString label(const QString &name) const
    {
        return m_page->findChild<TextLabel *>(name)->text();
    }

    std::unique_ptr<test::PageBench> m_bench;
    CalendarPage *m_page = nullptr;
};

QTEST_MAIN(TestCalendarPage)
#include "tst_calendarpage.moc"
