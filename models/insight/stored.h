#pragma once

#include "insight/facts.h"

namespace tidemark {

// How much is stored of a cluster now, in artifacts and in archived WAL, and when the artifacts were made.
// What was removed meanwhile is not known: this is no history of the amount.
struct Stored {
    static constexpr int Days = 30;

    std::optional<Bytes> total; // nothing: no size is told
    qint64 untold = 0; // artifacts whose size is not told: the total is more
    std::vector<Bytes> made; // of what is still there, on each of the last 30 days, oldest first
    int knownDays = 0; // how many of them the oldest artifact reaches back

    bool operator==(const Stored &) const = default;
    // What was made in a day, on average; nothing while less than a day is known.
    [[nodiscard]] std::optional<Bytes> perDay() const;
};

[[nodiscard]] Stored storedOf(const ClusterFacts &facts, Instant now);

} // namespace tidemark
