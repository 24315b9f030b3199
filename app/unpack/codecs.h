#pragma once

#include "unpack/unpacker.h"

namespace tidemark {

[[nodiscard]] std::unique_ptr<Unpacker> gzipUnpacker();
[[nodiscard]] std::unique_ptr<Unpacker> zstdUnpacker();
[[nodiscard]] std::unique_ptr<Unpacker> lz4Unpacker();
[[nodiscard]] std::unique_ptr<Unpacker> bzip2Unpacker();

} // namespace tidemark
