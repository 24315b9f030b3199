#include "moment/momentbarstable.h"

#include "moment/momentwords.h"
#include "theme/theme.h"
#include "widgets/delegates.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

MomentBarModel::MomentBarModel(Words words, QObject *parent)
    : RowsModel(int(Column::Count), std::move(words), parent)
{
}

MomentBarsTable::MomentBarsTable(std::shared_ptr<Clocks> clocks, QWidget *parent)
    : QTableView(parent)
    , m_clocks(std::move(clocks))
    , m_model(
          new MomentBarModel([this](const MomentBarRow &row, int column) { return cell(row, column); }, this))
{
    setObjectName(u"momentBars"_s);
    setAccessibleName(tr("Transactions and rows over time, as a table"));
    setModel(m_model);
    dressTable(this);
    setColumnWidth(0, Theme::of(this).px(170));
}

Cell MomentBarsTable::cell(const MomentBarRow &row, int column) const
{
    const auto counted
        = [&](std::uint64_t count) { return row.read ? MomentWords::number(count) : QString(); };
    Cell cell;
    switch (MomentBarModel::Column(column)) {
    case MomentBarModel::Column::From:
        cell.text = m_clocks->at(row.at).toString(u"d MMM HH:mm:ss"_s);
        cell.tip = m_clocks->both(row.at);
        break;
    case MomentBarModel::Column::Commits:
        cell.text = counted(row.bucket.commits);
        break;
    case MomentBarModel::Column::Deleted:
        cell.text = counted(row.bucket.deleted);
        break;
    case MomentBarModel::Column::Updated:
        cell.text = counted(row.bucket.updated);
        break;
    case MomentBarModel::Column::Inserted:
        cell.text = counted(row.bucket.inserted);
        break;
    case MomentBarModel::Column::State:
        cell.text = row.read ? tr("read")
            : row.missing    ? tr("WAL is missing from here on")
                             : tr("not read from here on");
        break;
    case MomentBarModel::Column::Count:
        break;
    }
    return cell;
}

void MomentBarsTable::show(const MomentScene &scene, const MomentBars &bars)
{
    m_model->setHeaders({ tr("From (%1), %2").arg(scene.zoneText, MomentWords::width(bars.width)),
        tr("Transactions"), tr("Rows deleted"), tr("Rows updated"), tr("Rows inserted"), tr("State") });
    std::vector<MomentBarRow> rows;
    for (std::size_t i = 0; i < bars.buckets.size(); ++i)
        if (bars.buckets[i] != WalHistogram::Bucket {})
            rows.push_back({ bars.at(i), bars.buckets[i], true, false });
    for (const MomentSpan &span : unreadSpans(scene.read, { scene.scale.from(), scene.scale.to() }))
        if (span.from < scene.now)
            rows.push_back({ span.from, {}, false, unreadAs(scene, span) == Unread::Missing });
    std::ranges::stable_sort(rows, {}, &MomentBarRow::at);
    const auto same = std::ranges::unique(rows, {}, &MomentBarRow::key);
    rows.erase(same.begin(), same.end());
    m_model->setRows(rows);
    m_model->reword();
}

} // namespace tidemark
