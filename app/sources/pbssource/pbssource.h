#pragma once

#include "fleet/fleet.h"
#include "ports/backupsource.h"
#include "ports/clock.h"
#include "ports/pbsreader.h"

#include <memory>

namespace tidemark {

// A Proxmox Backup Server: snapshots of the source's groups, tasks as runs, its jobs and its space. The first
// group of the source is the machine of its first cluster, and so on; a group with a cluster's own name is
// that cluster's.
[[nodiscard]] std::shared_ptr<BackupSource> makePbsSource(
    Source source, std::shared_ptr<PbsReader> reader, std::shared_ptr<Clock> clock);

} // namespace tidemark
