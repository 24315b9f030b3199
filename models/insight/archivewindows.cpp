#include "insight/archivewindows.h"

#include "insight/archivegaps.h"
#include "insight/lsntimes.h"
#include "insight/walruns.h"

#include <algorithm>
#include <limits>

namespace tidemark {

namespace {

// What a stretch of WAL can be started from.
struct Opener {
    Lsn from;
    Instant fromAt;
    qint32 artifact = -1;
    Confidence confidence = Confidence::Claimed;
    Lsn limit { std::numeric_limits<std::uint64_t>::max() }; // recovery cannot be sent further
};

using BaseRange = std::pair<std::vector<Base>::const_iterator, std::vector<Base>::const_iterator>;

class Walk
{
public:
    Walk(const WalArchive &archive, qint32 index, const TimelineTree &tree, const std::vector<Base> &bases,
        std::vector<BaseUse> &uses, Instant now)
        : m_archive(archive)
        , m_index(index)
        , m_tree(tree)
        , m_bases(bases)
        , m_uses(uses)
        , m_now(now)
        , m_runs(runsOf(archive))
    {
    }

    ArchiveWindows windows()
    {
        carryOver();
        for (TimelineRuns &runs : m_runs)
            walkTimeline(runs);
        m_found.gaps = archiveGaps(m_archive, m_index, m_tree, m_runs, m_found.pieces, m_now);
        markOpen();
        return std::move(m_found);
    }

private:
    SegmentNumber segmentOf(Lsn lsn) const { return SegmentNumber::of(lsn, m_archive.segmentSize); }
    // The last segment that holds anything before a position.
    SegmentNumber lastBefore(Lsn lsn) const { return segmentOf({ lsn.value == 0 ? 0 : lsn.value - 1 }); }
    SegmentNumber firstNeeded(const Base &base) const
    {
        return base.carriesWal ? lastBefore(base.stop) : segmentOf(base.start);
    }

    BaseRange basesOn(TimelineId timeline) const
    {
        const auto order = [](const Base &a, const Base &b) { return a.timeline < b.timeline; };
        Base wanted;
        wanted.timeline = timeline;
        return std::equal_range(m_bases.begin(), m_bases.end(), wanted, order);
    }
    const TimelineRuns *runsOn(TimelineId timeline) const
    {
        const auto found = std::lower_bound(m_runs.begin(), m_runs.end(), timeline,
            [](const TimelineRuns &runs, TimelineId wanted) { return runs.timeline < wanted; });
        return found == m_runs.end() || found->timeline != timeline ? nullptr : &*found;
    }

    LsnTimes timesOf(const TimelineRuns &runs, const BaseRange &bases) const
    {
        LsnTimes times;
        for (const WalRun &run : runs.runs)
            for (const Arrival &arrival : run.arrivals)
                times.add(arrival.end, arrival.at);
        for (auto base = bases.first; base != bases.second; ++base)
            times.add(base->stop, base->stopped);
        times.settle(m_now);
        return times;
    }

    // Whether WAL of a timeline is unbroken from one segment to just before another.
    bool unbroken(TimelineId timeline, SegmentNumber first, SegmentNumber end) const
    {
        if (first >= end)
            return true;
        const TimelineRuns *runs = runsOn(timeline);
        const WalRun *run = runs ? runs->holding(first) : nullptr;
        return run && run->last.value + 1 >= end.value;
    }

    void raise(const Base &base, BaseUse use)
    {
        BaseUse &known = m_uses[std::size_t(base.artifact)];
        known = std::max(known, use);
    }

    // The best start for what follows a fork, by the parent's bases and by what the parent itself continues.
    std::optional<Opener> carriedOver(const Fork &fork)
    {
        std::optional<Opener> best;
        const SegmentNumber end = segmentOf(fork.at);
        const Fork *older = m_tree.forkOf(fork.parent);
        if (older && older->at <= fork.at && unbroken(fork.parent, segmentOf(older->at), end))
            if (const auto found = m_carried.find(fork.parent); found != m_carried.end())
                best = found->second;
        const auto [first, last] = basesOn(fork.parent);
        for (auto base = first; base != last && base->stop <= fork.at; ++base)
            if (unbroken(fork.parent, firstNeeded(*base), end)) {
                raise(*base, BaseUse::Opens);
                if (!best || base->confidence > best->confidence)
                    best = Opener { base->stop, base->stopped, base->artifact, base->confidence };
            }
        return best;
    }

    void carryOver()
    {
        for (const TimelineId timeline : m_tree.timelines())
            if (const Fork *fork = m_tree.forkOf(timeline))
                if (const auto carried = carriedOver(*fork))
                    m_carried.emplace(timeline, *carried);
    }

