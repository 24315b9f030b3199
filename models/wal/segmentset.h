#pragma once

#include "wal/segment.h"

#include <map>
#include <vector>

namespace tidemark {

// A set of segments that stays small when they follow each other, however many they are. Printed as
// "1:5-900,1024;2:901", numbers of segments of one size.
class SegmentSet
{
public:
    [[nodiscard]] static SegmentSet parse(const QString &text);
    [[nodiscard]] QString toString() const;

    void insert(TimelineId timeline, SegmentNumber number) { insert(timeline, number, number); }
    void insert(TimelineId timeline, SegmentNumber first, SegmentNumber last);
    [[nodiscard]] bool contains(TimelineId timeline, SegmentNumber number) const;
    [[nodiscard]] bool empty() const { return m_runs.empty(); }
    [[nodiscard]] std::uint64_t count() const;
    // What is in both.
    [[nodiscard]] SegmentSet with(const SegmentSet &other) const;

    bool operator==(const SegmentSet &) const = default;

private:
    struct Run {
        std::uint64_t first = 0;
        std::uint64_t last = 0;

        bool operator==(const Run &) const = default;
    };
    std::map<TimelineId, std::vector<Run>> m_runs; // in order, never touching
};

} // namespace tidemark
