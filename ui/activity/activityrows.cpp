#include "activity/activityrows.h"

#include <algorithm>

namespace tidemark {

namespace {

bool isOpen(const BoardSession &session)
{
    return session.record.trouble.isEmpty() && !session.record.state().over();
}

bool failed(const BoardSession &session)
{
    if (!session.record.trouble.isEmpty())
        return true;
    const SessionState state = session.record.state();
    if (state.status == SessionStatus::Aborted)
        return true;
    const bool wrong = state.current
        && (state.steps[*state.current].status == StepStatus::Failed
            || state.steps[*state.current].status == StepStatus::Lost);
    return wrong && !state.over();
}

ActivityRow rowOf(const std::shared_ptr<const BoardSession> &session)
{
    ActivityRow row;
    row.session = session;
    row.cluster = session->record.procedure.cluster;
    row.environment = session->record.procedure.environment;
    if (!session->record.events.empty()) {
        row.at = session->record.events.front().at;
        row.who = session->record.events.front().who;
    }
    row.ended = session->record.trouble.isEmpty() ? session->record.state().ended : std::nullopt;
    return row;
}

ActivityRow rowOf(const Run &run, const Fleet &fleet)
{
    ActivityRow row;
    row.run = run;
    row.at = run.start;
    row.ended = run.end;
    row.who = run.source;
    row.cluster = run.cluster;
    const auto cluster = std::ranges::find(fleet.clusters, run.cluster, &Cluster::name);
    if (cluster != fleet.clusters.end())
        row.environment = cluster->environment;
    return row;
}

} // namespace

bool ActivityRow::wentWrong() const
{
    return session ? failed(*session) : run.state == RunState::Failed;
}

std::vector<ActivityRow> activityRows(const BoardSessions &sessions, const CatalogueFacts &facts,
    const Fleet &fleet, const QString &cluster, ActivityShow show, std::optional<Instant> since)
{
    std::vector<ActivityRow> rows;
    const auto add = [&](ActivityRow row, bool open) {
        if ((since && row.at < *since && !open) || (!cluster.isEmpty() && row.cluster != cluster)
            || (show == ActivityShow::Failed && !row.wentWrong()))
            return;
        rows.push_back(std::move(row));
    };
    if (show != ActivityShow::Runs) {
        for (const auto &session : sessions)
            add(rowOf(session), isOpen(*session));
    }
    if (show != ActivityShow::Sessions) {
        for (const SourceFacts &source : facts.sources) {
            for (const Run &run : source.runs)
                add(rowOf(run, fleet), run.state == RunState::Running);
        }
    }
    std::ranges::stable_sort(rows, [](const ActivityRow &a, const ActivityRow &b) { return a.at > b.at; });
    return rows;
}

ActivityModel::ActivityModel(Words words, QObject *parent)
    : RowsModel(int(Column::Count), std::move(words), parent)
{
}

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    if (role == Qt::TextAlignmentRole && index.column() == int(Column::Took))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == EnvironmentRole && row(index.row()).cluster.isEmpty())
        return {}; // of no cluster
    return RowsModel::data(index, role);
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && section == int(Column::Took))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return RowsModel::headerData(section, orientation, role);
}

} // namespace tidemark
