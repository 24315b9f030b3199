#pragma once

#include "fleet/concerns.h"
#include "items/rowsmodel.h"

namespace tidemark {

// One cluster of the fleet with what is known of it now.
struct OverviewRow {
    Cluster cluster;
    Followed<ServerFacts> server;
    std::vector<Concern> concerns; // worst first

    bool operator==(const OverviewRow &) const = default;
    [[nodiscard]] QString key() const { return cluster.name; }
};

enum class OverviewOrder { Risk, Name };

// One row for each cluster of the scope (empty: all of the fleet).
[[nodiscard]] std::vector<OverviewRow> overviewRows(
    const Fleet &fleet, const FleetState &state, Instant now, OverviewOrder order, const QString &scope);

class OverviewModel : public RowsModel<OverviewRow>
{
    Q_OBJECT

public:
    enum class Column { Cluster, Answering, Archiver, Access, Objectives, Read, Count };
    explicit OverviewModel(Words words, QObject *parent = nullptr);

protected:
    [[nodiscard]] Environment environmentOf(const OverviewRow &row) const override;
};

// The sum of the databases' sizes; nothing when one of them could not be read.
[[nodiscard]] std::optional<Bytes> sizeOf(const ServerFacts &facts);

} // namespace tidemark
