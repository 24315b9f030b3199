#include "timeline/lane.h"

#include <algorithm>
#include <array>

namespace tidemark {

namespace {

// The first index from `begin` on whose instant is not before `limit`: in steps that double, because the
// answer is near when few marks are in sight and far when many are.
std::size_t gallop(const MarkRow &row, std::size_t begin, Instant limit)
{
    std::size_t step = 1;
    std::size_t low = begin;
    while (begin + step < row.size() && row.at(begin + step) < limit) {
        low = begin + step;
        step *= 2;
    }
    std::size_t high = std::min(begin + step, row.size());
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (row.at(middle) < limit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

Marker markerOf(const ArtifactFact &artifact)
{
    switch (artifact.kind) {
    case ArtifactKind::Dump:
    case ArtifactKind::Globals:
        return Marker::Dump;
    case ArtifactKind::VmSnapshot:
        return Marker::Snapshot;
    case ArtifactKind::BaseBackup:
        break;
    }
    if (artifact.method == Method::Incremental)
        return Marker::Incremental;
    return artifact.method == Method::Differential ? Marker::Differential : Marker::Full;
}

bool isBad(const ArtifactFact &artifact)
{
    return artifact.foreign || artifact.assurance == Assurance::Refuted
        || (artifact.state != ArtifactState::Complete && artifact.state != ArtifactState::Running);
}

constexpr std::array<Marker, 5> Order { Marker::Full, Marker::Differential, Marker::Dump, Marker::Snapshot,
    Marker::Incremental };

void addMarks(const ClusterFacts &facts, std::vector<MarkRow> &rows)
{
    struct Mark {
        Instant at;
        qint32 row = 0;
        bool bad = false;
    };
    std::array<std::vector<Mark>, Order.size()> marks;
    for (std::size_t i = 0; i < facts.artifacts.size(); ++i) {
        const ArtifactFact &artifact = facts.artifacts[i];
        const auto at = momentOf(artifact);
        if (!at || artifact.kind == ArtifactKind::Globals)
            continue;
        const auto place = std::find(Order.begin(), Order.end(), markerOf(artifact)) - Order.begin();
        marks[std::size_t(place)].push_back({ *at, qint32(i), isBad(artifact) });
    }
    for (std::size_t place = 0; place < Order.size(); ++place) {
        const auto earlier = [](const Mark &a, const Mark &b) { return a.at < b.at; };
        if (!std::is_sorted(marks[place].begin(), marks[place].end(), earlier))
            std::sort(marks[place].begin(), marks[place].end(), earlier);
        MarkRow row(Order[place]);
        for (const Mark &mark : marks[place])
            row.add(mark.at, mark.row, mark.bad);
        if (!row.empty())
            rows.push_back(std::move(row));
    }
}

} // namespace

void MarkRow::add(Instant at, qint32 row, bool bad)
{
    m_at.push_back(at);
    m_rows.push_back(row);
    m_badBefore.push_back(m_badBefore.back() + (bad ? 1 : 0));
}

std::size_t MarkRow::from(Instant instant) const
{
    return std::size_t(std::lower_bound(m_at.begin(), m_at.end(), instant) - m_at.begin());
}

std::size_t MarkRow::after(Instant instant) const
{
    return std::size_t(std::upper_bound(m_at.begin(), m_at.end(), instant) - m_at.begin());
}

std::vector<Comb> fold(const MarkRow &row, const TimeScale &scale, double leastPixels)
{
    std::vector<Comb> combs;
    const auto margin = scale.across(leastPixels + 8); // a mark half out of sight is painted too
    const std::size_t end = row.after(scale.to() + margin);
    for (std::size_t i = row.from(scale.from() - margin); i < end;) {
        const std::size_t next
            = std::min(end, std::max(i + 1, gallop(row, i, row.at(i) + scale.across(leastPixels))));
        combs.push_back(
            { scale.xOf(row.at(i)), scale.xOf(row.at(next - 1)), i, next - i, row.badWithin(i, next) });
        i = next;
    }
    return combs;
}

std::vector<Stretch> foldWindows(const std::vector<Window> &windows, const TimeScale &scale)
{
    std::vector<Stretch> found;
    const auto begin = std::partition_point(
        windows.begin(), windows.end(), [&](const Window &window) { return window.to < scale.from(); });
    for (auto window = begin; window != windows.end() && window->from < scale.to(); ++window) {
        const double x = std::max(-8.0, scale.xOf(window->from));
        const double end = std::min(scale.width() + 8, scale.xOf(window->to));
        const bool joins = !found.empty() && x - found.back().end < 1 && end - x < 1;
        if (joins)
            found.back().end = std::max(found.back().end, end);
        else
            found.push_back({ x, end, false, qint32(window - windows.begin()) });
    }
    return found;
}

std::vector<Stretch> foldGaps(
    const std::vector<Gap> &gaps, const TimeScale &scale, Instant now, double leastGap)
{
    std::vector<Stretch> found;
    for (std::size_t i = 0; i < gaps.size(); ++i) {
        const Instant to = gaps[i].to.value_or(now);
        if (to < scale.from() || gaps[i].from >= scale.to())
            continue;
        const double x = std::max(-8.0, scale.xOf(gaps[i].from));
        const double end = std::max(x + leastGap, std::min(scale.width() + 8, scale.xOf(to)));
        if (!found.empty() && x <= found.back().end)
            found.back().end = std::max(found.back().end, end);
        else
            found.push_back({ x, end, true, qint32(i) });
    }
    return found;
}

Lane laneOf(const ClusterFacts &facts, const Recoverability &recoverability)
{
    Lane lane;
    lane.cluster = facts.name;
    lane.windows = recoverability.windows;
    lane.gaps = recoverability.gaps;
    addMarks(facts, lane.rows);
    for (std::size_t i = 1; i < lane.windows.size(); ++i) {
        const Window &window = lane.windows[i];
        const TimelineId before = lane.windows[i - 1].timeline;
        if (window.timeline != before)
            lane.switches.push_back({ window.from, before, window.timeline });
    }
    return lane;
}

std::optional<Instant> markBefore(const Lane &lane, Instant instant)
{
    std::optional<Instant> best;
    for (const MarkRow &row : lane.rows)
        if (const std::size_t i = row.from(instant); i > 0 && (!best || row.at(i - 1) > *best))
            best = row.at(i - 1);
    return best;
}

std::optional<Instant> markAfter(const Lane &lane, Instant instant)
{
    std::optional<Instant> best;
    for (const MarkRow &row : lane.rows)
        if (const std::size_t i = row.after(instant); i < row.size() && (!best || row.at(i) < *best))
            best = row.at(i);
    return best;
}

} // namespace tidemark
