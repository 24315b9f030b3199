#pragma once

#include "fleet/fleet.h"
#include "insight/restorepath.h"
#include "ports/cataloguewatch.h"
#include "timeline/lane.h"

#include <qcorotask.h>

namespace tidemark {

struct ClusterInsight; // insight/insight.h

// What the timeline makes of one state of knowledge, for all clusters of the fleet in its order. Its indexes
// point into that knowledge and no other.
struct TimelineFacts {
    struct Of {
        QString cluster;
        std::shared_ptr<const Lane> lane;
        std::shared_ptr<const StartingPoints> starts;
    };
    std::shared_ptr<const Knowledge> knowledge; // null: nothing has been made yet
    std::vector<Of> clusters;

    [[nodiscard]] const Of *of(const QString &cluster) const;
    [[nodiscard]] const ClusterInsight *insight(const QString &cluster) const;
    // Made of the same facts and conclusions: only readings of sources may differ.
    [[nodiscard]] bool holdsFor(const Knowledge &other) const;
};

struct TimelineQuestion {
    std::shared_ptr<const Knowledge> knowledge; // never null
    Fleet fleet;
    Instant now;

    [[nodiscard]] bool asksTheSame(const TimelineQuestion &other) const
    {
        return knowledge->facts == other.knowledge->facts && knowledge->insight == other.knowledge->insight
            && fleet == other.fleet;
    }
};
[[nodiscard]] TimelineFacts workOut(const TimelineQuestion &question);
// The same on the thread pool: it takes a while for a million artifacts.
[[nodiscard]] QCoro::Task<TimelineFacts> workOutAside(TimelineQuestion question);

// Lets go of it on the thread pool: a million artifacts take a while to be forgotten, too.
void forgetAside(TimelineFacts facts);

// Source and id of each; all of them, or none. `catalogue` may be null.
[[nodiscard]] QCoro::Task<std::vector<Artifact>> artifactsOf(std::shared_ptr<Catalogue> catalogue,
    QString fleet, std::vector<std::pair<QString, QString>> wanted, std::stop_token stop);

} // namespace tidemark
