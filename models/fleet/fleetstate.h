#pragma once

#include "fleet/fleet.h"
#include "values/error.h"
#include "values/instant.h"

#include <QString>

#include <optional>
#include <vector>

namespace tidemark {

struct DatabaseFacts {
    QString name;
    std::optional<Bytes> size; // nothing: the role may not see it
    bool allowsConnections = true;

    bool operator==(const DatabaseFacts &) const = default;
};

// Something the role may not see, what that costs, and the statement that mends it.
struct MissingRight {
    QString what; // "size of database \"shop\""
    QString grant; // the exact GRANT, quoted

    bool operator==(const MissingRight &) const = default;
};

struct ArchiverFacts {
    qint64 archivedCount = 0;
    QString lastArchivedWal;
    std::optional<Instant> lastArchivedAt;
    qint64 failedCount = 0;
    QString lastFailedWal;
    std::optional<Instant> lastFailedAt;

    bool operator==(const ArchiverFacts &) const = default;
};

// A replication slot: what keeps WAL on the server for somebody who may never come back.
struct SlotFacts {
    QString name;
    bool active = false;
    bool logical = false;
    std::optional<Bytes> keeps; // WAL between its oldest need and the newest position
    QString state; // reserved | extended | unreserved | lost
    QString database; // of logical ones
    bool temporary = false;
    std::optional<Lsn> restartLsn; // WAL is kept from here on
    std::optional<Bytes> safeWalSize; // may still be written before the slot is lost; nothing: no limit

    bool operator==(const SlotFacts &) const = default;
};

// Whoever streams from the server: a standby, pg_receivewal, a base backup.
struct StandbyFacts {
    QString name; // application_name
    QString role;
    QString address; // empty: through the socket, or the role may not see it
    QString state; // startup | catchup | streaming | backup | stopping
    QString syncState; // async | potential | sync | quorum
    QString slot;
    std::optional<Lsn> flushed;
    std::optional<Lsn> replayed;
    std::optional<std::chrono::milliseconds> replayLag;

    bool operator==(const StandbyFacts &) const = default;
};

// What a server said of itself in one probe.
struct ServerFacts {
    Instant readAt;
    int versionNumber = 0; // 150020
    QString version; // "15.20 (Debian …)"
    std::optional<SystemId> systemId;
    std::optional<TimelineId> timeline;
    bool inRecovery = false;
    std::optional<Lsn> currentLsn; // replayed one while in recovery
    std::optional<Instant> startedAt;
    QString role;
    QStringList memberOf; // pg_monitor …
    bool superuser = false;
    bool mayReplicate = false;
    bool tls = false;
    QString tlsVersion;
    QString dataDirectory;
    QString walLevel;
    QString archiveMode;
    QString archiveCommand;
    QString archiveLibrary; // 15 and newer; used instead of the command
    std::optional<std::chrono::seconds> archiveTimeout;
    std::optional<Bytes> walSegmentSize;
    std::optional<ArchiverFacts> archiver;
    std::optional<qint64> segmentsWaiting; // complete WAL segments that are not archived yet
    std::vector<DatabaseFacts> databases;
    std::vector<MissingRight> missing;
    std::vector<SlotFacts> slots;
    std::optional<Bytes> walSize; // of what is in pg_wal; nothing: the role may not see it
    std::optional<Bytes> walFree; // left on its file system; no SQL tells it
    std::optional<std::chrono::milliseconds> clockAhead; // of ours
    std::optional<Bytes> maxSlotWalKeepSize; // slots are lost beyond it; nothing: no limit
    std::optional<Bytes> maxWalSize;
    std::vector<StandbyFacts> standbys;

    bool operator==(const ServerFacts &) const = default;
};

struct DatastoreFacts {
    QString name;
    std::optional<Bytes> total; // nothing: not told
    std::optional<Bytes> used;
    std::optional<Bytes> available;
    std::optional<Instant> estimatedFull;
    QString maintenance; // as the server words it, empty: none
    QString error; // the server's own words when the store cannot be read
    std::optional<qint64> groups;
    std::optional<qint64> snapshots;

    bool operator==(const DatastoreFacts &) const = default;
};

// What a backup server said of itself in one probe.
struct PbsFacts {
    Instant readAt;
    QString version; // "3.2.4"
    QString fingerprint;
    QString authId;
    std::vector<DatastoreFacts> datastores;
    std::vector<MissingRight> missing;

    bool operator==(const PbsFacts &) const = default;
};

// A certificate a server showed, before anything was sent to it.
struct CertificateFacts {
    QString fingerprint; // SHA-256, lower case, 32 pairs joined by ':'
    QString subject;
    QString issuer;
    std::optional<Instant> validFrom;
    std::optional<Instant> validUntil;
    bool trustedBySystem = false;
    bool changedBefore = false; // another one was seen since this one was confirmed; all work is stopped

    bool operator==(const CertificateFacts &) const = default;
};

enum class Reach { Never, Answering, Live, Stale, Offline };

// One server or source as the console follows it: the last good facts stay when it stops answering.
template <class Facts>
struct Followed {
    QString name;
    Reach reach = Reach::Never;
    std::optional<Facts> facts;
    std::optional<Error> error;
    std::optional<Instant> offlineSince;
    std::optional<Instant> nextTry;

    bool operator==(const Followed &) const = default;
};

struct FleetState {
    std::vector<Followed<ServerFacts>> servers;
    std::vector<Followed<PbsFacts>> backupServers;
    std::optional<Instant> newestAnswer;

    bool operator==(const FleetState &) const = default;
};

} // namespace tidemark
