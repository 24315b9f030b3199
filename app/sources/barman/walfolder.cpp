#include "barman/walfolder.h"

namespace tidemark::barman {

namespace {

QByteArrayView baseName(const QByteArray &path)
{
    return QByteArrayView(path).sliced(path.lastIndexOf('/') + 1);
}

} // namespace

void WalFolder::take(const std::vector<HostEntry> &entries)
{
    const std::lock_guard lock(m_guard);
    for (const HostEntry &entry : entries) {
        if (entry.kind != EntryKind::File)
            continue;
        ++m_names.files;
        m_names.bytes += entry.size;
        const WalFileName name = WalFileName::parse(baseName(entry.path));
        // ".tmp" is a file Barman still writes.
        const bool whole = !name.suffix.endsWith(".tmp") && !name.suffix.endsWith(".temp");
        const ListedSegment file = listedSegment(name, entry.modified, entry.size, false);
        if (name.kind == WalFileKind::Segment && whole)
            m_names.segments.push_back(file);
        else if (name.kind == WalFileKind::Partial)
            m_names.partials.push_back(file);
        else if (name.kind == WalFileKind::TimelineHistory)
            m_names.histories.push_back({ entry.path, name.timeline, entry.modified });
    }
}

WalFolder::Names WalFolder::names()
{
    const std::lock_guard lock(m_guard);
    return std::exchange(m_names, {});
}

} // namespace tidemark::barman
