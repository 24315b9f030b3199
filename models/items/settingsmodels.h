#pragma once

#include "fleet/fleet.h"
#include "fleet/fleetstate.h"
#include "items/rowsmodel.h"

namespace tidemark {

struct SettingsServerRow {
    Cluster cluster;
    Reach reach = Reach::Never;

    bool operator==(const SettingsServerRow &) const = default;
    [[nodiscard]] QString key() const { return cluster.name; }
};

struct SettingsSourceRow {
    Source source;
    Reach reach = Reach::Never;

    bool operator==(const SettingsSourceRow &) const = default;
    [[nodiscard]] QString key() const { return source.name; }
};

// In the order of the file.
[[nodiscard]] std::vector<SettingsServerRow> settingsServers(const Fleet &fleet, const FleetState &state);
[[nodiscard]] std::vector<SettingsSourceRow> settingsSources(const Fleet &fleet, const FleetState &state);

class SettingsServersModel : public RowsModel<SettingsServerRow>
{
    Q_OBJECT

public:
    explicit SettingsServersModel(Words words, QObject *parent = nullptr);

protected:
    [[nodiscard]] Environment environmentOf(const SettingsServerRow &row) const override;
};

class SettingsSourcesModel : public RowsModel<SettingsSourceRow>
{
    Q_OBJECT

public:
    explicit SettingsSourcesModel(Words words, QObject *parent = nullptr);
};

} // namespace tidemark
