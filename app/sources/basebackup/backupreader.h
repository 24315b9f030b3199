#pragma once

#include "basebackup/basebackup.h"
#include "basebackup/verdict.h"

namespace tidemark {

// Reads what is worth reading of one backup. What the budget allows is taken from it. Errors are those of the
// way there; what is wrong with the backup is among the facts.
[[nodiscard]] QCoro::Task<Result<BackupFacts>> readBackup(BackupShape shape, QByteArray folder,
    std::shared_ptr<HostReader> host, std::shared_ptr<BaseBackupBudget> budget, std::stop_token stop);

} // namespace tidemark
