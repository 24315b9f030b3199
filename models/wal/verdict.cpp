#include "wal/verdict.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

const DefinitionWork NoDefinitions {};

// pg_class rows of catalogues and of what lies behind a table are not told by themselves.
bool isTold(char kind)
{
    return kind != 't';
}

bool isIndex(char kind)
{
    return kind == 'i' || kind == 'I';
}

QString transientName(std::uint32_t oid)
{
    return u"pg_temp_"_s + QString::number(oid);
}

RelationFile databaseOnly(std::uint32_t database)
{
    return { 0, database, 0 };
}

RelationName named(std::uint32_t database, const ClassRow &row)
{
    return { database, row.oid, {}, row.name, row.kind, row.persistence, row.partition };
}

int severity(const WalEffect &effect)
{
    switch (Verdict::classOf(effect)) {
    case WalClass::Destructive:
        return 0;
    case WalClass::Rewrite:
        return 1;
    case WalClass::Change:
        return 2;
    default:
        return 3;
    }
}

bool isHalf(std::uint64_t rows, std::optional<std::uint64_t> of)
{
    return of && rows * 2 >= *of;
}

void fold(ClassChanges &all, const CatalogueChange &change, int version)
{
    const auto before = ClassRow::read(change.before, version);
    const auto after = ClassRow::read(change.after, version);
    if (!before && !after) {
        all.unknown = all.unknown || change.naming;
        return;
    }
    const std::uint32_t oid = after ? after->oid : before->oid;
    const auto same
        = [&](const RelationChange &one) { return one.database == change.database && one.oid == oid; };
    auto found = std::ranges::find_if(all.relations, same);
    if (found == all.relations.end()) {
        all.relations.push_back({ change.database, oid, change.had, change.has, before, after });
        return;
    }
    found->has = change.has;
    if (after)
        found->after = after;
    else if (change.has)
        all.unknown = all.unknown || change.naming;
}

} // namespace

bool AccidentRules::deletion(std::uint64_t rows, std::optional<std::uint64_t> of) const
{
    return rows > 0 && (rows >= minRows || (isHalf(rows, of) && rows * 4 >= minRows));
}

bool AccidentRules::update(std::uint64_t rows, std::optional<std::uint64_t> of) const
{
    constexpr std::uint64_t Many = 100; // times that, whatever part it is
    return rows > 0 && rows >= minRows && (!of || isHalf(rows, of) || rows / Many >= minRows);
}

bool RelationChange::temporary() const
{
    return (before && before->persistence == 't') || (after && after->persistence == 't');
}

bool RelationChange::changesFile() const
{
    return before && after && after->fileNode != 0
        && (before->fileNode != after->fileNode || before->tablespace != after->tablespace);
}

ClassChanges ClassChanges::of(const std::vector<CatalogueChange> &changes, int version)
{
    std::vector<const CatalogueChange *> inOrder;
    for (const CatalogueChange &change : changes)
        if (change.catalogue == SystemCatalogue::Classes)
            inOrder.push_back(&change);
    std::ranges::sort(inOrder, {}, [](const CatalogueChange *change) { return change->at; });
    ClassChanges all;
    for (const CatalogueChange *change : inOrder)
        fold(all, *change, version);
    return all;
}

const RelationChange *ClassChanges::find(std::uint32_t database, std::uint32_t oid) const
{
    for (const RelationChange &one : relations)
        if (one.database == database && one.oid == oid)
            return &one;
    return nullptr;
}

bool ClassChanges::rewrites(std::uint32_t database, std::uint32_t oid) const
{
    const QString name = transientName(oid);
    return std::ranges::any_of(relations, [&](const RelationChange &one) {
        return one.database == database && one.transient() && one.after && one.after->name == name;
    });
}

Verdict::Verdict(const TransactionWork &work, const TransactionRecord &record, const ClassChanges &changes,
    const RelationNames &names, const AccidentRules &rules, const CatalogueFiles &catalogues)
    : m_work(work)
    , m_definitions(work.definitions ? *work.definitions : NoDefinitions)
    , m_record(record)
    , m_changes(changes)
    , m_names(names)
    , m_rules(rules)
    , m_catalogues(catalogues)
{
}

WalClass Verdict::classOf(const WalEffect &effect)
{
    switch (effect.kind) {
    case WalEffectKind::Dropped:
        return !effect.relation || losesRows(effect.relation->kind) ? WalClass::Destructive
                                                                    : WalClass::Change;
    case WalEffectKind::DeletedRows:
    case WalEffectKind::UpdatedRows:
    case WalEffectKind::Truncated:
    case WalEffectKind::DroppedColumn:
    case WalEffectKind::DroppedDatabase:
        return WalClass::Destructive;
    case WalEffectKind::Rewritten:
    case WalEffectKind::MovedDatabase:
        return WalClass::Rewrite;
    case WalEffectKind::Created:
    case WalEffectKind::Renamed:
    case WalEffectKind::Altered:
    case WalEffectKind::CreatedDatabase:
    case WalEffectKind::ChangedTablespaces:
        return WalClass::Change;
    }
    return WalClass::Harmless;
}

