#pragma once

#include "fleet/fleet.h"
#include "ports/backupsource.h"
#include "ports/clock.h"
#include "ports/hostreader.h"

#include <memory>

namespace tidemark {

// How many bytes, as stored, one scan reads to compare contents with checksums. What does not fit is compared
// over as many scans as it takes. More than the gigabyte that the files of a server grow to, so that each
// scan of a program that was started anew gets past one.
inline constexpr qint64 ContentsOfOneScan = qint64(1280) << 20;

// A folder with base backups below it, as pg_basebackup writes them in plain or tar form, or as something
// else copied them.
[[nodiscard]] std::shared_ptr<BackupSource> makeBaseBackupSource(Source source, std::vector<Cluster> clusters,
    std::shared_ptr<HostReader> host, std::shared_ptr<Clock> clock, qint64 budget = ContentsOfOneScan);

} // namespace tidemark
