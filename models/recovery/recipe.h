#pragma once

#include "backup/artifact.h"
#include "insight/restorepath.h"

namespace tidemark {

// What a person types to get an instant back, in words of the tools that keep the backups. Nothing here is
// run by Tidemark; data directory and database are placeholders that a shell refuses as they are.
struct Recipe {
    enum class Note {
        Unpack, // the base backup is packed: unpack it into the data directory
        CopyBase, // copy it there
        Combine, // increments are put together by pg_combinebackup of the server's version
        PackedWal, // an archive that is packed needs the unpacking in restore_command
        AllWal, // no target: recovery goes to the end of what is archived
        MayStopShort, // without a transaction behind the target recovery ends with an error
        Signal, // an empty recovery.signal in the data directory starts recovery
        Globals, // roles first
        ByHand // what keeps it is not known to Tidemark
    };
    QStringList commands; // for a shell on the machine to restore to
    QStringList settings; // lines of postgresql.auto.conf; empty: the tool writes them, or none are needed
    std::vector<Note> notes;

    bool operator==(const Recipe &) const = default;
};

// `chain` are the path's artifacts in its order; `from` keeps them, `walFrom` the WAL (null: nothing is).
[[nodiscard]] Recipe recipeFor(const RestorePath &path, const std::vector<Artifact> &chain,
    const Source &from, const WalArchive *walFrom, const Source *walSource);

// "2026-11-18 16:20:00.000000+00": with a numeric offset, so that no server reads it in a zone of its own.
[[nodiscard]] QString targetTime(Instant instant);

} // namespace tidemark
