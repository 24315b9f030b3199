#pragma once

#include "wal/segmentset.h"
#include "wal/walarchive.h"

#include <array>
#include <map>

namespace tidemark {

// Folds the files of an archive, in any order, into spans and troubles. A segment is held in 16 bytes and no
// name is kept, but for files whose size cannot be that of a segment.
class SpanBuilder
{
public:
    void reserve(std::size_t segments) { m_reserve = segments; }
    void add(const WalFileName &name, qint64 size, Instant arrived);

    // The size most plain files have; without one, what the names allow.
    [[nodiscard]] std::uint32_t likelySegmentSize() const;
    // Spans, troubles, partial, files and bytes of the archive, for its segment size. Segments that the
    // archive's troubles name already are part of no span.
    void finish(WalArchive &archive);

private:
    struct Segment {
        std::uint32_t high = 0;
        std::uint32_t low : 24;
        std::uint32_t form : 8; // of a plain file, the power of two that its size is; 0: packed
        std::int64_t arrived = 0; // microseconds

        [[nodiscard]] std::uint64_t key() const { return std::uint64_t(high) << 32 | low; }
    };
    // A file whose size is no segment's.
    struct Odd {
        WalFileName name;
        QByteArray suffix;
        qint64 size = 0;
        Instant arrived;
    };
    class Spans;

    void finish(TimelineId timeline, std::vector<Segment> &segments, WalArchive &archive) const;
    [[nodiscard]] static std::optional<WalTrouble> troubleOf(
        TimelineId timeline, const Segment &segment, std::uint32_t segmentSize);
    [[nodiscard]] static WalTrouble troubleOf(const Odd &odd, std::uint32_t segmentSize);

    std::map<TimelineId, std::vector<Segment>> m_timelines;
    std::vector<Segment> *m_last = nullptr; // listings are mostly of one timeline
    TimelineId m_lastTimeline;
    std::array<std::uint64_t, 32> m_sizes {};
    std::uint32_t m_highestLow = 0;
    std::vector<Odd> m_odd;
    std::vector<std::pair<TimelineId, WalFileName>> m_partials;
    std::size_t m_reserve = 0;
    qint64 m_files = 0;
    qint64 m_bytes = 0;
};

} // namespace tidemark
