#pragma once

#include "values/bytes.h"
#include "values/instant.h"

#include <QString>
#include <QStringList>

#include <map>
#include <optional>
#include <vector>

// What a datastore holds, as the server's answers put it. Fields the server leaves out are optional here.
namespace tidemark::pbs {

struct DatastoreItem {
    QString store;
    std::optional<QString> comment;
    std::optional<QString> maintenance; // property string: "offline,message=disk swap"
    std::optional<QString> mountStatus; // since 3.3
    std::optional<QString> backendType; // since 4.1
    bool operator==(const DatastoreItem &) const = default;
};

struct GcStatus {
    std::optional<QString> upid; // nothing: never ran
    qint64 indexFileCount = 0;
    Bytes indexDataBytes;
    Bytes diskBytes;
    qint64 diskChunks = 0;
    Bytes removedBytes;
    qint64 removedChunks = 0;
    Bytes pendingBytes;
    qint64 pendingChunks = 0;
    qint64 removedBad = 0;
    qint64 stillBad = 0;
    bool operator==(const GcStatus &) const = default;
};

// Since 3.2; before, a server tells the GcStatus only.
struct GcJob {
    GcStatus status;
    std::optional<QString> store;
    std::optional<QString> schedule;
    std::optional<Instant> nextRun;
    std::optional<QString> lastRunState;
    std::optional<Instant> lastRunEnd;
    std::optional<qint64> seconds;
    bool operator==(const GcJob &) const = default;
};

struct KindCount {
    qint64 groups = 0;
    qint64 snapshots = 0;
    bool operator==(const KindCount &) const = default;
};

struct Counts {
    std::optional<KindCount> vm;
    std::optional<KindCount> ct;
    std::optional<KindCount> host;
    std::optional<KindCount> other;
    bool operator==(const Counts &) const = default;
};

// Without rights on the whole store the three amounts are not told; the server says 0 then.
struct DatastoreStatus {
    std::optional<Bytes> total;
    std::optional<Bytes> used;
    std::optional<Bytes> available;
    std::optional<Counts> counts;
    std::optional<GcStatus> gc;
    bool operator==(const DatastoreStatus &) const = default;
};

struct UsageItem {
    QString store;
    std::optional<Bytes> total;
    std::optional<Bytes> used;
    std::optional<Bytes> available;
    std::optional<Instant> estimatedFull; // regression over a month; may lie in the past or centuries away
    std::optional<Instant> historyStart;
    std::optional<qint64> historyStepSeconds;
    std::vector<std::optional<double>> history; // fraction used; gaps are empty
    std::optional<GcStatus> gc;
    std::optional<QString> error;
    std::optional<QString> mountStatus;
    bool operator==(const UsageItem &) const = default;
};

struct NamespaceItem {
    QString ns; // empty: root
    std::optional<QString> comment;
    bool operator==(const NamespaceItem &) const = default;
};

struct Group {
    QString type; // vm | ct | host
    QString id;
    QString ns;
    [[nodiscard]] QString path() const { return type + u'/' + id; }
    auto operator<=>(const Group &) const = default;
};

struct SnapshotKey {
    Group group;
    Instant time;
    auto operator<=>(const SnapshotKey &) const = default;
};

// Of its fields only the identity is reliable; the state of a group is that of its snapshots.
struct GroupItem {
    QString type;
    QString id;
    qint64 count = 0; // running and damaged snapshots too
    std::optional<Instant> lastBackup; // nothing: an empty group
    QStringList files;
    std::optional<QString> owner;
    std::optional<QString> comment;
    bool operator==(const GroupItem &) const = default;
};

struct FileItem {
    QString name;
    std::optional<QString> cryptMode; // none | encrypt | sign-only
    std::optional<Bytes> size;
    bool operator==(const FileItem &) const = default;
};

struct Verification {
    QString upid; // its start time is the time of the verification; after a pull it is the source server's
    QString state; // ok | failed
    bool operator==(const Verification &) const = default;
};

struct SnapshotItem {
    QString type;
    QString id;
    Instant time;
    std::vector<FileItem> files;
    bool isProtected = false;
    std::optional<Bytes> size; // logical; nothing: running or damaged
    std::optional<QString> owner;
    std::optional<QString> comment; // first line of the notes
    std::optional<Verification> verification;
    std::optional<QString> keyFingerprint;

    [[nodiscard]] bool finished() const; // has a manifest
    [[nodiscard]] bool damaged() const; // has one that cannot be read
    [[nodiscard]] bool encrypted() const; // an archive of it is
    bool operator==(const SnapshotItem &) const = default;
};

// A snapshot a prune looked at.
struct PruneItem {
    QString type;
    QString id;
    std::optional<QString> ns;
    Instant time;
    bool keep = false;
    bool isProtected = false;
    bool operator==(const PruneItem &) const = default;
};

// What a deletion of a group did; servers before 3.3 do not tell.
struct Removal {
    std::optional<qint64> groups;
    std::optional<qint64> snapshots;
    std::optional<qint64> protectedSnapshots; // these stayed
    bool operator==(const Removal &) const = default;
};

// Privilege to "holds below that path too", for each path the server names.
struct Permissions {
    std::map<QString, std::map<QString, bool>> paths;
    bool operator==(const Permissions &) const = default;
};

} // namespace tidemark::pbs
