#include "moment/momenttable.h"

#include "moment/momentwords.h"
#include "theme/theme.h"
#include "widgets/delegates.h"

#include <QHeaderView>
#include <QScopedValueRollback>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

MomentModel::MomentModel(Words words, QObject *parent)
    : RowsModel(int(Column::Count), std::move(words), parent)
{
}

QVariant MomentModel::data(const QModelIndex &index, int role) const
{
    if (role == Qt::TextAlignmentRole && index.column() == int(Column::Rows))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return RowsModel::data(index, role);
}

QVariant MomentModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && section == int(Column::Rows))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return RowsModel::headerData(section, orientation, role);
}

MomentTable::MomentTable(std::shared_ptr<Clocks> clocks, QWidget *parent)
    : QTableView(parent)
    , m_clocks(std::move(clocks))
    , m_model(new MomentModel([this](const MomentRow &row, int column) { return cell(row, column); }, this))
{
    setObjectName(u"momentTable"_s);
    setAccessibleName(tr("Events"));
    setModel(m_model);
    dressTable(this);
    auto *mono = new MonoDelegate(this);
    for (const auto column :
        { MomentModel::Column::Time, MomentModel::Column::Transaction, MomentModel::Column::Lsn })
        setItemDelegateForColumn(int(column), mono);
    int column = 0;
    for (const int width : { 160, 100, 206, 190, 90, 100 })
        setColumnWidth(column++, Theme::of(this).px(width));
    horizontalHeader()->setStretchLastSection(true);
    setMinimumHeight(104);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &now) {
        if (!m_choosing && now.isValid())
            Q_EMIT eventWanted(m_model->row(now.row()).event);
    });
    reword();
}

// Where there is little room words give way, figures do not.
void MomentTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    const Theme &theme = Theme::of(this);
    const int room = viewport()->width() - theme.px(160 + 100 + 90 + 100);
    const int words = std::clamp(room / 2, theme.px(120), theme.px(206));
    setColumnWidth(int(MomentModel::Column::Event), words);
    setColumnWidth(int(MomentModel::Column::Relations), std::max(theme.px(90), room - words));
}

void MomentTable::show(const std::vector<MomentEvent> &events, std::shared_ptr<const void> keep)
{
    const QScopedValueRollback quiet(m_choosing, true);
    std::vector<MomentRow> rows;
    for (std::size_t i = 0; i < events.size(); ++i)
        rows.push_back({ int(i), events[i] });
    m_model->setRows(rows);
    m_keep = std::move(keep);
}

void MomentTable::reword()
{
    m_model->setHeaders({ tr("Time (%1)").arg(m_clocks->shortZone({}, m_clocks->active())), tr("Transaction"),
        tr("Event"), tr("Relations"), tr("Rows"), tr("Commit LSN") });
    m_model->reword();
}

void MomentTable::choose(int event)
{
    const QScopedValueRollback quiet(m_choosing, true);
    if (event < 0)
        return setCurrentIndex({});
    if (event != chosen() && event < m_model->rowCount())
        selectRow(event);
}

int MomentTable::chosen() const
{
    return currentIndex().isValid() ? m_model->row(currentIndex().row()).event : -1;
}

Cell MomentTable::cell(const MomentRow &row, int column) const
{
    const WalTransaction &transaction = *row.told.transaction;
    Cell cell;
    cell.faint = !row.told.suspicious();
    switch (MomentModel::Column(column)) {
    case MomentModel::Column::Time:
        cell.text = m_clocks->at(transaction.at).toString(u"d MMM HH:mm:ss.zzz"_s);
        cell.tip = m_clocks->both(transaction.at);
        break;
    case MomentModel::Column::Transaction:
        cell.text = MomentWords::number(transaction.xid);
        break;
    case MomentModel::Column::Event:
        cell.text = MomentWords::event(transaction);
        cell.aside = MomentWords::usual(row.told, *m_clocks);
        if (row.told.suspicious())
            cell.standing = Standing::Failed;
        break;
    case MomentModel::Column::Relations:
        cell.text = MomentWords::relations(transaction);
        cell.tip = MomentWords::spoken(row.told, *m_clocks);
        break;
    case MomentModel::Column::Rows:
        cell.text = MomentWords::rows(transaction);
        break;
    case MomentModel::Column::Lsn:
        cell.text = transaction.lsn.toString();
        break;
    case MomentModel::Column::Count:
        break;
    }
    return cell;
}

} // namespace tidemark
