#include "overview/overviewwords.h"
#include "widgets/figures.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QString kindWords(const QString &kind, int count)
{
    if (kind == u"dump")
        return count == 1 ? OverviewWords::tr("dump") : OverviewWords::tr("%n dumps", nullptr, count);
    if (kind == u"snapshot")
        return count == 1 ? OverviewWords::tr("snapshot") : OverviewWords::tr("%n snapshots", nullptr, count);
    if (kind == u"basebackup")
        return OverviewWords::tr("base backup");
    if (kind == u"full")
        return OverviewWords::tr("full", "a full backup");
    if (kind == u"diff")
        return OverviewWords::tr("differential");
    if (kind == u"incr")
        return OverviewWords::tr("incremental");
    return kind;
}

} // namespace

QString OverviewWords::run(const PlannedRun &run)
{
    return run.kind == u"maintenance" ? oneLine(run.schedule) : oneLine(kindWords(run.kind, run.count));
}

QString OverviewWords::lostLane(const NextDayRow &row) const
{
    if (!row.lost)
        return {};
    if (!row.nextBase)
        return tr("no base backup planned");
    if (*row.nextBase - now() < std::chrono::hours(24))
        return {};
    return tr("no base backup planned before %1")
        .arg(QLocale().toString(m_context.clocks->at(*row.nextBase), u"ddd d MMM HH:mm"_s));
}

Cell OverviewWords::planned(const NextDayRow &row, int column) const
{
    Cell cell;
    if (column == int(NextDayModel::Column::Cluster)) {
        cell.text = oneLine(row.cluster);
        cell.tip = plainTip(row.cluster);
        return cell;
    }
    QStringList runs;
    for (const PlannedRun &one : row.runs)
        runs.append(tr("%1 %2", "a time, what begins then").arg(moment(one.from), run(one)));
    const QString lost = lostLane(row);
    cell.standing = lost.isEmpty() ? Standing::None : Standing::Failed;
    cell.text = lost;
    cell.detail = runs.isEmpty() ? tr("nothing is planned") : runs.mid(0, 40).join(u", "_s);
    cell.tip = plainTip(lost.isEmpty() ? cell.detail : lost + u'\n' + cell.detail);
    return cell;
}

Cell OverviewWords::datastore(const DatastoreRow &row, int column) const
{
    Cell cell;
    if (column == int(DatastoreModel::Column::Name)) {
        const bool named = row.store && !row.store->name.isEmpty();
        cell.text = oneLine(named ? row.source + u' ' + row.store->name : row.source);
        cell.tip = plainTip(row.readAt ? tr("%1, read %2").arg(cell.text, ago(*row.readAt)) : cell.text);
        return cell;
    }
    if (!row.store) {
        const bool offline = row.reach == Reach::Offline;
        cell.standing = offline ? Standing::Failed : row.readAt ? Standing::Missing : Standing::Running;
        if (column == int(DatastoreModel::Column::Used))
            cell.text = offline ? tr("does not answer")
                : row.readAt    ? tr("shows no datastore")
                                : tr("reading…");
        return cell;
    }
    const DatastoreFacts &store = *row.store;
    if (column == int(DatastoreModel::Column::Full)) {
        const auto left = untilMark(store, now());
        if (left)
            cell.text = tightDuration(*left);
        else if (store.estimatedFull && *store.estimatedFull > now())
            cell.text = tr("full in %1").arg(agoWords(*store.estimatedFull, now()));
        else if (usedShare(store).value_or(0) >= StoreMark)
            cell.text = tr("reached");
        cell.tip = store.estimatedFull
            ? plainTip(tr("full on %1, by the store's own estimate").arg(when(*store.estimatedFull)))
            : tr("The store makes no estimate.");
        return cell;
    }
    if (!store.error.isEmpty()) {
        cell.standing = Standing::Failed;
        cell.text = oneLine(store.error);
    } else if (store.used && store.total) {
        cell.bar = usedShare(store);
        cell.text = sizeWords(*store.used);
        cell.aside = tr("of %1").arg(sizeWords(*store.total));
        if (row.reach == Reach::Offline)
            cell.standing = Standing::Stale;
    } else {
        cell.standing = Standing::Unknown;
        cell.text = store.used ? sizeWords(*store.used) : tr("usage not told");
    }
    cell.tip = plainTip(store.maintenance);
    return cell;
}

} // namespace tidemark
