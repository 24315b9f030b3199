#include "wal/pageimage.h"

#include "wal/page.h"

#include <QtEndian>

#include <cstring>

namespace tidemark {

namespace {

// Output of an LZ method: copies from what it has written already.
class LzOutput
{
public:
    LzOutput(char *to, qsizetype size)
        : m_to(to)
        , m_size(size)
    {
    }
    [[nodiscard]] bool literal(QByteArrayView bytes)
    {
        if (bytes.size() > m_size - m_at)
            return false;
        std::memcpy(m_to + m_at, bytes.data(), std::size_t(bytes.size()));
        m_at += bytes.size();
        return true;
    }
    // Source and target may overlap: what has just been written is copied on.
    [[nodiscard]] bool copy(qsizetype distance, qsizetype length)
    {
        if (distance <= 0 || distance > m_at || length > m_size - m_at)
            return false;
        for (; length > 0; --length, ++m_at)
            m_to[m_at] = m_to[m_at - distance];
        return true;
    }
    [[nodiscard]] qsizetype left() const { return m_size - m_at; }

private:
    char *m_to;
    qsizetype m_size;
    qsizetype m_at = 0;
};

int byteAt(QByteArrayView bytes, qsizetype at)
{
    return static_cast<unsigned char>(bytes[at]);
}

// A length that goes on in bytes of 255.
bool readLength(QByteArrayView packed, qsizetype &at, qsizetype &length)
{
    if (length != 15)
        return true;
    int more = 255;
    while (more == 255) {
        if (at >= packed.size())
            return false;
        more = byteAt(packed, at++);
        length += more;
    }
    return true;
}

constexpr int LowerAt = 12;
constexpr int SpecialAt = 16;
constexpr int FirstItem = 24;
constexpr int ItemSize = 4;
constexpr std::uint32_t NormalItem = 1;

constexpr std::uint16_t XmaxOnlyLocks = 0x0080;
constexpr std::uint16_t XminCommitted = 0x0100;
constexpr std::uint16_t XmaxInvalid = 0x0800;

} // namespace

bool unpackPglz(QByteArrayView packed, char *to, qsizetype size)
{
    LzOutput out(to, size);
    qsizetype at = 0;
    while (at < packed.size() && out.left() > 0) {
        int control = byteAt(packed, at++);
        for (int bit = 0; bit < 8 && at < packed.size() && out.left() > 0; ++bit, control >>= 1) {
            if ((control & 1) == 0) {
                if (!out.literal(packed.sliced(at++, 1)))
                    return false;
                continue;
            }
            if (at + 2 > packed.size())
                return false;
            const int first = byteAt(packed, at++);
            const int distance = (first & 0xF0) << 4 | byteAt(packed, at++);
            qsizetype length = (first & 0x0F) + 3;
            if (length == 18) {
                if (at >= packed.size())
                    return false;
                length += byteAt(packed, at++);
            }
            if (!out.copy(distance, std::min(length, out.left())))
                return false;
        }
    }
    return out.left() == 0;
}

bool unpackLz4Block(QByteArrayView packed, char *to, qsizetype size)
{
    LzOutput out(to, size);
    for (qsizetype at = 0; at < packed.size();) {
        const int token = byteAt(packed, at++);
        qsizetype literals = token >> 4;
        if (!readLength(packed, at, literals) || literals > packed.size() - at
            || !out.literal(packed.sliced(at, literals)))
            return false;
        at += literals;
        if (at == packed.size())
            break; // the last part is literals alone
        if (at + 2 > packed.size())
            return false;
        const int distance = byteAt(packed, at) | byteAt(packed, at + 1) << 8;
        at += 2;
        qsizetype length = token & 15;
        if (!readLength(packed, at, length) || !out.copy(distance, length + 4))
            return false;
    }
    return out.left() == 0;
}

QByteArray pageImage(const WalBlock &block, const ZstdImage &zstd)
{
    if (!block.hasImage || block.image.isEmpty())
        return {};
    const qsizetype wanted = WalPageSize - block.holeLength;
    QByteArray page(WalPageSize, '\0');
    char *to = page.data();
    bool good = false;
    switch (block.packing) {
    case ImagePacking::None:
        good = block.image.size() == wanted;
        if (good)
            std::memcpy(to, block.image.data(), std::size_t(wanted));
        break;
    case ImagePacking::Pglz:
        good = unpackPglz(block.image, to, wanted);
        break;
    case ImagePacking::Lz4:
        good = unpackLz4Block(block.image, to, wanted);
        break;
    case ImagePacking::Zstd:
        good = zstd && zstd(block.image, to, wanted);
        break;
    }
    if (!good)
        return {};
    const qsizetype behind = wanted - block.holeOffset;
    if (block.holeLength > 0 && behind >= 0) {
        std::memmove(to + block.holeOffset + block.holeLength, to + block.holeOffset, std::size_t(behind));
        std::memset(to + block.holeOffset, 0, block.holeLength);
    }
    return page;
}

bool HeapTuple::surelyCommitted() const
{
    return (infomask & XminCommitted) != 0; // frozen ones have this bit too
}

bool HeapTuple::neverDeleted() const
{
    return xmax == 0 || (infomask & (XmaxInvalid | XmaxOnlyLocks)) != 0;
}

HeapPage::HeapPage(QByteArrayView page)
    : m_page(page)
{
    if (page.size() != WalPageSize)
        return;
    const auto lower = qFromLittleEndian<std::uint16_t>(page.data() + LowerAt);
    const auto special = qFromLittleEndian<std::uint16_t>(page.data() + SpecialAt);
    const bool heap = special == WalPageSize && lower >= FirstItem && lower <= WalPageSize;
    m_count = heap ? (lower - FirstItem) / ItemSize : 0;
}

std::optional<HeapTuple> HeapPage::item(int number) const
{
    if (number < 1 || number > m_count)
        return {};
    const auto pointer
        = qFromLittleEndian<std::uint32_t>(m_page.data() + FirstItem + (number - 1) * ItemSize);
    const qsizetype offset = pointer & 0x7FFF;
    const qsizetype length = pointer >> 17;
    if ((pointer >> 15 & 3) != NormalItem || length < HeapTuple::HeaderSize || offset + length > WalPageSize)
        return {};
    const char *bytes = m_page.data() + offset;
    const auto begin = qsizetype { static_cast<unsigned char>(bytes[22]) };
    if (begin < HeapTuple::HeaderSize || begin > length)
        return {};
    HeapTuple tuple;
    tuple.item = static_cast<std::uint16_t>(number);
    tuple.xmin = qFromLittleEndian<std::uint32_t>(bytes);
    tuple.xmax = qFromLittleEndian<std::uint32_t>(bytes + 4);
    tuple.infomask = qFromLittleEndian<std::uint16_t>(bytes + 20);
    tuple.data = m_page.sliced(offset + begin, length - begin);
    return tuple;
}

} // namespace tidemark
