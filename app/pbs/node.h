#pragma once

#include "values/bytes.h"
#include "values/instant.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace tidemark::pbs {

struct MemoryUse {
    Bytes total;
    Bytes used;
    Bytes free;
    bool operator==(const MemoryUse &) const = default;
};

struct DiskUse {
    Bytes total;
    Bytes used;
    Bytes available;
    bool operator==(const DiskUse &) const = default;
};

struct CpuInfo {
    QString model;
    qint64 sockets = 0;
    qint64 cpus = 0;
    bool operator==(const CpuInfo &) const = default;
};

struct ServerInfo {
    std::optional<QString> fingerprint;
    bool operator==(const ServerInfo &) const = default;
};

struct NodeStatus {
    double cpu = 0; // 0..1
    double wait = 0;
    std::optional<CpuInfo> cpuInfo;
    MemoryUse memory;
    MemoryUse swap;
    DiskUse root;
    std::vector<double> load;
    qint64 uptimeSeconds = 0;
    std::optional<QString> kernel;
    std::optional<ServerInfo> info;
    bool operator==(const NodeStatus &) const = default;
};

struct NodeTime {
    Instant time;
    Instant localTime; // the epoch shifted by the zone's offset
    QString zone;
    bool operator==(const NodeTime &) const = default;
};

struct Subscription {
    QString status; // new | notfound | active | invalid | expired | suspended
    std::optional<QString> message;
    std::optional<QString> serverId;
    std::optional<QString> nextDueDate;
    bool operator==(const Subscription &) const = default;
};

struct NodeCertificate {
    QString fileName;
    std::optional<QString> fingerprint;
    QString subject;
    QString issuer;
    QStringList names;
    std::optional<Instant> notBefore;
    std::optional<Instant> notAfter;
    bool operator==(const NodeCertificate &) const = default;
};

struct Pong {
    bool pong = false;
    bool operator==(const Pong &) const = default;
};

// Answer of a login. The CSRF value is "invalid" when a second factor is asked for.
struct Ticket {
    QString user;
    QString ticket;
    QString csrf;
    bool operator==(const Ticket &) const = default;
};

} // namespace tidemark::pbs
