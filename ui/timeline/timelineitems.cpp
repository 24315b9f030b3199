#include "timeline/timelineitems.h"

#include <algorithm>

namespace tidemark {

namespace {

struct Maker {
    const Lane &lane;
    const TimeScale &scale;
    Instant now;
    const TimelinePlaces &places;
    std::vector<TimelineItem> &items;

    [[nodiscard]] bool inSight(double x, double end) const { return end >= 0 && x <= scale.width(); }
    void add(TimelineItem item, double x, double end, double top, double height) const
    {
        if (!inSight(x, end))
            return;
        item.rect = QRectF(x, top, std::max(1.0, end - x), height);
        items.push_back(item);
    }

    void addWindows(
        const std::vector<Window> &windows, TimelineItem::Kind kind, double top, double height) const
    {
        for (const Stretch &stretch : foldWindows(windows, scale)) {
            const auto first = std::size_t(stretch.index);
            const auto last = first + std::size_t(stretch.count) - 1;
            TimelineItem item { kind, windows[first].from, windows[last].to, stretch.index };
            item.count = std::size_t(stretch.count);
            add(item, stretch.x, stretch.end, top, height);
        }
    }
    void addGaps(double top, double height) const
    {
        for (const Stretch &stretch : foldGaps(lane.gaps, scale, now)) {
            const auto first = std::size_t(stretch.index);
            const auto last = first + std::size_t(stretch.count) - 1;
            TimelineItem item { TimelineItem::Kind::Gap, lane.gaps[first].from,
                lane.gaps[last].to.value_or(now), stretch.index };
            item.count = std::size_t(stretch.count);
            add(item, stretch.x, stretch.end, top, height);
        }
    }
    void addSwitches(double top) const
    {
        for (std::size_t i = 0; i < lane.switches.size(); ++i) {
            const Instant at = lane.switches[i].at;
            const double x = scale.xOf(at);
            add({ TimelineItem::Kind::Switch, at, at, qint32(i) }, x, x + 2 * places.mark, top - places.mark,
                places.mark);
        }
    }
    void addMarks(TimelineItem::Kind kind, const MarkRow &row, qint32 index, const std::vector<Comb> &combs,
        double middle) const
    {
        const double half = places.mark / 2.0;
        for (const Comb &comb : combs) {
            TimelineItem item { kind, row.at(comb.first), row.at(comb.first + comb.count - 1), index };
            item.first = comb.first;
            item.count = comb.count;
            item.bad = comb.bad;
            add(item, comb.x - half, comb.end + half, middle - half, places.mark);
        }
    }
    void addStrip(const LaneStrip &strip) const
    {
        switch (strip.kind) {
        case LaneStrip::Kind::Band:
            addWindows(lane.windows, TimelineItem::Kind::Window, strip.top, strip.height);
            addGaps(strip.top, strip.height);
            addSwitches(strip.top);
            break;
        case LaneStrip::Kind::Aside:
            addWindows(lane.aside, TimelineItem::Kind::Aside, strip.top + places.text, places.band);
            break;
        case LaneStrip::Kind::Marks:
            for (std::size_t row = strip.first; row < strip.last; ++row)
                addMarks(TimelineItem::Kind::Marks, lane.rows[row], qint32(row), fold(lane.rows[row], scale),
                    strip.top + strip.height - places.row / 2.0);
            break;
        case LaneStrip::Kind::Held:
            addMarks(TimelineItem::Kind::Held, lane.held, 0, ribbons(lane.held, scale, HeldTogether),
                strip.top + places.row / 2.0);
            break;
        case LaneStrip::Kind::Note:
        case LaneStrip::Kind::Lives:
            break;
        }
    }
};

} // namespace

std::vector<TimelineItem> itemsOf(const Lane &lane, const std::vector<LaneStrip> &strips,
    const TimeScale &scale, Instant now, const TimelinePlaces &places)
{
    std::vector<TimelineItem> items;
    const Maker maker { lane, scale, now, places, items };
    for (const LaneStrip &strip : strips)
        maker.addStrip(strip);
    return items;
}

int itemAt(const std::vector<TimelineItem> &items, QPointF point)
{
    constexpr double finger = 4;
    int best = -1;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i].rect.adjusted(-finger, -finger, finger, finger).contains(point)
            && (best < 0 || items[i].rect.width() <= items[std::size_t(best)].rect.width()))
            best = int(i);
    return best;
}

} // namespace tidemark
