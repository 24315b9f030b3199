#pragma once

#include "fleet/fleet.h"
#include "ports/backupsource.h"
#include "ports/clock.h"
#include "ports/hostreader.h"

#include <memory>

namespace tidemark {

// How much of an archive one scan reads, beside listing it.
struct WalArchiveBudget {
    std::size_t heads = 20'000; // plain segments whose first bytes are compared with their name
    std::size_t packedHeads = 200; // packed ones; each is a call of its own
    qint64 contents = 128 << 20; // bytes, as stored, of segments that are checked record by record
};

// A folder of archived WAL and those below it: plain or packed segments, laid out flat or in folders of the
// first sixteen digits. Every folder that holds WAL is an archive of its own.
[[nodiscard]] std::shared_ptr<BackupSource> makeWalArchiveSource(Source source, std::vector<Cluster> clusters,
    std::shared_ptr<HostReader> host, std::shared_ptr<Clock> clock, WalArchiveBudget budget = {});

} // namespace tidemark
