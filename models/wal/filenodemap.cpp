#include "wal/filenodemap.h"

#include "wal/bytesreader.h"

namespace tidemark {

std::vector<MapChange> readFileNodeMap(std::uint32_t database, QByteArrayView bytes)
{
    constexpr std::int32_t Mark = 0x592717;
    BytesReader reader(bytes);
    if (reader.next<std::int32_t>() != Mark)
        return {};
    std::vector<MapChange> entries;
    const auto count = reader.next<std::int32_t>();
    for (std::int32_t i = 0; i < count; ++i) {
        const auto oid = reader.next<std::uint32_t>();
        const auto number = reader.next<std::uint32_t>();
        if (reader.ranOut())
            return {};
        entries.push_back({ database, oid, { 0, database, number } });
    }
    return entries;
}

} // namespace tidemark
