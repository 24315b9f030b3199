#pragma once

#include "insight/recoverability.h"
#include "theme/glyphs.h"
#include "timeline/timescale.h"

#include <vector>

namespace tidemark {

// Marks of one kind and source in the order of time, ready to be folded: a million of them in one row paint
// as fast as a hundred.
class MarkRow
{
public:
    explicit MarkRow(Marker marker = Marker::Full, qint32 source = -1)
        : m_marker(marker)
        , m_source(source)
    {
    }
    void reserve(std::size_t count);
    // In the order of time. `row` is the artifact's index in its cluster's facts.
    void add(Instant at, qint32 row, bool bad);

    [[nodiscard]] Marker marker() const { return m_marker; }
    [[nodiscard]] qint32 source() const
    {
        return m_source;
    } // index into CatalogueFacts::sources, -1: not read
    [[nodiscard]] bool anyBad() const { return m_badBefore.back() > 0; }
    [[nodiscard]] bool empty() const { return m_at.empty(); }
    [[nodiscard]] std::size_t size() const { return m_at.size(); }
    [[nodiscard]] Instant at(std::size_t index) const { return m_at[index]; }
    [[nodiscard]] qint32 row(std::size_t index) const { return m_rows[index]; }
    // The first mark at or after an instant, and after it.
    [[nodiscard]] std::size_t from(Instant instant) const;
    [[nodiscard]] std::size_t after(Instant instant) const;
    [[nodiscard]] std::size_t badWithin(std::size_t first, std::size_t last) const
    {
        return m_badBefore[last] - m_badBefore[first];
    }

private:
    Marker m_marker;
    qint32 m_source;
    std::vector<Instant> m_at;
    std::vector<qint32> m_rows;
    std::vector<quint32> m_badBefore { 0 };
};

// Marks nearer to each other than they can be told apart, as one.
struct Comb {
    double x = 0; // of the first
    double end = 0; // of the last
    std::size_t first = 0;
    std::size_t count = 0;
    std::size_t bad = 0; // the worst state wins: one bad mark makes the comb bad

    bool operator==(const Comb &) const = default;
};
[[nodiscard]] std::vector<Comb> fold(const MarkRow &row, const TimeScale &scale, double leastPixels = 6);

// Neighbours nearer to each other than this as one: a ribbon of marks.
[[nodiscard]] std::vector<Comb> ribbons(const MarkRow &row, const TimeScale &scale, double apart);

// A stretch of the band: restorable or not. Stretches narrower than a pixel are folded, a gap wins over a
// window and is never narrower than `leastGap`.
struct Stretch {
    double x = 0;
    double end = 0;
    bool gap = false;
    qint32 index = 0; // of the first window or gap in it
    qint32 count = 1; // how many follow each other in it

    bool operator==(const Stretch &) const = default;
};
[[nodiscard]] std::vector<Stretch> foldWindows(const std::vector<Window> &windows, const TimeScale &scale);
[[nodiscard]] std::vector<Stretch> foldGaps(
    const std::vector<Gap> &gaps, const TimeScale &scale, Instant now, double leastGap = 2);

// Where a cluster went over to another timeline.
struct LaneSwitch {
    Instant at;
    TimelineId from;
    TimelineId to;
    QString reason; // as its history file says
    bool aside = false; // the server is not on it and did not come from it

    bool operator==(const LaneSwitch &) const = default;
};

// A source as the marks of a lane need it.
struct LaneSource {
    QString name;
    SourceKind kind = SourceKind::Other;
    std::optional<Instant> readAt; // what it keeps was there then
};

// One cluster on the timeline.
struct Lane {
    QString cluster;
    std::vector<Window> windows; // on the line that leads to where the server is
    std::vector<Window> aside; // on branches that were left
    std::vector<Gap> gaps;
    std::vector<MarkRow> rows; // those that are not empty, by marker and source, in the order they are drawn
    MarkRow held; // of all kinds: protected, kept, on legal hold
    std::vector<LaneSwitch> switches;

    [[nodiscard]] bool hasBand() const { return !windows.empty() || !aside.empty() || !gaps.empty(); }
    [[nodiscard]] int kinds() const; // rows of different markers
};
// The indexes in the facts' artifacts are those of `sources`.
[[nodiscard]] Lane laneOf(
    const ClusterFacts &facts, const Recoverability &recoverability, const std::vector<LaneSource> &sources);

// The mark nearest to an instant before or after it, over all rows; for Ctrl+Left and Ctrl+Right.
[[nodiscard]] std::optional<Instant> markBefore(const Lane &lane, Instant instant);
[[nodiscard]] std::optional<Instant> markAfter(const Lane &lane, Instant instant);

} // namespace tidemark
