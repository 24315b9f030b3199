#pragma once

#include "insight/finding.h"
#include "insight/objectives.h"
#include "insight/recoverability.h"
#include "insight/risk.h"
#include "insight/stored.h"

#include <QByteArray>

namespace tidemark {

// How a cluster stands, worst first.
enum class ClusterStanding {
    Nothing, // its sources were read, and nothing can be restored
    Lapsed, // what can be restored ended, and does not go on: a gap, a lost base, only old points
    Late, // more is at risk than its RPO allows
    Unread, // no source of it has been read yet, or it has none
    Unproven, // within its RPO when last looked at, longer ago than that
    Restorable, // something can be restored; no RPO says how much
    Met // within its RPO
};

struct ClusterInsight {
    QString name; // in the fleet file
    ClusterStanding standing = ClusterStanding::Unread;
    Confidence confidence = Confidence::Claimed; // of the newest window or point
    std::optional<Instant> provenAt; // newest restore a session has proven
    Recoverability recoverability;
    Risk risk;
    std::vector<ObjectiveStanding> objectives;
    Stored stored;

    bool operator==(const ClusterInsight &) const = default;
};

// The one thing an overview opens with.
struct FleetVerdict {
    enum class Kind {
        NoClusters,
        NotReadYet,
        Worst, // `finding` says it
        AllMet, // nothing is wrong, every RPO is kept
        NothingWrong, // nothing is wrong, but not every cluster has a measured RPO
        OnlyAccepted // all that is wrong was accepted
    };
    Kind kind = Kind::NoClusters;
    std::optional<Finding> worst;
    int others = 0; // findings beside the worst that nobody accepted
    int accepted = 0; // findings that somebody did
    int met = 0;
    int total = 0; // clusters

    bool operator==(const FleetVerdict &) const = default;
};

// All that is concluded from the catalogue, the fleet file and what servers said.
struct Insight {
    Instant at;
    qint64 version = 0; // the catalogue's
    std::vector<ClusterInsight> clusters; // in the order of the fleet file
    std::vector<Finding> findings; // worst first, accepted ones last
    FleetVerdict verdict;

    bool operator==(const Insight &) const = default;
    [[nodiscard]] const ClusterInsight *cluster(const QString &name) const;
    [[nodiscard]] std::vector<Finding> findingsOf(const QString &cluster) const;
};

[[nodiscard]] Insight insightOf(
    const CatalogueFacts &facts, const Fleet &fleet, const FleetState &state, Instant now);

// The same facts seen later: what depends on time alone is told anew, cheaply.
[[nodiscard]] Insight aged(Insight insight, Instant now);

// For keeping. Reading refuses (nothing) what another version wrote, and anything damaged.
[[nodiscard]] QByteArray toBytes(const Insight &insight);
[[nodiscard]] std::optional<Insight> insightFromBytes(const QByteArray &bytes);

} // namespace tidemark
