#include "items/nextdaymodel.h"

#include "schedule/recurrence.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::chrono::hours Day { 24 };

bool isBase(const QString &kind)
{
    static const QStringList kinds { u"full"_s, u"diff"_s, u"incr"_s, u"basebackup"_s };
    return kinds.contains(kind);
}

void add(std::vector<PlannedRun> &runs, const CalendarRun &run, bool window)
{
    for (PlannedRun &one : runs)
        if (one.from == run.begin && one.kind == run.kind)
            return void(++one.count);
    const Instant end = window ? run.end.value_or(run.begin) : run.begin;
    runs.push_back({ run.begin, end, run.kind, run.schedule, 1 });
}

NextDayRow rowOf(const QString &name, const Fleet &fleet)
{
    NextDayRow row;
    row.cluster = name;
    for (const Cluster &cluster : fleet.clusters)
        if (cluster.name == name)
            row.environment = cluster.environment;
    return row;
}

bool isLost(const Insight *insight, const QString &name)
{
    const ClusterInsight *cluster = insight ? insight->cluster(name) : nullptr;
    return cluster
        && (cluster->standing == ClusterStanding::Lapsed || cluster->standing == ClusterStanding::Nothing);
}

bool backsUp(const Schedule &schedule, const QString &cluster, const Fleet &fleet)
{
    if (!schedule.clusters.isEmpty())
        return schedule.clusters.contains(cluster);
    return std::any_of(fleet.sources.begin(), fleet.sources.end(), [&](const Source &source) {
        return source.name == schedule.source && source.clusters.contains(cluster);
    });
}

std::optional<Instant> nextBaseOf(const QString &name, const Fleet &fleet, Instant now)
{
    std::optional<Instant> first;
    for (const Schedule &schedule : fleet.schedules) {
        if (!isBase(schedule.kind) || !backsUp(schedule, name, fleet))
            continue;
        const auto rule = Recurrence::parse(schedule.when, schedule.form, schedule.zone);
        const auto next = rule ? rule->next(now) : std::nullopt;
        if (next && (!first || *next < *first))
            first = next;
    }
    return first;
}

} // namespace

std::vector<NextDayRow> nextDayRows(const QStringList &clusters, const Fleet &fleet,
    const CatalogueFacts &facts, const Insight *insight, Instant now)
{
    const CalendarPlan plan = calendarPlan(fleet, facts, {}, now, now + Day, now);
    std::vector<NextDayRow> rows;
    for (const QString &name : clusters) {
        NextDayRow row = rowOf(name, fleet);
        for (const CalendarRun &run : plan.runs) {
            const CalendarTrack &track = plan.tracks[std::size_t(run.track)];
            const bool window = track.isWindow();
            const bool ahead = window ? run.end.value_or(run.begin) > now : run.begin >= now;
            if (ahead && track.clusters.contains(name))
                add(row.runs, run, window);
        }
        row.lost = isLost(insight, name);
        if (row.lost)
            row.nextBase = nextBaseOf(name, fleet, now);
        rows.push_back(std::move(row));
    }
    return rows;
}

NextDayModel::NextDayModel(Words words, QObject *parent)
    : RowsModel(int(Column::Count), std::move(words), parent)
{
}

} // namespace tidemark
