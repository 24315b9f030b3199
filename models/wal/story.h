#pragma once

#include "wal/histories.h"
#include "wal/reader.h"
#include "wal/verdict.h"
#include "wal/walstats.h"

namespace tidemark {

// Folds the records of a WAL into what happened: transactions with the rows and relations they touched, and
// marks. It holds what is open, names and catalogue rows, and nothing that grows with the WAL. A copy goes
// on by itself, as a timeline that branches off does.
class WalStory : public WalRecords
{
public:
    struct Options {
        AccidentRules rules;
        bool tellAll = false; // every transaction with all its rows, not only those of some consequence
        ZstdImage zstd;
    };

    WalStory(WalListener &listener, Options options);

    // The server's copy of its catalogue. What the WAL tells goes before it.
    void learn(const std::vector<Relation> &relations);
    // Out of a base backup: what pg_filenode.map tells, then pages of pg_class, pg_namespace and pg_database.
    void learnMap(const std::vector<MapChange> &files);
    void learnPage(const RelationFile &file, std::uint32_t block, QByteArrayView page, int version);

    // The timeline that is read from now on: records before its parents' ends are theirs. What lies before
    // `from` was told already.
    void follow(const TimelineHistory &history, Lsn from);
    // Records are missing before the next one.
    void gap();
    void take(const WalRecord &record) override;

    [[nodiscard]] const WalStats &stats() const { return m_stats; }
    [[nodiscard]] std::uint64_t unreadable() const { return m_unreadable; } // records that do not add up
    [[nodiscard]] std::uint64_t commits() const { return m_commits; }
    [[nodiscard]] Lsn lastRecord() const { return m_lastRecord; } // where it begins
    [[nodiscard]] qsizetype open() const { return m_open.size(); }
    // Transactions and subtransactions that are open and may be of consequence when they end.
    [[nodiscard]] std::vector<std::uint32_t> carried() const;
    [[nodiscard]] const RelationNames &names() const { return m_names; }

private:
    [[nodiscard]] TransactionWork &workOf(const WalRecord &record)
    {
        return m_open.of(record.xid, record.begin);
    }
    [[nodiscard]] bool muted(const WalRecord &record) const { return record.begin < m_from; }

    void takeHeap(const WalRecord &record);
    void takeHeap2(const WalRecord &record);
    void takeCatalogue(const WalRecord &record, SystemCatalogue catalogue);
    void takeStorage(const WalRecord &record);
    void takeDatabase(const WalRecord &record);
    void takeRelationMap(const WalRecord &record);
    void takeStandby(const WalRecord &record);
    void takeXlog(const WalRecord &record);
    void takeImages(const WalRecord &record);
    void learnImage(const RelationFile &file, SystemCatalogue catalogue, QByteArrayView page);
    [[nodiscard]] SystemCatalogue catalogueOf(const RelationFile &file, std::uint32_t xid);

    void takeTransaction(const WalRecord &record);
    void prepare(const WalRecord &record, const TransactionRecord &prepared);
    void end(const WalRecord &record, const TransactionRecord &ended);
    [[nodiscard]] TransactionWork gather(const TransactionRecord &ended, Lsn lsn);
    void tell(const WalRecord &record, const TransactionRecord &ended, const TransactionWork &work,
        const ClassChanges &changes);
    [[nodiscard]] bool beginSeen(std::uint32_t xid) const
    {
        return m_sureFrom && static_cast<std::int32_t>(xid - *m_sureFrom) >= 0;
    }
    [[nodiscard]] bool ofConsequence(const TransactionWork &work) const;
    [[nodiscard]] bool isCatalogue(const RelationFile &file, const TransactionWork &work) const;
    [[nodiscard]] std::vector<RelationRows> rowsOf(const TransactionWork &work) const;
    [[nodiscard]] WalClass classOf(
        const WalTransaction &told, const TransactionRecord &ended, const TransactionWork &work) const;
    void countRows(WalEndTold &told, const TransactionWork &work) const;

    void apply(const TransactionRecord &ended, const TransactionWork &work, const ClassChanges &changes);
    void applyNames(const TransactionRecord &ended, const DefinitionWork &work, const ClassChanges &changes);
    void applyCounts(
        const TransactionRecord &ended, const TransactionWork &work, const ClassChanges &changes);

    void checkpoint(const WalRecord &record, bool shutdown);
    void mark(const WalRecord &record, WalMark mark);
    void sureFrom(std::uint32_t nextXid);

    WalListener *m_listener;
    Options m_options;
    WalRecordParts m_parts;
    WalStats m_stats;
    int m_version = 0;
    std::uint64_t m_unreadable = 0;
    Lsn m_lastRecord;

    TimelineHistory m_history;
    Lsn m_from;
    OpenTransactions m_open;
    std::optional<std::uint32_t> m_sureFrom; // transactions from this one on began while reading
    std::uint64_t m_commits = 0;
    std::optional<WalCommit> m_last;

    std::uint32_t m_copiedDatabase = 0; // by nobody yet: one that is moved
    CatalogueFiles m_catalogues;
    CataloguePages m_pages;
    RelationNames m_names;
    QHash<RelationFile, std::int64_t> m_counts; // rows of a file, as far as known
};

} // namespace tidemark
