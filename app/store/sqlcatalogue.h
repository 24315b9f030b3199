#pragma once

#include "ports/catalogue.h"
#include "store/sqlworker.h"

namespace tidemark {

// Catalogue over Qt Sql, the same for both dialects.
[[nodiscard]] std::shared_ptr<Catalogue> makeSqlCatalogue(std::shared_ptr<SqlWorker> worker);

} // namespace tidemark
