#pragma once

#include "wal/contents.h"
#include "wal/page.h"
#include "wal/walarchive.h"

namespace tidemark {

// Bytes of a segment that are enough to tell whose and where it is.
inline constexpr qsizetype WalHeadSize = WalPageHeader::LongSize;

// The long header a segment begins with; nothing when it does not begin with one.
[[nodiscard]] std::optional<WalPageHeader> walHead(QByteArrayView bytes);

struct WalHeadFault {
    WalFault fault = WalFault::BadPage;
    QString words;

    bool operator==(const WalHeadFault &) const = default;
};

// Compares a segment's first bytes with its name. The first segment of a timeline begins with pages of the
// one it left; `history` tells where that was, null: not known.
[[nodiscard]] std::optional<WalHeadFault> checkWalHead(
    QByteArrayView bytes, const WalExpectation &expected, const TimelineHistory *history);

} // namespace tidemark
