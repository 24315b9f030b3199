#include "overview/overviewreport.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(OverviewReport)
};

QString spoken(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data(Qt::AccessibleTextRole).toString();
}

ReportTable tableOf(
    const QString &title, const QAbstractItemModel &model, const QStringList &heads, const QString &none)
{
    ReportTable table { title, heads, {}, none };
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < heads.size(); ++column)
            cells.append(spoken(model, row, column));
        table.rows.append(cells);
    }
    return table;
}

QStringList headsOf(const QAbstractItemModel &model)
{
    QStringList heads;
    for (int column = 0; column < model.columnCount(); ++column)
        heads.append(model.headerData(column, Qt::Horizontal).toString());
    return heads;
}

ReportTable findingsTable(const FindingModel &model)
{
    ReportTable table { Words::tr("Needs attention"),
        { Words::tr("How bad"), Words::tr("About"), Words::tr("What"), Words::tr("Evidence"),
            Words::tr("What to do") },
        {}, Words::tr("Nothing is known to need attention.") };
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex what = model.index(row, int(FindingModel::Column::What));
        const bool failed = model.row(row).severity == Severity::Failed;
        table.rows.append({ failed ? Words::tr("failed") : Words::tr("attention"),
            model.index(row, int(FindingModel::Column::Subject)).data().toString(), what.data().toString(),
            what.data(DetailRole).toString(),
            model.index(row, int(FindingModel::Column::Action)).data(ActionRole).toString() });
    }
    return table;
}

} // namespace

StatusReport reportOf(const OverviewShown &shown, const Clocks &clocks, Instant now)
{
    StatusReport report;
    report.title = shown.fleet.isEmpty() ? Words::tr("Status of the fleet")
                                         : Words::tr("Status of %1").arg(shown.fleet);
    report.at = clocks.both(now);
    if (!shown.asOf.isEmpty())
        report.at += u", "_s + shown.asOf;
    report.sentence = shown.verdict.sentence;
    report.support = shown.verdict.support;
    report.counts = shown.counts;
    report.tables.push_back(tableOf(Words::tr("Clusters"), shown.clusters, headsOf(shown.clusters),
        Words::tr("No clusters are in this fleet.")));
    report.tables.push_back(findingsTable(shown.findings));
    report.tables.push_back(tableOf(Words::tr("Next 24 hours"), shown.planned,
        { Words::tr("Cluster"), Words::tr("Planned") }, Words::tr("Nothing is planned.")));
    report.tables.push_back(tableOf(Words::tr("Storage"), shown.stores,
        { Words::tr("Store"), Words::tr("Used"), Words::tr("Reaches 85 % in") },
        Words::tr("No source tells how much room it has.")));
    return report;
}

} // namespace tidemark
