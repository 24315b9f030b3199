#include "items/settingsmodels.h"

namespace tidemark {

namespace {

template <class Facts>
Reach reachOf(const std::vector<Followed<Facts>> &list, const QString &name)
{
    for (const auto &one : list)
        if (one.name == name)
            return one.reach;
    return Reach::Never;
}

} // namespace

std::vector<SettingsServerRow> settingsServers(const Fleet &fleet, const FleetState &state)
{
    std::vector<SettingsServerRow> rows;
    for (const Cluster &cluster : fleet.clusters)
        rows.push_back({ cluster, reachOf(state.servers, cluster.name) });
    return rows;
}

std::vector<SettingsSourceRow> settingsSources(const Fleet &fleet, const FleetState &state)
{
    std::vector<SettingsSourceRow> rows;
    for (const Source &source : fleet.sources)
        rows.push_back({ source, reachOf(state.backupServers, source.name) });
    return rows;
}

SettingsServersModel::SettingsServersModel(Words words, QObject *parent)
    : RowsModel(1, std::move(words), parent)
{
}

Environment SettingsServersModel::environmentOf(const SettingsServerRow &row) const
{
    return row.cluster.environment;
}

SettingsSourcesModel::SettingsSourcesModel(Words words, QObject *parent)
    : RowsModel(1, std::move(words), parent)
{
}

} // namespace tidemark
