#pragma once

#include "ports/hostreader.h"

#include <QSet>

#include <mutex>

namespace tidemark::barman {

// The folders of a server's backups, as their listing hands them on: "ID" and, where files are kept,
// "ID/data".
class BackupFolders
{
public:
    void take(const std::vector<HostEntry> &entries); // on another thread
    [[nodiscard]] QSet<QString> emptied(); // those without files

private:
    std::mutex m_guard;
    QSet<QString> m_all;
    QSet<QString> m_filled;
};

} // namespace tidemark::barman
