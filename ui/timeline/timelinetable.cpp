#include "timeline/timelinetable.h"

#include "widgets/delegates.h"
#include "widgets/figures.h"
#include "widgets/textlabel.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace tidemark {

QString TimelineTableRow::key() const
{
    return u"%1/%2/%3/%4/%5"_s.arg(cluster)
        .arg(int(item.kind))
        .arg(item.index)
        .arg(item.from.sinceEpoch.count())
        .arg(item.first);
}

TimelineTableModel::TimelineTableModel(Words words, QObject *parent)
    : RowsModel(int(Column::Count), std::move(words), parent)
{
}

TimelineTable::TimelineTable(PageContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(std::move(context))
    , m_words(m_context)
    , m_model(new TimelineTableModel(
          [this](const TimelineTableRow &row, int column) { return cell(row, column); }, this))
    , m_table(new QTableView)
    , m_range(new TextLabel({}, FontRole::Secondary, Token::T2))
{
    m_table->setObjectName(u"timelineTable"_s);
    m_table->setAccessibleName(tr("Timeline as a table"));
    m_table->setModel(m_model);
    dressTable(m_table);
    int column = 0;
    for (const int width : { 150, 170, 150, 120, 120 })
        m_table->setColumnWidth(column++, Theme::of(this).px(width));
    m_range->setElided();
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(0);
    m_range->setContentsMargins(12, 6, 12, 6);
    all->addWidget(m_range);
    all->addWidget(m_table, 1);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        const TimelineTableRow &row = m_model->row(index.row());
        Q_EMIT rowWanted(row.lane, row.item.to);
    });
}

Cell TimelineTable::cell(const TimelineTableRow &row, int column) const
{
    const Lane &lane = *m_lanes[std::size_t(row.lane)];
    const ItemWords words = m_words.item(row.item, lane, *m_facts);
    Cell cell;
    switch (TimelineTableModel::Column(column)) {
    case TimelineTableModel::Column::Cluster:
        cell.text = oneLine(row.cluster);
        break;
    case TimelineTableModel::Column::What:
        cell.text = words.what;
        break;
    case TimelineTableModel::Column::State:
        cell.text = words.state;
        cell.standing = words.standing;
        break;
    case TimelineTableModel::Column::From:
        cell.text = m_context.clocks->inTable(row.item.from);
        cell.tip = m_context.clocks->both(row.item.from);
        break;
    case TimelineTableModel::Column::To:
        cell.text = row.item.to == row.item.from ? QString() : m_context.clocks->inTable(row.item.to);
        cell.tip = m_context.clocks->both(row.item.to);
        break;
    case TimelineTableModel::Column::Details:
        cell.text = cell.tip = words.details;
        break;
    case TimelineTableModel::Column::Count:
        break;
    }
    return cell;
}

void TimelineTable::show(
    const TimelineScene &scene, std::shared_ptr<const CatalogueFacts> facts, const ItemsOf &items)
{
    m_lanes = scene.lanes;
    m_facts = std::move(facts);
    const QString zone = scene.axisText;
    m_model->setHeaders({ tr("Cluster"), tr("What"), tr("State"), tr("From (%1)").arg(zone),
        tr("To (%1)").arg(zone), tr("Details") });
    std::vector<TimelineTableRow> rows;
    for (int lane = 0; lane < int(scene.lanes.size()); ++lane)
        for (const TimelineItem &item : items(lane)) {
            TimelineTableRow row { scene.lanes[std::size_t(lane)]->cluster,
                scene.words[std::size_t(lane)].environment, lane, item };
            row.item.rect = {}; // where it stands in the picture is none of the table's business
            rows.push_back(std::move(row));
        }
    m_model->setRows(rows);
    m_model->reword();
    m_range->setText(
        tr("%n rows, from %1 to %2; what stands too close to be told apart is one row", nullptr,
            int(rows.size()))
            .arg(m_context.clocks->inTable(scene.scale.from()), m_context.clocks->inTable(scene.scale.to())));
}

} // namespace tidemark
