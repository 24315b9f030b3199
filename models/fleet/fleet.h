#pragma once

#include "values/bytes.h"
#include "wal/lsn.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace tidemark {

// Set by a person, never guessed. Unset counts as production.
enum class Environment { Unset, Production, Test, Lab };

// Where configuration and binaries live on a host.
enum class Layout { Unset, Debian, Rpm, Own };

// How libpq reaches a server: a service name, a URI, or parts; what is set overrides. Passwords are only
// named.
struct ConnectSpec {
    QString service;
    QString uri;
    QString host; // a name, an address or the folder of a Unix socket
    int port = 0; // 0: libpq's default
    QString database;
    QString user;
    QString sslMode; // empty: verify-full for TCP hosts
    QString sslRootCert;
    QString secret; // name in the secret store; empty: libpq's own ways (.pgpass …)
    QString passwordCommand; // prints the password; never stored
    QString via; // name of the fleet's host to tunnel through, empty: direct

    bool operator==(const ConnectSpec &) const = default;
};

struct Objectives {
    std::optional<std::chrono::seconds> rpo;
    std::optional<std::chrono::seconds> rto;
    std::optional<std::chrono::days> proofAge;

    bool operator==(const Objectives &) const = default;
};

// A machine commands can be run on, through the user's own OpenSSH.
struct Host {
    QString name;
    QString ssh; // destination as ssh takes it: an alias of ~/.ssh/config, user@host, ssh://…; empty: this
                 // machine
    QString runAs; // user for sudo -u, empty: the login user
    QString description;

    bool operator==(const Host &) const = default;
};

struct Cluster {
    QString name;
    Environment environment = Environment::Unset;
    ConnectSpec connect;
    QString host; // name of a Host, empty: none known
    QString dataDirectory;
    Layout layout = Layout::Unset;
    std::optional<SystemId> systemId;
    Objectives objectives;
    QStringList databases; // empty: all
    QStringList labels; // compliance and other labels
    QString description;

    bool operator==(const Cluster &) const = default;
};

enum class SourceKind {
    Pbs,
    PgBackRest,
    Barman,
    BaseBackups,
    Dumps,
    WalArchive,
    S3,
    Glacier,
    AzureBlob,
    Rds,
    Veeam,
    KubernetesSnapshots,
    MongoDump,
    Other
};

// One place backups are kept. Which fields are used depends on the kind; docs/fleet.md has the table.
struct Source {
    QString name;
    SourceKind kind = SourceKind::Other;
    QStringList clusters;
    QString host; // where the path or repository is; empty: this machine
    QString path; // folder, repository or bucket prefix
    QString stanza; // pgBackRest stanza or Barman server name
    QString config; // configuration file of the tool
    QString url; // PBS: https://host:8007
    QString datastore; // PBS
    QString nameSpace; // PBS
    QStringList groups; // PBS: "vm/2001"
    QString tokenId; // PBS: user@realm!name
    QString user; // PBS: user@realm for password and TOTP
    QString secret; // name in the secret store
    QString totpSecret; // name in the secret store
    QString passwordCommand;
    QString fingerprint; // confirmed by a person
    QString description;

    bool operator==(const Source &) const = default;
};

// When something is to run: a backup, a check, a maintenance window, a restore test.
struct Schedule {
    QString name;
    QString
        kind; // what runs: full, diff, incr, basebackup, dump, snapshot, verify, gc, prune, restore-test …
    QString when; // PBS/systemd calendar event or cron line; the form is told by `form`
    QString form; // calendar | cron | first-weekday
    QString zone; // IANA name, empty: UTC
    QString source;
    QStringList clusters;
    std::optional<std::chrono::seconds> expectedDuration;
    QString description;

    bool operator==(const Schedule &) const = default;
};

// What must be restorable for how long, as a person wrote it, and the keep options where a tool has them.
struct RetentionPromise {
    QString name;
    QString text;
    QStringList clusters;
    QStringList sources;
    QHash<QString, int> keep; // keep-last … keep-yearly, full, diff, incr
    std::optional<std::chrono::days> duration;
    QString regime; // "SOX", "HIPAA", …
    QString tier; // hot | warm | cold | archive

    bool operator==(const RetentionPromise &) const = default;
};

struct MaintenanceWindow {
    QString name;
    QStringList clusters;
    QString when;
    QString form;
    QString zone;
    std::chrono::seconds duration {};
    QStringList tasks; // vacuum, analyze, reindex …
    QString description;

    bool operator==(const MaintenanceWindow &) const = default;
};

struct Contact {
    QString name;
    QString role;
    QString reach; // mail, phone, chat
    QString description;

    bool operator==(const Contact &) const = default;
};

// Clusters, hosts, sources, objectives and rules: one YAML file a team can keep in git. No secrets, only
// names.
struct Fleet {
    QString name;
    QString description;
    std::vector<Host> hosts;
    std::vector<Cluster> clusters;
    std::vector<Source> sources;
    std::vector<Schedule> schedules;
    std::vector<RetentionPromise> promises;
    std::vector<MaintenanceWindow> windows;
    std::vector<Contact> contacts;

    bool operator==(const Fleet &) const = default;
};

} // namespace tidemark
