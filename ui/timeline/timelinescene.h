#pragma once

#include "fleet/fleet.h"
#include "theme/glyphs.h"
#include "timeline/lane.h"

#include <QString>
#include <QTimeZone>

#include <memory>
#include <vector>

namespace tidemark {

// What stands at the left of a lane and inside it, worded by the page.
struct LaneWords {
    QString name;
    Environment environment = Environment::Unset;
    Glyph glyph = Glyph::None;
    QString objectives; // "RPO 15 min · RTO 15 min"
    QString reach; // "21 Aug 00:10 → 2 min ago"
    bool lapsed = false; // the reach ends too early: in the colour of failure
    QString band; // "Any instant", inside the band
    QString note; // under the band, on the worst gap
    QString spoken; // the whole lane in a sentence, for screen readers

    bool operator==(const LaneWords &) const = default;
};

// Everything the timeline paints, complete at any time.
struct TimelineScene {
    std::vector<std::shared_ptr<const Lane>> lanes;
    std::vector<LaneWords> words; // one for each lane
    TimeScale scale;
    Instant now;
    Instant cursor;
    int current = -1; // chosen lane
    QTimeZone zone = QTimeZone::utc();
    QString cursorText; // "Wed 18 Nov 16:20"
    QString nowText; // "now 14:05 UTC"
    QString axisText; // "days in UTC"
};

} // namespace tidemark
