// The table that equals the grid.
#include "calendar/calendarpage.h"
#include "widgets/amounts.h"
#include "widgets/delegates.h"

#include <QHeaderView>
#include <QLocale>
#include <QTableView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

void CalendarPage::buildTable()
{
    m_table->setObjectName(u"monthTable"_s);
    m_table->setAccessibleName(tr("Runs of the month"));
    m_table->setModel(m_rows);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QTableView::SelectRows);
    m_table->setSelectionMode(QTableView::SingleSelection);
    m_table->setEditTriggers(QTableView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::of(this).px(26));
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setItemDelegate(new StateDelegate(m_table));
    m_table->setItemDelegateForColumn(1, new MonoDelegate(m_table));
    int column = 0;
    for (const int width : { 150, 70, 240, 150, 90, 90 })
        m_table->setColumnWidth(column++, Theme::of(this).px(width));
}

void CalendarPage::fillTable()
{
    const QDate first(m_scene.chosen.year(), m_scene.chosen.month(), 1);
    const Instant from = Instant::fromSeconds(first.startOfDay(m_scene.zone).toSecsSinceEpoch());
    const Instant to = Instant::fromSeconds(first.addMonths(1).startOfDay(m_scene.zone).toSecsSinceEpoch());
    const CalendarPlan &plan = m_scene.facts->plan;
    std::vector<CalendarRunRow> rows;
    for (std::size_t i = 0; i < plan.runs.size(); ++i) {
        const CalendarRun &run = plan.runs[i];
        const CalendarTrack &track = m_scene.trackOf(run);
        if (from <= run.due && run.due < to)
            rows.push_back({ int(i), run, CalendarWords::runTitle(m_scene, run), track.isWindow(), false });
    }
    const auto &conflicts = m_scene.facts->conflicts;
    for (std::size_t i = 0; i < conflicts.size(); ++i)
        if (from <= conflicts[i].from && conflicts[i].from < to) {
            CalendarRunRow row { conflicts[i].first, m_scene.runAt(conflicts[i].first),
                CalendarWords::conflictTitle(m_scene, conflicts[i]) };
            row.conflict = int(i);
            row.about.due = row.about.begin = conflicts[i].from; // where it stands in the list
            rows.push_back(std::move(row));
        }
    std::stable_sort(rows.begin(), rows.end(),
        [](const CalendarRunRow &a, const CalendarRunRow &b) { return a.about.due < b.about.due; });
    m_rows->setHeaders({ tr("Day"), m_context.clocks->shortZone(from, m_context.clocks->active()), tr("Run"),
        tr("State"), tr("Took"), tr("Size") });
    m_rows->setRows(rows);
    m_rows->reword();
}

const Conflict &CalendarPage::conflictOf(const CalendarRunRow &row) const
{
    return m_scene.facts->conflicts[std::size_t(row.conflict)];
}

Cell CalendarPage::cell(const CalendarRunRow &row, int column) const
{
    Cell made;
    switch (CalendarRunModel::MonthColumn(column)) {
    case CalendarRunModel::MonthColumn::Day:
        made.text = QLocale().toString(m_context.clocks->at(row.about.due).date(), u"ddd d MMM yyyy"_s);
        break;
    case CalendarRunModel::MonthColumn::Time:
        made.text = m_words.clock(m_scene.shownAt(row.about));
        break;
    case CalendarRunModel::MonthColumn::Run:
        made.text = row.title;
        break;
    case CalendarRunModel::MonthColumn::State:
        if (row.conflict >= 0) {
            made.text = CalendarWords::conflictShort(conflictOf(row));
            made.standing = conflictOf(row).accepted ? Standing::Waived : Standing::Attention;
            break;
        }
        made.text = CalendarWords::state(row.about, row.window);
        made.standing = row.window ? Standing::None : standingOf(row.about);
        break;
    case CalendarRunModel::MonthColumn::Took:
        if (row.conflict < 0)
            made.text = CalendarWords::took(row.about);
        break;
    case CalendarRunModel::MonthColumn::Size:
        if (row.conflict < 0 && row.about.run && row.about.run->size)
            made.text = sizeWords(*row.about.run->size);
        break;
    case CalendarRunModel::MonthColumn::Count:
        break;
    }
    return made;
}

} // namespace tidemark
