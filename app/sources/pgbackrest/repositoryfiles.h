#pragma once

#include "pgbackrest/commands.h"

#include <memory>

namespace tidemark::pgbackrest {

// One stanza's archive in one repository, as files: listed by "repo-ls", read by "repo-get", which decrypts.
// Paths are below the stanza's archive: "15-1/00000002.history".
[[nodiscard]] std::shared_ptr<HostReader> makeRepositoryFiles(
    std::shared_ptr<HostReader> host, Way way, QString stanza, qint64 repository);

} // namespace tidemark::pgbackrest
