#pragma once

#include "values/bytes.h"
#include "values/instant.h"

#include <QMap>
#include <QString>

#include <optional>

namespace tidemark {

enum class RunState { Running, Ok, Warnings, Failed, Unknown };

// One execution of something that makes, moves, checks or removes backups, as its tool remembers it. A backup
// that left an artifact and no record of its own is a run too.
struct Run {
    QString source;
    QString id; // unique within the source
    QString kind; // as in schedules: full, diff, incr, basebackup, dump, snapshot, verify, prune, gc, sync …
    QString subject; // cluster, group or datastore it worked on
    QString cluster; // name in the fleet file, empty: not one cluster's
    Instant start;
    std::optional<Instant> end;
    RunState state = RunState::Unknown;
    QString said; // the tool's own words
    QString artifact; // id of what it made
    std::optional<Bytes> size;

    bool operator==(const Run &) const = default;
};

// A job the source runs by itself.
struct Job {
    QString source;
    QString id;
    QString kind; // verify, prune, gc, sync
    QString subject; // datastore and namespace
    QString schedule; // in the source's own words; empty: started by hand
    bool enabled = true;
    std::optional<Instant> nextRun;
    std::optional<Instant> lastRun;
    RunState lastState = RunState::Unknown;
    QString lastSaid;
    QMap<QString, int> keep; // of prune jobs

    bool operator==(const Job &) const = default;
};

} // namespace tidemark
