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
    std::shared_ptr<BackupSource> (*make)(const Source &source, const Fleet &fleet, const SourceParts &parts)
        = nullptr;
};
[[nodiscard]] const std::vector<SourceKindRow> &sourceKinds();

// The adapter for a source of the fleet; null when its kind cannot be read.
[[nodiscard]] std::shared_ptr<BackupSource> makeSource(
    const Source &source, const Fleet &fleet, const SourceParts &parts);

// A reader for the host a source lives on; this machine when it names none, or one the fleet does not have.
[[nodiscard]] std::shared_ptr<HostReader> readerOf(
    const Source &source, const Fleet &fleet, const SourceParts &parts);

} // namespace tidemark
