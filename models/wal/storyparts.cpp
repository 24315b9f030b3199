#include "wal/storyparts.h"

#include <algorithm>

namespace tidemark {

namespace {

template <class T>
void append(std::vector<T> &to, const std::vector<T> &more)
{
    to.insert(to.end(), more.begin(), more.end());
}

} // namespace

void DefinitionWork::add(const DefinitionWork &more)
{
    append(made, more.made);
    append(changes, more.changes);
    append(locked, more.locked);
    append(databases, more.databases);
    append(mapped, more.mapped);
    tablespaces += more.tablespaces;
}

FileMade *DefinitionWork::find(const RelationFile &file)
{
    const auto found = std::ranges::find(made, file, &FileMade::file);
    return found == made.end() ? nullptr : &*found;
}

const FileMade *DefinitionWork::find(std::uint32_t database, std::uint32_t number) const
{
    const auto found = std::ranges::find_if(made,
        [&](const FileMade &one) { return one.file.database == database && one.file.number == number; });
    return found == made.end() ? nullptr : &*found;
}

FileRows &TransactionWork::of(const RelationFile &file)
{
    for (FileRows &one : rows)
        if (one.file == file)
            return one;
    rows.append(FileRows { file });
    return rows.back();
}

DefinitionWork &TransactionWork::define()
{
    if (!definitions)
        definitions.emplace();
    return *definitions;
}

void TransactionWork::add(const TransactionWork &more)
{
    first = std::min(first, more.first);
    for (const FileRows &theirs : more.rows) {
        FileRows &ours = of(theirs.file);
        ours.inserted += theirs.inserted;
        ours.updated += theirs.updated;
        ours.deleted += theirs.deleted;
        ours.lastInsert = std::max(ours.lastInsert, theirs.lastInsert);
    }
    if (more.definitions)
        define().add(*more.definitions);
}

TransactionWork *OpenTransactions::findFar(std::uint32_t xid)
{
    if (m_far.isEmpty())
        return nullptr;
    const auto work = m_far.constFind(xid);
    return work == m_far.cend() ? nullptr : &m_works[*work];
}

TransactionWork &OpenTransactions::begin(std::uint32_t xid, Lsn lsn)
{
    if (m_free.empty()) {
        m_free.push_back(m_works.size());
        m_works.emplace_back();
    }
    const std::size_t place = m_free.back();
    m_free.pop_back();
    if (Slot &slot = m_near[xid % Near]; !slot.used)
        slot = { true, xid, place };
    else
        m_far.insert(xid, place);
    ++m_size;
    TransactionWork &work = m_works[place];
    work.xid = xid;
    work.first = lsn;
    return work;
}

void OpenTransactions::remove(std::uint32_t xid)
{
    TransactionWork *work = find(xid);
    if (!work)
        return;
    work->rows.clear();
    work->definitions.reset();
    work->gid.clear();
    work->prepared = false;
    m_free.push_back(static_cast<std::size_t>(work - m_works.data()));
    --m_size;
    if (Slot &slot = m_near[xid % Near]; slot.used && slot.xid == xid)
        slot.used = false;
    else
        m_far.remove(xid);
}

std::vector<std::uint32_t> OpenTransactions::xidsOf(
    const std::function<bool(const TransactionWork &)> &wanted) const
{
    std::vector<std::uint32_t> xids;
    const auto look = [&](std::size_t place) {
        if (wanted(m_works[place]))
            xids.push_back(m_works[place].xid);
    };
    for (const Slot &slot : m_near)
        if (slot.used)
            look(slot.work);
    for (const std::size_t place : m_far)
        look(place);
    return xids;
}

void OpenTransactions::removeIf(const std::function<bool(const TransactionWork &)> &gone)
{
    for (const std::uint32_t xid :
        xidsOf([&](const TransactionWork &work) { return !work.prepared && gone(work); }))
        remove(xid);
}

void OpenTransactions::removeAll()
{
    removeIf([](const TransactionWork &) { return true; });
}

void OpenTransactions::removeBefore(std::uint32_t oldestRunning)
{
    removeIf(
        [&](const TransactionWork &work) { return static_cast<std::int32_t>(work.xid - oldestRunning) < 0; });
}

SystemCatalogue CatalogueFiles::byOid(std::uint32_t oid)
{
    switch (oid) {
    case 1259:
        return SystemCatalogue::Classes;
    case 2615:
        return SystemCatalogue::Namespaces;
    case 1262:
        return SystemCatalogue::Databases;
    case 1249:
        return SystemCatalogue::Attributes;
    default:
        return SystemCatalogue::None;
    }
}

void CatalogueFiles::move(std::uint32_t database, std::uint32_t oid, std::uint32_t number)
{
    const SystemCatalogue catalogue = byOid(oid);
    if (catalogue == SystemCatalogue::None)
        return;
    m_moved.removeIf(
        [&](const auto &entry) { return entry.key().first == database && entry.value() == catalogue; });
    m_moved.insert({ database, oid }, SystemCatalogue::None); // what it had at first is no catalogue any more
    m_moved.insert({ database, number }, catalogue);
}

SystemCatalogue CatalogueFiles::look(const RelationFile &file) const
{
    const auto moved = m_moved.constFind({ file.database, file.number });
    return moved == m_moved.cend() ? byOid(file.number) : *moved;
}

} // namespace tidemark
