#pragma once

#include "insight/bases.h"
#include "insight/branches.h"

namespace tidemark {

// What one WAL archive and the base backups add up to, by timeline and position. Pieces of one timeline do
// not overlap.
struct ArchiveWindows {
    struct Piece {
        TimelineId timeline;
        Lsn from;
        Lsn to;
        Instant fromAt;
        Instant toAt;
        qint32 artifact = -1;
        qint32 archive = -1;
        Confidence confidence = Confidence::Claimed;
        bool open = false;

        bool operator==(const Piece &) const = default;
    };
    std::vector<Piece> pieces;
    std::vector<Gap> gaps;
};

// What an archive does for a base backup, least first.
enum class BaseUse : std::uint8_t {
    None,
    Whole, // the WAL between its own start and stop is there
    Opens // and goes on
};

// `uses`, by artifact, is raised for each base backup.
[[nodiscard]] ArchiveWindows archiveWindows(const WalArchive &archive, qint32 index, const TimelineTree &tree,
    const std::vector<Base> &bases, std::vector<BaseUse> &uses, Instant now);

} // namespace tidemark
