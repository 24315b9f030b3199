#pragma once

#include "backup/artifact.h"
#include "backup/run.h"
#include "values/error.h"
#include "wal/walarchive.h"

#include <QHash>

namespace tidemark {

// Space of one store: a file system, a datastore, a repository.
struct StoreUsage {
    QString source;
    QString part;
    std::optional<Bytes> total;
    std::optional<Bytes> used;
    std::optional<Bytes> available;
    std::optional<Instant> estimatedFull; // by the store's own reckoning
    Instant at;

    bool operator==(const StoreUsage &) const = default;
};

// Something the source could not tell, or tells of itself: a stanza in error, a folder that may not be read.
// The rest of the scan holds nevertheless.
struct SourceTrouble {
    QString source;
    QString part;
    QString cluster;
    Error error; // codes "source.…", "pgbackrest.…" …

    bool operator==(const SourceTrouble &) const = default;
};

// What the catalogue remembers of a source, so that a scan reads only what changed.
struct Known {
    QHash<QString, QString> stamps; // artifact id -> stamp
    std::vector<WalArchive> archives;
    std::optional<Instant> newestRun; // runs before it are known
    QString cursor; // the adapter's own words

    bool operator==(const Known &) const = default;
};

// One look at a source. Lists that say "whole" replace what was known; artifacts and runs add to it.
struct Scan {
    QString source;
    Instant at;
    bool whole = true; // false: part of the source could not be listed, nothing is taken for gone
    std::vector<Artifact> artifacts; // new ones and those whose stamp differs
    QStringList gone; // ids that were known and are no longer there; none of a part that could not be listed
    std::vector<WalArchive> archives; // whole
    std::vector<Run> runs; // new or changed
    std::vector<Job> jobs; // whole
    std::vector<StoreUsage> usage; // whole
    std::vector<SourceTrouble> troubles; // whole
    QString cursor;

    bool operator==(const Scan &) const = default;
};

} // namespace tidemark
