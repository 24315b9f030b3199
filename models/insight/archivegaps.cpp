#include "insight/archivegaps.h"

#include <algorithm>
#include <limits>

namespace tidemark {

namespace {

using Piece = ArchiveWindows::Piece;
using Place = std::pair<TimelineId, SegmentNumber>;

// A run of the current line, without what an ancestor wrote after it was left.
struct Step {
    TimelineId timeline;
    const WalRun *run = nullptr;
    SegmentNumber end; // behind the last
    std::optional<Instant> left; // when the next timeline left it there
    const Piece *first = nullptr; // of the windows in it
    const Piece *last = nullptr;
};

class GapSearch
{
public:
    GapSearch(const WalArchive &archive, qint32 index, const TimelineTree &tree,
        const std::vector<TimelineRuns> &runs, const std::vector<Piece> &pieces, Instant now)
        : m_archive(archive)
        , m_index(index)
        , m_tree(tree)
        , m_pieces(pieces)
        , m_now(now)
    {
        for (const WalTrouble &trouble : archive.troubles)
            if (trouble.timeline && trouble.number && !stillArriving(trouble, archive, now))
                m_bad.emplace_back(*trouble.timeline, *trouble.number);
        std::sort(m_bad.begin(), m_bad.end());
        const std::vector<TimelineId> line = tree.currentLine();
        for (std::size_t at = 0; at < line.size(); ++at)
            addSteps(runs, line[at], at + 1 < line.size() ? tree.forkOf(line[at + 1]) : nullptr);
    }

    std::vector<Gap> gaps()
    {
        for (const Step &step : m_steps)
            take(step);
        finish();
        return std::move(m_gaps);
    }

private:
    static constexpr SegmentNumber NoLimit { std::numeric_limits<std::uint64_t>::max() };

    SegmentNumber forkSegment(TimelineId timeline) const
    {
        const Fork *fork = m_tree.forkOf(timeline);
        return fork ? SegmentNumber::of(fork->at, m_archive.segmentSize) : SegmentNumber {};
    }

    void addSteps(const std::vector<TimelineRuns> &all, TimelineId timeline, const Fork *next)
    {
        const SegmentNumber limit = next ? SegmentNumber::of(next->at, m_archive.segmentSize) : NoLimit;
        const auto runs = std::find_if(
            all.begin(), all.end(), [&](const TimelineRuns &one) { return one.timeline == timeline; });
        if (runs == all.end())
            return;
        for (const WalRun &run : runs->runs) {
            if (run.first >= limit)
                return;
            Step step;
            step.timeline = timeline;
            step.run = &run;
            step.end = std::min(SegmentNumber { run.last.value + 1 }, limit);
            step.left = next && step.end == limit ? next->when : std::nullopt;
            findPieces(step, next ? next->at : run.last.end(m_archive.segmentSize));
            m_steps.push_back(step);
        }
    }

    // Pieces are in the order of timeline and position.
    void findPieces(Step &step, Lsn limit) const
    {
        const std::uint32_t size = m_archive.segmentSize;
        const auto begin = std::lower_bound(m_pieces.begin(), m_pieces.end(),
            std::pair(step.timeline, step.run->first.begin(size)),
            [](const Piece &piece, const auto &wanted) {
                return std::pair(piece.timeline, piece.from) < wanted;
            });
        for (auto piece = begin; piece != m_pieces.end() && piece->timeline == step.timeline
             && piece->from <= std::min(limit, step.run->last.end(size));
             ++piece) {
            step.first = step.first ? step.first : &*piece;
            step.last = &*piece;
        }
    }

    // Segments between what came last and this step; an ancestor's up to its fork, then this timeline's.
    std::uint64_t missingBefore(const Step &step) const
    {
        if (m_next.first == step.timeline)
            return step.run->first.value - m_next.second.value;
        const std::uint64_t fork = forkSegment(step.timeline).value;
        const std::uint64_t left = fork > m_next.second.value ? fork - m_next.second.value : 0;
        return left + (step.run->first.value > fork ? step.run->first.value - fork : 0);
    }
    // The first segment that is missing, under the number recovery would ask for.
    Place firstMissing(const Step &step) const
    {
        const SegmentNumber fork = forkSegment(step.timeline);
        if (m_next.first != step.timeline && m_next.second >= fork)
            return { step.timeline, fork };
        return m_next;
    }
    bool joins(const Step &step) const { return m_next.first != step.timeline && step.run->inherits; }

