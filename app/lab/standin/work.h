#pragma once

#include "retention/pbsprune.h"
#include "standin/site.h"

#include <memory>

namespace tidemark::standin {

// The plans of the background tasks: what each writes into its log and does to the datastore, step by step.

[[nodiscard]] KeepOptions keepOptions(const QJsonObject &properties);
// "--keep-last 3 --keep-daily 14"
[[nodiscard]] QString keepText(const QJsonObject &properties);
[[nodiscard]] std::vector<PruneVerdict> pruneVerdicts(
    const State &state, const Group &group, const KeepOptions &keep); // oldest first

struct PruneOrder {
    QString store;
    QString ns;
    std::optional<int> maxDepth;
    QJsonObject keep; // keep-… and, for the log, ns and max-depth
    bool dryRun = false;
    QString authId;
    bool ownOnly = false;
};
[[nodiscard]] TaskPlan pruneStorePlan(Site &site, const PruneOrder &order);
[[nodiscard]] TaskPlan pruneGroupPlan(Site &site, const PruneOrder &order, const QString &group);

struct VerifyOrder {
    QString store;
    QString ns;
    int maxDepth = 7;
    QString group; // empty: all
    std::optional<qint64> time;
    bool ignoreVerified = true;
    std::optional<qint64> outdatedAfter; // days
    QString authId;
    bool ownOnly = false;
};
[[nodiscard]] TaskPlan verifyPlan(Site &site, const VerifyOrder &order);

[[nodiscard]] TaskPlan collectPlan(Site &site, const QString &store, const QString &authId);

// Where a remote of that configuration leads.
enum class RemoteEnd { Self, Dead, Silent };
[[nodiscard]] RemoteEnd remoteEnd(const Site &site, const QJsonObject &remote);
[[nodiscard]] QString connectionError(const QJsonObject &remote);
// The properties are those of a sync job.
[[nodiscard]] TaskPlan pullPlan(Site &site, const QJsonObject &job, const QString &authId);
// A job of that kind ("prune", "verify", "sync") by its properties.
[[nodiscard]] TaskPlan jobPlan(
    Site &site, const QString &kind, const QJsonObject &job, const QString &authId);

// Namespaces at and below one, with their groups.
[[nodiscard]] QStringList namespacesBelow(
    const Datastore &store, const QString &ns, std::optional<int> maxDepth);

} // namespace tidemark::standin
