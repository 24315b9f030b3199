#include "moments/piecebuilder.h"

namespace tidemark {

void PieceBuilder::begin(TimelineId timeline, SegmentNumber first, SegmentNumber last, bool whole)
{
    MomentPiece piece;
    piece.timeline = timeline;
    piece.first = first;
    piece.last = last;
    piece.whole = whole;
    piece.commits.resize(last.value - first.value + 1);
    m_pieces.push_back({ std::move(piece) });
}

void PieceBuilder::addFile(qint64 bytes, const QString &trouble)
{
    MomentPiece &piece = m_pieces.back().piece;
    piece.bytes += bytes;
    if (!trouble.isEmpty())
        piece.troubles.push_back(trouble);
}

std::vector<MomentPiece> PieceBuilder::finish()
{
    std::vector<MomentPiece> pieces;
    for (Building &one : m_pieces) {
        one.piece.seconds.assign(one.seconds.buckets().begin(), one.seconds.buckets().end());
        pieces.push_back(std::move(one.piece));
    }
    m_pieces.clear();
    return pieces;
}

// A record over the border is of the piece it begins in.
PieceBuilder::Building &PieceBuilder::of(Lsn lsn)
{
    auto piece = m_pieces.rbegin();
    while (std::next(piece) != m_pieces.rend() && lsn < piece->piece.first.begin(m_segmentSize))
        ++piece;
    return *piece;
}

void PieceBuilder::ended(const WalEndTold &end)
{
    Building &building = of(end.end.lsn);
    MomentPiece &piece = building.piece;
    building.seconds.ended(end);
    if (!end.committed)
        return;
    if (!end.beginSeen)
        piece.unseen.push_back(end.end.xid);
    if (!piece.firstCommit)
        piece.firstCommit = end.end;
    piece.lastCommit = end.end;
    const auto segment = SegmentNumber::of(end.end.lsn, m_segmentSize);
    if (piece.first <= segment && segment <= piece.last)
        ++piece.commits[segment.value - piece.first.value];
}

void PieceBuilder::transaction(const WalTransaction &transaction)
{
    if (transaction.kind != WalClass::Harmless)
        of(transaction.lsn).piece.events.push_back(transaction);
}

void PieceBuilder::mark(const WalMark &mark)
{
    if (mark.kind != WalMark::Kind::Checkpoint && mark.kind != WalMark::Kind::FullPageWrites)
        of(mark.lsn).piece.marks.push_back(mark);
}

} // namespace tidemark
