#include "wal/recordparts.h"

#include "wal/bytesreader.h"

namespace tidemark {

namespace {

// What begins each of the small headers.
constexpr std::uint8_t LastBlock = 32;
constexpr std::uint8_t TopLevelXid = 252;
constexpr std::uint8_t Origin = 253;
constexpr std::uint8_t LongMain = 254;
constexpr std::uint8_t ShortMain = 255;

constexpr std::uint8_t ForkMask = 0x0F;
constexpr std::uint8_t HasImage = 0x10;
constexpr std::uint8_t SameRelation = 0x80;

constexpr std::uint8_t HasHole = 0x01;
constexpr std::uint16_t BlockSize = 8192;

ImagePacking packingOf(std::uint8_t flags, int version)
{
    if (version < 15)
        return (flags & 0x02) != 0 ? ImagePacking::Pglz : ImagePacking::None;
    if ((flags & 0x04) != 0)
        return ImagePacking::Pglz;
    if ((flags & 0x08) != 0)
        return ImagePacking::Lz4;
    return (flags & 0x10) != 0 ? ImagePacking::Zstd : ImagePacking::None;
}

QByteArrayView part(QByteArrayView bytes, std::uint64_t from, std::uint64_t length)
{
    const auto size = std::uint64_t(bytes.size());
    return from + length > size ? QByteArrayView()
                                : bytes.sliced(static_cast<qsizetype>(from), static_cast<qsizetype>(length));
}

} // namespace

bool WalRecordParts::read(const WalRecord &record, int version)
{
    m_version = version;
    m_count = 0;
    m_main = {};
    m_mainLength = m_imageBytes = m_topXid = 0;
    m_announced = 0;
    if (!readHeaders(record.bytes, record.length))
        return false;
    lay(record.bytes);
    return true;
}

QByteArrayView WalRecordParts::mainWithoutBlocks(QByteArrayView record)
{
    BytesReader reader(record.sliced(WalRecord::HeaderSize));
    while (reader.left() > 0) {
        const auto id = reader.next<std::uint8_t>();
        if (id == Origin) {
            (void)reader.next<std::uint16_t>();
        } else if (id == TopLevelXid) {
            (void)reader.next<std::uint32_t>();
        } else if (id == ShortMain || id == LongMain) {
            const std::uint64_t length
                = id == ShortMain ? reader.next<std::uint8_t>() : reader.next<std::uint32_t>();
            return reader.bytes(std::min(length, std::uint64_t(reader.left())));
        } else {
            return {};
        }
    }
    return {};
}

bool WalRecordParts::readHeaders(QByteArrayView bytes, std::uint32_t length)
{
    BytesReader reader(bytes.sliced(WalRecord::HeaderSize));
    const auto passed = [&] { return std::uint32_t(bytes.size() - reader.left()); };
    while (length - passed() > m_announced) {
        const auto id = reader.next<std::uint8_t>();
        if (id <= LastBlock) {
            if (!readBlock(id, reader))
                return false;
        } else if (id == Origin) {
            (void)reader.next<std::uint16_t>();
        } else if (id == TopLevelXid && m_version >= 14) {
            m_topXid = reader.next<std::uint32_t>();
        } else if (id == ShortMain || id == LongMain) {
            m_mainLength = id == ShortMain ? reader.next<std::uint8_t>() : reader.next<std::uint32_t>();
            m_announced += m_mainLength;
            break;
        } else {
            return false;
        }
        if (reader.ranOut())
            return false;
    }
    m_header = passed();
    return !reader.ranOut() && length - m_header == m_announced;
}

bool WalRecordParts::readBlock(std::uint8_t id, BytesReader &from)
{
    if (id < m_count || m_count >= MostBlocks)
        return false;
    BytesReader reader = from; // a copy: it stays in registers
    WalBlock &block = m_blocks[m_count];
    const auto flags = reader.next<std::uint8_t>();
    block = {};
    block.fork = flags & ForkMask;
    block.hasImage = (flags & HasImage) != 0;
    block.dataLength = reader.next<std::uint16_t>();
    if (block.hasImage && !readImage(block, reader))
        return false;
    if ((flags & SameRelation) == 0) {
        block.file.tablespace = reader.next<std::uint32_t>();
        block.file.database = reader.next<std::uint32_t>();
        block.file.number = reader.next<std::uint32_t>();
    } else if (m_count > 0) {
        block.file = m_blocks[m_count - 1].file;
    } else {
        return false;
    }
    block.number = reader.next<std::uint32_t>();
    m_announced += std::uint64_t { block.imageLength } + block.dataLength;
    m_imageBytes += block.imageLength;
    ++m_count;
    from = reader;
    return true;
}

bool WalRecordParts::readImage(WalBlock &block, BytesReader &reader)
{
    block.imageLength = reader.next<std::uint16_t>();
    block.holeOffset = reader.next<std::uint16_t>();
    const auto flags = reader.next<std::uint8_t>();
    block.packing = packingOf(flags, m_version);
    if ((flags & HasHole) == 0)
        return block.imageLength <= BlockSize;
    if (block.packing != ImagePacking::None)
        block.holeLength = reader.next<std::uint16_t>();
    else if (block.imageLength <= BlockSize)
        block.holeLength = static_cast<std::uint16_t>(BlockSize - block.imageLength);
    return block.holeOffset + block.holeLength <= BlockSize;
}

void WalRecordParts::lay(QByteArrayView bytes)
{
    std::uint64_t at = m_header;
    for (std::size_t i = 0; i < m_count; ++i) {
        WalBlock &block = m_blocks[i];
        if (block.hasImage)
            block.image = part(bytes, at, block.imageLength);
        at += block.imageLength;
        block.data = part(bytes, at, block.dataLength);
        at += block.dataLength;
    }
    m_main = part(bytes, at, m_mainLength);
}

} // namespace tidemark
