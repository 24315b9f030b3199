#pragma once

#include "wal/cataloguepages.h"
#include "wal/relationnames.h"

#include <QVarLengthArray>

namespace tidemark {

// Rows of one file that one transaction changed. TOAST values are rows of their own relation.
struct FileRows {
    RelationFile file;
    std::uint64_t inserted = 0;
    std::uint64_t updated = 0;
    std::uint64_t deleted = 0;
    Lsn lastInsert;
};

// A main file that a transaction made.
struct FileMade {
    RelationFile file;
    Lsn lastImage; // a page was written to it whole, as copying does
    Lsn emptied; // truncated in place
};

struct DatabaseWork {
    std::uint32_t oid = 0;
    bool dropped = false; // false: made
};

// A mapped catalogue that has another file now.
struct MapChange {
    std::uint32_t database = 0;
    std::uint32_t oid = 0;
    RelationFile file;
};

// What a transaction does besides rows; most do nothing of it.
struct DefinitionWork {
    std::vector<FileMade> made;
    std::vector<CatalogueChange> changes;
    std::vector<std::pair<std::uint32_t, std::uint32_t>>
        locked; // database and oid, nobody else may read them
    std::vector<DatabaseWork> databases;
    std::vector<MapChange> mapped;
    std::uint32_t tablespaces = 0; // made or dropped
    SystemCatalogue rewrites = SystemCatalogue::None; // it may make a new file for this one

    void add(const DefinitionWork &more);
    [[nodiscard]] FileMade *find(const RelationFile &file);
    [[nodiscard]] const FileMade *find(std::uint32_t database, std::uint32_t number) const;
};

// All that one transaction, or subtransaction, has done so far.
struct TransactionWork {
    std::uint32_t xid = 0;
    Lsn first; // its first record that was read
    QVarLengthArray<FileRows, 6> rows;
    std::optional<DefinitionWork> definitions;
    QByteArray gid; // of a prepared one
    bool prepared = false;

    [[nodiscard]] FileRows &of(const RelationFile &file);
    [[nodiscard]] DefinitionWork &define();
    void add(const TransactionWork &more); // of a subtransaction
};

// Transactions that have begun and not ended, by xid.
class OpenTransactions
{
public:
    [[nodiscard]] TransactionWork &of(std::uint32_t xid, Lsn lsn);
    [[nodiscard]] TransactionWork *find(std::uint32_t xid);
    void remove(std::uint32_t xid);
    // Those that cannot end any more, after a crash or when older than any that runs. Prepared ones stay.
    void removeAll();
    void removeBefore(std::uint32_t oldestRunning);
    [[nodiscard]] qsizetype size() const { return m_slots.size(); }
    [[nodiscard]] std::vector<std::uint32_t> xidsOf(
        const std::function<bool(const TransactionWork &)> &wanted) const;

private:
    void removeIf(const std::function<bool(const TransactionWork &)> &gone);

    QHash<std::uint32_t, std::size_t> m_slots;
    std::vector<TransactionWork> m_works; // slots are used again
    std::vector<std::size_t> m_free;
    std::uint32_t m_lastXid = 0;
    std::size_t m_lastSlot = 0;
};

// Which files hold the catalogues that are followed.
class CatalogueFiles
{
public:
    [[nodiscard]] SystemCatalogue of(const RelationFile &file) const
    {
        return file.number >= RelationFile::FirstOfUsers && m_moved.isEmpty() ? SystemCatalogue::None
                                                                              : look(file);
    }
    // By the catalogue's oid, which is its first file's number too.
    [[nodiscard]] static SystemCatalogue byOid(std::uint32_t oid);
    void move(std::uint32_t database, std::uint32_t oid, std::uint32_t number);

private:
    [[nodiscard]] SystemCatalogue look(const RelationFile &file) const;

    using Key = std::pair<std::uint32_t, std::uint32_t>; // database, file number
    QHash<Key, SystemCatalogue> m_moved;
};

} // namespace tidemark
