#pragma once

#include "ports/backupsource.h"
#include "ports/catalogue.h"
#include "ports/clock.h"

#include <memory>

namespace tidemark {

// Reads what changed in a source and merges it into the catalogue of the fleet. An error of the source is
// told to the catalogue and answered; what was known stays.
[[nodiscard]] QCoro::Task<Result<Changes>> refreshCatalogue(std::shared_ptr<BackupSource> source,
    std::shared_ptr<Catalogue> catalogue, QString fleet, std::shared_ptr<Clock> clock, std::stop_token stop);

} // namespace tidemark
