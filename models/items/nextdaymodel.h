#pragma once

#include "insight/calendarplan.h"
#include "insight/insight.h"
#include "items/rowsmodel.h"

namespace tidemark {

// Something planned for a cluster within the next day.
struct PlannedRun {
    Instant from;
    Instant to; // of a maintenance window; else the same
    QString kind; // as the schedule says; "maintenance"
    QString schedule;
    int count = 1; // how many of the kind begin together

    bool operator==(const PlannedRun &) const = default;
};

// What is planned for one cluster.
struct NextDayRow {
    QString cluster;
    Environment environment = Environment::Unset;
    std::vector<PlannedRun> runs; // by time
    bool lost = false; // nothing newer can be restored until a base backup is taken
    std::optional<Instant> nextBase; // of a lost one: when the fleet file plans the next

    bool operator==(const NextDayRow &) const = default;
    [[nodiscard]] QString key() const { return cluster; }
};

// One row for each cluster, in the order they are named. `insight` may be null.
[[nodiscard]] std::vector<NextDayRow> nextDayRows(const QStringList &clusters, const Fleet &fleet,
    const CatalogueFacts &facts, const Insight *insight, Instant now);

class NextDayModel : public RowsModel<NextDayRow>
{
    Q_OBJECT

public:
    enum class Column { Cluster, Lane, Count };
    explicit NextDayModel(Words words, QObject *parent = nullptr);

protected:
    [[nodiscard]] Environment environmentOf(const NextDayRow &row) const override { return row.environment; }
};

} // namespace tidemark
