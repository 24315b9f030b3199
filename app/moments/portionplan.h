#pragma once

#include "moment/moments.h"
#include "sources/walreading.h"

namespace tidemark {

// Files of one leg that follow each other without a gap, to be read in one go.
struct Portion {
    std::size_t leg = 0;
    std::size_t from = 0; // into the leg's files
    std::size_t to = 0; // not included

    bool operator==(const Portion &) const = default;
};

// What is to be read of a folder, newest first, in portions that begin small and grow. Left out: what `kept`
// has, and files that were finished before `since`. None goes on where a timeline leaves another one.
[[nodiscard]] std::vector<Portion> portionsOf(
    const WalFolder &folder, const std::vector<std::shared_ptr<const MomentPiece>> &kept, Instant since);

// Pieces that are no longer to be believed: a timeline has left theirs within them.
[[nodiscard]] bool isOutdated(
    const MomentPiece &piece, const std::vector<TimelineHistory> &histories, std::uint32_t segmentSize);

} // namespace tidemark
