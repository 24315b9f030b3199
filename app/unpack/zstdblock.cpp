#include "unpack/zstdblock.h"

#include <zstd.h>

namespace tidemark {

bool unpackZstdFrame(QByteArrayView packed, char *to, qsizetype size)
{
    const auto room = static_cast<std::size_t>(size);
    return ZSTD_decompress(to, room, packed.data(), static_cast<std::size_t>(packed.size())) == room;
}

} // namespace tidemark
