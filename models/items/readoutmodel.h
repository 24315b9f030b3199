#pragma once

#include "insight/recoverability.h"
#include "items/rowsmodel.h"

namespace tidemark {

// What one cluster can be brought back to for the instant under the timeline's cursor.
struct ReadoutRow {
    QString cluster;
    Environment environment = Environment::Unset;
    bool known = false; // false: none of its sources has been read
    Answer answer;
    std::optional<ArtifactFact> from; // what one would restore
    bool withWal = false; // and WAL on top of it
    bool grows = false; // its window still does: what is lost is only what has not arrived yet
    std::optional<Instant> next; // when the instant lies in a gap: the next one that can be restored
    Confidence confidence = Confidence::Claimed;
    Objectives objectives;

    bool operator==(const ReadoutRow &) const = default;
    [[nodiscard]] QString key() const { return cluster; }
};

[[nodiscard]] ReadoutRow readout(
    const Cluster &cluster, const ClusterFacts &facts, const Recoverability &recoverability, Instant asked);

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
