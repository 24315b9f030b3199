#pragma once

#include "ports/hostreader.h"

#include <map>
#include <set>
#include <vector>

namespace tidemark {

// What the folders below one say, without their files being held: enough to tell backups, and whether one has
// changed.
struct FolderSum {
    qint64 files = 0;
    qint64 bytes = 0;
    std::uint64_t digest = 0; // of names, sizes and times, in whatever order
    Instant newest;

    void add(const HostEntry &entry);
    void add(const FolderSum &other);
};

// One backup as a listing shows it.
struct BackupShape {
    QByteArray path; // below the source's folder, empty: that folder itself
    bool tar = false;
    FolderSum sum;
    std::map<QByteArray, HostEntry> files; // those that tell something, by their path below the backup
    int walFiles = 0;

    [[nodiscard]] const HostEntry *file(const QByteArray &name) const;
    [[nodiscard]] QString stamp() const;
    // "base.tar", "16384.tar" … with what they are packed with.
    [[nodiscard]] std::vector<const HostEntry *> tars() const;
    [[nodiscard]] const HostEntry *tarNamed(const QByteArray &stem) const;
    // Tablespaces of the plain form, as links or folders below pg_tblspc.
    [[nodiscard]] std::vector<const HostEntry *> tablespaces() const;
};

// "base" of "nightly/base.tar.gz", "16384" of a tablespace's archive.
[[nodiscard]] QByteArray stemOf(const HostEntry &entry);

// Folds a whole tree into the backups in it.
class BackupTree
{
public:
    void add(const std::vector<HostEntry> &entries);
    // Those within or around a folder that may not be entered are left out: they look smaller than they are.
    [[nodiscard]] std::vector<BackupShape> backups(const std::vector<QByteArray> &closed) const;

private:
    struct Folder {
        FolderSum sum;
        std::map<QByteArray, HostEntry> files; // telling ones, by name
        int walFiles = 0;
    };
    [[nodiscard]] std::set<QByteArray> roots() const;
    [[nodiscard]] bool isRoot(const QByteArray &path, const Folder &folder) const;

    std::map<QByteArray, Folder> m_folders;
};

} // namespace tidemark
