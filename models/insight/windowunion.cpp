#include "insight/windowunion.h"

#include <algorithm>

namespace tidemark {

namespace {

using Piece = ArchiveWindows::Piece;

Window windowOf(const Piece &piece)
{
    return { piece.fromAt, std::max(piece.fromAt, piece.toAt), piece.from, piece.to, piece.timeline,
        piece.artifact, piece.archive, piece.confidence, piece.open };
}

bool inOrder(const Piece &a, const Piece &b)
{
    return std::tie(a.timeline, a.from, a.archive) < std::tie(b.timeline, b.from, b.archive);
}

// The pieces of one timeline, by position.
class Sweep
{
public:
    Sweep(std::vector<Window> &windows)
        : m_windows(windows)
    {
    }

    void add(const Piece &piece)
    {
        advance(piece.from);
        m_active.push_back(&piece);
        choose(piece.from, piece.fromAt);
    }
    void finish()
    {
        while (!m_active.empty())
            advance(firstEnd()->to);
        m_chosen = nullptr;
    }

private:
    const Piece *firstEnd() const
    {
        return *std::min_element(m_active.begin(), m_active.end(), [](const Piece *a, const Piece *b) {
            return std::tie(a->to, a->toAt) < std::tie(b->to, b->toAt);
        });
    }
    void advance(Lsn position)
    {
        while (!m_active.empty()) {
            const Piece *ends = firstEnd();
            if (ends->to > position)
                return;
            m_active.erase(std::find(m_active.begin(), m_active.end(), ends));
            choose(ends->to, ends->toAt);
        }
    }
    bool better(const Piece *a, const Piece *b) const
    {
        if (a->confidence != b->confidence)
            return a->confidence > b->confidence;
        if ((a->archive == m_archive) != (b->archive == m_archive))
            return a->archive == m_archive;
        return a->to > b->to;
    }
    void choose(Lsn at, Instant when)
    {
        const Piece *best = nullptr;
        for (const Piece *piece : m_active)
            if (!best || better(piece, best))
                best = piece;
        if (best == m_chosen)
            return;
        if (m_chosen)
            close(at, when);
        if (best)
            open(*best, at, when);
        m_chosen = best;
    }
    void close(Lsn at, Instant when)
    {
        Window &window = m_windows.back();
        window.toLsn = at;
        window.to = std::max(window.from, when);
        window.open = m_chosen->open && at == m_chosen->to;
        if (window.toLsn <= window.fromLsn)
            m_windows.pop_back();
    }
    void open(const Piece &piece, Lsn at, Instant when)
    {
        Window window = windowOf(piece);
        window.fromLsn = at;
        window.from = std::max(when, piece.fromAt);
        m_archive = piece.archive;
        m_windows.push_back(window);
    }

    std::vector<Window> &m_windows;
    std::vector<const Piece *> m_active;
    const Piece *m_chosen = nullptr;
    qint32 m_archive = -1; // the one that goes on, while others are no surer
};

// The end and the beginning of neighbours are one instant.
void joinNeighbours(std::vector<Window> &windows)
{
    for (std::size_t at = 1; at < windows.size(); ++at) {
        Window &before = windows[at - 1];
        Window &after = windows[at];
        if (before.timeline != after.timeline || before.toLsn != after.fromLsn)
            continue;
        before.to = after.from = std::max(before.from, std::min(before.to, after.from));
        before.open = false;
    }
}

} // namespace

std::vector<Window> windowUnion(std::vector<Piece> pieces)
{
    if (!std::is_sorted(pieces.begin(), pieces.end(), inOrder))
        std::sort(pieces.begin(), pieces.end(), inOrder);
    std::vector<Window> windows;
    Sweep sweep(windows);
    for (std::size_t at = 0; at < pieces.size(); ++at) {
        if (at > 0 && pieces[at].timeline != pieces[at - 1].timeline)
            sweep.finish();
        if (pieces[at].to > pieces[at].from)
            sweep.add(pieces[at]);
    }
    sweep.finish();
    joinNeighbours(windows);
    std::stable_sort(windows.begin(), windows.end(), [](const Window &a, const Window &b) {
        return std::tie(a.from, a.timeline) < std::tie(b.from, b.timeline);
    });
    return windows;
}

std::optional<Gap> leftOf(Gap gap, const std::vector<Piece> &pieces, std::uint32_t segmentSize)
{
    std::uint64_t end = gap.first.value + std::max<std::uint64_t>(gap.count, 1);
    for (bool again = true; again;) {
        again = false;
        for (const Piece &piece : pieces) {
            const Lsn from = gap.first.begin(segmentSize);
            if (piece.timeline != gap.timeline || piece.from > from || piece.to <= from)
                continue;
            gap.first = SegmentNumber::of(piece.to, segmentSize);
            if (gap.first.value >= end)
                return {};
            gap.count = end - gap.first.value;
            gap.from = std::max(gap.from, piece.toAt);
            gap.firstName = segmentName(gap.timeline, gap.first, segmentSize);
            again = true;
        }
    }
    return gap;
}

} // namespace tidemark
