#pragma once

#include "backup/artifact.h"
#include "basebackup/label.h"
#include "basebackup/manifest.h"
#include "basebackup/tree.h"

#include <chrono>
#include <optional>

namespace tidemark {

// What was found to differ between a backup and its manifest; the first name of each is kept.
struct Differences {
    qint64 missing = 0;
    QByteArray firstMissing;
    qint64 otherSize = 0;
    QByteArray firstOtherSize;
    qint64 otherContent = 0;
    QByteArray firstOtherContent;
    QString unreadable; // an archive that ends in the middle, or is damaged

    [[nodiscard]] bool none() const
    {
        return missing == 0 && otherSize == 0 && otherContent == 0 && unreadable.isEmpty();
    }
    [[nodiscard]] QString words() const;
};

// Whatever was written to within this time may be written to still.
inline constexpr std::chrono::minutes StillWritten { 5 };

// Everything that was read of one backup.
struct BackupFacts {
    std::optional<BackupLabel> label;
    bool labelThere = false; // even when it cannot be read
    std::optional<BackupManifest> manifest;
    std::optional<Error> manifestError;
    std::optional<ControlHead> control;
    int major = 0; // by PG_VERSION
    QStringList tablespaces;
    std::optional<Differences> listed; // against the manifest, by names and sizes
    bool sizesOnly = false; // of that, only the least size of the archives was looked at
    std::optional<Differences> contents; // every byte
    bool carriesWal = false;

    void tell(const QByteArray &name, const QByteArray &bytes); // of one of the files below
};

// Small files of a data directory that tell what the backup is.
[[nodiscard]] const QByteArrayList &tellingFiles();

// The artifact as those facts tell it; source, cluster and parent are the caller's.
[[nodiscard]] Artifact artifactOf(const BackupShape &shape, const BackupFacts &facts, Instant now);

} // namespace tidemark
