#pragma once

#include "values/instant.h"
#include "wal/lsn.h"
#include "wal/relationnames.h"

#include <vector>

namespace tidemark {

// One commit, as a place to stop at.
struct WalCommit {
    Lsn lsn; // where its record begins
    std::uint32_t xid = 0;
    Instant at; // as recovery compares it with a target; need not grow with the LSN

    bool operator==(const WalCommit &) const = default;
};

// Rows of one relation that a transaction changed. Rows moved to another partition are not counted.
struct RelationRows {
    RelationFile file;
    std::optional<RelationName> name; // nothing: only the file's number is known
    std::uint64_t inserted = 0;
    std::uint64_t updated = 0;
    std::uint64_t deleted = 0;
    std::optional<std::uint64_t> of; // rows there were, as far as known

    bool operator==(const RelationRows &) const = default;
};

// What a transaction did to something, or would have done.
enum class WalEffectKind {
    DeletedRows,
    UpdatedRows,
    Truncated,
    Dropped,
    DroppedColumn,
    DroppedDatabase,
    Rewritten, // another file with the same rows: VACUUM FULL, REINDEX, ALTER TYPE, SET TABLESPACE, REFRESH
    MovedDatabase,
    Created,
    Renamed,
    Altered,
    CreatedDatabase,
    ChangedTablespaces
};

enum class WalClass {
    Harmless,
    Change, // of definitions, nothing is lost
    Rewrite, // files are dropped, nothing is lost
    Destructive, // what somebody may want back
    Pending, // prepared, takes effect with its COMMIT PREPARED
    RolledBack // never took effect
};

struct WalEffect {
    WalEffectKind kind = WalEffectKind::Altered;
    RelationFile file; // of a relation before the transaction; its database alone for the others
    std::optional<RelationName> relation; // as it was called before
    std::uint64_t rows = 0; // deleted or updated
    std::optional<std::uint64_t> of; // rows there were
    QString database; // its name, as far as known

    bool operator==(const WalEffect &) const = default;
};

// A transaction that has ended or was prepared, whole with its subtransactions.
struct WalTransaction {
    TimelineId timeline;
    Lsn first; // its first record
    bool beginSeen = false; // false: it may have begun before reading did
    bool whole = true; // false: its end record is too long to be told whole
    Lsn lsn; // of the record that ends it: to stop just before it, recover to here, exclusive
    Lsn next; // behind that record
    Instant at;
    std::uint32_t xid = 0;
    QString gid; // of a prepared one
    bool twoPhase = false;
    std::uint32_t database = 0; // 0: not known
    QString databaseName;
    std::uint32_t subxacts = 0;
    WalClass kind = WalClass::Harmless;
    std::vector<WalEffect> effects; // worst first
    std::vector<RelationRows> rows; // catalogues left out
    std::vector<RelationFile> droppedFiles; // of a rolled back one: those it had made
    std::uint64_t commitsBefore = 0; // on its timeline and those before, since reading began
    std::optional<WalCommit> previous; // last one that stays when recovery stops just before it

    bool operator==(const WalTransaction &) const = default;
};

// Limits a server has been started with; a standby or a recovery needs at least these.
struct ServerLimits {
    int maxConnections = 0;
    int maxWorkerProcesses = 0;
    int maxWalSenders = 0;
    int maxPreparedTransactions = 0;
    int maxLocksPerTransaction = 0;
    QString walLevel;

    bool operator==(const ServerLimits &) const = default;
};

// Something of the cluster as a whole.
struct WalMark {
    enum class Kind {
        Checkpoint,
        Shutdown, // the checkpoint of one
        RestorePoint,
        ParameterChange,
        TimelineSwitch,
        EndOfRecovery,
        RecordLost, // begun before a crash, never ended
        BackupEnd,
        FullPageWrites
    };
    Kind kind = Kind::Checkpoint;
    TimelineId timeline;
    Lsn lsn;
    std::optional<Instant> at;
    QString name; // of a restore point; "on" or "off" of full page writes
    Lsn about; // redo of a checkpoint, start of a backup, where the lost record began
    TimelineId from; // of a switch
    ServerLimits limits; // of a parameter change

    bool operator==(const WalMark &) const = default;
};

// Any commit or rollback, in short.
struct WalEndTold {
    WalCommit end;
    bool committed = true;
    TimelineId timeline;
    Lsn previousRecord; // begins here
    std::uint64_t inserted = 0; // rows of users' relations
    std::uint64_t updated = 0;
    std::uint64_t deleted = 0;
    bool beginSeen = false; // false: it may have begun before reading did
};

// Is told what is in the WAL, in its order.
class WalListener
{
public:
    virtual ~WalListener() = default;
    virtual void ended(const WalEndTold &) { }
    virtual void transaction(const WalTransaction &) { }
    virtual void mark(const WalMark &) { }
};

} // namespace tidemark
