#include "timeline/timelineplaces.h"

#include "theme/theme.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr std::size_t MostLives = 8;

class Stack
{
public:
    explicit Stack(int top)
        : m_top(top)
    {
    }
    void add(LaneStrip::Kind kind, int height, std::size_t first = 0, std::size_t last = 0)
    {
        m_strips.push_back({ kind, m_top, height, first, last });
        m_top += height;
    }
    void space(int height) { m_top += height; }
    std::vector<LaneStrip> strips() { return std::move(m_strips); }

private:
    int m_top;
    std::vector<LaneStrip> m_strips;
};

bool isPoint(Marker marker)
{
    return marker == Marker::Dump || marker == Marker::Snapshot;
}

void addRows(Stack &stack, const Lane &lane, bool open, const TimelinePlaces &places)
{
    for (std::size_t first = 0; first < lane.rows.size();) {
        std::size_t last = first + 1;
        while (!open && last < lane.rows.size() && lane.rows[last].marker() == lane.rows[first].marker())
            ++last;
        stack.add(LaneStrip::Kind::Marks, places.row + (open ? places.text : 0), first, last);
        if (open && isPoint(lane.rows[first].marker()))
            stack.add(LaneStrip::Kind::Lives, int(livesOf(lane.rows[first])) * places.life, first, last);
        first = last;
    }
}

} // namespace

TimelinePlaces::TimelinePlaces(const Theme &theme)
    : head(theme.px(197))
    , axis(theme.px(58))
    , lane(theme.px(78))
    , band(theme.px(16))
    , row(theme.px(21))
    , mark(theme.px(14))
    , text(theme.px(15))
    , life(theme.px(12))
{
}

std::size_t livesOf(const MarkRow &row)
{
    return std::min(row.size(), MostLives);
}

std::vector<LaneStrip> stripsOf(const Lane &lane, bool open, const TimelinePlaces &places)
{
    Stack stack(places.mark);
    if (lane.hasBand()) {
        stack.add(LaneStrip::Kind::Band, places.band);
        stack.space(places.band / 5);
    }
    if (open && !lane.aside.empty()) {
        stack.add(LaneStrip::Kind::Aside, places.band + places.text);
        stack.space(places.band / 5);
    }
    if (!lane.gaps.empty())
        stack.add(LaneStrip::Kind::Note, places.text + places.band / 8);
    addRows(stack, lane, open, places);
    if (!lane.held.empty())
        stack.add(LaneStrip::Kind::Held, places.row);
    return stack.strips();
}

int heightOf(const std::vector<LaneStrip> &strips, const TimelinePlaces &places)
{
    const int end = strips.empty() ? 0 : strips.back().top + strips.back().height;
    return std::max(places.lane, end + places.row / 2);
}

} // namespace tidemark
