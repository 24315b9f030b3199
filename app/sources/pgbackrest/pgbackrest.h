#pragma once

#include "fleet/fleet.h"
#include "ports/backupsource.h"
#include "ports/clock.h"
#include "ports/hostreader.h"

#include <memory>

namespace tidemark {

// Repositories of pgBackRest, read through its own commands "info", "repo-ls" and "repo-get" on the host
// where it runs: with the configuration and the stanza the fleet file names, or all stanzas.
[[nodiscard]] std::shared_ptr<BackupSource> makePgBackRestSource(Source source, std::vector<Cluster> clusters,
    std::shared_ptr<HostReader> host, std::shared_ptr<Clock> clock);

} // namespace tidemark
