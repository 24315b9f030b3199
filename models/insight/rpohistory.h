#pragma once

#include "insight/insight.h"

namespace tidemark {

// A time in which the cluster's death would have cost more work than its RPO allows.
struct OverRpo {
    Instant from;
    Instant to;
    std::chrono::seconds worst {}; // lost at its end

    bool operator==(const OverRpo &) const = default;
};

// How an RPO was kept until now.
struct RpoHistory {
    Instant from; // as asked, or the oldest moment of which anything is known
    Instant to;
    std::chrono::seconds worst {}; // the most that was at risk at any time
    std::vector<OverRpo> over; // by time

    bool operator==(const RpoHistory &) const = default;
    [[nodiscard]] std::chrono::seconds overall() const;
    // Percent of the time.
    [[nodiscard]] double within() const;
};

// Inside a window nothing is taken to have been at risk: how late its segments came is not remembered. A run
// that ended well counts although its backup is no longer kept. Nothing for a cluster without an RPO, or of
// which nothing is known.
[[nodiscard]] std::optional<RpoHistory> rpoHistory(const Cluster &cluster, const Fleet &fleet,
    const CatalogueFacts &facts, const ClusterInsight &insight, Instant from, Instant now);

} // namespace tidemark
