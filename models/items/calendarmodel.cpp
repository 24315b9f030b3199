#include "items/calendarmodel.h"

namespace tidemark {

CalendarRunModel::CalendarRunModel(int columns, Words words, QObject *parent)
    : RowsModel(columns, std::move(words), parent)
{
}

} // namespace tidemark
