#include "wal/story.h"

#include "wal/bytesreader.h"
#include "wal/filenodemap.h"
#include "wal/heaprecord.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::uint8_t KindOfXlog = 0xF0;

RelationFile readFile(BytesReader &reader)
{
    RelationFile file;
    file.tablespace = reader.next<std::uint32_t>();
    file.database = reader.next<std::uint32_t>();
    file.number = reader.next<std::uint32_t>();
    return file;
}

bool isPlainDelete(QByteArrayView main)
{
    return main.size() <= DeleteFlagsAt
        || (static_cast<std::uint8_t>(main[DeleteFlagsAt]) & (DeleteTakesBack | DeleteMovesPartition)) == 0;
}

bool takesBack(QByteArrayView main)
{
    return main.size() > DeleteFlagsAt
        && (static_cast<std::uint8_t>(main[DeleteFlagsAt]) & DeleteTakesBack) != 0;
}

} // namespace

WalStory::WalStory(WalListener &listener, Options options)
    : m_listener(&listener)
    , m_options(std::move(options))
    , m_pages(m_options.zstd)
{
}

void WalStory::learn(const std::vector<Relation> &relations)
{
    m_names.learn(relations);
    for (const Relation &relation : relations) {
        if (relation.fileNode != 0 && relation.fileNode != relation.oid)
            m_catalogues.move(relation.database, relation.oid, relation.fileNode);
        if (relation.rows)
            m_counts.insert({ relation.tablespace, relation.database, relation.fileNode },
                static_cast<std::int64_t>(*relation.rows));
    }
}

void WalStory::learnMap(const std::vector<MapChange> &files)
{
    for (const MapChange &one : files)
        if (one.file.number != one.oid)
            m_catalogues.move(one.database, one.oid, one.file.number);
}

void WalStory::learnPage(const RelationFile &file, std::uint32_t block, QByteArrayView page, int version)
{
    m_version = version;
    const SystemCatalogue catalogue = m_catalogues.of(file);
    if (catalogue == SystemCatalogue::None)
        return;
    m_pages.takePage(file, block, page);
    learnImage(file, catalogue, page);
}

void WalStory::follow(const TimelineHistory &history, Lsn from)
{
    m_history = history;
    m_from = from;
}

void WalStory::gap()
{
    m_open.removeAll();
    m_pages.forget();
    m_counts.clear();
    m_sureFrom.reset();
}

void WalStory::take(const WalRecord &record)
{
    m_version = record.version;
    m_lastRecord = record.begin;
    if (!m_parts.read(record, m_version)) {
        ++m_unreadable;
        m_stats.add(record, 0);
        return;
    }
    m_stats.add(record, m_parts.imageBytes());
    if (record.xid != 0 && record.manager != ResourceManager::Transaction)
        (void)workOf(record); // it has begun here at the latest
    if (m_parts.topXid() != 0)
        (void)m_open.of(m_parts.topXid(), record.begin);
    if (m_parts.imageBytes() > 0)
        takeImages(record);
    switch (record.manager) {
    case ResourceManager::Heap:
        return takeHeap(record);
    case ResourceManager::Heap2:
        return takeHeap2(record);
    case ResourceManager::Transaction:
        return takeTransaction(record);
    case ResourceManager::Storage:
        return takeStorage(record);
    case ResourceManager::Standby:
        return takeStandby(record);
    case ResourceManager::Xlog:
        return takeXlog(record);
    case ResourceManager::Database:
        return takeDatabase(record);
    case ResourceManager::RelationMap:
        return takeRelationMap(record);
    case ResourceManager::Tablespace:
        if (record.xid != 0)
            ++workOf(record).define().tablespaces;
        return;
    default:
        return;
    }
}

