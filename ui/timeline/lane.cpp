#include "timeline/lane.h"

#include <algorithm>
#include <array>
#include <map>

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

Marker baseMarker(Method method, SourceKind kind)
{
    switch (method) {
    case Method::Incremental:
        return Marker::Incremental;
    case Method::Differential:
        return Marker::Differential;
    case Method::Full:
        break;
    }
    return kind == SourceKind::BaseBackups ? Marker::BaseBackup : Marker::Full;
}

Marker markerOf(ArtifactKind kind, Method method, SourceKind source)
{
    switch (kind) {
    case ArtifactKind::Dump:
    case ArtifactKind::Globals:
        return Marker::Dump;
    case ArtifactKind::VmSnapshot:
        return Marker::Snapshot;
    case ArtifactKind::BaseBackup:
        break;
    }
    return baseMarker(method, source);
}

bool isBad(const ArtifactFact &artifact)
{
    return artifact.foreign || artifact.assurance == Assurance::Refuted
        || (artifact.state != ArtifactState::Complete && artifact.state != ArtifactState::Running);
}

int placeOf(Marker marker)
{
    constexpr std::array order { Marker::Full, Marker::BaseBackup, Marker::Differential, Marker::Dump,
        Marker::Snapshot, Marker::Incremental };
    return int(std::find(order.begin(), order.end(), marker) - order.begin());
}

struct Mark {
    Instant at;
    qint32 row = 0;
    bool bad = false;
};

MarkRow rowOf(std::vector<Mark> marks, Marker marker, qint32 source)
{
    const auto earlier = [](const Mark &a, const Mark &b) { return a.at < b.at; };
    if (!std::is_sorted(marks.begin(), marks.end(), earlier))
        std::stable_sort(marks.begin(), marks.end(), earlier);
    MarkRow row(marker, source);
    row.reserve(marks.size());
    for (const Mark &mark : marks)
        row.add(mark.at, mark.row, mark.bad);
    return row;
}

// By marker and source.
using Sorted = std::map<std::pair<int, qint32>, std::pair<Marker, std::vector<Mark>>>;

std::vector<MarkRow> rowsOf(Sorted sorted)
{
    std::vector<MarkRow> rows;
    for (auto &[key, kind] : sorted)
        rows.push_back(rowOf(std::move(kind.second), kind.first, key.second));
    return rows;
}

void addMarks(Lane &lane, const ClusterFacts &facts, const std::vector<LaneSource> &sources)
{
    Sorted sorted;
    std::vector<Mark> held;
    for (std::size_t i = 0; i < facts.artifacts.size(); ++i) {
        const ArtifactFact &artifact = facts.artifacts[i];
        const auto moment = momentOf(artifact);
        const auto at = moment ? moment : artifact.start; // of what never ended, where it began
        if (!at || artifact.kind == ArtifactKind::Globals)
            continue;
        const auto source = std::size_t(artifact.source);
        const Marker marker = markerOf(artifact.kind, artifact.method,
            source < sources.size() ? sources[source].kind : SourceKind::Other);
        auto &kind = sorted[{ placeOf(marker), artifact.source }];
        kind.first = marker;
        kind.second.push_back({ *at, qint32(i), isBad(artifact) });
        if (artifact.held)
            held.push_back(kind.second.back());
    }
    lane.rows = rowsOf(std::move(sorted));
    lane.held = rowOf(std::move(held), Marker::Full, -1);
}

// While the facts are not read yet, points are what is known of artifacts.
void addPoints(Lane &lane, const std::vector<Point> &points)
{
    Sorted sorted;
    for (const Point &point : points) {
        const Marker marker = markerOf(point.kind, Method::Full, SourceKind::BaseBackups);
        auto &kind = sorted[{ placeOf(marker), -1 }];
        kind.first = marker;
        kind.second.push_back({ point.at, -1, false });
    }
    lane.rows = rowsOf(std::move(sorted));
}

const Branch *branchOf(const Recoverability &known, TimelineId timeline)
{
    for (const Branch &branch : known.branches)
        if (branch.timeline == timeline)
            return &branch;
    return nullptr;
}

bool isAside(const Recoverability &known, TimelineId timeline)
{
    const Branch *branch = branchOf(known, timeline);
    return branch && !branch->reachable;
}

std::optional<Instant> firstOn(const Recoverability &known, TimelineId timeline)
{
    for (const Window &window : known.windows)
        if (window.timeline == timeline)
            return window.from;
    return {};
}

// A branch without its history file still shows where its window begins.
void addSwitches(Lane &lane, const Recoverability &known)
{
    for (const Branch &branch : known.branches) {
        const auto begins = firstOn(known, branch.timeline);
        const auto at = branch.forkedWhen ? branch.forkedWhen : begins;
        const auto before = std::find_if(lane.windows.rbegin(), lane.windows.rend(), [&](const Window &one) {
            return one.timeline < branch.timeline && (!begins || one.from < *begins);
        });
        const auto from = branch.parent     ? branch.parent
            : before != lane.windows.rend() ? std::optional(before->timeline)
                                            : std::nullopt;
        if (at && from)
            lane.switches.push_back({ *at, *from, branch.timeline, branch.reason, !branch.reachable });
    }
    std::stable_sort(lane.switches.begin(), lane.switches.end(),
        [](const LaneSwitch &a, const LaneSwitch &b) { return a.at < b.at; });
}

} // namespace

void MarkRow::reserve(std::size_t count)
{
    m_at.reserve(count);
    m_rows.reserve(count);
    m_badBefore.reserve(count + 1);
}

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

std::vector<Comb> ribbons(const MarkRow &row, const TimeScale &scale, double apart)
{
    std::vector<Comb> joined;
    for (const Comb &comb : fold(row, scale)) {
        if (joined.empty() || comb.x - joined.back().end > apart) {
            joined.push_back(comb);
            continue;
        }
        joined.back().end = comb.end;
        joined.back().count += comb.count;
        joined.back().bad += comb.bad;
    }
    return joined;
}

std::vector<Stretch> foldWindows(const std::vector<Window> &windows, const TimeScale &scale)
{
    std::vector<Stretch> found;
    for (std::size_t i = 0; i < windows.size(); ++i) {
        if (windows[i].to < scale.from() || windows[i].from >= scale.to())
            continue;
        const double x = std::max(-8.0, scale.xOf(windows[i].from));
        const double end = std::min(scale.width() + 8, scale.xOf(windows[i].to));
        const bool joins = !found.empty() && x - found.back().end < 1 && end - x < 1;
        if (!joins) {
            found.push_back({ x, end, false, qint32(i), 1 });
            continue;
        }
        found.back().end = std::max(found.back().end, end);
        ++found.back().count;
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
        if (found.empty() || x > found.back().end) {
            found.push_back({ x, end, true, qint32(i), 1 });
            continue;
        }
        found.back().end = std::max(found.back().end, end);
        ++found.back().count;
    }
    return found;
}

int Lane::kinds() const
{
    int count = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
        count += i == 0 || rows[i].marker() != rows[i - 1].marker() ? 1 : 0;
    return count;
}

Lane laneOf(
    const ClusterFacts &facts, const Recoverability &recoverability, const std::vector<LaneSource> &sources)
{
    Lane lane;
    lane.cluster = facts.name;
    for (const Window &window : recoverability.windows)
        (isAside(recoverability, window.timeline) ? lane.aside : lane.windows).push_back(window);
    lane.gaps = recoverability.gaps;
    addMarks(lane, facts, sources);
    if (lane.rows.empty())
        addPoints(lane, recoverability.points);
    addSwitches(lane, recoverability);
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
