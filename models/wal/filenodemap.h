#pragma once

#include "wal/storyparts.h"

namespace tidemark {

// A database's pg_filenode.map, or the shared one (database 0): the files of the catalogues that pg_class
// does not tell. Empty when it is none.
[[nodiscard]] std::vector<MapChange> readFileNodeMap(std::uint32_t database, QByteArrayView bytes);

} // namespace tidemark
