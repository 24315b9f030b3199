#pragma once

#include "fleet/fleet.h"
#include "ports/backupsource.h"
#include "ports/clock.h"
#include "ports/hostreader.h"

#include <memory>

namespace tidemark {

// How much one scan reads to compare contents with checksums. A backup is checked as a whole, in one scan.
struct BaseBackupBudget {
    qint64 contents = qint64(512) << 20; // bytes as stored
    std::size_t files = 20'000; // of backups in plain form
};

// A folder with base backups below it, as pg_basebackup writes them in plain or tar form, or as something
// else copied them.
[[nodiscard]] std::shared_ptr<BackupSource> makeBaseBackupSource(Source source, std::vector<Cluster> clusters,
    std::shared_ptr<HostReader> host, std::shared_ptr<Clock> clock, BaseBackupBudget budget = {});

} // namespace tidemark
