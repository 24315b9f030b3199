#pragma once

#include "wal/walarchive.h"

#include <vector>

namespace tidemark {

// By this time everything up to this position had arrived.
struct Arrival {
    Lsn end;
    Instant at;
};

// Spans that follow each other without a break, however the archive's listing cut them.
struct WalRun {
    SegmentNumber first;
    SegmentNumber last; // included
    std::vector<Arrival> arrivals;
    bool inherits = false; // a base of an older timeline can be restored into it
    int pieces = 0; // of windows that lie in it

    [[nodiscard]] bool holds(SegmentNumber segment) const { return first <= segment && segment <= last; }
};

struct TimelineRuns {
    TimelineId timeline;
    std::vector<WalRun> runs; // by number

    [[nodiscard]] const WalRun *holding(SegmentNumber segment) const;
};

// The newest file of a timeline is short while it is being copied.
[[nodiscard]] bool stillArriving(const WalTrouble &trouble, const WalArchive &archive, Instant now);

// By timeline.
[[nodiscard]] std::vector<TimelineRuns> runsOf(const WalArchive &archive);

} // namespace tidemark
