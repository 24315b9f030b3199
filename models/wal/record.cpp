#include "wal/record.h"

#include <QtEndian>

namespace tidemark {

namespace {

constexpr std::int64_t PostgresEpoch = 946'684'800LL * 1'000'000; // 2000-01-01 in microseconds of ours
constexpr std::int64_t LatestTime = 1LL << 62; // a sum with the epoch stays in range

constexpr std::uint8_t KindOfXlog = 0xF0;
constexpr std::uint8_t Switch = 0x40;
constexpr std::uint8_t OverwriteContrecord = 0xD0;

constexpr std::uint8_t KindOfTransaction = 0x70;
constexpr std::uint8_t Commit = 0x00;
constexpr std::uint8_t Abort = 0x20;
constexpr std::uint8_t CommitPrepared = 0x30;
constexpr std::uint8_t AbortPrepared = 0x40;

// What a record without block references says; the small headers before it are skipped.
QByteArrayView mainData(QByteArrayView rest)
{
    while (rest.size() >= 2) {
        switch (static_cast<unsigned char>(rest[0])) {
        case 255:
            return rest.sliced(2);
        case 254:
            return rest.size() < 5 ? QByteArrayView() : rest.sliced(5);
        case 253: // replication origin
            rest = rest.sliced(std::min<qsizetype>(3, rest.size()));
            break;
        case 252: // top-level transaction
            rest = rest.sliced(std::min<qsizetype>(5, rest.size()));
            break;
        default:
            return {};
        }
    }
    return {};
}

} // namespace

WalRecord WalRecord::parse(Lsn begin, QByteArrayView bytes)
{
    WalRecord record;
    record.begin = begin;
    record.length = qFromLittleEndian<std::uint32_t>(bytes.data());
    record.xid = qFromLittleEndian<std::uint32_t>(bytes.data() + 4);
    record.previous = { qFromLittleEndian<std::uint64_t>(bytes.data() + 8) };
    record.info = static_cast<std::uint8_t>(bytes[16]);
    record.manager = ResourceManager { static_cast<std::uint8_t>(bytes[17]) };
    record.bytes = bytes;
    return record;
}

bool WalRecord::isSwitch() const
{
    return manager == ResourceManager::Xlog && (info & KindOfXlog) == Switch;
}

bool WalRecord::tellsOverwritten() const
{
    return manager == ResourceManager::Xlog && (info & KindOfXlog) == OverwriteContrecord;
}

std::optional<TransactionEnd> transactionEnd(const WalRecord &record)
{
    if (record.manager != ResourceManager::Transaction)
        return {};
    const auto kind = record.info & KindOfTransaction;
    const bool commit = kind == Commit || kind == CommitPrepared;
    if (!commit && kind != Abort && kind != AbortPrepared)
        return {};
    const QByteArrayView data = mainData(record.bytes.sliced(WalRecord::HeaderSize));
    if (data.size() < 8)
        return {};
    const auto time = qFromLittleEndian<std::int64_t>(data.data());
    if (time > LatestTime || time < -LatestTime)
        return {};
    return TransactionEnd { record.begin, Instant::fromMicroseconds(time + PostgresEpoch), commit };
}

} // namespace tidemark
