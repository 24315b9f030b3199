#pragma once

#include "values/instant.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace tidemark::pbs {

// Kinds of job that have a configuration and a run call of their own.
enum class JobKind { Prune, Verify, Sync };

// How a job stands. Running: lastUpid without lastState. Never ran: neither.
struct JobState {
    std::optional<Instant> nextRun; // nothing: disabled or unscheduled
    std::optional<QString> lastUpid;
    std::optional<QString> lastState; // OK, "WARNINGS: n", unknown or the error's text
    std::optional<Instant> lastEnd;

    [[nodiscard]] bool running() const { return lastUpid && !lastState; }
    bool operator==(const JobState &) const = default;
};

struct KeepOptions {
    std::optional<qint64> last;
    std::optional<qint64> hourly;
    std::optional<qint64> daily;
    std::optional<qint64> weekly;
    std::optional<qint64> monthly;
    std::optional<qint64> yearly;
    // Without any option the server keeps everything.
    [[nodiscard]] bool keepsEverything() const { return *this == KeepOptions {}; }
    bool operator==(const KeepOptions &) const = default;
};

struct PruneJob {
    QString id;
    QString store;
    std::optional<QString> schedule;
    bool disabled = false;
    std::optional<QString> ns;
    std::optional<qint64> maxDepth; // nothing: full
    KeepOptions keep;
    std::optional<QString> comment;
    JobState state;
    bool operator==(const PruneJob &) const = default;
};

struct VerifyJob {
    QString id;
    QString store;
    std::optional<QString> schedule;
    std::optional<QString> ns;
    std::optional<qint64> maxDepth;
    bool ignoreVerified = true;
    std::optional<qint64> outdatedAfterDays;
    std::optional<QString> comment;
    JobState state;
    bool operator==(const VerifyJob &) const = default;
};

struct SyncJob {
    QString id;
    QString store; // pull: the local target; push: the local source
    std::optional<QString> direction; // nothing: pull
    std::optional<QString> ns;
    std::optional<QString> remote; // nothing: this server
    std::optional<QString> remoteStore;
    std::optional<QString> remoteNs;
    std::optional<QString> owner;
    std::optional<bool> removeVanished;
    std::optional<qint64> maxDepth;
    QStringList groupFilter;
    std::optional<qint64> transferLast;
    std::optional<QString> schedule;
    std::optional<QString> comment;
    std::optional<QString> rateIn;
    std::optional<QString> rateOut;
    JobState state;
    bool operator==(const SyncJob &) const = default;
};

} // namespace tidemark::pbs
