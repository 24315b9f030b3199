#pragma once

#include "wal/recordparts.h"

namespace tidemark {

// Entries of one length behind each other in a record, read where they lie.
template <class Entry, int Size>
class RecordList
{
public:
    RecordList() = default;
    explicit RecordList(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }
    [[nodiscard]] qsizetype size() const { return m_bytes.size() / Size; }
    [[nodiscard]] bool empty() const { return m_bytes.isEmpty(); }
    [[nodiscard]] Entry operator[](qsizetype i) const { return Entry::read(m_bytes.data() + i * Size); }

private:
    QByteArrayView m_bytes {};
};

struct XidEntry {
    std::uint32_t xid = 0;

    [[nodiscard]] static XidEntry read(const char *bytes);
};

struct FileEntry {
    RelationFile file;

    [[nodiscard]] static FileEntry read(const char *bytes);
};

// A message that something cached is out of date.
struct InvalidationEntry {
    std::uint32_t database = 0;
    std::uint32_t relation = 0; // oid; 0: not of a relation

    [[nodiscard]] static InvalidationEntry read(const char *bytes);
};

// The end of a transaction, or its preparation for two-phase commit, with all that the record tells.
struct TransactionRecord {
    enum class Kind { Commit, Abort, Prepare };
    Kind kind = Kind::Commit;
    bool prepared = false; // COMMIT PREPARED, ROLLBACK PREPARED
    bool whole = true; // false: the record was too long to be read to its end
    std::uint32_t xid = 0; // of the transaction itself; a record about a prepared one is written without
    Instant at;
    std::uint32_t database = 0; // 0: not told
    std::uint32_t tablespace = 0; // of that database
    QByteArrayView gid {}; // name of a prepared transaction
    RecordList<XidEntry, 4> subxacts;
    RecordList<FileEntry, 12> droppedFiles; // of a rolled back one: those it had made
    RecordList<FileEntry, 12> droppedIfAborted; // of a preparation
    RecordList<InvalidationEntry, 16> invalidations;

    // Nothing when the record tells of no end or preparation.
    [[nodiscard]] static std::optional<TransactionRecord> read(
        const WalRecord &record, const WalRecordParts &parts, int version);
};

} // namespace tidemark
