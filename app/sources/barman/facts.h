#pragma once

#include "backup/scan.h"
#include "barman/answers.h"
#include "fleet/fleet.h"

// What Barman's answers mean for the rest of the program.
namespace tidemark::barman {

// Who asks, and for which clusters of the fleet.
struct Asker {
    Source source;
    std::vector<Cluster> clusters;
};

[[nodiscard]] QString clusterOf(const Asker &asker, const QString &server, std::optional<SystemId> systemId);
[[nodiscard]] QString artifactId(const QString &server, const QString &backup); // "main/20261120T123414"
[[nodiscard]] QString stampOf(const ListedBackup &backup, bool running);

// What is known of the backup's server.
struct Around {
    QString server;
    Server facts;
    std::optional<SystemId> systemId;
    std::optional<qint64> zone; // seconds the ids are ahead of UTC, as a whole backup shows
    bool runs = false; // or waits for its last WAL, as the list tells
};
[[nodiscard]] Artifact artifactOf(
    const Asker &asker, const Around &around, const ListedBackup &listed, const Backup &backup);
// Its folder holds no files any more.
inline const QString EmptiedStamp = QStringLiteral(" emptied");
void tellEmptied(Artifact &artifact);
[[nodiscard]] Run runOf(const Artifact &artifact, const ListedBackup &listed);

// Ids are the start in local time of the host.
[[nodiscard]] std::optional<qint64> zoneOf(const QString &id, const Backup &backup);

// Without a listing: from the oldest backup's first segment to the newest that Barman has.
[[nodiscard]] std::vector<WalSpan> endsOf(
    const QByteArray &first, const QByteArray &last, std::uint32_t segmentSize);

} // namespace tidemark::barman
