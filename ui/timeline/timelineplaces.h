#pragma once

#include "timeline/lane.h"

#include <vector>

namespace tidemark {

class Theme;

// Where things are in the timeline, in logical pixels of its viewport.
struct TimelinePlaces {
    explicit TimelinePlaces(const Theme &theme);

    int head; // width of the names at the left
    int axis; // height of the axis with the flags of now and cursor
    int lane; // least height of a lane
    int band; // height of a band
    int row; // height of a row of marks
    int mark; // side of a mark
    int text; // height of a line of small text
    int life; // height of one life line
};

// A horizontal strip of a lane, from top to bottom.
struct LaneStrip {
    enum class Kind {
        Band, // any instant, or none
        Aside, // the same on branches that were left
        Note, // on the worst gap
        Marks, // rows of one marker
        Lives, // artifacts of one row, a line each, from when they were made on
        Held
    };
    Kind kind = Kind::Band;
    int top = 0; // below the top of the lane
    int height = 0;
    std::size_t first = 0; // of Lane::rows
    std::size_t last = 0; // not included

    bool operator==(const LaneStrip &) const = default;
};

// An open lane has a strip for each source and kind, and life lines of the newest points.
[[nodiscard]] std::vector<LaneStrip> stripsOf(const Lane &lane, bool open, const TimelinePlaces &places);
[[nodiscard]] int heightOf(const std::vector<LaneStrip> &strips, const TimelinePlaces &places);
constexpr double HeldTogether = 40; // px between what is held that stands in one ribbon
// How many of a row's newest marks have a life line.
[[nodiscard]] std::size_t livesOf(const MarkRow &row);

} // namespace tidemark
