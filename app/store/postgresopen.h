#pragma once

#include "store/database.h"
#include "store/store.h"

#include <memory>

namespace tidemark {

// Connects to a team's store, checks whose the schema is, and brings it up to date. Blocks: for the worker.
[[nodiscard]] Result<std::unique_ptr<Database>> openPostgres(
    const PostgresTarget &target, const std::vector<Migration> &migrations);

} // namespace tidemark