// A file that a transaction makes while it rewrites a catalogue is that catalogue's, for itself.
SystemCatalogue WalStory::catalogueOf(const RelationFile &file, std::uint32_t xid)
{
    const SystemCatalogue catalogue = m_catalogues.of(file);
    if (catalogue != SystemCatalogue::None || xid == 0)
        return catalogue;
    const TransactionWork *work = m_open.find(xid);
    if (!work || !work->definitions || work->definitions->rewrites == SystemCatalogue::None)
        return SystemCatalogue::None;
    return work->definitions->find(file.database, file.number) ? work->definitions->rewrites
                                                               : SystemCatalogue::None;
}

void WalStory::takeHeap(const WalRecord &record)
{
    const auto operation = heapOperation(record.info);
    if (m_parts.blocks().empty() || m_parts.blocks().front().fork != 0)
        return;
    const RelationFile &file = m_parts.blocks().front().file;
    if (record.xid != 0) {
        FileRows *rows = nullptr;
        switch (operation) {
        case HeapOperation::Insert:
            rows = &workOf(record).of(file);
            ++rows->inserted;
            rows->lastInsert = record.begin;
            break;
        case HeapOperation::Delete:
            if (isPlainDelete(m_parts.mainData()))
                ++workOf(record).of(file).deleted;
            else if (takesBack(m_parts.mainData()))
                --workOf(record).of(file).inserted;
            break;
        case HeapOperation::Update:
        case HeapOperation::HotUpdate:
            ++workOf(record).of(file).updated;
            break;
        default:
            break;
        }
    }
    if (const SystemCatalogue catalogue = catalogueOf(file, record.xid); catalogue != SystemCatalogue::None)
        takeCatalogue(record, catalogue);
}

void WalStory::takeHeap2(const WalRecord &record)
{
    if ((record.info & 0x70) != HeapMultiInsert || record.xid == 0 || m_parts.blocks().empty())
        return;
    BytesReader reader(m_parts.mainData());
    (void)reader.next<std::uint16_t>(); // flags and padding
    FileRows &rows = workOf(record).of(m_parts.blocks().front().file);
    rows.inserted += reader.next<std::uint16_t>();
    rows.lastInsert = record.begin;
}

void WalStory::takeCatalogue(const WalRecord &record, SystemCatalogue catalogue)
{
    auto change = m_pages.change(record, m_parts, catalogue);
    if (!change || record.xid == 0)
        return;
    m_names.learnTablespace(change->database, m_parts.blocks().front().file.tablespace);
    if (catalogue == SystemCatalogue::Databases && change->had && change->has && m_copiedDatabase != 0) {
        const auto row = NamedRow::read(change->after);
        if (!row || row->oid == m_copiedDatabase)
            for (const bool dropped : { false, true })
                workOf(record).define().databases.push_back({ m_copiedDatabase, dropped });
        m_copiedDatabase = 0;
    }
    const bool ofUse = catalogue != SystemCatalogue::Attributes || change->dropsColumn;
    if (ofUse)
        workOf(record).define().changes.push_back(*std::move(change));
}

// Images of catalogue pages tell rows; those of files just made, that they are not empty.
void WalStory::takeImages(const WalRecord &record)
{
    TransactionWork *work
        = record.xid != 0 && record.manager == ResourceManager::Xlog ? m_open.find(record.xid) : nullptr;
    for (const WalBlock &block : m_parts.blocks()) {
        if (!block.hasImage || block.fork != 0)
            continue;
        if (const SystemCatalogue catalogue = catalogueOf(block.file, record.xid);
            catalogue != SystemCatalogue::None) {
            const QByteArray page = m_pages.takeImage(block);
            if (m_catalogues.of(block.file) != SystemCatalogue::None)
                learnImage(block.file, catalogue, page);
        }
        if (work && work->definitions)
            if (FileMade *made = work->definitions->find(block.file))
                made->lastImage = record.begin;
    }
}

