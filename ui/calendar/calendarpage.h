#pragma once

#include "calendar/calendarscene.h"
#include "calendar/calendarwords.h"
#include "calendar/calendarwork.h"
#include "items/calendarmodel.h"
#include "shell/page.h"

class QMenu;
class QSplitter;
class QStackedWidget;
class QTableView;
class QTimer;
class QToolButton;

namespace tidemark {

class CalendarSurface;
class DayPane;
class EmptyState;
class Accepting;
class HourLanes;
class MonthGrid;
class Moving;
class SegmentedControl;
class YearStrip;

// When everything of the fleet runs, ran, or should have: a month, week or day, the year below it, and one
// day at the right.
class CalendarPage : public Page
{
    Q_OBJECT

public:
    explicit CalendarPage(PageContext context, QWidget *parent = nullptr);

    [[nodiscard]] std::vector<QWidget *> headerControls() override;
    [[nodiscard]] std::vector<QWidget *> headerActions() override;
    void setScope(const QString &cluster) override;
    void refresh() override;
    void showItem(const QStringList &item) override; // { cluster, time }: that day
    [[nodiscard]] bool offersTable() const override { return true; }
    void showAsTable(bool table) override;
    [[nodiscard]] std::vector<QWidget *> panes() override;
    [[nodiscard]] std::vector<PaletteEntry> paletteEntries() override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray &state) override;

    void goTo(QDate day);
    [[nodiscard]] QDate day() const { return m_scene.chosen; }
    void exportTo(const QString &path); // the schedule of the next 90 days

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildHeader();
    void buildTable();
    void buildLayout();
    void listen();
    void ask(); // facts, fleet, scope, filter, zone or the time are others
    void take(const CalendarAnswer &answer);
    void chooseWanted();
    void fitPane();
    void showScene();
    void fillMonths();
    void fillFilter();
    void fillTable();
    void setView(int view);
    void step(int direction);
    void chooseRun(int run);
    void toggleTrack(const QString &label, bool shown);
    void showTimeline(int run);
    void askForExport();
    void askToMove(int conflict);
    [[nodiscard]] CalendarSurface *surface() const;
    [[nodiscard]] CalendarQuestion question() const;
    [[nodiscard]] const Conflict &conflictOf(const CalendarRunRow &row) const;
    [[nodiscard]] Cell cell(const CalendarRunRow &row, int column) const;
    [[nodiscard]] QTimeZone zone() const;
    [[nodiscard]] QDate today() const;
    [[nodiscard]] QString monthWords() const;

    CalendarWords m_words;
    CalendarScene m_scene;
    std::shared_ptr<const Knowledge> m_knowledge;
    QSet<QString> m_hidden;
    QStringList m_tracks;
    QToolButton *m_back;
    QToolButton *m_month;
    QToolButton *m_forth;
    QToolButton *m_today;
    SegmentedControl *m_view;
    QToolButton *m_filter;
    QToolButton *m_more;
    bool m_asTable = false;
    bool m_asking = false;
    bool m_askAgain = false;
    std::optional<Instant> m_wanted; // when what ran that is to be chosen
    QWidget *m_legend;
    MonthGrid *m_grid;
    HourLanes *m_week;
    HourLanes *m_day;
    CalendarRunModel *m_rows;
    QTableView *m_table;
    QStackedWidget *m_views;
    YearStrip *m_year;
    DayPane *m_pane;
    QSplitter *m_splitter;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    QTimer *m_tick;
    Accepting *m_accepting;
    Moving *m_moving;
    TaskScope m_work;
    TaskScope m_writing;
};

} // namespace tidemark
