#pragma once

#include "calendar/calendarscene.h"
#include "calendar/calendarwords.h"
#include "items/calendarmodel.h"
#include "ports/cataloguewatch.h"
#include "widgets/bars.h"

class QPushButton;
class QTableView;
class QToolButton;

namespace tidemark {

class ConflictCard;
class HourLanes;
class KeyValueList;
class StateChip;
class TextLabel;

// One day: what ran when, what met what, and everything about one run.
class DayPane : public SidePane
{
    Q_OBJECT

public:
    explicit DayPane(std::shared_ptr<Clocks> clocks, QWidget *parent = nullptr);
    void setScene(const CalendarScene &scene, std::shared_ptr<const Knowledge> knowledge);
    void reword();
    void takeFocus(); // the table of runs
    [[nodiscard]] int chosenRun() const; // index into the plan, -1: none

Q_SIGNALS:
    void dayWanted(QDate date);
    void runWanted(int run);
    void timelineWanted(int run);
    void copied();
    void moveWanted(int conflict); // index into the scene's conflicts
    // One occurrence; `what` and `means` are words about it.
    void acceptWanted(const QString &occurrence, const QString &what, const QString &means);
    void withdrawWanted(const QString &occurrence);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QWidget *buildHead();
    void buildTable();
    [[nodiscard]] QWidget *buildDetails();
    void fill();
    void fillConflicts(const CalendarDay &day);
    void fillFault(const CalendarDay &day);
    void acceptConflict();
    void acceptFault();
    void acceptRun();
    void acceptOrTakeBack(const std::optional<Acceptance> &accepted, const QString &occurrence,
        const QString &what, const QString &means);
    void fillTable(const CalendarDay &day);
    [[nodiscard]] int wantedRow(const std::vector<CalendarRunRow> &rows) const;
    void showRun();
    void describe(const CalendarRun &run);
    void describeTimes(const CalendarRun &run, bool window);
    void showWords();
    [[nodiscard]] Cell cell(const CalendarRunRow &row, int column) const;
    [[nodiscard]] QString verified(const CalendarRun &run) const;

    std::shared_ptr<Clocks> m_clocks;
    CalendarWords m_words;
    CalendarScene m_scene;
    std::shared_ptr<const Knowledge> m_knowledge;
    CalendarRunModel *m_runs;
    TextLabel *m_title;
    TextLabel *m_summary;
    QToolButton *m_back;
    QToolButton *m_forth;
    TextLabel *m_hoursTitle;
    TextLabel *m_hoursNote;
    HourLanes *m_hours;
    ConflictCard *m_conflict;
    ConflictCard *m_fault;
    QTableView *m_table;
    TextLabel *m_runTitle;
    StateChip *m_state;
    KeyValueList *m_facts;
    QWidget *m_details;
    QPushButton *m_log;
    QPushButton *m_timeline;
    QPushButton *m_accept;
    int m_shownConflict = -1; // indexes into the scene's
    int m_shownFault = -1;
    bool m_filling = false; // the table's own changes choose nothing
};

} // namespace tidemark
