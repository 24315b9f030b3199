#pragma once

#include "fleet/fleet.h"
#include "ports/backupsource.h"
#include "ports/clock.h"
#include "ports/hostreader.h"

#include <memory>

namespace tidemark {

// Barman's servers, read through its own commands on the host where it runs, with the configuration and the
// server the fleet file names, or all servers; and the names in their WAL folders.
[[nodiscard]] std::shared_ptr<BackupSource> makeBarmanSource(Source source, std::vector<Cluster> clusters,
    std::shared_ptr<HostReader> host, std::shared_ptr<Clock> clock);

} // namespace tidemark
