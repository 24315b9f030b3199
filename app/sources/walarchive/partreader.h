#pragma once

#include "walarchive/partlisting.h"

namespace tidemark {

// Reads what is worth reading of one archive that was listed, and makes it whole. Main thread; the work is
// done elsewhere.
[[nodiscard]] QCoro::Task<Result<WalArchive>> readPart(std::shared_ptr<FolderListing> listing,
    QByteArray part, QByteArray folder, std::shared_ptr<HostReader> host, WalArchiveBudget budget,
    std::stop_token stop);

} // namespace tidemark
