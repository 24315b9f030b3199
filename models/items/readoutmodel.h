#pragma once

#include "insight/insight.h"
#include "insight/restorepath.h"
#include "items/rowsmodel.h"

namespace tidemark {

// What one cluster can be brought back to for the instant under the timeline's cursor.
struct ReadoutRow {
    QString cluster;
    Environment environment = Environment::Unset;
    bool known = false; // false: none of its sources has been read
    RestorePath path;
    std::vector<ArtifactFact> chain; // of the path; empty: not read yet
    std::optional<ArtifactFact> part; // of the path's newer part
    Objectives objectives;

    bool operator==(const ReadoutRow &) const = default;
    [[nodiscard]] QString key() const { return cluster; }
};

// `objectives` are what the fleet says for the cluster.
[[nodiscard]] ReadoutRow readout(const Cluster &cluster, const Objectives &objectives,
    const ClusterFacts &facts, const ClusterInsight &insight, const StartingPoints &starts, Instant asked);

class ReadoutModel : public RowsModel<ReadoutRow>
{
    Q_OBJECT

public:
    enum class Column { Cluster, Restorable, Get, Lost, From, Rto, Count };
    explicit ReadoutModel(Words words, QObject *parent = nullptr);

protected:
    [[nodiscard]] Environment environmentOf(const ReadoutRow &row) const override { return row.environment; }
};

} // namespace tidemark