    void walkTimeline(TimelineRuns &runs)
    {
        const BaseRange bases = basesOn(runs.timeline);
        const LsnTimes times = timesOf(runs, bases);
        const Fork *fork = m_tree.forkOf(runs.timeline);
        auto base = bases.first;
        for (WalRun &run : runs.runs) {
            std::vector<Opener> openers;
            if (fork && run.holds(segmentOf(fork->at)))
                inherit(openers, runs.timeline, run, *fork, times);
            // A base whose own WAL is cut off at its start belongs to no run.
            for (; base != bases.second && lastBefore(base->stop) <= run.last; ++base)
                if (firstNeeded(*base) >= run.first) {
                    openers.push_back({ base->stop, base->stopped, base->artifact, base->confidence });
                    const bool goesOn = base->stop < run.last.end(m_archive.segmentSize);
                    raise(*base, goesOn ? BaseUse::Opens : BaseUse::Whole);
                }
            cut(runs.timeline, run, openers, times);
        }
    }

    // Where this timeline's own files begin to be the only ones: its first segment repeats what its parent
    // wrote there, which is of use when the parent's own was never archived.
    Lsn ownFrom(const Fork &fork) const
    {
        const SegmentNumber segment = segmentOf(fork.at);
        const TimelineRuns *parent = runsOn(fork.parent);
        return parent && parent->holding(segment) ? fork.at : segment.begin(m_archive.segmentSize);
    }

    void inherit(std::vector<Opener> &openers, TimelineId timeline, WalRun &run, const Fork &fork,
        const LsnTimes &times) const
    {
        const auto found = m_carried.find(timeline);
        const auto limit = m_tree.followedTo(timeline);
        if (found == m_carried.end() || !limit)
            return;
        run.inherits = true;
        Opener carried = found->second;
        carried.limit = *limit;
        carried.from = std::max(carried.from, ownFrom(fork));
        const auto seen = times.by(carried.from);
        const auto forked = fork.when && seen ? std::min(fork.when, seen) : fork.when ? fork.when : seen;
        if (carried.from > found->second.from)
            carried.fromAt = std::max(carried.fromAt, forked.value_or(carried.fromAt));
        openers.push_back(carried);
    }

    // A run becomes one piece for each rise in confidence.
    void cut(TimelineId timeline, WalRun &run, const std::vector<Opener> &openers, const LsnTimes &times)
    {
        if (openers.empty())
            return;
        const Lsn end = run.last.end(m_archive.segmentSize);
        const Instant endAt = times.upTo(end).value_or(openers.front().fromAt);
        for (const Opener &opener : openers) {
            const Confidence confidence = m_archive.listed ? opener.confidence : Confidence::Claimed;
            ArchiveWindows::Piece *before = run.pieces > 0 ? &m_found.pieces.back() : nullptr;
            if (before && confidence <= before->confidence)
                continue;
            const Lsn to = std::max(opener.from, std::min(end, opener.limit));
            ArchiveWindows::Piece piece { timeline, opener.from, to, opener.fromAt, endAt, opener.artifact,
                m_index, confidence, false };
            if (before) {
                before->to = std::min(before->to, piece.from);
                before->toAt = piece.fromAt = std::max(before->fromAt, piece.fromAt);
            }
            piece.toAt = std::max(piece.fromAt, endAt);
            m_found.pieces.push_back(piece);
            ++run.pieces;
        }
    }

    void markOpen()
    {
        const bool ended
            = std::any_of(m_found.gaps.begin(), m_found.gaps.end(), [](const Gap &gap) { return !gap.to; });
        const auto current = m_tree.current();
        const TimelineRuns *runs = current ? runsOn(*current) : nullptr;
        if (ended || !runs || runs->runs.back().pieces == 0)
            return;
        for (auto piece = m_found.pieces.rbegin(); piece != m_found.pieces.rend(); ++piece)
            if (piece->timeline == *current) {
                piece->open = true;
                return;
            }
    }

    const WalArchive &m_archive;
    qint32 m_index;
    const TimelineTree &m_tree;
    const std::vector<Base> &m_bases;
    std::vector<BaseUse> &m_uses;
    Instant m_now;
    std::vector<TimelineRuns> m_runs;
    std::map<TimelineId, Opener> m_carried; // into a timeline from its ancestors; parents before children
    ArchiveWindows m_found;
};

} // namespace

ArchiveWindows archiveWindows(const WalArchive &archive, qint32 index, const TimelineTree &tree,
    const std::vector<Base> &bases, std::vector<BaseUse> &uses, Instant now)
{
    return Walk(archive, index, tree, bases, uses, now).windows();
}

} // namespace tidemark
