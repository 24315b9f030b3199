#pragma once

#include "timeline/timelineplaces.h"

#include <QRectF>

namespace tidemark {

// One thing that is painted in a lane: for tips, for screen readers and for the table that says the same.
struct TimelineItem {
    enum class Kind { Window, Aside, Gap, Switch, Marks, Held };
    Kind kind = Kind::Marks;
    Instant from;
    Instant to;
    qint32 index = 0; // of the first window, gap or switch of the lane; of marks their row
    std::size_t first = 0; // of marks and holds: the first in their row
    std::size_t count = 1; // how many are folded into it
    std::size_t bad = 0;
    QRectF rect; // from the left of the time and the top of the lane

    bool operator==(const TimelineItem &) const = default;
};

// Everything that is in sight, from the top strip to the lowest, each from left to right.
[[nodiscard]] std::vector<TimelineItem> itemsOf(const Lane &lane, const std::vector<LaneStrip> &strips,
    const TimeScale &scale, Instant now, const TimelinePlaces &places);
// The one under a point of the lane; the nearest of those that are narrower than a finger. -1: none.
[[nodiscard]] int itemAt(const std::vector<TimelineItem> &items, QPointF point);

} // namespace tidemark
