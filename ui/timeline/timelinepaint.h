#pragma once

#include "timeline/timelinescene.h"

#include <QRect>

class QPainter;

namespace tidemark {

class Theme;

// Where things are in the timeline, in logical pixels of its viewport.
struct TimelinePlaces {
    explicit TimelinePlaces(const Theme &theme);

    int head = 197; // width of the names at the left
    int axis = 58; // height of the axis with the flags of now and cursor
    int lane = 92; // least height of a lane
    int band = 16; // height of a band
    int row = 21; // height of a row of marks
    int mark = 14; // side of a mark

    [[nodiscard]] int heightOf(const Lane &lane) const;
};

// Each paints its part into the rectangle; x 0 of the scale is the rectangle's left.
void paintAxis(QPainter &painter, const Theme &theme, const TimelineScene &scene, const QRect &rect);
void paintGrid(QPainter &painter, const Theme &theme, const TimelineScene &scene, const QRect &rect);
void paintLane(QPainter &painter, const Theme &theme, const TimelineScene &scene, std::size_t index,
    const QRect &rect, const TimelinePlaces &places);
void paintLaneHead(
    QPainter &painter, const Theme &theme, const LaneWords &words, bool chosen, const QRect &rect);
void paintCursor(QPainter &painter, const Theme &theme, const TimelineScene &scene, const QRect &rect);
// The flags over the axis: now, and the cursor; the cursor's wins where both would stand.
void paintFlags(QPainter &painter, const Theme &theme, const TimelineScene &scene, const QRect &axis);

} // namespace tidemark
