#pragma once

#include "timeline/timelineplaces.h"
#include "timeline/timelinescene.h"

#include <QRect>

class QPainter;

namespace tidemark {

// One lane's band, marks, life lines and holds, right of its head. `strips` are those of stripsOf().
void paintLane(QPainter &painter, const Theme &theme, const TimelineScene &scene, std::size_t index,
    const QRect &rect, const TimelinePlaces &places, const std::vector<LaneStrip> &strips);

} // namespace tidemark