// Only rows that are surely there for everybody.
void WalStory::learnImage(const RelationFile &file, SystemCatalogue catalogue, QByteArrayView page)
{
    m_names.learnTablespace(file.database, file.tablespace);
    const HeapPage heap(page);
    for (int number = 1; number <= heap.count(); ++number) {
        const auto tuple = heap.item(number);
        if (!tuple || !tuple->surelyCommitted() || !tuple->neverDeleted())
            continue;
        if (catalogue == SystemCatalogue::Classes) {
            if (const auto row = ClassRow::read(tuple->data, m_version); row && row->persistence != 't')
                m_names.learn(file.database, *row);
        } else if (const auto row = NamedRow::read(tuple->data)) {
            if (catalogue == SystemCatalogue::Namespaces)
                m_names.learnSchema(file.database, *row);
            else if (catalogue == SystemCatalogue::Databases)
                m_names.learnDatabase(*row);
        }
    }
}

void WalStory::takeStorage(const WalRecord &record)
{
    constexpr std::uint8_t Create = 0x10;
    constexpr std::uint8_t Truncate = 0x20;
    BytesReader reader(m_parts.mainData());
    const auto operation = record.info & KindOfXlog;
    if (record.xid == 0)
        return;
    if (operation == Create) {
        const RelationFile file = readFile(reader);
        if (reader.next<std::int32_t>() == 0)
            workOf(record).define().made.push_back({ file, {}, {} });
    } else if (operation == Truncate) {
        const auto blocks = reader.next<std::uint32_t>();
        const RelationFile file = readFile(reader);
        if (FileMade *made = workOf(record).define().find(file); made && blocks == 0)
            made->emptied = record.begin;
    }
}

void WalStory::takeDatabase(const WalRecord &record)
{
    constexpr std::uint8_t DropBefore15 = 0x10;
    constexpr std::uint8_t DropFrom15 = 0x20;
    const auto operation = record.info & KindOfXlog;
    const bool dropped = operation == (m_version >= 15 ? DropFrom15 : DropBefore15);
    const auto oid = BytesReader(m_parts.mainData()).next<std::uint32_t>();
    if (record.xid == 0) { // to another tablespace: its row tells who moves it
        m_copiedDatabase = dropped ? 0 : oid;
        return;
    }
    workOf(record).define().databases.push_back({ oid, dropped });
}

void WalStory::takeRelationMap(const WalRecord &record)
{
    BytesReader reader(m_parts.mainData());
    const auto database = reader.next<std::uint32_t>();
    const auto tablespace = reader.next<std::uint32_t>();
    const auto size = reader.next<std::int32_t>();
    const QByteArrayView map = reader.bytes(static_cast<std::uint64_t>(std::max(size, 0)));
    if (record.xid == 0)
        return;
    DefinitionWork &work = workOf(record).define();
    for (MapChange change : readFileNodeMap(database, map)) {
        change.file.tablespace = tablespace;
        if (work.find(database, change.file.number))
            work.mapped.push_back(change);
    }
}

void WalStory::takeStandby(const WalRecord &record)
{
    constexpr std::uint8_t Lock = 0x00;
    constexpr std::uint8_t Running = 0x10;
    BytesReader reader(m_parts.mainData());
    if ((record.info & KindOfXlog) == Lock) {
        for (auto count = reader.next<std::int32_t>(); count > 0; --count) {
            const auto xid = reader.next<std::uint32_t>();
            const auto database = reader.next<std::uint32_t>();
            const auto oid = reader.next<std::uint32_t>();
            if (reader.ranOut() || xid == 0)
                return;
            DefinitionWork &work = m_open.of(xid, record.begin).define();
            work.locked.emplace_back(database, oid);
            if (const SystemCatalogue catalogue = CatalogueFiles::byOid(oid);
                catalogue != SystemCatalogue::None)
                work.rewrites = catalogue;
        }
    } else if ((record.info & KindOfXlog) == Running) {
        (void)reader.bytes(12); // counts and whether they are all
        const auto next = reader.next<std::uint32_t>();
        const auto oldest = reader.next<std::uint32_t>();
        if (reader.ranOut())
            return;
        m_open.removeBefore(oldest);
        sureFrom(next);
    }
}

