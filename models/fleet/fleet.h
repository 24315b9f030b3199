#pragma once

#include "values/bytes.h"
#include "wal/lsn.h"

#include <QHash>
#include <QMap>
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
    std::optional<std::chrono::days> proofAge; // a restore must have been proven within this time
    std::optional<double> availability; // percent

    bool operator==(const Objectives &) const = default;
};

// A machine commands can be run on, through the user's own OpenSSH.
struct Host {
    QString name;
    QString ssh; // destination as ssh takes it: an alias of ~/.ssh/config, user@host, ssh://…; empty: this
                 // machine
    QString runAs; // user for sudo -u, empty: the login user
    QString address; // for people: where the name leads
    QString location; // site, data centre or region
    QString description;

    bool operator==(const Host &) const = default;
};

// How a standby follows its primary.
enum class Replication { None, Asynchronous, Synchronous };

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
    QString tier; // the fleet's own word: "OLTP", "critical"
    QString standbyOf; // name of the cluster it follows, empty: a primary
    Replication replication = Replication::None;
    QString location; // site, data centre or region
    std::optional<Bytes> sizeFrom; // what the plan for this cluster was made for
    std::optional<Bytes> sizeTo;
    QMap<QString, QString> settings; // server settings the plan rests on: archive_timeout …
    QString strategy; // how it is protected, in a sentence
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
    Other,
    Standby,
    Metadata, // definitions exported beside the data: CSV, scripts
    AzurePostgres
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
    QStringList protects; // what else it backs up: "Active Directory"
    QString copyOf; // name of the source it is a copy of
    QString region;
    QString storageClass; // STANDARD_IA, GLACIER …
    QString redundancy;
    QString encryption;
    QStringList options; // how backups are written: "--compress=6"
    std::optional<Bytes> capacity;
    std::optional<double> maxUsed; // percent of the capacity
    std::optional<double> successTarget; // percent of the runs
    std::optional<std::chrono::seconds> retrievalFrom; // until a backup there can be read
    std::optional<std::chrono::seconds> retrievalTo;
    std::optional<std::chrono::hours> pointInTime; // any instant within this time
    Objectives objectives;
    QString description;

    bool operator==(const Source &) const = default;
};

// When something is to run: a backup, a check, a maintenance window, a restore test.
struct Schedule {
    QString name;
    // what runs: full, diff, incr, basebackup, dump, snapshot, verify, gc, prune, restore-test …
    QString kind;
    QString when; // calendar event, cron line, "Sun 06:00" or a duration; the form is told by `form`
    QString form; // calendar | cron | first-weekday | interval | continuous | manual
    QString zone; // IANA name, empty: UTC
    QString source;
    QStringList clusters;
    QStringList databases;
    QString mode; // "snapshot with memory state"
    QStringList tasks; // what one run does
    QString command; // what the scheduler calls
    std::optional<std::chrono::seconds> expectedDuration;
    std::optional<std::chrono::seconds> startWithin; // it may begin this much later
    std::optional<std::chrono::seconds> overdueAfter; // no success for this long is a finding
    std::optional<double> successTarget; // percent
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
    QString since; // what the duration counts from, empty: the backup's end
    QString regime; // "SOX", "HIPAA", …
    QString tier; // hot | warm | cold | archive
    QStringList covers; // kinds of data: "financial data"

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

// Who does what (RACI); the names are contacts of the fleet.
struct Responsibility {
    QString name; // the activity
    QStringList responsible;
    QStringList accountable;
    QStringList consulted;
    QStringList informed;

    bool operator==(const Responsibility &) const = default;
};

// A case to be ready for, with objectives of its own.
struct Scenario {
    QString name;
    QString kind; // hardware, corruption, site …
    QStringList clusters;
    QStringList sources;
    Objectives objectives;
    std::optional<std::chrono::seconds> downtimeFrom; // what it is expected to take
    std::optional<std::chrono::seconds> downtimeTo;
    QString validation; // how it is proven
    QStringList steps;
    QStringList needs;
    QStringList success; // what must hold afterwards
    QString description;

    bool operator==(const Scenario &) const = default;
};

// A rule from outside that the fleet answers to.
struct Control {
    QString name; // "CIS.11.1"
    QString framework;
    QString status; // compliant | planned | open
    QString evidence;
    QString assessed; // date, empty: not yet
    QString text;

    bool operator==(const Control &) const = default;
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
    std::vector<Responsibility> responsibilities;
    std::vector<Scenario> scenarios;
    std::vector<Control> controls;

    bool operator==(const Fleet &) const = default;
};

} // namespace tidemark
