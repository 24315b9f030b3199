#pragma once

#include "fleet/concerns.h"
#include "items/rowsmodel.h"

namespace tidemark {

// What needs attention, worst first.
class ConcernModel : public RowsModel<Concern>
{
    Q_OBJECT

public:
    enum class Column { Subject, What, Action, Count };
    explicit ConcernModel(Words words, QObject *parent = nullptr);
};

} // namespace tidemark
