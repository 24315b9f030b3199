#include "barman/backupfolders.h"

namespace tidemark::barman {

void BackupFolders::take(const std::vector<HostEntry> &entries)
{
    const std::lock_guard lock(m_guard);
    for (const HostEntry &entry : entries) {
        const QString path = QString::fromUtf8(entry.path);
        if (!path.contains(u'/') && entry.kind == EntryKind::Folder)
            m_all.insert(path);
        else if (path.section(u'/', 1) == u"data")
            m_filled.insert(path.section(u'/', 0, 0));
    }
}

QSet<QString> BackupFolders::emptied()
{
    const std::lock_guard lock(m_guard);
    return m_all - m_filled;
}

} // namespace tidemark::barman
