#include "items/readoutmodel.h"

namespace tidemark {

ReadoutRow readout(const Cluster &cluster, const Objectives &objectives, const ClusterFacts &facts,
    const ClusterInsight &insight, const StartingPoints &starts, Instant asked)
{
    ReadoutRow row;
    row.cluster = cluster.name;
    row.environment = cluster.environment;
    row.objectives = objectives;
    row.known = true;
    row.path = restorePath(facts, insight.recoverability, starts, asked);
    discountIdle(row.path, insight.risk, asked);
    for (const qint32 artifact : row.path.chain)
        row.chain.push_back(facts.artifacts[std::size_t(artifact)]);
    if (const auto &part = row.path.part; part && std::size_t(part->artifact) < facts.artifacts.size())
        row.part = facts.artifacts[std::size_t(part->artifact)];
    return row;
}

ReadoutModel::ReadoutModel(Words words, QObject *parent)
    : RowsModel(int(Column::Count), std::move(words), parent)
{
}

} // namespace tidemark
