#pragma once

#include "basebackup/verdict.h"

#include <qcorotask.h>

#include <memory>
#include <stop_token>

namespace tidemark {

// Reads what tells what one backup is, and compares names and sizes with its manifest; its contents are
// another matter. Errors are those of the way there; what is wrong with the backup is among the facts.
[[nodiscard]] QCoro::Task<Result<BackupFacts>> readBackup(
    BackupShape shape, QByteArray folder, std::shared_ptr<HostReader> host, std::stop_token stop);

} // namespace tidemark
