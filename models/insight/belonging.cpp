#include "insight/belonging.h"

#include <algorithm>
#include <map>

namespace tidemark {

namespace {

bool isFor(const Source &source, const Cluster &cluster)
{
    return source.clusters.contains(cluster.name);
}

qint32 named(const Fleet &fleet, const QString &name)
{
    const auto found = std::ranges::find(fleet.clusters, name, &Cluster::name);
    const bool none = name.isEmpty() || found == fleet.clusters.end();
    return none ? -1 : static_cast<qint32>(found - fleet.clusters.begin());
}

// Of the clusters with this identifier: one the source is for, else a primary, else any.
qint32 withIdentifier(const Fleet &fleet, const Source &source, SystemId id)
{
    const auto rank = [&](const Cluster &cluster) {
        return (isFor(source, cluster) ? 2 : 0) + (cluster.standbyOf.isEmpty() ? 1 : 0);
    };
    qint32 best = -1;
    for (qint32 i = 0; i < static_cast<qint32>(fleet.clusters.size()); ++i) {
        const Cluster &cluster = fleet.clusters[static_cast<std::size_t>(i)];
        if (cluster.systemId == id
            && (best < 0 || rank(cluster) > rank(fleet.clusters[static_cast<std::size_t>(best)])))
            best = i;
    }
    return best;
}

// The cluster it lies with: the one the tool names, else the only one the source is for.
qint32 housed(const Fleet &fleet, const Source &source, const Told &told)
{
    if (const qint32 index = named(fleet, told.cluster); index >= 0)
        return index;
    return source.clusters.size() == 1 ? named(fleet, source.clusters.front()) : -1;
}

} // namespace

Belonging belonging(const Fleet &fleet, const Source &source, const Told &told)
{
    const qint32 house = housed(fleet, source, told);
    if (!told.systemId)
        return { house, false };
    const qint32 own = withIdentifier(fleet, source, *told.systemId);
    const auto at
        = [&](qint32 index) -> const Cluster & { return fleet.clusters[static_cast<std::size_t>(index)]; };
    if (house >= 0 && (!at(house).systemId || at(house).systemId == told.systemId) && own < 0)
        return { house, false };
    if (own >= 0 && (own == house || source.clusters.isEmpty() || isFor(source, at(own))))
        return { own, false };
    return house >= 0 ? Belonging { house, true } : Belonging { -1, true };
}

Fleet identified(Fleet fleet, const FleetState &state)
{
    for (Cluster &cluster : fleet.clusters) {
        const auto server = std::ranges::find(state.servers, cluster.name, &Followed<ServerFacts>::name);
        if (!cluster.systemId && server != state.servers.end() && server->facts)
            cluster.systemId = server->facts->systemId;
    }
    return fleet;
}

Fleet identifiedByMost(Fleet fleet, const std::vector<Census> &census)
{
    std::map<std::pair<qint32, SystemId>, qint64> counts;
    for (const Census &row : census) {
        if (!row.told.systemId)
            continue;
        const Source &source = fleet.sources.at(static_cast<std::size_t>(row.source));
        const qint32 house = housed(fleet, source, row.told);
        if (house >= 0 && withIdentifier(fleet, source, *row.told.systemId) < 0)
            counts[{ house, *row.told.systemId }] += row.count;
    }
    for (qint32 i = 0; i < static_cast<qint32>(fleet.clusters.size()); ++i) {
        Cluster &cluster = fleet.clusters[static_cast<std::size_t>(i)];
        if (cluster.systemId)
            continue;
        qint64 most = 0;
        for (const auto &[key, count] : counts) {
            if (key.first != i || count < most)
                continue;
            cluster.systemId = count == most ? std::nullopt : std::optional(key.second);
            most = count;
        }
    }
    return fleet;
}

} // namespace tidemark
