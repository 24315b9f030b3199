#pragma once

#include "ports/hostreader.h"
#include "wal/story.h"

#include <memory>

namespace tidemark {

// Teaches a story the names of relations from the data folder of a plain base backup: from the relation maps
// and the files of pg_database, pg_class and pg_namespace, of databases in the default tablespace. Rows that
// were not surely there for everybody are left to the WAL. An Error "wal.no-base" when the folder is none.
[[nodiscard]] QCoro::Task<Result<WalStory>> learnBase(
    std::shared_ptr<HostReader> host, QByteArray folder, WalStory story, std::stop_token stop);

} // namespace tidemark
