#include "wal/record.h"

#include <QtEndian>

namespace tidemark {

namespace {

constexpr std::int64_t PostgresEpoch = 946'684'800LL * 1'000'000; // 2000-01-01 in microseconds of ours
constexpr std::int64_t LatestTime = 1LL << 62; // a sum with the epoch stays in range

constexpr std::uint8_t KindOfXlog = 0xF0;
constexpr std::uint8_t Switch = 0x40;
constexpr std::uint8_t OverwriteContrecord = 0xD0;

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

std::optional<Instant> walTime(std::int64_t microseconds)
{
    if (microseconds > LatestTime || microseconds < -LatestTime)
        return {};
    return Instant::fromMicroseconds(microseconds + PostgresEpoch);
}

std::optional<Instant> checkpointTime(std::int64_t seconds)
{
    constexpr std::int64_t Latest = LatestTime / 1'000'000;
    if (seconds > Latest || seconds < -Latest)
        return {};
    return Instant::fromSeconds(seconds);
}

} // namespace tidemark
