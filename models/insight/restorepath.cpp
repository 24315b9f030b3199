#include "insight/restorepath.h"

#include "insight/lsntimes.h"

#include <algorithm>

namespace tidemark {

namespace {

SegmentNumber lastBefore(Lsn lsn, std::uint32_t segmentSize)
{
    return SegmentNumber::of({ lsn.value == 0 ? 0 : lsn.value - 1 }, segmentSize);
}

SegmentNumber firstNeeded(const Base &base, std::uint32_t segmentSize)
{
    return base.carriesWal ? lastBefore(base.stop, segmentSize) : SegmentNumber::of(base.start, segmentSize);
}

// When positions of a window's timeline were written, as its archive and the backups on it tell.
Lsn reachedAt(
    const WalArchive &archive, const Window &window, const Base *nextBase, Lsn least, Instant instant)
{
    LsnTimes times;
    for (const WalSpan &span : archive.spans) {
        if (span.timeline != window.timeline)
            continue;
        if (span.firstArrived)
            times.add(span.first.end(archive.segmentSize), *span.firstArrived);
        if (span.lastArrived)
            times.add(span.last.end(archive.segmentSize), *span.lastArrived);
    }
    if (nextBase)
        times.add(nextBase->stop, nextBase->stopped);
    times.add(window.toLsn, window.to);
    times.settle(window.to);
    return std::clamp(times.reached(instant).value_or(window.toLsn), least, std::max(least, window.toLsn));
}

std::optional<WalStretch> stretchOf(const ClusterFacts &facts, const Window &window, const Base &base,
    const StartingPoints &starts, Instant instant)
{
    if (window.archive < 0 || std::size_t(window.archive) >= facts.archives.size())
        return {};
    const WalArchive &archive = facts.archives[std::size_t(window.archive)];
    const std::uint32_t size = archive.segmentSize;
    WalStretch wal;
    wal.archive = window.archive;
    wal.fromTimeline = base.timeline;
    wal.timeline = window.timeline;
    wal.from = base.carriesWal ? base.stop : base.start;
    wal.to = reachedAt(archive, window, starts.stoppedFrom(window.timeline, instant), base.stop, instant);
    const SegmentNumber first = firstNeeded(base, size);
    const SegmentNumber last = std::max(first, lastBefore(wal.to, size));
    wal.first = segmentName(wal.fromTimeline, first, size);
    wal.last = segmentName(wal.timeline, last, size);
    wal.segments = last.value - first.value + 1;
    return wal;
}

std::optional<Instant> nextAfter(const Recoverability &known, Instant asked)
{
    std::optional<Instant> best;
    std::optional<Instant> part; // where nothing else comes
    const auto offer = [&](Instant at) {
        if (at > asked && (!best || at < *best))
            best = at;
    };
    const auto later = [asked](const auto &list, auto when) {
        return std::partition_point(
            list.begin(), list.end(), [&](const auto &one) { return one.*when <= asked; });
    };
    if (const auto window = later(known.windows, &Window::from); window != known.windows.end())
        offer(window->from);
    for (auto point = later(known.points, &Point::at); point != known.points.end(); ++point) {
        if (!point->partly) {
            offer(point->at);
            break;
        }
        part = part.value_or(point->at);
    }
    if (const auto run = later(known.runs, &DumpRun::to); run != known.runs.end())
        offer(run->to);
    return best ? best : part;
}

void addWindow(
    RestorePath &path, const ClusterFacts &facts, const Window &window, const StartingPoints &starts)
{
    path.withWal = true;
    path.grows = window.open;
    path.confidence = window.confidence;
    path.kind = ArtifactKind::BaseBackup;
    const bool known = window.archive >= 0 && std::size_t(window.archive) < facts.archives.size();
    const auto size = known ? facts.archives[std::size_t(window.archive)].segmentSize : DefaultSegmentSize;
    const Base *base = starts.forWindow(window, path.answer.at, size);
    if (!base)
        return;
    path.chain = starts.chainOf(base->artifact);
    path.wal = stretchOf(facts, window, *base, starts, path.answer.at);
}

void addPoint(RestorePath &path, const ClusterFacts &facts, const Point &point, const StartingPoints &starts)
{
    path.confidence = point.confidence;
    path.kind = point.kind;
    path.partly = point.partly;
    if (point.artifact < 0 || std::size_t(point.artifact) >= facts.artifacts.size())
        return;
    path.chain = starts.chainOf(point.artifact);
}

void addRun(RestorePath &path, const ClusterFacts &facts, const DumpRun &run)
{
    path.confidence = run.confidence;
    path.kind = ArtifactKind::Dump;
    path.withoutRoles = !run.withRoles;
    if (!facts.artifacts.empty())
        path.chain = run.artifacts;
}

void addPart(RestorePath &path, const Recoverability &known, Instant asked)
{
    const qint32 part = partAt(known, asked);
    if (path.partly || path.answer.kind != Answer::Kind::Earlier || part < 0)
        return;
    const Point &point = known.points[std::size_t(part)];
    const DumpRun *run = path.answer.run < 0 ? nullptr : &known.runs[std::size_t(path.answer.run)];
    const bool ofRun = run && std::ranges::find(run->artifacts, point.artifact) != run->artifacts.end();
    if (point.at > path.answer.at && !ofRun)
        path.part = PartPath { point.at, point.artifact, point.confidence };
}

} // namespace

StartingPoints::StartingPoints(const ClusterFacts &facts, const Recoverability &recoverability,
    const Objectives &objectives, Instant now)
    : m_bases(basesOf(facts, objectives, now).usable)
    , m_places(facts.artifacts.size(), -1)
    , m_parents(facts.artifacts.size(), -1)
{
    // An increment whose base lacks its own WAL stands all the same: only the last one's is replayed.
    for (const Base &base : m_bases)
        m_parents[std::size_t(base.artifact)] = base.parent;
    const auto &useless = recoverability.unusable;
    std::erase_if(m_bases,
        [&](const Base &base) { return std::binary_search(useless.begin(), useless.end(), base.artifact); });
    for (std::size_t at = 0; at < m_bases.size(); ++at)
        m_places[std::size_t(m_bases[at].artifact)] = qint32(at);
}

const Base *StartingPoints::of(qint32 artifact) const
{
    if (artifact < 0 || std::size_t(artifact) >= m_places.size() || m_places[std::size_t(artifact)] < 0)
        return nullptr;
    return &m_bases[std::size_t(m_places[std::size_t(artifact)])];
}

StartingPoints::Range StartingPoints::on(TimelineId timeline) const
{
    Base wanted;
    wanted.timeline = timeline;
    return std::equal_range(m_bases.begin(), m_bases.end(), wanted,
        [](const Base &a, const Base &b) { return a.timeline < b.timeline; });
}

const Base *StartingPoints::forWindow(const Window &window, Instant instant, std::uint32_t segmentSize) const
{
    const Base *opener = of(window.artifact);
    // What began before the WAL that the opener needs may lack its own.
    const SegmentNumber least = opener && opener->timeline == window.timeline
        ? std::min(firstNeeded(*opener, segmentSize), SegmentNumber::of(window.fromLsn, segmentSize))
        : SegmentNumber::of(window.fromLsn, segmentSize);
    const auto [first, last] = on(window.timeline);
    auto base = std::partition_point(
        first, last, [&](const Base &one) { return one.stop <= window.toLsn && one.stopped <= instant; });
    while (base != first) {
        --base;
        if (base->stop < window.fromLsn)
            break;
        if (base->stopped <= instant && base->confidence >= window.confidence
            && firstNeeded(*base, segmentSize) >= least)
            return &*base;
    }
    return opener;
}

std::vector<qint32> StartingPoints::chainOf(qint32 artifact) const
{
    std::vector<qint32> chain;
    for (qint32 at = artifact; at >= 0 && std::size_t(at) < m_parents.size(); at = m_parents[std::size_t(at)])
        chain.push_back(at);
    std::reverse(chain.begin(), chain.end());
    return chain;
}

const Base *StartingPoints::stoppedFrom(TimelineId timeline, Instant instant) const
{
    const auto [first, last] = on(timeline);
    const auto found
        = std::partition_point(first, last, [&](const Base &base) { return base.stopped < instant; });
    return found == last ? nullptr : &*found;
}

RestorePath restorePath(const ClusterFacts &facts, const Recoverability &recoverability,
    const StartingPoints &starts, Instant asked)
{
    RestorePath path;
    path.answer = answerAt(recoverability, asked);
    if (path.answer.window >= 0)
        addWindow(path, facts, recoverability.windows[std::size_t(path.answer.window)], starts);
    else if (path.answer.point >= 0)
        addPoint(path, facts, recoverability.points[std::size_t(path.answer.point)], starts);
    else if (path.answer.run >= 0)
        addRun(path, facts, recoverability.runs[std::size_t(path.answer.run)]);
    addPart(path, recoverability, asked);
    if (path.answer.kind != Answer::Kind::Exact)
        path.next = nextAfter(recoverability, asked);
    return path;
}

void discountIdle(RestorePath &path, const Risk &risk, Instant asked)
{
    if (!path.grows || !risk.idle || !risk.serverReadAt || path.answer.kind != Answer::Kind::Earlier)
        return;
    const Instant quietUntil = std::max(path.answer.at, *risk.serverReadAt);
    path.answer.lost = std::max(std::chrono::microseconds(0), asked - quietUntil);
}

} // namespace tidemark
