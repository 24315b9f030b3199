#pragma once

#include "fleet/fleet.h"
#include "theme/glyphs.h"
#include "timeline/lane.h"

#include <QString>
#include <QStringList>
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
    QString counts; // "12 snapshots, 2 held"
    bool lapsed = false; // the reach ends too early: in the colour of failure
    QString band; // "Any instant · timeline %1", inside the band
    QString note; // under the band, on the worst gap
    QStringList parts; // one for each of the lane's rows: "pbs01 · VM snapshots"
    QString aside; // over the band of branches that were left
    QString held; // "2 backups held: no rule prunes them"
    QString spoken; // the whole lane in a sentence, for screen readers

    bool operator==(const LaneWords &) const = default;
};

// Everything the timeline paints, complete at any time.
struct TimelineScene {
    std::vector<std::shared_ptr<const Lane>> lanes;
    std::vector<LaneWords> words; // one for each lane
    std::vector<bool> open; // one for each lane: it shows a strip for each source and kind
    std::vector<std::optional<Instant>> readAt; // of sources, by index: what they keep was there then
    TimeScale scale;
    Instant now;
    Instant cursor;
    int current = -1; // chosen lane
    QTimeZone zone = QTimeZone::utc();
    QString cursorText; // "Wed 18 Nov 16:20"
    QString nowText; // "now 14:05 UTC"
    QString futureText; // right of now
    QString axisText; // "days in UTC"
};

} // namespace tidemark
