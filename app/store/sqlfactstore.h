#pragma once

#include "ports/factstore.h"
#include "store/sqlworker.h"

namespace tidemark {

// FactStore over Qt Sql, the same for both dialects.
[[nodiscard]] std::shared_ptr<FactStore> makeSqlFactStore(std::shared_ptr<SqlWorker> worker);

} // namespace tidemark
