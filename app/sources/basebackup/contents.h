#pragma once

#include "basebackup/manifest.h"
#include "basebackup/tarreader.h"
#include "basebackup/verdict.h"

#include <QHash>

namespace tidemark {

// The files of a manifest that were not met yet, by path.
class ManifestFiles
{
public:
    explicit ManifestFiles(const BackupManifest &manifest);
    // The entry, and that it was met; null: the manifest does not know that file.
    const BackupManifest::File *meet(const QByteArray &path);
    // Compares by name and size.
    void seen(const QByteArray &path, qint64 size, Differences &differences);
    // What was never met is missing.
    void finish(Differences &differences) const;

private:
    QHash<QByteArray, const BackupManifest::File *> m_files;
};

// What the archives of a backup in tar form hold, compared with the manifest byte by byte, and the small
// files that tell what it is. Without a manifest nothing is compared.
class TarContents
{
public:
    explicit TarContents(ManifestFiles *files);
    TarContents(const TarContents &) = delete;
    TarContents &operator=(const TarContents &) = delete;
    ~TarContents();
    // `prefix` for what an archive of a tablespace holds: "pg_tblspc/16384/".
    void beginArchive(const QByteArray &name, const QByteArray &prefix);
    bool take(QByteArrayView plain);
    void endArchive(const QString &unpacking); // what the unpacker says of the end
    // Whether all that tells what the backup is has been seen, so that the rest need not be read for it.
    [[nodiscard]] bool labelSeen() const { return m_small.contains("backup_label"); }
    [[nodiscard]] QByteArray small(const QByteArray &name) const { return m_small.value(name); }
    [[nodiscard]] bool has(const QByteArray &name) const { return m_small.contains(name); }
    [[nodiscard]] bool walSeen() const { return m_walSeen; }
    [[nodiscard]] const Differences &differences() const { return m_differences; }
    Differences &differences() { return m_differences; }

private:
    class Listener;
    void beginFile(const QByteArray &path, qint64 size);
    void takeBytes(QByteArrayView bytes);
    void endFile();

    ManifestFiles *m_files;
    QByteArray m_archive;
    QByteArray m_prefix;
    std::unique_ptr<Listener> m_listener;
    std::unique_ptr<TarReader> m_reader;
    QByteArray m_path;
    bool m_keep = false;
    std::unique_ptr<FileChecksum> m_checksum;
    QHash<QByteArray, QByteArray> m_small;
    bool m_walSeen = false;
    Differences m_differences;
};

} // namespace tidemark
