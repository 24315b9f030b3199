#pragma once

#include "wal/recordparts.h"

#include <QByteArray>

#include <functional>

namespace tidemark {

// Unpacks one zstd frame to exactly `size` bytes; false: it is none. Handed in by whoever has the library.
using ZstdImage = std::function<bool(QByteArrayView packed, char *to, qsizetype size)>;

// The block as it is after the record, 8192 bytes; nothing when the record has no image of it, or one that
// cannot be unpacked.
[[nodiscard]] QByteArray pageImage(const WalBlock &block, const ZstdImage &zstd);

// One raw block of the method, to exactly `size` bytes; false: it is damaged.
[[nodiscard]] bool unpackPglz(QByteArrayView packed, char *to, qsizetype size);
[[nodiscard]] bool unpackLz4Block(QByteArrayView packed, char *to, qsizetype size);

// One row version of a heap page, where it lies.
struct HeapTuple {
    static constexpr qsizetype HeaderSize = 23; // up to the null bitmap

    std::uint16_t item = 0; // counted from 1, the second half of its ctid
    std::uint32_t xmin = 0;
    std::uint32_t xmax = 0;
    std::uint16_t infomask = 0;
    QByteArrayView data {}; // the columns

    [[nodiscard]] bool surelyCommitted() const; // hint bits tell that who made it has committed
    [[nodiscard]] bool neverDeleted() const; // nobody has even begun to
};

// The ordinary items of a heap page image; an index page or a damaged one gives none.
class HeapPage
{
public:
    explicit HeapPage(QByteArrayView page);
    [[nodiscard]] int count() const { return m_count; }
    // Items count from 1; nothing when it is unused or points out of the page.
    [[nodiscard]] std::optional<HeapTuple> item(int number) const;

private:
    QByteArrayView m_page;
    int m_count = 0;
};

} // namespace tidemark
