#pragma once

#include "insight/insight.h"
#include "items/rowsmodel.h"

#include <memory>

namespace tidemark {

// One cluster of the fleet with what is concluded of it.
struct OverviewRow {
    Cluster cluster;
    Objectives objectives; // its own, else those of the sources that back it up
    bool hasSource = false; // the fleet file names one
    Followed<ServerFacts> server;
    std::shared_ptr<const ClusterInsight> insight; // null: nothing was concluded yet
    std::vector<Finding> findings; // about this cluster alone, worst first

    bool operator==(const OverviewRow &) const = default;
    [[nodiscard]] QString key() const { return cluster.name; }
    [[nodiscard]] bool isKnown() const { return insight && insight->standing != ClusterStanding::Unread; }
    // Null: the fleet file promises none, or nothing was concluded.
    [[nodiscard]] const ObjectiveStanding *objective(ObjectiveKind kind) const;
    [[nodiscard]] bool breaks(ObjectiveKind kind) const;
};

enum class OverviewOrder { Risk, Name };

// One row for each cluster of the scope (empty: all of the fleet). By risk: what cannot be brought back
// first, then as the findings are ranked, then by name.
[[nodiscard]] std::vector<OverviewRow> overviewRows(const Fleet &fleet, const FleetState &state,
    const std::shared_ptr<const Insight> &insight, OverviewOrder order, const QString &scope);

// How many keep a promise, of those it was given to; the rest is not known.
struct Tally {
    int good = 0;
    int bad = 0;
    int total = 0;

    bool operator==(const Tally &) const = default;
};

struct OverviewTallies {
    Tally rpo;
    Tally rto; // when it was measured
    Tally proven; // never is bad too: a promise of proof that was not kept yet
    std::optional<std::chrono::days> proofAge; // when all of them have the same

    bool operator==(const OverviewTallies &) const = default;
};
[[nodiscard]] OverviewTallies talliesOf(const std::vector<OverviewRow> &rows);

// How a cluster can be brought back, as a state. Good only where a check has passed that could have failed:
// what is only listed asks for attention. A cluster has this state wherever it is named; what was found about
// it is told beside it.
[[nodiscard]] Standing answerStanding(const ClusterInsight *insight);

class OverviewModel : public RowsModel<OverviewRow>
{
    Q_OBJECT

public:
    enum class Column { Cluster, Answer, Ribbon, Rpo, Proven, Rto, Stored, Count };
    explicit OverviewModel(Words words, QObject *parent = nullptr);

protected:
    [[nodiscard]] Environment environmentOf(const OverviewRow &row) const override;
};

// The same as a table of words: a column for each thing the rows paint.
class OverviewTableModel : public RowsModel<OverviewRow>
{
    Q_OBJECT

public:
    enum class Column {
        Cluster,
        Answer,
        Why,
        Oldest,
        Newest,
        Rpo,
        RpoLimit,
        Proven,
        Rto,
        RtoLimit,
        Stored,
        PerDay,
        Count
    };
    explicit OverviewTableModel(Words words, QObject *parent = nullptr);
};

// The sum of the databases' sizes; nothing when one of them could not be read.
[[nodiscard]] std::optional<Bytes> sizeOf(const ServerFacts &facts);

} // namespace tidemark
