#pragma once

#include "values/instant.h"
#include "wal/lsn.h"

#include <optional>
#include <vector>

namespace tidemark {

// When positions of one timeline had been written, as far as anything told it. Never later than what was
// seen of the same or a later position, so it does not run backwards.
class LsnTimes
{
public:
    void add(Lsn lsn, Instant seen) { m_seen.push_back({ lsn, seen }); }
    void settle(Instant now); // after the last add, before the first question

    // The latest time known of this position or one before it: what was written by then is before it.
    [[nodiscard]] std::optional<Instant> upTo(Lsn lsn) const;
    // The earliest time known of this position or one behind it: it had been written by then.
    [[nodiscard]] std::optional<Instant> by(Lsn lsn) const;
    // The first known position that was written at this time or later.
    [[nodiscard]] std::optional<Lsn> reached(Instant at) const;

private:
    struct Seen {
        Lsn lsn;
        Instant at;
    };
    std::vector<Seen> m_seen;
};

} // namespace tidemark
