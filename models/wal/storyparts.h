#pragma once

#include "wal/cataloguepages.h"
#include "wal/relationnames.h"

#include <QVarLengthArray>

#include <array>
#include <functional>

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

// Transactions that have begun and not ended, by xid. Every record asks for its own.
class OpenTransactions
{
public:
    [[nodiscard]] TransactionWork &of(std::uint32_t xid, Lsn lsn)
    {
        TransactionWork *work = find(xid);
        return work ? *work : begin(xid, lsn);
    }
    [[nodiscard]] TransactionWork *find(std::uint32_t xid)
    {
        const Slot &slot = m_near[xid % Near];
        return slot.used && slot.xid == xid ? &m_works[slot.work] : findFar(xid);
    }
    void remove(std::uint32_t xid);
    // Those that cannot end any more, after a crash or when older than any that runs. Prepared ones stay.
    void removeAll();
    void removeBefore(std::uint32_t oldestRunning);
    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] std::vector<std::uint32_t> xidsOf(
        const std::function<bool(const TransactionWork &)> &wanted) const;

private:
    struct Slot {
        bool used = false;
        std::uint32_t xid = 0;
        std::size_t work = 0;
    };
    static constexpr std::size_t Near = 256;

    [[nodiscard]] TransactionWork &begin(std::uint32_t xid, Lsn lsn);
    [[nodiscard]] TransactionWork *findFar(std::uint32_t xid);
    void removeIf(const std::function<bool(const TransactionWork &)> &gone);

    // One each by the last digits of the xid; those that find another one there are kept elsewhere.
    std::array<Slot, Near> m_near {};
    QHash<std::uint32_t, std::size_t> m_far;
    std::vector<TransactionWork> m_works; // used again
    std::vector<std::size_t> m_free;
    qsizetype m_size = 0;
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
