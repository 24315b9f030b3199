#pragma once

#include "values/error.h"
#include "wal/lsn.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace tidemark {

// A backup_manifest, versions 1 (13 to 16) and 2 (17 and later).
struct BackupManifest {
    struct File {
        QByteArray path; // below the data directory
        qint64 size = 0;
        QByteArray algorithm; // "CRC32C", "SHA256" …; empty: none
        QByteArray checksum; // its bytes
    };
    struct Range {
        TimelineId timeline;
        Lsn start;
        Lsn end;
    };
    std::vector<File> files;
    std::vector<Range> ranges;
    std::optional<SystemId> systemId;
    qint64 size = 0; // of all files
    QString started; // time of the label, as the manifest prints it
};

// Errors: "basebackup.manifest-cut" when its end is missing, "basebackup.manifest-changed" when its own
// checksum does not hold, "basebackup.manifest" when it cannot be understood.
[[nodiscard]] Result<BackupManifest> readManifest(const QByteArray &bytes);

// Whether that file may differ from the manifest: what a server or a person writes after a backup.
[[nodiscard]] bool mayDiffer(const QByteArray &path);

// The bytes of one file against its checksum.
class FileChecksum
{
public:
    explicit FileChecksum(const BackupManifest::File &file);
    // Whether it has one, of a kind that can be reckoned.
    [[nodiscard]] static bool isKnown(const BackupManifest::File &file);
    ~FileChecksum();
    void add(QByteArrayView bytes);
    [[nodiscard]] bool holds(); // true for a file without one

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace tidemark
