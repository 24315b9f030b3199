#pragma once

#include "values/bytes.h"
#include "values/error.h"
#include "values/instant.h"
#include "wal/lsn.h"

#include <QByteArray>
#include <QMap>
#include <QStringList>

#include <optional>
#include <vector>

// The answer of "pgbackrest info --output=json", of 2.45 to 2.60, as it stands.
namespace tidemark::pgbackrest {

// Status codes of a stanza and of its part in each repository.
enum StatusCode {
    Ok = 0,
    MissingStanzaPath = 1, // also: the repository is not there at all
    NoValidBackups = 2,
    MissingStanzaData = 3,
    DifferentAcrossRepositories = 4,
    DatabaseMismatch = 5,
    BackupNotFound = 6,
    Other = 99 // the message tells
};

struct Status {
    qint64 code = Ok;
    QString message;
};

struct Repository {
    qint64 key = 1;
    QString cipher; // "none", "aes-256-cbc"
    Status status;
    [[nodiscard]] bool encrypted() const { return cipher != QLatin1String("none"); }
    // Whether its lists can be believed.
    [[nodiscard]] bool readable() const { return status.code == Ok || status.code == NoValidBackups; }
};

// A cluster the stanza has held: after an upgrade or a new initdb there is another one.
struct Database {
    qint64 id = 1;
    qint64 repository = 1;
    std::optional<SystemId> systemId;
    QString version; // "15", "9.6"
};

struct ArchiveRange {
    QString id; // "15-1"
    qint64 database = 1;
    qint64 repository = 1;
    QByteArray first; // segment names; empty: nothing archived
    QByteArray last;
};

struct Backup {
    QString label;
    QString type; // full | diff | incr
    QString prior;
    QStringList references;
    qint64 database = 1;
    qint64 repository = 1;
    std::optional<Instant> start;
    std::optional<Instant> stop;
    std::optional<Lsn> startLsn;
    std::optional<Lsn> stopLsn;
    QByteArray firstWal; // segment names
    QByteArray lastWal;
    std::optional<Bytes> size; // of the cluster
    std::optional<Bytes> stored; // new in the repository
    bool pageErrors = false;
    QString version; // of pgBackRest
    QMap<QString, QString> annotations;
    QStringList damagedFiles; // only when one backup was asked for, like what follows
    QStringList tablespaces; // paths
};

struct Stanza {
    QString name;
    Status status;
    bool backupRuns = false; // or left its lock
    std::vector<Repository> repositories;
    std::vector<Database> databases;
    std::vector<ArchiveRange> archives;
    std::vector<Backup> backups;
};

[[nodiscard]] Result<std::vector<Stanza>> parseInfo(const QByteArray &json);

} // namespace tidemark::pgbackrest
