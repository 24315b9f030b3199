#pragma once

#include "wal/storyparts.h"
#include "wal/transactionrecord.h"
#include "wal/walevents.h"

namespace tidemark {

// From which size on changed rows are told as something that somebody may want back.
struct AccidentRules {
    std::uint64_t minRows
        = 100; // deleted; updated, when it is at least half of the rows or a hundred times as many
    // Where it is at least half of the rows, as far as their number is known, a quarter of that is enough.
    [[nodiscard]] bool deletion(std::uint64_t rows, std::optional<std::uint64_t> of) const;
    [[nodiscard]] bool update(std::uint64_t rows, std::optional<std::uint64_t> of) const;
};

// What all the changes of one transaction do to one relation.
struct RelationChange {
    std::uint32_t database = 0;
    std::uint32_t oid = 0;
    bool had = false;
    bool has = false;
    std::optional<ClassRow> before; // nothing: not known, or there was none
    std::optional<ClassRow> after;

    [[nodiscard]] bool transient() const { return !had && !has; }
    [[nodiscard]] bool temporary() const;
    [[nodiscard]] bool changesFile() const;
};

// The changes of pg_class in one transaction, folded by relation.
struct ClassChanges {
    std::vector<RelationChange> relations;
    bool unknown = false; // some touched rows that nothing is known of

    [[nodiscard]] static ClassChanges of(const std::vector<CatalogueChange> &changes, int version);
    [[nodiscard]] const RelationChange *find(std::uint32_t database, std::uint32_t oid) const;
    // A passing copy was made for it, as rewrites do.
    [[nodiscard]] bool rewrites(std::uint32_t database, std::uint32_t oid) const;
};

// Finds what a transaction did from the files it made and dropped, the catalogue rows it changed and the rows
// it touched.
class Verdict
{
public:
    Verdict(const TransactionWork &work, const TransactionRecord &record, const ClassChanges &changes,
        const RelationNames &names, const AccidentRules &rules, const CatalogueFiles &catalogues);
    [[nodiscard]] std::vector<WalEffect> effects(const std::vector<RelationRows> &rows);
    [[nodiscard]] static WalClass classOf(const WalEffect &effect);
    [[nodiscard]] static bool losesRows(char relationKind); // dropping such a relation loses something

private:
    void judge(const RelationChange &change);
    void judgeNewFile(const RelationChange &change, const RelationName &name, const RelationFile &file);
    void judgeDropped();
    void judgeUnknownFile(const RelationFile &file);
    void judgeRows(const std::vector<RelationRows> &rows);
    void judgeDatabases();
    void judgeColumns();
    void judgeLocked();
    void judgeMapped();
    void addIndexes();
    void leaveOutParts();
    void add(WalEffectKind kind, const RelationFile &file, const std::optional<RelationName> &name);
    [[nodiscard]] bool hasContent(std::uint32_t database, std::uint32_t number) const;
    [[nodiscard]] bool isDropped(const RelationFile &file) const;
    [[nodiscard]] bool has(std::uint32_t database, std::uint32_t oid) const;
    [[nodiscard]] RelationName nameOf(const RelationChange &change) const;

    const TransactionWork &m_work;
    const DefinitionWork &m_definitions;
    const TransactionRecord &m_record;
    const ClassChanges &m_changes;
    const RelationNames &m_names;
    const AccidentRules &m_rules;
    const CatalogueFiles &m_catalogues;
    std::vector<WalEffect> m_effects;
    std::vector<WalEffect> m_indexes; // with a new file
};

} // namespace tidemark
