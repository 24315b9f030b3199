#include "items/concernmodel.h"

namespace tidemark {

ConcernModel::ConcernModel(Words words, QObject *parent)
    : RowsModel(int(Column::Count), std::move(words), parent)
{
}

} // namespace tidemark
