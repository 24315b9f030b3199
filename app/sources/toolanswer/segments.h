#pragma once

#include "wal/walarchive.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace tidemark {

// One segment's file as an archive lists it.
struct ListedSegment {
    TimelineId timeline;
    std::uint32_t high = 0; // second and third part of the name
    std::uint32_t low = 0;
    Instant arrived;
    qint64 size = 0;
    bool plain = false; // neither compressed nor encrypted, so that its size is a segment's

    auto operator<=>(const ListedSegment &) const = default;
};

[[nodiscard]] ListedSegment listedSegment(const WalFileName &name, Instant arrived, qint64 size, bool plain);

// The largest usual segment size, at most the default one, under which every name is possible.
[[nodiscard]] std::uint32_t likelySegmentSize(const std::vector<ListedSegment> &segments);

// The segment size that makes names and addresses agree; nothing when they leave a choice.
struct NamedAddress {
    QByteArray name; // of the segment the address lies in
    Lsn lsn;
};
[[nodiscard]] std::optional<std::uint32_t> agreedSegmentSize(const std::vector<NamedAddress> &addresses);

// Folds files, in any order, into the archive's spans and troubles by the archive's segment size.
void fold(std::vector<ListedSegment> segments, WalArchive &archive);
// The newest of files that hold the last, unfinished segment of a timeline.
[[nodiscard]] std::optional<SegmentNumber> newestPartial(
    const std::vector<ListedSegment> &partials, std::uint32_t segmentSize);

} // namespace tidemark
