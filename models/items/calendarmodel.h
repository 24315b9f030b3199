#pragma once

#include "insight/calendarplan.h"
#include "items/rowsmodel.h"

namespace tidemark {

// A run of the calendar as a table row.
struct CalendarRunRow {
    int run = 0; // index into the plan
    CalendarRun about;
    QString title; // of the run, else of its overlap
    bool window = false;
    bool overlaps = false;
    int conflict = -1; // index into the scene's: the row is an overlap, `run` the one that began earlier

    bool operator==(const CalendarRunRow &) const = default;
    [[nodiscard]] QString key() const
    {
        return QString::number(about.track) + QLatin1Char('\n') + about.schedule + QLatin1Char('\n')
            + about.kind + QLatin1Char('\n') + about.due.toIso() + QLatin1Char('\n')
            + QString::number(conflict);
    }
};

// The runs of a day, or of a month as the table that equals the grid.
class CalendarRunModel : public RowsModel<CalendarRunRow>
{
    Q_OBJECT

public:
    enum class Column { Time, Run, Took, Size, Count };
    enum class MonthColumn { Day, Time, Run, State, Took, Size, Count };
    CalendarRunModel(int columns, Words words, QObject *parent = nullptr);
};

} // namespace tidemark
