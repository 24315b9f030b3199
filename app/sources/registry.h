#pragma once

#include "fleet/fleet.h"
#include "ports/backupsource.h"
#include "ports/clock.h"
#include "ports/hostreader.h"
#include "ports/pbsreader.h"

#include <memory>

namespace tidemark {

// What adapters of sources are made with.
struct SourceParts {
    std::shared_ptr<HostReaders> hosts;
    std::shared_ptr<PbsReader> backupLists;
    std::shared_ptr<Clock> clock;
};

// One row for each kind of source that can be read.
struct SourceKindRow {
    SourceKind kind = SourceKind::Other;
    std::shared_ptr<BackupSource> (*make)(
        const Source &source, const Fleet &fleet, const SourceParts &parts, const Host &host)
        = nullptr;
};
[[nodiscard]] const std::vector<SourceKindRow> &sourceKinds();

// The adapter for a source of the fleet; null when its kind cannot be read. One that is on a host the fleet
// does not have answers every scan with that error.
[[nodiscard]] std::shared_ptr<BackupSource> makeSource(
    const Source &source, const Fleet &fleet, const SourceParts &parts);

} // namespace tidemark
