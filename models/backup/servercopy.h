#pragma once

#include "fleet/fleetstate.h"
#include "values/bytes.h"
#include "values/instant.h"
#include "wal/lsn.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace tidemark {

struct ServerSetting {
    QString name;
    QString value;
    QString unit;
    QString source; // "configuration file", "default" …
    QString file; // with line, when a file set it and the role may see that

    bool operator==(const ServerSetting &) const = default;
};

// A file a restore needs and the data directory may not hold: postgresql.conf, its includes, hba, ident.
struct ServerFile {
    QString path;
    QByteArray content;

    bool operator==(const ServerFile &) const = default;
};

// Whose rows a file of the data directory holds, so that WAL can be told by name later.
struct Relation {
    quint32 database = 0; // oid
    QString databaseName;
    quint32 oid = 0;
    quint32 tablespace = 0; // 0: the database's own
    quint32 fileNode = 0;
    QString schema;
    QString name;
    char kind = 'r'; // as pg_class.relkind
    std::optional<double> rows; // the server's estimate
    std::optional<Bytes> size;

    bool operator==(const Relation &) const = default;
};

// What pg_controldata tells, read through SQL.
struct ControlFacts {
    int controlVersion = 0;
    int catalogVersion = 0;
    bool dataChecksums = false;
    int blockSize = 0;
    int walBlockSize = 0;
    QString walLevel;
    int maxConnections = 0;
    int maxWorkerProcesses = 0;
    int maxWalSenders = 0;
    int maxPreparedTransactions = 0;
    int maxLocksPerTransaction = 0;

    bool operator==(const ControlFacts &) const = default;
};

// One day's copy of what a server is. `missing` names what the role could not see.
struct ServerCopy {
    Instant at;
    std::optional<SystemId> systemId;
    int versionNumber = 0;
    std::optional<ControlFacts> control;
    std::vector<ServerSetting> settings;
    std::vector<ServerFile> files;
    std::vector<Relation> relations;
    QStringList extensions; // "postgis 3.3.2 in shop"
    QString collation; // provider and version of the databases' collations, one per line
    std::vector<MissingRight> missing;

    bool operator==(const ServerCopy &) const = default;
};

} // namespace tidemark
