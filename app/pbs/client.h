#pragma once

#include "pbs/call.h"
#include "pbs/contents.h"
#include "pbs/endpoint.h"
#include "pbs/jobs.h"
#include "pbs/node.h"
#include "pbs/session.h"
#include "pbs/tasks.h"
#include "pbs/version.h"

#include <qcorotask.h>

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace tidemark::pbs {

template <class T>
using Reply = QCoro::Task<Result<T>>;

// A configuration and the digest that guards its change.
template <class T>
struct Config {
    T value;
    QString digest;
    bool operator==(const Config &) const = default;
};

struct TaskPage {
    std::vector<TaskItem> tasks;
    bool more = false; // the server's "total" tells no more than this
    bool operator==(const TaskPage &) const = default;
};

// What a verification looks at: a store, a namespace and those below, a group or a snapshot.
struct VerifyRequest {
    QString store;
    std::optional<QString> ns;
    std::optional<Group> group;
    std::optional<SnapshotKey> snapshot;
    std::optional<bool> ignoreVerified;
    std::optional<qint64> outdatedAfterDays;
    std::optional<qint64> maxDepth;
};

struct PruneRequest {
    QString store;
    std::optional<QString> ns;
    std::optional<qint64> maxDepth;
    KeepOptions keep;
    bool dryRun = true;
};

struct PruneJobChange {
    QString id;
    std::optional<QString> store;
    std::optional<QString> schedule;
    std::optional<bool> disabled;
    std::optional<QString> ns;
    std::optional<qint64> maxDepth;
    KeepOptions keep;
    std::optional<QString> comment;
    QStringList unset; // names of options to remove
    QString digest; // refuses the change when the configuration is another one now
};

// The calls of one server's API, typed. The methods begin in clientreads.cpp and clientacts.cpp. All of them
// may be under way at the same time; a call ends with its own stop token.
class Client : public std::enable_shared_from_this<Client>
{
public:
    Client(std::shared_ptr<Connections> connections, Endpoint endpoint, SessionLimits limits = {});

    [[nodiscard]] const Endpoint &endpoint() const { return m_session->endpoint(); }
    [[nodiscard]] const std::shared_ptr<Connections> &connections() const { return m_session->connections(); }

    [[nodiscard]] Reply<Pong> ping(std::stop_token stop); // without a credential
    [[nodiscard]] Reply<Version> version(std::stop_token stop);
    [[nodiscard]] Reply<Version> knownVersion(std::stop_token stop); // asked once
    [[nodiscard]] Reply<Permissions> permissions(QString path, std::stop_token stop); // empty: all paths

    [[nodiscard]] Reply<std::vector<DatastoreItem>> datastores(std::stop_token stop);
    [[nodiscard]] Reply<std::vector<UsageItem>> usage(std::stop_token stop);
    [[nodiscard]] Reply<DatastoreStatus> datastoreStatus(QString store, bool counts, std::stop_token stop);
    [[nodiscard]] Reply<std::vector<NamespaceItem>> namespaces(
        QString store, QString parent, std::optional<qint64> maxDepth, std::stop_token stop);
    [[nodiscard]] Reply<std::vector<GroupItem>> groups(QString store, QString ns, std::stop_token stop);
    // Of that namespace only; type and id may be empty. Read off the main thread.
    [[nodiscard]] Reply<std::vector<SnapshotItem>> snapshots(
        QString store, QString ns, QString type, QString id, std::stop_token stop);
    [[nodiscard]] Reply<std::vector<FileItem>> files(QString store, SnapshotKey key, std::stop_token stop);
    [[nodiscard]] Reply<QString> notes(QString store, SnapshotKey key, std::stop_token stop);
    [[nodiscard]] Reply<QString> groupNotes(QString store, Group group, std::stop_token stop);
    [[nodiscard]] Reply<bool> isProtected(QString store, SnapshotKey key, std::stop_token stop);

    [[nodiscard]] Reply<std::vector<PruneJob>> pruneJobs(QString store, std::stop_token stop);
    [[nodiscard]] Reply<std::vector<VerifyJob>> verifyJobs(QString store, std::stop_token stop);
    // Pull and push; the parameter that shows push jobs is only sent where it is known.
    [[nodiscard]] Reply<std::vector<SyncJob>> syncJobs(QString store, std::stop_token stop);
    [[nodiscard]] Reply<std::vector<GcJob>> gcJobs(QString store, std::stop_token stop); // since 3.2
    [[nodiscard]] Reply<GcJob> gc(QString store, std::stop_token stop);
    [[nodiscard]] Reply<Config<std::vector<PruneJob>>> pruneJobConfigs(std::stop_token stop);
    [[nodiscard]] Reply<Config<PruneJob>> pruneJobConfig(QString id, std::stop_token stop);
    [[nodiscard]] Reply<Config<std::vector<VerifyJob>>> verifyJobConfigs(std::stop_token stop);
    [[nodiscard]] Reply<Config<VerifyJob>> verifyJobConfig(QString id, std::stop_token stop);
    [[nodiscard]] Reply<Config<std::vector<SyncJob>>> syncJobConfigs(std::stop_token stop);
    [[nodiscard]] Reply<Config<SyncJob>> syncJobConfig(QString id, std::stop_token stop);

    [[nodiscard]] Reply<TaskPage> tasks(TaskFilter filter, std::stop_token stop);
    [[nodiscard]] Reply<TaskStatus> taskStatus(QString upid, std::stop_token stop);
    // From a line on (1 is the first); nothing: the server's 50 lines, 0: all.
    [[nodiscard]] Reply<LogPage> taskLog(QString upid, std::optional<qint64> start,
        std::optional<qint64> limit, bool tellActive, std::stop_token stop);

    [[nodiscard]] Reply<NodeStatus> nodeStatus(std::stop_token stop);
    [[nodiscard]] Reply<NodeTime> nodeTime(std::stop_token stop);
    [[nodiscard]] Reply<Subscription> subscription(std::stop_token stop);
    [[nodiscard]] Reply<std::vector<NodeCertificate>> certificates(std::stop_token stop);

    // One group at once. A dry run changes nothing and says what a real run would.
    [[nodiscard]] Reply<std::vector<PruneItem>> pruneGroup(
        QString store, Group group, KeepOptions keep, bool dryRun, std::stop_token stop);
    // Since 3.2: the task's UPID.
    [[nodiscard]] Reply<QString> pruneGroupAsTask(
        QString store, Group group, KeepOptions keep, std::stop_token stop);
    // The task's UPID, for a dry run too: what it would do is in the task's log.
    [[nodiscard]] Reply<QString> pruneDatastore(PruneRequest request, std::stop_token stop);
    [[nodiscard]] Reply<QString> verify(VerifyRequest request, std::stop_token stop);
    [[nodiscard]] Reply<QString> collectGarbage(QString store, std::stop_token stop);
    // Never for a job that runs: the server would hold the request back until the run has ended.
    [[nodiscard]] Reply<QString> runJob(JobKind kind, QString id, std::stop_token stop);
    [[nodiscard]] Reply<void> stopTask(QString upid, std::stop_token stop);

    [[nodiscard]] Reply<void> protect(QString store, SnapshotKey key, bool on, std::stop_token stop);
    [[nodiscard]] Reply<void> setNotes(QString store, SnapshotKey key, QString notes, std::stop_token stop);
    [[nodiscard]] Reply<void> setGroupNotes(QString store, Group group, QString notes, std::stop_token stop);
    [[nodiscard]] Reply<void> forgetSnapshot(QString store, SnapshotKey key, std::stop_token stop);
    // Protected snapshots stay: then "pbs.partly-deleted", and what is left has to be read anew.
    [[nodiscard]] Reply<std::optional<Removal>> forgetGroup(QString store, Group group, std::stop_token stop);

    [[nodiscard]] Reply<void> createPruneJob(PruneJobChange job, std::stop_token stop);
    [[nodiscard]] Reply<void> updatePruneJob(PruneJobChange job, std::stop_token stop);
    [[nodiscard]] Reply<void> deletePruneJob(QString id, QString digest, std::stop_token stop);

    // Any call of the API; the body of its answer when it succeeded.
    [[nodiscard]] Reply<QByteArray> raw(Call call, std::stop_token stop);

private:
    [[nodiscard]] Reply<void> act(Call call, std::stop_token stop);
    [[nodiscard]] Reply<QString> start(Call call, std::stop_token stop);

    std::shared_ptr<Session> m_session;
};

} // namespace tidemark::pbs
