#pragma once

#include "moment/moments.h"

namespace tidemark {

// Folds what a story tells into pieces, each of the records that begin in its segments.
class PieceBuilder : public WalListener
{
public:
    explicit PieceBuilder(std::uint32_t segmentSize)
        : m_segmentSize(segmentSize)
    {
    }
    // In the order of the log. `whole`: read on from the segment before.
    void begin(TimelineId timeline, SegmentNumber first, SegmentNumber last, bool whole);
    void addFile(qint64 bytes, const QString &trouble); // of the newest piece
    [[nodiscard]] std::vector<MomentPiece> finish();

    void ended(const WalEndTold &end) override;
    void transaction(const WalTransaction &transaction) override;
    void mark(const WalMark &mark) override;

private:
    struct Building {
        MomentPiece piece;
        WalHistogram seconds { std::chrono::seconds(1) };
    };
    [[nodiscard]] Building &of(Lsn lsn);

    std::uint32_t m_segmentSize;
    std::vector<Building> m_pieces;
};

} // namespace tidemark
