#include "wal/transactionrecord.h"

#include "wal/bytesreader.h"

namespace tidemark {

namespace {

constexpr std::uint8_t KindMask = 0x70;
constexpr std::uint8_t HasInfo = 0x80;

// Bits that tell which parts follow.
constexpr std::uint32_t DatabaseInfo = 1U << 0;
constexpr std::uint32_t Subxacts = 1U << 1;
constexpr std::uint32_t Files = 1U << 2;
constexpr std::uint32_t Invalidations = 1U << 3;
constexpr std::uint32_t TwoPhase = 1U << 4;
constexpr std::uint32_t Gid = 1U << 7;
constexpr std::uint32_t Statistics = 1U << 8;

constexpr std::int8_t RelationCache = -2;

std::uint64_t statisticsSize(int version)
{
    return version >= 18 ? 16 : 12;
}

QByteArrayView list(BytesReader &reader, std::int64_t count, std::uint64_t size)
{
    return reader.bytes(static_cast<std::uint64_t>(std::max<std::int64_t>(count, 0)) * size);
}

QByteArrayView list(BytesReader &reader, std::uint64_t size)
{
    return list(reader, reader.next<std::int32_t>(), size);
}

QByteArrayView upToNul(QByteArrayView bytes)
{
    const qsizetype end = bytes.indexOf('\0');
    return end < 0 ? bytes : bytes.first(end);
}

std::optional<TransactionRecord::Kind> endOf(std::uint8_t info)
{
    switch ((info & KindMask) >> 4) {
    case 0: // COMMIT
    case 3: // COMMIT_PREPARED
        return TransactionRecord::Kind::Commit;
    case 2: // ABORT
    case 4: // ABORT_PREPARED
        return TransactionRecord::Kind::Abort;
    default:
        return {};
    }
}

// Commit and abort are laid out alike.
void readEnd(TransactionRecord &end, BytesReader &reader, std::uint32_t info, int version)
{
    if ((info & DatabaseInfo) != 0) {
        end.database = reader.next<std::uint32_t>();
        end.tablespace = reader.next<std::uint32_t>();
    }
    if ((info & Subxacts) != 0)
        end.subxacts = RecordList<XidEntry, 4>(list(reader, 4));
    if ((info & Files) != 0)
        end.droppedFiles = RecordList<FileEntry, 12>(list(reader, 12));
    if ((info & Statistics) != 0)
        (void)list(reader, statisticsSize(version));
    if ((info & Invalidations) != 0)
        end.invalidations = RecordList<InvalidationEntry, 16>(list(reader, 16));
    if ((info & TwoPhase) != 0)
        end.xid = reader.next<std::uint32_t>();
    if ((info & Gid) != 0)
        end.gid = upToNul(reader.rest());
}

std::uint64_t aligned(std::uint64_t size)
{
    return (size + 7) & ~std::uint64_t { 7 };
}

// A list of a preparation; each is padded.
QByteArrayView padded(BytesReader &reader, std::int64_t count, std::uint64_t size)
{
    const QByteArrayView entries = list(reader, count, size);
    const auto length = std::uint64_t(entries.size());
    (void)reader.bytes(std::min<std::uint64_t>(aligned(length) - length, std::uint64_t(reader.left())));
    return entries;
}

// A preparation tells all that its commit will.
void readPreparation(TransactionRecord &end, BytesReader &reader, int version)
{
    const QByteArrayView whole = reader.rest();
    (void)reader.bytes(8); // magic, length
    end.xid = reader.next<std::uint32_t>();
    end.database = reader.next<std::uint32_t>();
    end.at = walTime(reader.next<std::int64_t>()).value_or(Instant());
    (void)reader.next<std::uint32_t>(); // owner
    const auto subxacts = reader.next<std::int32_t>();
    const auto ifCommitted = reader.next<std::int32_t>();
    const auto ifAborted = reader.next<std::int32_t>();
    const auto commitStatistics = version >= 15 ? reader.next<std::int32_t>() : 0;
    const auto abortStatistics = version >= 15 ? reader.next<std::int32_t>() : 0;
    const auto invalidations = reader.next<std::int32_t>();
    (void)reader.next<std::uint8_t>();
    (void)reader.next<std::uint8_t>(); // padding
    const auto gidLength = reader.next<std::uint16_t>();
    (void)reader.bytes(16); // where it came from: LSN and time
    const auto passed = std::uint64_t(whole.size() - reader.left());
    (void)reader.bytes(aligned(passed) - passed);
    end.gid = upToNul(padded(reader, gidLength, 1));
    end.subxacts = RecordList<XidEntry, 4>(padded(reader, subxacts, 4));
    end.droppedFiles = RecordList<FileEntry, 12>(padded(reader, ifCommitted, 12));
    end.droppedIfAborted = RecordList<FileEntry, 12>(padded(reader, ifAborted, 12));
    (void)padded(reader, commitStatistics, statisticsSize(version));
    (void)padded(reader, abortStatistics, statisticsSize(version));
    end.invalidations = RecordList<InvalidationEntry, 16>(padded(reader, invalidations, 16));
}

} // namespace

XidEntry XidEntry::read(const char *bytes)
{
    return { qFromLittleEndian<std::uint32_t>(bytes) };
}

FileEntry FileEntry::read(const char *bytes)
{
    return { { qFromLittleEndian<std::uint32_t>(bytes), qFromLittleEndian<std::uint32_t>(bytes + 4),
        qFromLittleEndian<std::uint32_t>(bytes + 8) } };
}

InvalidationEntry InvalidationEntry::read(const char *bytes)
{
    if (static_cast<std::int8_t>(*bytes) != RelationCache)
        return {};
    return { qFromLittleEndian<std::uint32_t>(bytes + 4), qFromLittleEndian<std::uint32_t>(bytes + 8) };
}

// One variable is returned from everywhere, so that it is built where it goes.
std::optional<TransactionRecord> TransactionRecord::read(
    const WalRecord &record, const WalRecordParts &parts, int version)
{
    std::optional<TransactionRecord> told;
    const int operation = (record.info & KindMask) >> 4;
    const auto kind = operation == 1 ? Kind::Prepare : endOf(record.info);
    if (record.manager != ResourceManager::Transaction || !kind)
        return told;
    TransactionRecord &end = told.emplace();
    end.kind = *kind;
    end.xid = record.xid;
    BytesReader reader(parts.mainData());
    if (end.kind == Kind::Prepare) {
        readPreparation(end, reader, version);
    } else {
        end.prepared = operation >= 3;
        const auto at = walTime(reader.next<std::int64_t>());
        const std::uint32_t info = (record.info & HasInfo) != 0 ? reader.next<std::uint32_t>() : 0;
        readEnd(end, reader, info, version);
        if (!at) {
            told.reset();
            return told;
        }
        end.at = *at;
    }
    end.whole = parts.wholeMain() && !reader.ranOut();
    return told;
}

std::optional<TransactionEnd> transactionEnd(const WalRecord &record)
{
    const auto kind = record.manager == ResourceManager::Transaction ? endOf(record.info) : std::nullopt;
    if (!kind)
        return {};
    BytesReader reader(WalRecordParts::mainWithoutBlocks(record.bytes));
    const auto at = walTime(reader.next<std::int64_t>());
    if (!at || reader.ranOut())
        return {};
    return TransactionEnd { record.begin, *at, kind == TransactionRecord::Kind::Commit };
}

} // namespace tidemark
