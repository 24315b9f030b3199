#include "shell/openfleet.h"

#include <algorithm>

namespace tidemark {

const Fleet &OpenFleet::fleet() const
{
    static const Fleet none;
    return m_loaded ? m_loaded->fleet : none;
}

const Cluster *OpenFleet::cluster(const QString &name) const
{
    const auto &clusters = fleet().clusters;
    const auto found = std::ranges::find(clusters, name, &Cluster::name);
    return found == clusters.end() ? nullptr : &*found;
}

void OpenFleet::open(const QString &path, LoadedFleet loaded)
{
    m_path = path;
    m_loaded = std::move(loaded);
    Q_EMIT changed();
}

void OpenFleet::close()
{
    m_path.clear();
    m_loaded.reset();
    Q_EMIT changed();
}

} // namespace tidemark