void WalStory::sureFrom(std::uint32_t nextXid)
{
    if (!m_sureFrom)
        m_sureFrom = nextXid;
}

void WalStory::mark(const WalRecord &record, WalMark mark)
{
    mark.lsn = record.begin;
    mark.timeline = timelineAt(m_history, record.begin);
    if (!muted(record))
        m_listener->mark(mark);
}

void WalStory::checkpoint(const WalRecord &record, bool shutdown)
{
    BytesReader reader(m_parts.mainData());
    WalMark told;
    told.kind = shutdown ? WalMark::Kind::Shutdown : WalMark::Kind::Checkpoint;
    told.about = { reader.next<std::uint64_t>() };
    const TimelineId now { reader.next<std::uint32_t>() };
    told.from = { reader.next<std::uint32_t>() };
    (void)reader.next<std::uint64_t>(); // full page writes
    const auto next = static_cast<std::uint32_t>(reader.next<std::uint64_t>());
    (void)reader.bytes(32);
    told.at = checkpointTime(reader.next<std::int64_t>());
    if (reader.ranOut())
        return;
    if (now != told.from) {
        WalMark switched = told;
        switched.kind = WalMark::Kind::TimelineSwitch;
        mark(record, switched);
    }
    mark(record, told);
    if (shutdown) {
        m_open.removeAll();
        sureFrom(next);
    }
}

void WalStory::takeXlog(const WalRecord &record)
{
    BytesReader reader(m_parts.mainData());
    WalMark told;
    switch (record.info & KindOfXlog) {
    case 0x00:
        return checkpoint(record, true);
    case 0x10:
        return checkpoint(record, false);
    case 0x50:
        told.kind = WalMark::Kind::BackupEnd;
        told.about = { reader.next<std::uint64_t>() };
        break;
    case 0x60:
        told.kind = WalMark::Kind::ParameterChange;
        told.limits.maxConnections = reader.next<std::int32_t>();
        told.limits.maxWorkerProcesses = reader.next<std::int32_t>();
        told.limits.maxWalSenders = reader.next<std::int32_t>();
        told.limits.maxPreparedTransactions = reader.next<std::int32_t>();
        told.limits.maxLocksPerTransaction = reader.next<std::int32_t>();
        switch (reader.next<std::int32_t>()) {
        case 0:
            told.limits.walLevel = u"minimal"_s;
            break;
        case 1:
            told.limits.walLevel = u"replica"_s;
            break;
        default:
            told.limits.walLevel = u"logical"_s;
        }
        break;
    case 0x70: {
        told.kind = WalMark::Kind::RestorePoint;
        told.at = walTime(reader.next<std::int64_t>());
        const QByteArrayView name = reader.bytes(std::min<std::uint64_t>(64, std::uint64_t(reader.left())));
        const qsizetype end = name.indexOf('\0');
        told.name = QString::fromUtf8(end < 0 ? name : name.first(end));
        break;
    }
    case 0x80:
        told.kind = WalMark::Kind::FullPageWrites;
        told.name = reader.next<std::uint8_t>() != 0 ? u"on"_s : u"off"_s;
        break;
    case 0x90:
        told.kind = WalMark::Kind::EndOfRecovery;
        told.at = walTime(reader.next<std::int64_t>());
        (void)reader.next<std::uint32_t>();
        told.from = { reader.next<std::uint32_t>() };
        m_open.removeAll();
        break;
    case 0xD0:
        told.kind = WalMark::Kind::RecordLost;
        told.about = { reader.next<std::uint64_t>() };
        told.at = walTime(reader.next<std::int64_t>());
        break;
    default:
        return;
    }
    if (!reader.ranOut())
        mark(record, told);
}

} // namespace tidemark
