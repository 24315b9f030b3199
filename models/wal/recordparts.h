#pragma once

#include "wal/record.h"
#include "wal/relationfile.h"

#include <array>
#include <span>

namespace tidemark {

enum class ImagePacking : std::uint8_t { None, Pglz, Lz4, Zstd };

// A block that a record changes, with what it tells of it. The views point into the record.
struct WalBlock {
    RelationFile file;
    std::uint32_t number = 0;
    std::uint8_t fork = 0; // 0: the rows
    bool hasImage = false;
    ImagePacking packing = ImagePacking::None;
    std::uint16_t imageLength = 0; // as it lies in the record
    std::uint16_t holeOffset = 0;
    std::uint16_t holeLength = 0;
    std::uint16_t dataLength = 0;
    QByteArrayView image {}; // empty when the record was too long to be kept
    QByteArrayView data {};
};

// What a record is made of. One object is used for record after record, without allocating.
class WalRecordParts
{
public:
    // False: its headers do not add up, nothing of it can be told.
    [[nodiscard]] bool read(const WalRecord &record, int version);
    // The main data alone, of a record without blocks, as far as they were kept.
    [[nodiscard]] static QByteArrayView mainWithoutBlocks(QByteArrayView record);

    [[nodiscard]] std::span<const WalBlock> blocks() const { return { m_blocks.data(), m_count }; }
    [[nodiscard]] QByteArrayView mainData() const { return m_main; }
    [[nodiscard]] bool wholeMain() const { return std::uint32_t(m_main.size()) == m_mainLength; }
    [[nodiscard]] std::uint32_t imageBytes() const { return m_imageBytes; }
    [[nodiscard]] std::uint32_t topXid() const { return m_topXid; } // 0: not told

private:
    static constexpr std::size_t MostBlocks = 33;

    [[nodiscard]] bool readHeaders(QByteArrayView bytes, std::uint32_t length);
    [[nodiscard]] bool readBlock(std::uint8_t id, class BytesReader &reader);
    [[nodiscard]] bool readImage(WalBlock &block, class BytesReader &reader);
    void lay(QByteArrayView bytes);

    std::array<WalBlock, MostBlocks> m_blocks;
    std::size_t m_count = 0;
    QByteArrayView m_main {};
    std::uint32_t m_mainLength = 0;
    std::uint32_t m_imageBytes = 0;
    std::uint32_t m_topXid = 0;
    std::uint64_t m_announced = 0;
    std::uint32_t m_header = 0; // where the data begin
    int m_version = 0;
};

} // namespace tidemark
