#pragma once

#include "insight/archivewindows.h"

namespace tidemark {

// What several archives of one cluster give together: at each position the surest, and the archive it came
// from as long as that is as sure. By from; on one timeline they do not overlap.
[[nodiscard]] std::vector<Window> windowUnion(std::vector<ArchiveWindows::Piece> pieces);

// A gap of one archive without what the pieces of others reach into; nothing when they reach across.
[[nodiscard]] std::optional<Gap> leftOf(
    Gap gap, const std::vector<ArchiveWindows::Piece> &pieces, std::uint32_t segmentSize);

} // namespace tidemark
