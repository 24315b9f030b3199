#pragma once

#include "fleet/fleet.h"
#include "fleet/fleetstate.h"
#include "values/secret.h"

#include <QMap>
#include <qcorotask.h>

#include <optional>
#include <stop_token>
#include <vector>

namespace tidemark {

// A list as one account sees it. A backup server answers with fewer rows, not with an error, where rights are
// missing: an empty list is an empty store only when it is complete.
template <class T>
struct PbsListing {
    std::vector<T> items;
    bool complete = true;
    std::vector<MissingRight> missing; // why it is not

    bool operator==(const PbsListing &) const = default;
};

struct PbsSnapshotFacts {
    QString datastore;
    QString nameSpace; // empty: the root namespace
    QString group; // "vm/2001"
    Instant time;
    std::optional<Bytes> size; // nothing: running or damaged
    QString owner;
    QString comment; // first line of the notes
    bool isProtected = false;
    bool finished = true; // has a manifest
    bool encrypted = false;
    QString verification; // "ok", "failed", empty: never verified
    std::optional<Instant> verifiedAt; // start of the task that did
    QStringList files;

    bool operator==(const PbsSnapshotFacts &) const = default;
};

enum class PbsTaskState { Running, Ok, Warnings, Failed, Unknown };

struct PbsTaskFacts {
    QString upid;
    QString type; // "backup", "prunejob" …
    QString subject; // what it works on, decoded; may be empty
    QString user;
    Instant started;
    std::optional<Instant> ended;
    PbsTaskState state = PbsTaskState::Running;
    QString status; // the server's own words, empty while running

    bool operator==(const PbsTaskFacts &) const = default;
};

struct PbsTaskFilter {
    std::optional<Instant> since;
    std::optional<Instant> until;
    QString type; // substring of the type, as the server matches it
    bool onlyRunning = false;
    bool onlyTrouble = false; // ended with warnings, an error or unknown
    int limit = 50; // 0: all

    bool operator==(const PbsTaskFilter &) const = default;
};

enum class PbsJobKind { Prune, Verify, Sync, GarbageCollection };

// A job the server runs by itself, and how its last run went.
struct PbsJobFacts {
    PbsJobKind kind = PbsJobKind::Prune;
    QString id; // a garbage collection's is its datastore
    QString datastore;
    QString nameSpace;
    QString schedule; // a calendar event, empty: started by hand
    bool enabled = true;
    QString remote; // sync: "remote:store", empty: this server
    bool push = false; // sync
    QMap<QString, int> keep; // prune: "keep-daily" …
    std::optional<Instant> nextRun;
    std::optional<Instant> lastStart;
    std::optional<Instant> lastEnd;
    PbsTaskState lastState = PbsTaskState::Unknown; // Unknown too: never ran
    QString lastStatus; // the server's own words
    QString comment;

    bool operator==(const PbsJobFacts &) const = default;
};

// Reads lists of a Proxmox Backup Server for a Source of the fleet. Changes nothing there. A given secret is
// used instead of the one the source names. The trust rules are PbsProbe's.
class PbsReader
{
public:
    virtual ~PbsReader() = default;
    [[nodiscard]] virtual QCoro::Task<Result<PbsListing<DatastoreFacts>>> datastores(
        Source source, std::optional<Secret> secret, std::stop_token stop)
        = 0;
    // Of the source's datastore (empty: of every one), its namespace and those below, and its groups
    // (empty: all); newest first.
    [[nodiscard]] virtual QCoro::Task<Result<PbsListing<PbsSnapshotFacts>>> snapshots(
        Source source, std::optional<Secret> secret, std::stop_token stop)
        = 0;
    // Of the source's datastore (empty: of the whole server), newest first.
    [[nodiscard]] virtual QCoro::Task<Result<PbsListing<PbsTaskFacts>>> tasks(
        Source source, std::optional<Secret> secret, PbsTaskFilter filter, std::stop_token stop)
        = 0;
    // Prune, verify, sync and garbage collection jobs of the source's datastore (empty: of all).
    [[nodiscard]] virtual QCoro::Task<Result<PbsListing<PbsJobFacts>>> jobs(
        Source source, std::optional<Secret> secret, std::stop_token stop)
        = 0;
    // Space of the source's datastore (empty: of every one), without counting what lies there, which takes
    // a server with slow disks minutes.
    [[nodiscard]] virtual QCoro::Task<Result<PbsListing<DatastoreFacts>>> usage(
        Source source, std::optional<Secret> secret, std::stop_token stop)
        = 0;
};

} // namespace tidemark
