#pragma once

#include "ports/hostreader.h"

#include <memory>

namespace tidemark {

// This machine with the rights of this program.
[[nodiscard]] std::shared_ptr<HostReader> makeLocalHostReader();

// This machine directly; another one, or another account, through a POSIX shell: over the person's own
// OpenSSH, `sudo -n` where the fleet names an account. One reader for each host, kept while this lives.
[[nodiscard]] std::shared_ptr<HostReaders> makeHostReaders();

} // namespace tidemark
