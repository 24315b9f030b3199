#pragma once

#include "values/bytes.h"
#include "values/error.h"
#include "values/instant.h"
#include "wal/lsn.h"

#include <QByteArray>
#include <QStringList>

#include <optional>
#include <vector>

// Answers of "barman -f json", 3.4 to 3.20, as they stand.
namespace tidemark::barman {

// What every answer may carry beside its servers.
struct Messages {
    QStringList errors;
    QStringList warnings;
};

// One backup in "list-backup". Running and failed ones have an id and a status only. Barman's own end time
// has no zone and is left out.
struct ListedBackup {
    QString id;
    QString status; // EMPTY STARTED FAILED SYNCING WAITING_FOR_WALS DONE
    QString retention; // "-", "OBSOLETE", "VALID", "KEEP:FULL" …
    QString name;
    qint64 size = -1;
    qint64 ended = -1; // seconds since the epoch

    [[nodiscard]] bool runs() const;
    [[nodiscard]] bool ready() const; // its data are whole
};

struct ListedServer {
    QString name;
    std::vector<ListedBackup> backups; // newest first
};

struct Listing {
    std::vector<ListedServer> servers;
    Messages messages;
};
[[nodiscard]] Result<Listing> parseListing(const QByteArray &json);

// "show-backup"
struct Backup {
    QString status;
    QString error;
    bool incremental = false;
    QString method; // "postgres", "rsync", "local-rsync", "snapshot"; empty: not told
    std::optional<Instant> start;
    std::optional<Instant> stop;
    std::optional<Lsn> startLsn;
    std::optional<Lsn> stopLsn;
    std::optional<TimelineId> timeline;
    QByteArray firstWal;
    QByteArray lastAvailableWal;
    std::optional<Bytes> size; // of the cluster
    std::optional<Bytes> stored;
    QString compression;
    QString encryption;
    QString parent;
    QString root;
    QString name;
    int serverVersion = 0;
    std::optional<SystemId> systemId;
    QStringList tablespaces;
};
[[nodiscard]] Result<Backup> parseBackup(const QByteArray &json, const QString &server);

// "show-server": what it says with PostgreSQL down, too, but for the last two.
struct Server {
    QString walFolder;
    QString backupFolder;
    QString baseFolder;
    QString method;
    QString compression; // of WAL files, which keep their names
    QString encryption;
    bool disabled = false;
    bool active = true;
    QString inactiveWhy;
    std::optional<std::uint32_t> segmentSize;
    std::optional<SystemId> systemId;
};
[[nodiscard]] Result<Server> parseServer(const QByteArray &json, const QString &server);

// "check": what failed, "wal_archive: please make sure WAL shipping is setup".
[[nodiscard]] Result<QStringList> parseCheck(const QByteArray &json, const QString &server);

// identity.json in a server's folder.
[[nodiscard]] std::optional<SystemId> parseIdentity(const QByteArray &json);

} // namespace tidemark::barman
