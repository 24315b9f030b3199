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

std::vector<Concern> concernsOf(const std::vector<Concern> &all, const QString &name)
{
    std::vector<Concern> mine;
    std::copy_if(all.begin(), all.end(), std::back_inserter(mine),
        [&](const Concern &concern) { return !concern.ofSource && concern.subject == name; });
    return mine;
}

// Clusters with concerns come first, worst first; then those not read yet; then the quiet ones.
auto riskOf(const OverviewRow &row)
{
    const bool quiet = row.concerns.empty();
    const int severity = quiet ? (row.server.facts ? 3 : 2) : int(row.concerns.front().severity);
    const int kind = quiet ? 0 : int(row.concerns.front().kind);
    return std::tuple(severity, kind, row.cluster.name);
}

} // namespace

std::vector<OverviewRow> overviewRows(
    const Fleet &fleet, const FleetState &state, Instant now, OverviewOrder order, const QString &scope)
{
    const auto all = attention(state, fleet, now);
    std::vector<OverviewRow> rows;
    for (const Cluster &cluster : fleet.clusters)
        if (scope.isEmpty() || cluster.name == scope)
            rows.push_back({ cluster, followedOf(state, cluster.name), concernsOf(all, cluster.name) });
    std::stable_sort(rows.begin(), rows.end(), [&](const OverviewRow &a, const OverviewRow &b) {
        return order == OverviewOrder::Name ? a.cluster.name < b.cluster.name : riskOf(a) < riskOf(b);
    });
    return rows;
}

OverviewModel::OverviewModel(Words words, QObject *parent)
    : RowsModel(int(Column::Count), std::move(words), parent)
{
}

Environment OverviewModel::environmentOf(const OverviewRow &row) const
{
    return row.cluster.environment;
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
