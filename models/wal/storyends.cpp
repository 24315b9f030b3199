#include "wal/story.h"

#include <algorithm>

namespace tidemark {

namespace {

const DefinitionWork NoDefinitions {};

const DefinitionWork &definitionsOf(const TransactionWork &work)
{
    return work.definitions ? *work.definitions : NoDefinitions;
}

bool isUsers(const RelationFile &file)
{
    return file.number >= RelationFile::FirstOfUsers;
}

} // namespace

void WalStory::takeTransaction(const WalRecord &record)
{
    const auto ended = TransactionRecord::read(record, m_parts, m_version);
    if (!ended) {
        if (record.xid != 0)
            (void)workOf(record);
        return;
    }
    if (ended->kind == TransactionRecord::Kind::Prepare)
        prepare(record, *ended);
    else
        end(record, *ended);
}

// What the transaction and its subtransactions did; those stay open where it was only prepared.
TransactionWork WalStory::gather(const TransactionRecord &ended, Lsn lsn)
{
    TransactionWork work = m_open.of(ended.xid, lsn);
    for (qsizetype i = 0; i < ended.subxacts.size(); ++i)
        if (const TransactionWork *sub = m_open.find(ended.subxacts[i].xid))
            work.add(*sub);
    return work;
}

void WalStory::prepare(const WalRecord &record, const TransactionRecord &prepared)
{
    const TransactionWork work = gather(prepared, record.begin);
    TransactionWork &open = m_open.of(prepared.xid, record.begin);
    open.prepared = true;
    open.gid = prepared.gid.toByteArray();
    for (qsizetype i = 0; i < prepared.subxacts.size(); ++i)
        if (TransactionWork *sub = m_open.find(prepared.subxacts[i].xid))
            sub->prepared = true;
    if (!muted(record))
        tell(record, prepared, work, ClassChanges::of(definitionsOf(work).changes, m_version));
}

void WalStory::countRows(WalEndTold &told, const TransactionWork &work) const
{
    for (const FileRows &rows : work.rows) {
        if (!isUsers(rows.file))
            continue;
        told.inserted += rows.inserted;
        told.updated += rows.updated;
        told.deleted += rows.deleted;
    }
}

void WalStory::end(const WalRecord &record, const TransactionRecord &ended)
{
    const bool committed = ended.kind == TransactionRecord::Kind::Commit;
    const bool alone = ended.subxacts.empty();
    TransactionWork gathered;
    if (!alone)
        gathered = gather(ended, record.begin);
    const TransactionWork &work = alone ? m_open.of(ended.xid, record.begin) : gathered;
    WalEndTold told { { record.begin, ended.xid, ended.at }, committed, timelineAt(m_history, record.begin),
        record.previous };
    told.beginSeen = beginSeen(ended.xid);
    countRows(told, work);
    m_names.learnTablespace(ended.database, ended.tablespace);
    if (!muted(record))
        m_listener->ended(told);
    if (work.definitions || m_options.tellAll || !ended.droppedFiles.empty() || ofConsequence(work)) {
        const ClassChanges changes = ClassChanges::of(definitionsOf(work).changes, m_version);
        if (!muted(record))
            tell(record, ended, work, changes);
        if (committed)
            apply(ended, work, changes);
    } else if (committed && !m_counts.isEmpty()) {
        applyCounts(ended, work, {});
    }
    if (committed) {
        ++m_commits;
        m_last = told.end;
    }
    for (qsizetype i = 0; i < ended.subxacts.size(); ++i)
        m_open.remove(ended.subxacts[i].xid);
    m_open.remove(ended.xid);
}

bool WalStory::ofConsequence(const TransactionWork &work) const
{
    return std::ranges::any_of(work.rows, [&](const FileRows &rows) {
        return (rows.deleted + rows.updated) * 4 >= m_options.rules.minRows && rows.deleted + rows.updated > 0
            && isUsers(rows.file);
    });
}

// Of one that has many subtransactions each may be small.
std::vector<std::uint32_t> WalStory::carried() const
{
    constexpr qsizetype Many = 1000;
    return m_open.xidsOf([&](const TransactionWork &work) {
        return m_open.size() > Many || work.prepared || work.definitions || ofConsequence(work);
    });
}

bool WalStory::isCatalogue(const RelationFile &file, const TransactionWork &work) const
{
    return m_catalogues.of(file) != SystemCatalogue::None
        || std::ranges::any_of(
            definitionsOf(work).mapped, [&](const MapChange &one) { return one.file == file; });
}

std::vector<RelationRows> WalStory::rowsOf(const TransactionWork &work) const
{
    std::vector<RelationRows> all;
    for (const FileRows &rows : work.rows) {
        if (!isUsers(rows.file) || isCatalogue(rows.file, work))
            continue;
        RelationRows told { rows.file, m_names.of(rows.file), rows.inserted, rows.updated, rows.deleted, {} };
        if (const auto count = m_counts.constFind(rows.file); count != m_counts.cend() && *count >= 0)
            told.of = static_cast<std::uint64_t>(*count);
        if (work.definitions && work.definitions->find(rows.file.database, rows.file.number))
            told.of = told.inserted;
        all.push_back(told);
    }
    std::ranges::sort(all, {}, &RelationRows::file);
    return all;
}

// Names of relations that this transaction itself has made or moved to a new file.
static void nameNewFiles(
    std::vector<RelationRows> &rows, const ClassChanges &changes, const RelationNames &names)
{
    for (RelationRows &one : rows)
        for (const RelationChange &change : changes.relations) {
            if (one.name || !change.after || change.database != one.file.database
                || change.after->fileNode != one.file.number)
                continue;
            one.name = names.of(change.database, change.oid);
            const ClassRow &row = *change.after;
            if (!one.name)
                one.name = RelationName { change.database, row.oid, names.schema(change.database, row.schema),
                    row.name, row.kind, row.persistence, row.partition };
        }
}

WalClass WalStory::classOf(
    const WalTransaction &told, const TransactionRecord &ended, const TransactionWork &work) const
{
    if (ended.kind == TransactionRecord::Kind::Abort)
        return WalClass::RolledBack;
    if (ended.kind == TransactionRecord::Kind::Prepare)
        return WalClass::Pending;
    WalClass worst = WalClass::Harmless;
    bool onlyMade = true;
    for (const WalEffect &effect : told.effects) {
        worst = std::max(worst, Verdict::classOf(effect));
        onlyMade = onlyMade && effect.kind == WalEffectKind::Created;
    }
    if (worst != WalClass::Change || !onlyMade)
        return worst;
    // A new table with rows is work, not a change of definitions. With wal_level=minimal, which leaves out
    // the invalidations, the rows are not in the WAL.
    const bool minimal = ended.invalidations.empty() && !definitionsOf(work).made.empty();
    const bool filled
        = std::ranges::any_of(told.rows, [](const RelationRows &one) { return one.inserted > 0; });
    return minimal || filled ? WalClass::Harmless : worst;
}

void WalStory::tell(const WalRecord &record, const TransactionRecord &ended, const TransactionWork &work,
    const ClassChanges &changes)
{
    WalTransaction told;
    told.timeline = timelineAt(m_history, record.begin);
    told.first = work.first;
    told.beginSeen = beginSeen(ended.xid);
    told.whole = ended.whole;
    told.lsn = record.begin;
    told.next = record.next;
    told.at = ended.at;
    told.xid = ended.xid;
    told.gid = QString::fromUtf8(ended.gid.isEmpty() ? QByteArrayView(work.gid) : ended.gid);
    told.twoPhase = ended.prepared || ended.kind == TransactionRecord::Kind::Prepare;
    told.subxacts = static_cast<std::uint32_t>(ended.subxacts.size());
    told.rows = rowsOf(work);
    nameNewFiles(told.rows, changes, m_names);
    told.database = ended.database != 0 ? ended.database
        : told.rows.empty()             ? 0
                                        : told.rows.front().file.database;
    told.databaseName = m_names.database(told.database);
    for (qsizetype i = 0; i < ended.droppedFiles.size(); ++i)
        told.droppedFiles.push_back(ended.droppedFiles[i].file);
    Verdict verdict(work, ended, changes, m_names, m_options.rules, m_catalogues);
    told.effects = verdict.effects(told.rows);
    told.kind = classOf(told, ended, work);
    told.commitsBefore = m_commits;
    told.previous = m_last;
    if (m_options.tellAll || !told.effects.empty())
        m_listener->transaction(told);
}

void WalStory::apply(const TransactionRecord &ended, const TransactionWork &work, const ClassChanges &changes)
{
    applyCounts(ended, work, changes);
    if (work.definitions)
        applyNames(ended, *work.definitions, changes);
}

void WalStory::applyNames(
    const TransactionRecord &ended, const DefinitionWork &work, const ClassChanges &changes)
{
    for (const RelationChange &change : changes.relations) {
        if (change.has && change.after && !change.temporary())
            m_names.learn(change.database, *change.after);
        else if (change.had && !change.has)
            m_names.forget(change.database, change.oid);
    }
    // Some rows changed that nothing is known of: what they named is not known any more.
    for (qsizetype i = 0; changes.unknown && i < ended.invalidations.size(); ++i)
        if (const auto [database, oid] = ended.invalidations[i];
            oid >= RelationFile::FirstOfUsers && !changes.find(database, oid))
            m_names.forget(database, oid);
    for (const CatalogueChange &change : work.changes) {
        const auto row = NamedRow::read(change.after);
        if (row && change.has && change.catalogue == SystemCatalogue::Namespaces)
            m_names.learnSchema(change.database, *row);
        else if (row && change.has && change.catalogue == SystemCatalogue::Databases)
            m_names.learnDatabase(*row);
    }
    for (const MapChange &change : work.mapped) {
        m_catalogues.move(change.database, change.oid, change.file.number);
        m_names.moveFile(change.database, change.oid, change.file.number);
    }
    for (const DatabaseWork &one : work.databases)
        if (one.dropped && std::ranges::none_of(work.databases, [&](const DatabaseWork &other) {
                return other.oid == one.oid && !other.dropped;
            }))
            m_names.forgetDatabase(one.oid);
}

// How many rows a file has is known for sure once the file was made while reading.
void WalStory::applyCounts(
    const TransactionRecord &ended, const TransactionWork &work, const ClassChanges &changes)
{
    const DefinitionWork &definitions = definitionsOf(work);
    const bool minimal = ended.invalidations.empty();
    for (const FileMade &made : definitions.made) {
        if (!minimal && made.lastImage <= made.emptied)
            m_counts.insert(made.file, 0);
    }
    for (const RelationChange &change : changes.relations) {
        if (!change.changesFile())
            continue;
        const FileMade *made = definitions.find(change.database, change.after->fileNode);
        const auto old = m_names.fileOf(change.database, change.oid);
        const auto count = old ? m_counts.constFind(m_names.whole(*old)) : m_counts.cend();
        if (made && made->lastImage > made->emptied && count != m_counts.cend())
            m_counts.insert(made->file, *count); // copied page by page
    }
    for (const FileRows &rows : work.rows)
        if (const auto count = m_counts.find(rows.file); count != m_counts.end())
            *count += static_cast<std::int64_t>(rows.inserted) - static_cast<std::int64_t>(rows.deleted);
    for (qsizetype i = 0; i < ended.droppedFiles.size(); ++i)
        m_counts.remove(ended.droppedFiles[i].file);
}

} // namespace tidemark
