#include "items/servertablemodel.h"

namespace tidemark {

namespace {

bool isColumn(const QModelIndex &index, ServerTableModel::Column column)
{
    return index.column() == int(column);
}

} // namespace

ServerTableModel::ServerTableModel(Words words, QObject *parent)
    : RowsModel(int(Column::Count), std::move(words), parent)
{
}

Qt::ItemFlags ServerTableModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = RowsModel::flags(index);
    if (isColumn(index, Column::Chosen))
        flags |= Qt::ItemIsUserCheckable;
    if (isColumn(index, Column::Environment))
        flags |= Qt::ItemIsEditable;
    return flags;
}

QVariant ServerTableModel::data(const QModelIndex &index, int role) const
{
    if (role == Qt::CheckStateRole && index.isValid() && isColumn(index, Column::Chosen))
        return row(index.row()).chosen ? Qt::Checked : Qt::Unchecked;
    return RowsModel::data(index, role);
}

bool ServerTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    SetupServer &server = mutableRows()[std::size_t(index.row())];
    if (role == Qt::CheckStateRole && isColumn(index, Column::Chosen))
        server.chosen = value.toInt() == Qt::Checked;
    else if (role == EnvironmentRole && isColumn(index, Column::Environment))
        server.environment = value.value<tidemark::Environment>();
    else
        return false;
    tellChanged(index.row(), index.row());
    Q_EMIT edited(index.row());
    return true;
}

Environment ServerTableModel::environmentOf(const SetupServer &row) const
{
    return row.environment;
}

} // namespace tidemark
