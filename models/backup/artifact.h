#pragma once

#include "values/bytes.h"
#include "values/instant.h"
#include "wal/lsn.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace tidemark {

enum class ArtifactKind {
    BaseBackup, // physical, becomes any instant together with WAL
    Dump, // logical, one database
    Globals, // roles and tablespaces, beside dumps
    VmSnapshot // a machine's disks
};

enum class Method { Full, Differential, Incremental };

enum class ArtifactState {
    Complete, // whole, as far as its own tool or its own bytes tell
    Running,
    Failed, // its tool says so
    Unfinished, // begun and left
    Damaged // its own bytes contradict it: truncated, a file is missing, a sum does not hold
};

// What somebody did to be surer of an artifact than its name.
enum class CheckKind {
    Structure, // header, label, manifest or table of contents read and consistent
    Contents, // every byte against a checksum
    Pages, // PostgreSQL's page checksums, while it was taken
    Restored // a session restored it and looked
};

struct Check {
    CheckKind kind = CheckKind::Structure;
    bool passed = false;
    std::optional<Instant> at;
    QString said; // "verify ok", "3 pages in base/5/16385"

    bool operator==(const Check &) const = default;
};

// How far a snapshot agrees with the database inside it.
enum class Quiesced { Unknown, CrashConsistent, GuestFrozen };

// One thing that can be restored. Ids are unique within its source and stay the same from scan to scan.
struct Artifact {
    QString source; // name in the fleet file
    QString id;
    QString stamp; // changes when the artifact did; compared, never read
    QString cluster; // name in the fleet file, empty: not known
    std::optional<SystemId> systemId;
    ArtifactKind kind = ArtifactKind::BaseBackup;
    Method method = Method::Full;
    ArtifactState state = ArtifactState::Complete;
    QString why; // of a state that is not Complete, in the tool's own words or ours
    std::optional<Instant> start;
    std::optional<Instant> stop; // a snapshot's is the start of its image
    std::optional<Lsn> startLsn;
    std::optional<Lsn> stopLsn;
    std::optional<TimelineId> timeline;
    std::optional<Bytes> size; // what it restores to
    std::optional<Bytes> stored; // what it takes in the store by itself
    QString parent; // id of the artifact it cannot be restored without
    QStringList needs; // ids of all those, when the tool names more than the parent
    QString part; // repository, namespace or folder within the source
    QString database; // dumps: whose
    QString withGlobals; // dumps: id of the globals of the same run
    QString format; // "plain", "tar", "custom", "directory"
    QString compression; // "gzip", "zstd" …, empty: none
    bool encrypted = false;
    bool hasManifest = true; // of base backups: what has none is claimed and cannot be verified
    bool carriesWal = false; // its own WAL is inside, so that it can be restored without an archive
    std::optional<qint64> objects; // dumps: entries of the table of contents
    QStringList tablespaces; // paths, as they were on the server
    int serverVersion = 0; // 150020; 0: not told
    QString toolVersion;
    Quiesced quiesced = Quiesced::Unknown;
    std::vector<Check> checks; // the newest of each kind
    QStringList holds; // "protected", "keep: standalone"
    QMap<QString, QString> notes; // annotations, comment, owner
    QString location; // path, or what a person types to name it

    bool operator==(const Artifact &) const = default;
};

} // namespace tidemark
