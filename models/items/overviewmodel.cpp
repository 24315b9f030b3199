#include "items/overviewmodel.h"

#include <algorithm>
#include <tuple>

namespace tidemark {

namespace {

Followed<ServerFacts> followedOf(const FleetState &state, const QString &name)
{
    for (const auto &one : state.servers)
        if (one.name == name)
            return one;
    Followed<ServerFacts> never;
    never.name = name;
    return never;
}

// Shares the life of the whole.
std::shared_ptr<const ClusterInsight> insightFor(
    const std::shared_ptr<const Insight> &insight, const QString &name)
{
    const ClusterInsight *one = insight ? insight->cluster(name) : nullptr;
    return one ? std::shared_ptr<const ClusterInsight>(insight, one) : nullptr;
}

OverviewRow rowOf(const Cluster &cluster, const Fleet &fleet, const FleetState &state,
    const std::shared_ptr<const Insight> &insight)
{
    OverviewRow row;
    row.cluster = cluster;
    row.objectives = objectivesOf(cluster, fleet);
    row.hasSource = std::any_of(fleet.sources.begin(), fleet.sources.end(),
        [&](const Source &source) { return source.clusters.contains(cluster.name); });
    row.server = followedOf(state, cluster.name);
    row.insight = insightFor(insight, cluster.name);
    if (insight)
        row.findings = insight->findingsOf(cluster.name);
    return row;
}

// Failed, attention, not known, good.
int severityOf(Standing standing)
{
    switch (standing) {
    case Standing::Failed:
        return 0;
    case Standing::Attention:
    case Standing::Missing:
        return 1;
    case Standing::Unknown:
    case Standing::Running:
    case Standing::Stale:
    case Standing::Waived:
        return 2;
    case Standing::None:
    case Standing::Ok:
    case Standing::Quiet:
        return 3;
    }
    return 3;
}

// Where the first finding about it stands among all of them.
std::size_t firstFinding(const Insight *insight, const QString &cluster)
{
    if (!insight)
        return 0;
    const auto &all = insight->findings;
    const auto found = std::find_if(all.begin(), all.end(),
        [&](const Finding &finding) { return finding.cluster == cluster && !finding.accepted; });
    return std::size_t(found - all.begin());
}

// Nothing: it cannot be told yet.
std::optional<bool> keeps(const OverviewRow &row, ObjectiveKind kind)
{
    const ObjectiveStanding *standing = row.objective(kind);
    if (!standing)
        return {};
    if (standing->state == ObjectiveState::Met)
        return true;
    if (standing->state == ObjectiveState::Broken)
        return false;
    return {};
}

void count(Tally &tally, const std::optional<bool> &kept)
{
    ++tally.total;
    if (kept)
        ++(*kept ? tally.good : tally.bad);
}

// What can be restored ended, or nothing can: no promise about lost work is kept then.
std::optional<bool> keepsRpo(const OverviewRow &row)
{
    const bool lost = row.insight
        && (row.insight->standing == ClusterStanding::Nothing
            || row.insight->standing == ClusterStanding::Lapsed);
    return lost ? std::optional(false) : keeps(row, ObjectiveKind::Rpo);
}

std::optional<bool> keepsProof(const OverviewRow &row)
{
    if (!row.insight)
        return {};
    return row.insight->provenAt ? keeps(row, ObjectiveKind::ProofAge) : std::optional(false);
}

} // namespace

const ObjectiveStanding *OverviewRow::objective(ObjectiveKind kind) const
{
    if (!insight)
        return nullptr;
    const auto &all = insight->objectives;
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const ObjectiveStanding &standing) { return standing.kind == kind; });
    return found == all.end() ? nullptr : &*found;
}

bool OverviewRow::breaks(ObjectiveKind kind) const
{
    const ObjectiveStanding *standing = objective(kind);
    return standing && standing->state == ObjectiveState::Broken;
}

std::vector<OverviewRow> overviewRows(const Fleet &fleet, const FleetState &state,
    const std::shared_ptr<const Insight> &insight, OverviewOrder order, const QString &scope)
{
    std::vector<OverviewRow> rows;
    for (const Cluster &cluster : fleet.clusters)
        if (scope.isEmpty() || cluster.name == scope)
            rows.push_back(rowOf(cluster, fleet, state, insight));
    const auto risk = [&](const OverviewRow &row) {
        return std::tuple(severityOf(answerStanding(row.insight.get())),
            firstFinding(insight.get(), row.cluster.name), row.cluster.name);
    };
    std::stable_sort(rows.begin(), rows.end(), [&](const OverviewRow &a, const OverviewRow &b) {
        return order == OverviewOrder::Name ? a.cluster.name < b.cluster.name : risk(a) < risk(b);
    });
    return rows;
}

OverviewTallies talliesOf(const std::vector<OverviewRow> &rows)
{
    OverviewTallies tallies;
    bool alike = true;
    for (const OverviewRow &row : rows) {
        const Objectives &promised = row.objectives;
        if (promised.rpo)
            count(tallies.rpo, keepsRpo(row));
        if (promised.rto)
            count(tallies.rto, keeps(row, ObjectiveKind::Rto));
        if (!promised.proofAge)
            continue;
        count(tallies.proven, keepsProof(row));
        alike = alike && (!tallies.proofAge || tallies.proofAge == promised.proofAge);
        tallies.proofAge = promised.proofAge;
    }
    if (!alike)
        tallies.proofAge.reset();
    return tallies;
}

Standing answerStanding(const ClusterInsight *insight)
{
    if (!insight)
        return Standing::Unknown;
    switch (insight->standing) {
    case ClusterStanding::Nothing:
    case ClusterStanding::Lapsed:
        return Standing::Failed;
    case ClusterStanding::Late:
    case ClusterStanding::Unproven:
        return Standing::Attention;
    case ClusterStanding::Unread:
        return Standing::Unknown;
    case ClusterStanding::Restorable:
    case ClusterStanding::Met:
        break;
    }
    const auto broken = [](const ObjectiveStanding &one) {
        return one.state == ObjectiveState::Broken && one.kind != ObjectiveKind::Retention;
    };
    if (std::any_of(insight->objectives.begin(), insight->objectives.end(), broken))
        return Standing::Attention;
    if (insight->confidence == Confidence::Proven)
        return Standing::Ok;
    return insight->confidence == Confidence::Verified ? Standing::Quiet : Standing::Attention;
}

OverviewModel::OverviewModel(Words words, QObject *parent)
    : RowsModel(int(Column::Count), std::move(words), parent)
{
}

Environment OverviewModel::environmentOf(const OverviewRow &row) const
{
    return row.cluster.environment;
}

OverviewTableModel::OverviewTableModel(Words words, QObject *parent)
    : RowsModel(int(Column::Count), std::move(words), parent)
{
}

std::optional<Bytes> sizeOf(const ServerFacts &facts)
{
    if (facts.databases.empty())
        return {};
    Bytes sum;
    for (const DatabaseFacts &database : facts.databases) {
        if (!database.size)
            return {};
        sum.count += database.size->count;
    }
    return sum;
}

} // namespace tidemark
