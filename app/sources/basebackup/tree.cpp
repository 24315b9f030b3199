#include "basebackup/tree.h"

#include "wal/segment.h"

#include <QString>

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::array<QByteArrayView, 9> Telling { "backup_label", "backup_label.old", "backup_manifest",
    "backup_manifest.tmp", "PG_VERSION", "postmaster.pid", "tablespace_map", "pg_control",
    "recovery.signal" };

// "base.tar", "16384.tar.gz", "pg_wal.tar": its stem; empty: none of them.
QByteArrayView tarStem(QByteArrayView name)
{
    for (const QByteArrayView end : { ".tar", ".tar.gz", ".tar.lz4", ".tar.zst", ".tar.bz2" }) {
        if (!name.endsWith(end))
            continue;
        const QByteArrayView stem = name.chopped(end.size());
        const bool oid
            = !stem.isEmpty() && std::ranges::all_of(stem, [](char c) { return c >= '0' && c <= '9'; });
        return oid || stem == "base" || stem == "pg_wal" ? stem : QByteArrayView();
    }
    return {};
}

QByteArray joined(const QByteArray &folder, const QByteArray &name)
{
    return folder.isEmpty() ? name : folder + '/' + name;
}

bool isWithin(const QByteArray &path, const QByteArray &folder)
{
    return folder.isEmpty() ? !path.isEmpty() : path.startsWith(folder + '/');
}

} // namespace

QByteArray stemOf(const HostEntry &entry)
{
    return tarStem(QByteArrayView(entry.path).sliced(entry.path.lastIndexOf('/') + 1)).toByteArray();
}

void FolderSum::add(const HostEntry &entry)
{
    const std::string_view path(entry.path.constData(), static_cast<std::size_t>(entry.path.size()));
    std::uint64_t hash = 14695981039346656037ull;
    const auto mix = [&hash](std::uint64_t value) { hash = (hash ^ value) * 1099511628211ull; };
    for (const char c : path)
        mix(static_cast<unsigned char>(c));
    mix(static_cast<std::uint64_t>(entry.size));
    mix(static_cast<std::uint64_t>(entry.modified.sinceEpoch.count()));
    digest += hash;
    ++files;
    bytes += entry.size;
    newest = std::max(newest, entry.modified);
}

void FolderSum::add(const FolderSum &other)
{
    files += other.files;
    bytes += other.bytes;
    digest += other.digest;
    newest = std::max(newest, other.newest);
}

const HostEntry *BackupShape::file(const QByteArray &name) const
{
    const auto found = files.find(name);
    return found == files.end() ? nullptr : &found->second;
}

QString BackupShape::stamp() const
{
    return u"%1 %2 %3"_s.arg(sum.files).arg(sum.bytes).arg(sum.digest, 0, 16);
}

std::vector<const HostEntry *> BackupShape::tars() const
{
    std::vector<const HostEntry *> all;
    for (const auto &[name, entry] : files)
        if (!tarStem(name).isEmpty())
            all.push_back(&entry);
    return all;
}

const HostEntry *BackupShape::tarNamed(const QByteArray &stem) const
{
    for (const auto &[name, entry] : files)
        if (tarStem(name) == stem)
            return &entry;
    return nullptr;
}

std::vector<const HostEntry *> BackupShape::tablespaces() const
{
    std::vector<const HostEntry *> all;
    for (const auto &[name, entry] : files)
        if (name.startsWith("pg_tblspc/"))
            all.push_back(&entry);
    return all;
}

void BackupTree::add(const std::vector<HostEntry> &entries)
{
    for (const HostEntry &entry : entries) {
        const qsizetype slash = entry.path.lastIndexOf('/');
        const QByteArray path = entry.path.left(std::max<qsizetype>(slash, 0));
        const QByteArray name = entry.path.mid(slash + 1);
        const bool tablespace = path == "pg_tblspc" || path.endsWith("/pg_tblspc");
        if (entry.kind == EntryKind::Folder && !tablespace)
            continue;
        Folder &folder = m_folders[path];
        if (entry.kind != EntryKind::Folder)
            folder.sum.add(entry);
        if (std::ranges::count(Telling, QByteArrayView(name)) > 0 || !tarStem(name).isEmpty() || tablespace)
            folder.files.insert({ name, entry });
        if (WalFileName::parse(name).kind == WalFileKind::Segment)
            ++folder.walFiles;
    }
}

// Databases have a PG_VERSION of their own; only a data directory has pg_control too.
bool BackupTree::isRoot(const QByteArray &path, const Folder &folder) const
{
    const auto has = [&](const char *name) { return folder.files.contains(name); };
    if (has("backup_label") || has("backup_manifest") || has("backup_manifest.tmp")
        || has("backup_label.old"))
        return true;
    if (std::ranges::any_of(folder.files, [](const auto &file) { return tarStem(file.first) == "base"; }))
        return true;
    const auto global = m_folders.find(joined(path, "global"));
    return has("PG_VERSION") && global != m_folders.end() && global->second.files.contains("pg_control");
}

std::set<QByteArray> BackupTree::roots() const
{
    std::set<QByteArray> roots;
    for (const auto &[path, folder] : m_folders)
        if (isRoot(path, folder))
            roots.insert(path);
    std::erase_if(roots, [&](const QByteArray &path) {
        return std::ranges::any_of(roots, [&](const QByteArray &other) { return isWithin(path, other); });
    });
    return roots;
}

std::vector<BackupShape> BackupTree::backups(const std::vector<QByteArray> &closed) const
{
    std::vector<BackupShape> all;
    for (const QByteArray &root : roots()) {
        if (std::ranges::any_of(closed, [&](const QByteArray &path) { return isWithin(path, root); }))
            continue;
        BackupShape shape;
        shape.path = root;
        for (auto at = m_folders.lower_bound(root); at != m_folders.end(); ++at) {
            if (at->first != root && !isWithin(at->first, root)) {
                if (!at->first.startsWith(root))
                    break;
                continue;
            }
            shape.sum.add(at->second.sum);
            const QByteArray below
                = at->first == root ? QByteArray() : at->first.mid(root.isEmpty() ? 0 : root.size() + 1);
            if (below.isEmpty() || below == "global" || below == "pg_tblspc")
                for (const auto &[name, entry] : at->second.files)
                    shape.files.insert({ joined(below, name), entry });
            if (below == "pg_wal")
                shape.walFiles = at->second.walFiles;
        }
        shape.tar = !shape.tars().empty() && !shape.file("PG_VERSION");
        all.push_back(std::move(shape));
    }
    return all;
}

} // namespace tidemark