bool Verdict::losesRows(char relationKind)
{
    return relationKind == 'r' || relationKind == 'm' || relationKind == 'p' || relationKind == 'f';
}

std::vector<WalEffect> Verdict::effects(const std::vector<RelationRows> &rows)
{
    for (const RelationChange &change : m_changes.relations)
        if (!change.transient() && !change.temporary())
            judge(change);
    judgeDropped();
    judgeRows(rows);
    judgeDatabases();
    judgeColumns();
    judgeMapped();
    addIndexes();
    judgeLocked();
    leaveOutParts();
    std::ranges::stable_sort(m_effects, {}, [](const WalEffect &effect) { return severity(effect); });
    return m_effects;
}

// Indexes and sequences that come, go or change with a table are not told.
void Verdict::leaveOutParts()
{
    const auto isPart = [](const WalEffect &effect) {
        return effect.relation && (isIndex(effect.relation->kind) || effect.relation->kind == 'S');
    };
    const auto isTable = [&](bool made) {
        return std::ranges::any_of(m_effects, [&](const WalEffect &effect) {
            return (effect.kind == WalEffectKind::Created) == made && !isPart(effect)
                && (!effect.relation || losesRows(effect.relation->kind));
        });
    };
    const bool changed = isTable(false);
    const bool made = changed || isTable(true);
    std::erase_if(m_effects, [&](const WalEffect &effect) {
        return isPart(effect) && (effect.kind == WalEffectKind::Created ? made : changed);
    });
}

void Verdict::add(WalEffectKind kind, const RelationFile &file, const std::optional<RelationName> &name)
{
    m_effects.push_back({ kind, m_names.whole(file), name, 0, {}, m_names.database(file.database) });
}

RelationName Verdict::nameOf(const RelationChange &change) const
{
    auto known = m_names.of(change.database, change.oid);
    const auto &row = change.before ? change.before : change.after;
    if (!known || (change.before && known->name != change.before->name)) {
        known = named(change.database, *row);
        known->schema = m_names.schema(change.database, row->schema);
    }
    known->partition = known->partition || row->partition;
    return *known;
}

void Verdict::judge(const RelationChange &change)
{
    const RelationName name = nameOf(change);
    if (!isTold(name.kind))
        return;
    const auto known = m_names.fileOf(change.database, change.oid);
    const RelationFile file = change.before && change.before->fileNode != 0
        ? RelationFile { change.before->tablespace, change.database, change.before->fileNode }
        : known.value_or(databaseOnly(change.database));
    if (!change.had)
        return add(WalEffectKind::Created, databaseOnly(change.database), name);
    if (!change.has)
        return add(WalEffectKind::Dropped, file, name);
    const bool newFile = change.changesFile()
        || (!change.before && change.after && known && known->number != change.after->fileNode);
    if (newFile)
        judgeNewFile(change, name, file);
    if (change.after
        && (name.name != change.after->name
            || (change.before && change.before->schema != change.after->schema)))
        add(WalEffectKind::Renamed, file, name);
}

bool Verdict::hasContent(std::uint32_t database, std::uint32_t number) const
{
    const FileMade *made = m_definitions.find(database, number);
    if (!made)
        return true; // not seen to be empty
    if (made->lastImage > made->emptied)
        return true;
    return std::ranges::any_of(m_work.rows, [&](const FileRows &rows) {
        return rows.file == made->file && rows.inserted > 0 && rows.lastInsert > made->emptied;
    });
}

// A new file for an old relation: a TRUNCATE, or the same rows written anew.
void Verdict::judgeNewFile(const RelationChange &change, const RelationName &name, const RelationFile &file)
{
    if (isIndex(name.kind)) {
        m_indexes.push_back(
            { WalEffectKind::Rewritten, m_names.whole(file), name, 0, {}, m_names.database(file.database) });
        return;
    }
    if (!losesRows(name.kind))
        return;
    const bool elsewhere = change.before && change.before->tablespace != change.after->tablespace;
    const bool rewritten = m_changes.rewrites(change.database, change.oid)
        || (elsewhere && hasContent(change.database, change.after->fileNode));
    add(rewritten ? WalEffectKind::Rewritten : WalEffectKind::Truncated, file, name);
}

bool Verdict::has(std::uint32_t database, std::uint32_t oid) const
{
    return std::ranges::any_of(m_effects, [&](const WalEffect &effect) {
        return effect.relation && effect.relation->database == database && effect.relation->oid == oid;
    });
}

// Files that go with the commit and that no known change of pg_class explains.
void Verdict::judgeDropped()
{
    for (qsizetype i = 0; i < m_record.droppedFiles.size(); ++i) {
        const RelationFile file = m_record.droppedFiles[i].file;
        if (m_definitions.find(file.database, file.number))
            continue;
        const auto name = m_names.of(file);
        const bool explained = name && m_changes.find(name->database, name->oid);
        if (!explained && (!name || isTold(name->kind)))
            judgeUnknownFile(file);
    }
}