    void take(const Step &step)
    {
        if (m_end && !joins(step)) {
            if (!m_gap)
                begin(firstMissing(step));
            m_gap->count += missingBefore(step);
        }
        m_next = { step.timeline, step.end };
        if (!step.last)
            return;
        if (m_gap) {
            m_gap->to = std::max(step.first->fromAt, m_gap->from);
            m_gaps.push_back(*m_gap);
            m_gap.reset();
        }
        m_end = step.left ? std::min(*step.left, step.last->toAt) : step.last->toAt;
    }

    void begin(Place missing)
    {
        Gap gap;
        gap.from = *m_end;
        gap.timeline = missing.first;
        gap.first = missing.second;
        gap.archive = m_index;
        gap.cause = std::binary_search(m_bad.begin(), m_bad.end(), missing) ? GapCause::BadWal
                                                                            : GapCause::MissingWal;
        gap.firstName = segmentName(gap.timeline, gap.first, m_archive.segmentSize);
        m_gap = gap;
    }

    void finish()
    {
        if (!m_end) {
            withoutBase();
            return;
        }
        if (!m_gap)
            badTail();
        if (m_gap)
            m_gaps.push_back(*m_gap);
    }

    // Bad segments behind the last good one: archiving went on, and nothing of it can be used.
    void badTail()
    {
        const auto bad = std::lower_bound(m_bad.begin(), m_bad.end(), m_next);
        if (bad == m_bad.end() || bad->first != m_next.first)
            return;
        begin(m_next);
        m_gap->count
            = m_bad.back().first == m_next.first ? m_bad.back().second.value - m_next.second.value + 1 : 1;
    }

    // WAL on the current line that nothing can be started from.
    void withoutBase()
    {
        if (m_steps.empty() || !m_archive.listed)
            return;
        const Step &step = m_steps.back();
        Gap gap;
        gap.cause = GapCause::LostBase;
        const std::vector<Arrival> &arrivals = m_steps.front().run->arrivals;
        gap.from = arrivals.empty() ? m_now : std::min(arrivals.front().at, m_now);
        gap.timeline = step.timeline;
        gap.first = step.run->first;
        gap.archive = m_index;
        gap.firstName = segmentName(gap.timeline, gap.first, m_archive.segmentSize);
        if (!m_tree.forkOf(step.timeline) && !m_tree.named(step.timeline))
            afterLostHistory(gap);
        m_gaps.push_back(gap);
    }

    // Older timelines have windows, but nothing says where this one left them.
    void afterLostHistory(Gap &gap) const
    {
        for (const Piece &piece : m_pieces)
            if (piece.timeline < gap.timeline) {
                gap.from = gap.cause == GapCause::LostHistory ? std::max(gap.from, piece.toAt) : piece.toAt;
                gap.cause = GapCause::LostHistory;
            }
    }

    const WalArchive &m_archive;
    qint32 m_index;
    const TimelineTree &m_tree;
    const std::vector<Piece> &m_pieces;
    Instant m_now;
    std::vector<Place> m_bad;
    std::vector<Step> m_steps;
    std::optional<Instant> m_end; // of the last window so far
    Place m_next; // the segment that would go on
    std::optional<Gap> m_gap;
    std::vector<Gap> m_gaps;
};

} // namespace

std::vector<Gap> archiveGaps(const WalArchive &archive, qint32 index, const TimelineTree &tree,
    const std::vector<TimelineRuns> &runs, const std::vector<ArchiveWindows::Piece> &pieces, Instant now)
{
    return GapSearch(archive, index, tree, runs, pieces, now).gaps();
}

} // namespace tidemark
