#pragma once

#include "wal/lsn.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace tidemark {

// Sizes of WAL segments a server can be made with: powers of two from 1 MiB to 1 GiB.
inline constexpr std::uint32_t DefaultSegmentSize = 16u << 20;
[[nodiscard]] bool isSegmentSize(std::uint64_t bytes);

// Which segment of a timeline. The number counts segments of the cluster's size, so that neighbours differ by
// one; only with that size does it become a name or an LSN.
struct SegmentNumber {
    std::uint64_t value = 0;

    auto operator<=>(const SegmentNumber &) const = default;

    [[nodiscard]] static SegmentNumber of(Lsn lsn, std::uint32_t segmentSize)
    {
        return { lsn.value / segmentSize };
    }
    [[nodiscard]] Lsn begin(std::uint32_t segmentSize) const { return { value * segmentSize }; }
    [[nodiscard]] Lsn end(std::uint32_t segmentSize) const { return { (value + 1) * segmentSize }; }
};

// A name in an archive: "000000020000000A000000FF" and what may follow it.
enum class WalFileKind {
    Segment,
    Partial, // the last, unfinished segment of a timeline that was left
    BackupHistory, // "….00000028.backup"
    TimelineHistory, // "00000002.history"
    Other // belongs to nobody we know: a temporary file, a note
};

struct WalFileName {
    WalFileKind kind = WalFileKind::Other;
    TimelineId timeline;
    std::uint64_t high = 0; // second and third part of the name; history files have none
    std::uint64_t low = 0;
    QByteArrayView suffix {}; // ".gz", ".zst" …, of a tool: "-<checksum>.lz4"; points into the name

    // Reads a file's bare name without allocating; checks nothing against a segment size.
    [[nodiscard]] static WalFileName parse(QByteArrayView name);
    // Nothing when the third part is too large for that segment size.
    [[nodiscard]] std::optional<SegmentNumber> number(std::uint32_t segmentSize) const;
};

[[nodiscard]] QString segmentName(TimelineId timeline, SegmentNumber number, std::uint32_t segmentSize);

} // namespace tidemark
