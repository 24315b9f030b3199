#include "toolanswer/whose.h"

#include <algorithm>

namespace tidemark {

QString clusterOf(const Source &source, const std::vector<Cluster> &clusters, const QString &toolsName,
    std::optional<SystemId> systemId, bool onlyOne)
{
    const auto named = [&](const Cluster &cluster) { return source.clusters.contains(cluster.name); };
    const auto same = std::ranges::find_if(clusters, [&](const Cluster &cluster) {
        return systemId && cluster.systemId == systemId && (source.clusters.isEmpty() || named(cluster));
    });
    if (same != clusters.end())
        return same->name;
    if (source.clusters.contains(toolsName))
        return toolsName;
    return onlyOne && source.clusters.size() == 1 ? source.clusters.first() : QString();
}

} // namespace tidemark
