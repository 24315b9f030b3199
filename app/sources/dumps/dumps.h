#pragma once

#include "fleet/fleet.h"
#include "ports/backupsource.h"
#include "ports/clock.h"
#include "ports/hostreader.h"

#include <memory>

namespace tidemark {

// How much of a dump is read to see whether it is whole. What lies beyond is told as not read to its end.
struct DumpLimits {
    qint64 file = 256LL << 20; // bytes of one dump
    qint64 scan = 2LL << 30; // bytes of one scan; older dumps wait for later scans
};

// Dumps below a folder, as pg_dump and pg_dumpall leave them: custom, directory, tar and plain, packed or
// not.
[[nodiscard]] std::shared_ptr<BackupSource> makeDumpsSource(const Source &source, const Fleet &fleet,
    std::shared_ptr<HostReader> reader, std::shared_ptr<Clock> clock, DumpLimits limits = {});

} // namespace tidemark
