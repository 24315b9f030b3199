#include "wal/page.h"

#include <QtEndian>

namespace tidemark {

WalPageHeader WalPageHeader::parse(const char *page)
{
    WalPageHeader header;
    header.magic = qFromLittleEndian<std::uint16_t>(page);
    header.flags = qFromLittleEndian<std::uint16_t>(page + 2);
    header.timeline = qFromLittleEndian<std::uint32_t>(page + 4);
    header.address = qFromLittleEndian<std::uint64_t>(page + 8);
    header.remaining = qFromLittleEndian<std::uint32_t>(page + 16);
    header.padding = qFromLittleEndian<std::uint32_t>(page + 20);
    if (header.is(Long)) {
        header.systemId = qFromLittleEndian<std::uint64_t>(page + 24);
        header.segmentSize = qFromLittleEndian<std::uint32_t>(page + 32);
        header.blockSize = qFromLittleEndian<std::uint32_t>(page + 36);
    }
    return header;
}

int walVersion(std::uint16_t magic)
{
    switch (magic) {
    case 0xD106:
        return 13;
    case 0xD10D:
        return 14;
    case 0xD110:
        return 15;
    case 0xD113:
        return 16;
    case 0xD116:
        return 17;
    case 0xD118:
        return 18;
    default:
        return 0;
    }
}

} // namespace tidemark
