#pragma once

#include "ports/backupsource.h"
#include "ports/catalogue.h"
#include "ports/clock.h"
#include "ports/momentreader.h"

namespace tidemark {

// Reads the archive of the cluster that reaches furthest, through the source that has it, and keeps the
// pieces in the catalogue for five weeks.
struct ArchiveReaderParts {
    std::function<std::shared_ptr<BackupSource>(const Source &, const Fleet &)> makeSource;
    std::function<std::shared_ptr<Catalogue>()> catalogue; // null: nothing is kept
    std::shared_ptr<Clock> clock;
    std::size_t atOnce = 2; // portions that are read at a time, each on a core of its own
};
[[nodiscard]] std::shared_ptr<MomentReader> makeArchiveReader(ArchiveReaderParts parts);

} // namespace tidemark
