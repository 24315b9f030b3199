#pragma once

#include "backup/artifact.h"
#include "insight/restorepath.h"

namespace tidemark {

// Where a snapshot lies on a backup server.
struct SnapshotPlace {
    QString server; // its URL
    QString datastore;
    QString nameSpace; // empty: the root
    QString group; // "vm/2001"
    QString time; // as the server names the snapshot

    bool operator==(const SnapshotPlace &) const = default;
};

// What a person types to get an instant back, in words of the tools that keep the backups. Nothing here is
// run by Tidemark; words in capitals are placeholders for what only the person knows.
struct Recipe {
    // What the commands write to.
    enum class Into { DataDirectory, Server, Guest, Folder };
    enum class Note {
        Unpack, // the base backup is packed: unpack it into the data directory
        CopyBase, // copy it there
        Combine, // increments are put together by pg_combinebackup of the server's version
        PackedWal, // an archive that is packed needs the unpacking in restore_command
        AllWal, // no target: recovery goes to the end of what is archived
        MayStopShort, // without a transaction behind the target recovery ends with an error
        Signal, // an empty recovery.signal in the data directory starts recovery
        Globals, // roles first
        ByHand, // what keeps it is not known to Tidemark
        RolesMayBeThere, // globals: of roles that are there already errors are told
        StorageName, // how Proxmox VE names the datastore
        NewGuest, // another id, and apart from the network
        ArchiveName, // which of a snapshot's archives
        ClientSecret, // how the client gets password and fingerprint
        Key, // it is encrypted
        // What a person looks at afterwards.
        CrashRecovery,
        SameTimeline, // the copy is on the old server's timeline
        Resume, // recovery waits at its target
        NewTimeline, // recovery ends on a timeline of its own
        Compare, // databases, roles, newest rows
        Statistics // a dump has none
    };
    Into into = Into::DataDirectory;
    std::optional<SnapshotPlace> snapshot;
    QStringList commands; // for a shell on the machine to restore to
    QStringList settings; // lines of postgresql.auto.conf; empty: the tool writes them, or none are needed
    std::vector<Note> notes;
    QStringList looks; // commands that look at what came back
    std::vector<Note> checks; // what to look for there

    bool operator==(const Recipe &) const = default;
};

// `chain` are the path's artifacts in its order; `from` keeps them, `walFrom` the WAL (null: nothing is).
[[nodiscard]] Recipe recipeFor(const RestorePath &path, const std::vector<Artifact> &chain,
    const Source &from, const WalArchive *walFrom, const Source *walSource);

// The same, with the sources found by their names. `chain` may be empty: the facts are not read yet.
[[nodiscard]] Recipe recipeFor(const RestorePath &path, const std::vector<Artifact> &chain,
    const std::vector<Source> &sources, const std::vector<WalArchive> &archives);

// "2026-11-18 16:20:00.000000+00": with a numeric offset, so that no server reads it in a zone of its own.
[[nodiscard]] QString targetTime(Instant instant);

} // namespace tidemark
