#include "items/factmodel.h"

namespace tidemark {

namespace {

Cell words(const Fact &fact, int column)
{
    Cell cell;
    cell.text = column == int(FactModel::Column::Label) ? fact.label : fact.value;
    return cell;
}

} // namespace

FactModel::FactModel(QObject *parent)
    : RowsModel(int(Column::Count), words, parent)
{
}

QString FactModel::asText() const
{
    QString text;
    for (const Fact &fact : rows())
        text += fact.label + QLatin1Char('\t') + fact.value + QLatin1Char('\n');
    return text;
}

} // namespace tidemark
