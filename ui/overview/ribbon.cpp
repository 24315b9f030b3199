#include "overview/ribbon.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tidemark {

namespace {

constexpr int LeastGap = 2; // px
constexpr double Apart = 5; // px between marks

class Folding
{
public:
    Folding(Instant now, int width)
        : m_now(now)
        , m_scale(width)
        , m_columns(std::size_t(width), RibbonState::Empty)
    {
    }

    void mark(Instant from, Instant to, RibbonState state, int least = 1)
    {
        const int end = int(m_columns.size());
        const int first = std::clamp(int(std::floor(xOf(from))), 0, end - 1);
        const int last = std::clamp(std::max(int(std::ceil(xOf(to))), first + least), 0, end);
        for (int x = std::min(first, end - least); x < last; ++x) {
            RibbonState &column = m_columns[std::size_t(std::max(0, x))];
            column = std::max(column, state);
        }
    }
    void markAll(RibbonState state) { std::fill(m_columns.begin(), m_columns.end(), state); }
    [[nodiscard]] double xOf(Instant instant) const { return m_scale.xOf(m_now - instant); }

    [[nodiscard]] std::vector<RibbonSpan> spans() const
    {
        std::vector<RibbonSpan> found;
        for (int x = 0; x < int(m_columns.size()); ++x) {
            const RibbonState state = m_columns[std::size_t(x)];
            if (state == RibbonState::Empty)
                continue;
            if (!found.empty() && found.back().to == x && found.back().state == state)
                ++found.back().to;
            else
                found.push_back({ x, x + 1, state });
        }
        return found;
    }

private:
    Instant m_now;
    AgeScale m_scale;
    std::vector<RibbonState> m_columns;
};

RibbonState stateOf(const Window &window)
{
    const bool sure = window.confidence == Confidence::Verified || window.confidence == Confidence::Proven;
    return sure ? RibbonState::Checked : RibbonState::Listed;
}

std::vector<RibbonMark> marksOf(const std::vector<Point> &points, const Folding &folding)
{
    std::vector<RibbonMark> marks;
    std::array<int, 8> newest {}; // index of the newest mark of a kind, from 1
    for (const Point &point : points) {
        const double x = folding.xOf(point.at);
        int &last = newest[std::size_t(point.kind)];
        if (last > 0 && x - marks[std::size_t(last - 1)].x < Apart) {
            ++marks[std::size_t(last - 1)].count;
            continue;
        }
        marks.push_back({ x, point.kind, 1 });
        last = int(marks.size());
    }
    return marks;
}

} // namespace

Ribbon ribbonOf(const ClusterInsight &cluster, Instant now, int width)
{
    if (width < LeastGap || cluster.standing == ClusterStanding::Unread)
        return {};
    Folding folding(now, width);
    const Recoverability &found = cluster.recoverability;
    if (cluster.standing == ClusterStanding::Nothing)
        folding.markAll(RibbonState::Broken);
    for (const Window &window : found.windows)
        folding.mark(window.from, window.to, stateOf(window));
    for (const Gap &gap : found.gaps)
        folding.mark(gap.from, gap.to.value_or(now), RibbonState::Broken, LeastGap);
    // Windows alone: what has not arrived for longer than is allowed cannot be restored either.
    if (cluster.standing == ClusterStanding::Late && cluster.risk.newest && !found.windows.empty())
        folding.mark(*cluster.risk.newest, now, RibbonState::Broken, LeastGap);
    return { folding.spans(), marksOf(found.points, folding) };
}

} // namespace tidemark
