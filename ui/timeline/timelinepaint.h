#pragma once

#include "timeline/timelineplaces.h"
#include "timeline/timelinescene.h"

#include <QRect>

class QPainter;

namespace tidemark {

// Each paints its part into the rectangle; x 0 of the scale is the rectangle's left.
void paintAxis(QPainter &painter, const Theme &theme, const TimelineScene &scene, const QRect &rect);
void paintGrid(QPainter &painter, const Theme &theme, const TimelineScene &scene, const QRect &rect);
struct HeadState {
    bool chosen = false;
    bool open = false;
};
void paintLaneHead(
    QPainter &painter, const Theme &theme, const LaneWords &words, HeadState state, const QRect &rect);
void paintCursor(QPainter &painter, const Theme &theme, const TimelineScene &scene, const QRect &rect);
// The flags over the axis: now, and the cursor; the cursor's wins where both would stand.
void paintFlags(QPainter &painter, const Theme &theme, const TimelineScene &scene, const QRect &axis);

} // namespace tidemark
