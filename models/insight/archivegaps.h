#pragma once

#include "insight/archivewindows.h"
#include "insight/walruns.h"

namespace tidemark {

// Where the current line of timelines cannot be followed in one archive, from the end of a window on.
[[nodiscard]] std::vector<Gap> archiveGaps(const WalArchive &archive, qint32 index, const TimelineTree &tree,
    const std::vector<TimelineRuns> &runs, const std::vector<ArchiveWindows::Piece> &pieces, Instant now);

} // namespace tidemark
