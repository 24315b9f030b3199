#pragma once

#include "values/instant.h"
#include "wal/lsn.h"

#include <QByteArrayView>

#include <optional>

namespace tidemark {

// Who wrote a record; the numbers are the same from 13 to 18. From 128 on they belong to extensions (15+).
enum class ResourceManager : std::uint8_t {
    Xlog = 0,
    Transaction = 1,
    Storage = 2,
    Database = 4,
    Tablespace = 5,
    RelationMap = 7,
    Standby = 8,
    Heap2 = 9,
    Heap = 10,
    LogicalMessage = 21,
    LastBuiltIn = LogicalMessage,
    FirstExtension = 128
};

// One WAL record, its checksum checked.
struct WalRecord {
    static constexpr std::uint32_t HeaderSize = 24;

    Lsn begin;
    std::uint32_t length = 0; // with header, without the padding behind it
    std::uint32_t xid = 0; // 0: none
    Lsn previous;
    std::uint8_t info = 0;
    ResourceManager manager = ResourceManager::Xlog;
    int version = 0; // of the server that wrote it, 13 to 18; 0: not told
    Lsn next; // where the one behind it would begin
    QByteArrayView bytes {}; // from the header on; of a very long record only its beginning

    // Reads the header; there must be HeaderSize bytes.
    [[nodiscard]] static WalRecord parse(Lsn begin, QByteArrayView bytes);
    [[nodiscard]] bool isSwitch() const; // the rest of the segment is empty
    [[nodiscard]] bool tellsOverwritten() const; // a record begun earlier is lost
};

// A time as WAL tells it, microseconds since 2000; nothing when it is out of any range.
[[nodiscard]] std::optional<Instant> walTime(std::int64_t microseconds);
// The same as checkpoints tell it, seconds since 1970.
[[nodiscard]] std::optional<Instant> checkpointTime(std::int64_t seconds);

// The end of a transaction, as recovery compares it with a target time.
struct TransactionEnd {
    Lsn lsn; // where its record begins
    Instant at;
    bool commit = false; // false: rolled back

    bool operator==(const TransactionEnd &) const = default;
};

// Nothing when the record ends no transaction.
[[nodiscard]] std::optional<TransactionEnd> transactionEnd(const WalRecord &record);

} // namespace tidemark
