#pragma once

#include "backup/scan.h"
#include "fleet/fleet.h"
#include "pgbackrest/archivelisting.h"
#include "pgbackrest/info.h"

#include <optional>

// What pgBackRest's answers mean for the rest of the program.
namespace tidemark::pgbackrest {

// Who asks, and for which clusters of the fleet.
struct Asker {
    Source source;
    std::vector<Cluster> clusters;
};

[[nodiscard]] QString clusterOf(const Asker &asker, const Stanza &stanza, std::optional<SystemId> systemId);
[[nodiscard]] std::optional<SystemId> systemIdOf(const Stanza &stanza, qint64 database, qint64 repository);

// "demo/1/20261120-125951F": unique within the source.
[[nodiscard]] QString artifactId(const Stanza &stanza, qint64 repository, const QString &label);

[[nodiscard]] Artifact artifactOf(const Asker &asker, const Stanza &stanza, const Backup &backup);
[[nodiscard]] Run runOf(const Artifact &artifact);

// What the answer of "repo-ls backup/STANZA" shows.
struct BackupFolders {
    QStringList labels; // folders with a backup's name
    bool besideList = false; // backup.info is there: no other listing speaks of what is missing
};
[[nodiscard]] Result<BackupFolders> parseFolders(const QByteArray &json);
// Backups that have a folder and no entry in the repository's list: they run, or were left.
[[nodiscard]] std::vector<Artifact> unlistedOf(
    const Asker &asker, const Stanza &stanza, qint64 repository, const BackupFolders &folders);
// Labels of backups that are in the repository's list and have no folder.
[[nodiscard]] QStringList missingOf(const Stanza &stanza, qint64 repository, const BackupFolders &folders);
// The folder is gone, whatever the list says.
void tellMissing(Artifact &artifact);

// Without a listing only the two ends of an archive are known.
[[nodiscard]] WalArchive archiveOf(const Asker &asker, const Stanza &stanza, const ArchiveRange &range,
    const std::optional<ArchiveListing> &listing);

[[nodiscard]] StoreUsage usageOf(const Asker &asker, const Stanza &stanza, qint64 repository,
    const std::vector<WalArchive> &archives, Instant now);

} // namespace tidemark::pgbackrest
