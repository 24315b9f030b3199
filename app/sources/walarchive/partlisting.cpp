#include "walarchive/partlisting.h"

#include "unpack/unpacker.h"
#include "values/pathtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

constexpr auto Margin = 60s; // clocks of the archive and what copies into it may differ by this much
constexpr std::size_t MostContents = 256;

void keepNewest(std::vector<WalFile> &files, std::size_t most)
{
    if (files.size() <= most)
        return;
    const auto end = files.begin() + static_cast<std::ptrdiff_t>(most);
    std::ranges::nth_element(
        files, end, [](const WalFile &a, const WalFile &b) { return a.arrived > b.arrived; });
    files.erase(end, files.end());
}

void collect(std::vector<WalFile> &files, const WalFile &file, std::size_t most)
{
    files.push_back(file);
    if (files.size() >= 2 * most + 64)
        keepNewest(files, most);
}

void inOrder(std::vector<WalFile> &files)
{
    std::ranges::sort(files, {}, [](const WalFile &file) { return std::pair(file.timeline, file.number); });
}

std::optional<Instant> newestOf(const WalArchive &archive)
{
    std::optional<Instant> newest;
    for (const WalSpan &span : archive.spans)
        newest = std::max(newest, span.lastArrived);
    return newest;
}

bool isHex(QByteArrayView text)
{
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); });
}

} // namespace

WalChecked WalChecked::parse(const QString &text)
{
    const QStringList parts = text.split(u'|');
    return { SegmentSet::parse(parts.value(0)), SegmentSet::parse(parts.value(1)),
        Instant::fromMicroseconds(parts.value(2).toLongLong()) };
}

QString WalChecked::toString() const
{
    return heads.toString() + u'|' + contents.toString() + u'|'
        + QString::number(newestEnd.sinceEpoch.count());
}

PartListing::PartListing(const WalArchive *known, const WalArchiveBudget &budget)
    : m_known(known ? *known : WalArchive())
    , m_isNew(!known)
    , m_budget(budget)
    , m_checked(WalChecked::parse(m_known.checked))
{
    if (const auto newest = newestOf(m_known)) {
        m_newest = *newest;
        m_recent = *newest - Margin;
    }
    for (const WalTrouble &trouble : m_known.troubles)
        if (trouble.timeline && trouble.number && foundByReading(trouble.fault))
            m_knownBad.insert({ { *trouble.timeline, *trouble.number }, trouble });
}

bool PartListing::foundByReading(WalFault fault)
{
    switch (fault) {
    case WalFault::Foreign:
    case WalFault::Misnamed:
    case WalFault::BadPage:
    case WalFault::BadChecksum:
    case WalFault::Unreadable:
    case WalFault::WrongSize:
        return true;
    case WalFault::Empty:
    case WalFault::BadHistory:
        return false;
    }
    return false;
}

void PartListing::add(const QByteArray &path, const WalFileName &name, const HostEntry &entry)
{
    m_builder.add(name, entry.size, entry.modified);
    const bool packed = packingOfName(entry.path) != Packing::None;
    WalFile file { path, name.kind, name.timeline, {}, packed, entry.size, entry.modified };
    const auto number = name.number(m_known.segmentSize);
    switch (name.kind) {
    case WalFileKind::Segment:
        if (!number || entry.size <= 0 || (!packed && !isSegmentSize(std::uint64_t(entry.size))))
            return;
        file.number = *number;
        return addSegment(std::move(file));
    case WalFileKind::TimelineHistory:
        m_histories.push_back(std::move(file));
        return;
    case WalFileKind::BackupHistory:
        m_ends.push_back(std::move(file));
        return;
    case WalFileKind::Partial:
    case WalFileKind::Other:
        return;
    }
}

void PartListing::addSegment(WalFile file)
{
    (file.arrived > m_newest ? m_anyNew : m_anyOld) = true;
    const auto bad = m_knownBad.find({ file.timeline, file.number });
    if (bad != m_knownBad.end() && bad->second.arrived == file.arrived) {
        m_carried.push_back(bad->second);
        return;
    }
    const bool again = bad != m_knownBad.end() || file.arrived > m_recent;
    if (again || !m_checked.heads.contains(file.timeline, file.number))
        collect(m_heads, file, m_budget.heads);
    if (bad != m_knownBad.end() || !m_checked.contents.contains(file.timeline, file.number))
        collect(m_contents, file, MostContents);
}

std::vector<WalFile> PartListing::heads()
{
    keepNewest(m_heads, m_budget.heads);
    inOrder(m_heads);
    return m_heads;
}

std::vector<WalFile> PartListing::contents()
{
    std::ranges::sort(m_contents, std::greater(), &WalFile::arrived);
    std::vector<WalFile> chosen;
    qint64 left = m_budget.contents;
    for (const WalFile &file : m_contents) {
        left -= file.size;
        if (left < 0 || chosen.size() == MostContents)
            break;
        chosen.push_back(file);
    }
    inOrder(chosen);
    return chosen;
}

QByteArray archiveOf(QByteArray folder)
{
    const QByteArray name = folder.sliced(folder.lastIndexOf('/') + 1);
    if (name.size() == 16 && isHex(name))
        folder.truncate(std::max<qsizetype>(0, folder.size() - 17));
    return folder;
}

FolderListing::FolderListing(const std::vector<WalArchive> &known, const WalArchiveBudget &budget)
    : m_budget(budget)
{
    for (const WalArchive &archive : known)
        m_known[pathBytes(archive.part)] = archive;
}

void FolderListing::add(const std::vector<HostEntry> &entries)
{
    for (const HostEntry &entry : entries) {
        const qsizetype slash = entry.path.lastIndexOf('/');
        const WalFileName name = WalFileName::parse(QByteArrayView(entry.path).sliced(slash + 1));
        if (entry.kind != EntryKind::File || name.kind == WalFileKind::Other)
            continue;
        const QByteArrayView folder = QByteArrayView(entry.path).first(std::max<qsizetype>(slash, 0));
        if (!m_last || folder != m_lastPart) {
            const QByteArray part = archiveOf(folder.toByteArray());
            const auto known = m_known.find(part);
            const WalArchive *archive = known == m_known.end() ? nullptr : &known->second;
            m_last = &m_parts.try_emplace(part, archive, m_budget).first->second;
            m_lastPart = folder.toByteArray();
        }
        m_last->add(entry.path, name, entry);
    }
}

} // namespace tidemark