// By how many rows of pg_class went and came, as nothing else is known.
void Verdict::judgeUnknownFile(const RelationFile &file)
{
    if (m_record.kind == TransactionRecord::Kind::Abort)
        return;
    std::uint64_t gone = 0;
    std::uint64_t come = 0;
    for (const FileRows &rows : m_work.rows)
        if (m_catalogues.of(rows.file) == SystemCatalogue::Classes) {
            gone += rows.deleted;
            come += rows.inserted;
        }
    const auto name = m_names.of(file);
    const bool someEmpty = std::ranges::any_of(m_definitions.made,
        [&](const FileMade &made) { return !hasContent(made.file.database, made.file.number); });
    const bool index = name && isIndex(name->kind);
    if (gone > come)
        add(WalEffectKind::Dropped, file, name);
    else if (index)
        m_indexes.push_back(
            { WalEffectKind::Rewritten, m_names.whole(file), name, 0, {}, m_names.database(file.database) });
    else if (come > 0 || !someEmpty)
        add(WalEffectKind::Rewritten, file, name);
    else if (!name || losesRows(name->kind))
        add(WalEffectKind::Truncated, file, name);
}

// A rebuilt index is told by itself where its table is not.
void Verdict::addIndexes()
{
    const bool table = std::ranges::any_of(m_effects, [](const WalEffect &effect) {
        return effect.kind == WalEffectKind::Truncated || effect.kind == WalEffectKind::Rewritten;
    });
    if (!table)
        m_effects.insert(m_effects.end(), m_indexes.begin(), m_indexes.end());
}

bool Verdict::isDropped(const RelationFile &file) const
{
    for (qsizetype i = 0; i < m_record.droppedFiles.size(); ++i)
        if (m_record.droppedFiles[i].file == file)
            return m_record.kind != TransactionRecord::Kind::Abort;
    return false;
}

void Verdict::judgeRows(const std::vector<RelationRows> &rows)
{
    for (const RelationRows &one : rows) {
        if (isDropped(one.file) || (one.name && !isTold(one.name->kind)))
            continue;
        if (m_rules.deletion(one.deleted, one.of)) {
            add(WalEffectKind::DeletedRows, one.file, one.name);
            m_effects.back().rows = one.deleted;
            m_effects.back().of = one.of;
        }
        if (m_rules.update(one.updated, one.of)) {
            add(WalEffectKind::UpdatedRows, one.file, one.name);
            m_effects.back().rows = one.updated;
            m_effects.back().of = one.of;
        }
    }
}

void Verdict::judgeDatabases()
{
    for (const DatabaseWork &one : m_definitions.databases) {
        const auto also = [&](bool dropped) {
            return std::ranges::any_of(m_definitions.databases,
                [&](const DatabaseWork &other) { return other.oid == one.oid && other.dropped == dropped; });
        };
        if (!one.dropped)
            add(also(true) ? WalEffectKind::MovedDatabase : WalEffectKind::CreatedDatabase,
                databaseOnly(one.oid), {});
        else if (!also(false))
            add(WalEffectKind::DroppedDatabase, databaseOnly(one.oid), {});
    }
    for (std::uint32_t i = 0; i < m_definitions.tablespaces; ++i)
        add(WalEffectKind::ChangedTablespaces, {}, {});
}

// Which table lost a column is told by the row, else by the one table that the transaction had locked.
void Verdict::judgeColumns()
{
    std::vector<std::uint32_t> tables;
    for (const auto &[database, oid] : m_definitions.locked)
        if (const auto name = m_names.of(database, oid); name && losesRows(name->kind))
            if (std::ranges::find(tables, oid) == tables.end())
                tables.push_back(oid);
    std::vector<std::uint32_t> told;
    for (const CatalogueChange &change : m_definitions.changes) {
        if (!change.dropsColumn)
            continue;
        const auto row = AttributeRow::read(change.after);
        const std::uint32_t oid = row ? row->relation : tables.size() == 1 ? tables.front() : 0;
        if (std::ranges::find(told, oid) != told.end())
            continue;
        told.push_back(oid);
        const auto name = oid == 0 ? std::nullopt : m_names.of(change.database, oid);
        if (!name || name->persistence != 't')
            add(WalEffectKind::DroppedColumn,
                m_names.fileOf(change.database, oid).value_or(databaseOnly(change.database)), name);
    }
}

void Verdict::judgeMapped()
{
    for (const MapChange &change : m_definitions.mapped)
        if (const auto name = m_names.of(change.database, change.oid); name && name->kind == 'r')
            add(WalEffectKind::Rewritten, m_names.fileOf(change.database, change.oid).value_or(change.file),
                name);
}

// Whoever locks a relation against everybody and changes rows of catalogues has altered it.
void Verdict::judgeLocked()
{
    if (m_definitions.changes.empty() || !m_effects.empty())
        return;
    for (const auto &[database, oid] : m_definitions.locked) {
        const auto name = m_names.of(database, oid);
        const RelationChange *change = m_changes.find(database, oid);
        if (name && losesRows(name->kind) && name->persistence != 't' && !has(database, oid)
            && (change == nullptr || !change->transient()))
            add(WalEffectKind::Altered, m_names.fileOf(database, oid).value_or(databaseOnly(database)), name);
    }
}

} // namespace tidemark
