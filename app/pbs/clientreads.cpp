#include "pbs/ask.h"
#include "pbs/client.h"
#include "pbs/params.h"

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

const QString Audit = u"Datastore.Audit"_s;
const QString AuditOrOwn = u"Datastore.Audit|Datastore.Backup"_s;

QStringList below(const QString &store, const QString &last)
{
    return { u"admin"_s, u"datastore"_s, store, last };
}

QStringList onNode(const QString &last)
{
    return { u"nodes"_s, u"localhost"_s, last };
}

QStringList ofTask(const QString &upid, const QString &last)
{
    return { u"nodes"_s, u"localhost"_s, u"tasks"_s, upid, last };
}

Call read(QStringList path, const ParamList &params = {}, const QString &needs = {})
{
    return { .path = std::move(path), .params = params.params(), .needs = needs };
}

Call readSlowly(QStringList path, const ParamList &params, const QString &needs)
{
    Call call = read(std::move(path), params, needs);
    call.limit = LongLimit;
    return call;
}

// Without rights on the whole store the server says three zeros.
DatastoreStatus asTold(DatastoreStatus status)
{
    const Bytes none;
    if (status.total.value_or(none) == none && status.used.value_or(none) == none
        && status.available.value_or(none) == none)
        status.total = status.used = status.available = std::nullopt;
    return status;
}

// Servers before 3.0 say -1 where later ones say nothing.
UsageItem asTold(UsageItem item)
{
    for (auto *amount : { &item.total, &item.used, &item.available })
        if (*amount && **amount < Bytes {})
            amount->reset();
    return item;
}

// An empty group is listed with the year 1970 as its last backup.
void dropEpoch(std::vector<GroupItem> &groups)
{
    for (GroupItem &group : groups)
        if (group.lastBackup == Instant {})
            group.lastBackup.reset();
}

template <class T>
QCoro::Task<Result<Config<T>>> askConfig(std::shared_ptr<Session> session, Call call, std::stop_token stop)
{
    auto whole = co_await askWhole<T>(session, call, stop);
    if (!whole)
        co_return tl::unexpected(whole.error());
    co_return Config<T> { std::move(whole->data), whole->digest.value_or(QString()) };
}

} // namespace

Client::Client(std::shared_ptr<Connections> connections, Endpoint endpoint, SessionLimits limits)
    : m_session(std::make_shared<Session>(std::move(connections), std::move(endpoint), limits))
{
}

Reply<Pong> Client::ping(std::stop_token stop)
{
    Call call = read({ u"ping"_s });
    call.anonymous = true;
    return ask<Pong>(m_session, call, stop);
}

Reply<Version> Client::version(std::stop_token stop)
{
    return ask<Version>(m_session, read({ u"version"_s }), stop);
}

Reply<Version> Client::knownVersion(std::stop_token stop)
{
    return m_session->ready(stop);
}

Reply<Permissions> Client::permissions(QString path, std::stop_token stop)
{
    const Call call = read({ u"access"_s, u"permissions"_s }, ParamList().textIfAny(u"path"_s, path));
    const auto session = m_session;
    auto paths = co_await ask<std::map<QString, std::map<QString, bool>>>(session, call, stop);
    if (!paths)
        co_return tl::unexpected(paths.error());
    co_return Permissions { *std::move(paths) };
}

Reply<std::vector<DatastoreItem>> Client::datastores(std::stop_token stop)
{
    return ask<std::vector<DatastoreItem>>(m_session, read({ u"admin"_s, u"datastore"_s }), stop);
}

Reply<std::vector<UsageItem>> Client::usage(std::stop_token stop)
{
    const Call call = readSlowly({ u"status"_s, u"datastore-usage"_s }, {}, {});
    const auto session = m_session;
    auto items = co_await ask<std::vector<UsageItem>>(session, call, stop);
    if (!items)
        co_return items;
    for (UsageItem &item : *items)
        item = asTold(std::move(item));
    co_return items;
}

Reply<DatastoreStatus> Client::datastoreStatus(QString store, bool counts, std::stop_token stop)
{
    ParamList params;
    if (counts)
        params.flag(u"verbose"_s, true);
    const Call call = readSlowly(below(store, u"status"_s), params, rightOn(AuditOrOwn, store));
    const auto session = m_session;
    auto status = co_await ask<DatastoreStatus>(session, call, stop);
    if (!status)
        co_return status;
    co_return asTold(*std::move(status));
}

Reply<std::vector<NamespaceItem>> Client::namespaces(
    QString store, QString parent, std::optional<qint64> maxDepth, std::stop_token stop)
{
    const auto params = ParamList().textIfAny(u"parent"_s, parent).set(u"max-depth"_s, maxDepth);
    const Call call = read(below(store, u"namespace"_s), params, rightOn(AuditOrOwn, store, parent));
    return ask<std::vector<NamespaceItem>>(m_session, call, stop);
}

Reply<std::vector<GroupItem>> Client::groups(QString store, QString ns, std::stop_token stop)
{
    const auto params = ParamList().textIfAny(u"ns"_s, ns);
    const Call call = readSlowly(below(store, u"groups"_s), params, rightOn(AuditOrOwn, store, ns));
    const auto session = m_session;
    auto groups = co_await ask<std::vector<GroupItem>>(session, call, stop);
    if (groups)
        dropEpoch(*groups);
    co_return groups;
}

Reply<std::vector<SnapshotItem>> Client::snapshots(
    QString store, QString ns, QString type, QString id, std::stop_token stop)
{
    const auto params
        = ParamList().textIfAny(u"ns"_s, ns).textIfAny(u"backup-type"_s, type).textIfAny(u"backup-id"_s, id);
    const Call call = readSlowly(below(store, u"snapshots"_s), params, rightOn(AuditOrOwn, store, ns));
    return ask<std::vector<SnapshotItem>>(m_session, call, stop);
}

Reply<std::vector<FileItem>> Client::files(QString store, SnapshotKey key, std::stop_token stop)
{
    const Call call = read(below(store, u"files"_s), ParamList().snapshot(key),
        rightOn(u"Datastore.Audit|Datastore.Read|Datastore.Backup"_s, store, key.group.ns));
    return ask<std::vector<FileItem>>(m_session, call, stop);
}

Reply<QString> Client::notes(QString store, SnapshotKey key, std::stop_token stop)
{
    const Call call
        = read(below(store, u"notes"_s), ParamList().snapshot(key), rightOn(AuditOrOwn, store, key.group.ns));
    return ask<QString>(m_session, call, stop);
}

Reply<QString> Client::groupNotes(QString store, Group group, std::stop_token stop)
{
    const Call call = read(
        below(store, u"group-notes"_s), ParamList().group(group), rightOn(AuditOrOwn, store, group.ns));
    return ask<QString>(m_session, call, stop);
}

Reply<bool> Client::isProtected(QString store, SnapshotKey key, std::stop_token stop)
{
    const Call call = read(
        below(store, u"protected"_s), ParamList().snapshot(key), rightOn(AuditOrOwn, store, key.group.ns));
    return ask<bool>(m_session, call, stop);
}

Reply<std::vector<PruneJob>> Client::pruneJobs(QString store, std::stop_token stop)
{
    const Call call = read({ u"admin"_s, u"prune"_s }, ParamList().textIfAny(u"store"_s, store));
    return ask<std::vector<PruneJob>>(m_session, call, stop);
}

Reply<std::vector<VerifyJob>> Client::verifyJobs(QString store, std::stop_token stop)
{
    const Call call = read({ u"admin"_s, u"verify"_s }, ParamList().textIfAny(u"store"_s, store));
    return ask<std::vector<VerifyJob>>(m_session, call, stop);
}

Reply<std::vector<SyncJob>> Client::syncJobs(QString store, std::stop_token stop)
{
    const auto session = m_session;
    auto version = co_await session->ready(stop);
    if (!version)
        co_return tl::unexpected(version.error());
    auto params = ParamList().textIfAny(u"store"_s, store);
    if (version->hasSyncDirection())
        params.text(u"sync-direction"_s, u"all"_s);
    const Call call = read({ u"admin"_s, u"sync"_s }, params);
    auto jobs = co_await ask<std::vector<SyncJob>>(session, call, stop);
    co_return jobs;
}

Reply<std::vector<GcJob>> Client::gcJobs(QString store, std::stop_token stop)
{
    QStringList path { u"admin"_s, u"gc"_s };
    if (!store.isEmpty())
        path << store;
    return ask<std::vector<GcJob>>(m_session, read(path), stop);
}

Reply<GcJob> Client::gc(QString store, std::stop_token stop)
{
    return ask<GcJob>(m_session, read(below(store, u"gc"_s), {}, rightOn(Audit, store)), stop);
}

Reply<Config<std::vector<PruneJob>>> Client::pruneJobConfigs(std::stop_token stop)
{
    return askConfig<std::vector<PruneJob>>(m_session, read({ u"config"_s, u"prune"_s }), stop);
}

Reply<Config<PruneJob>> Client::pruneJobConfig(QString id, std::stop_token stop)
{
    return askConfig<PruneJob>(m_session, read({ u"config"_s, u"prune"_s, id }), stop);
}

Reply<Config<std::vector<VerifyJob>>> Client::verifyJobConfigs(std::stop_token stop)
{
    return askConfig<std::vector<VerifyJob>>(m_session, read({ u"config"_s, u"verify"_s }), stop);
}

Reply<Config<VerifyJob>> Client::verifyJobConfig(QString id, std::stop_token stop)
{
    return askConfig<VerifyJob>(m_session, read({ u"config"_s, u"verify"_s, id }), stop);
}

Reply<Config<std::vector<SyncJob>>> Client::syncJobConfigs(std::stop_token stop)
{
    const auto session = m_session;
    auto version = co_await session->ready(stop);
    if (!version)
        co_return tl::unexpected(version.error());
    ParamList params;
    if (version->hasSyncDirection())
        params.text(u"sync-direction"_s, u"all"_s);
    const Call call = read({ u"config"_s, u"sync"_s }, params);
    auto jobs = co_await askConfig<std::vector<SyncJob>>(session, call, stop);
    co_return jobs;
}

Reply<Config<SyncJob>> Client::syncJobConfig(QString id, std::stop_token stop)
{
    return askConfig<SyncJob>(m_session, read({ u"config"_s, u"sync"_s, id }), stop);
}

Reply<TaskPage> Client::tasks(TaskFilter filter, std::stop_token stop)
{
    auto params = ParamList()
                      .set(u"start"_s, filter.start)
                      .set(u"limit"_s, filter.limit)
                      .set(u"running"_s, filter.running)
                      .set(u"errors"_s, filter.errors)
                      .set(u"since"_s, filter.since)
                      .set(u"until"_s, filter.until)
                      .textIfAny(u"typefilter"_s, filter.type)
                      .textIfAny(u"userfilter"_s, filter.user)
                      .textIfAny(u"store"_s, filter.store);
    for (const QString &state : filter.endStates)
        params.text(u"statusfilter"_s, state);
    const Call call = read(onNode(u"tasks"_s), params);
    const auto session = m_session;
    auto whole = co_await askWhole<std::vector<TaskItem>>(session, call, stop);
    if (!whole)
        co_return tl::unexpected(whole.error());
    const qint64 told = filter.start.value_or(0) + static_cast<qint64>(whole->data.size());
    const bool more = whole->total.value_or(0) > told;
    co_return TaskPage { std::move(whole->data), more };
}

Reply<TaskStatus> Client::taskStatus(QString upid, std::stop_token stop)
{
    const Call call = read(ofTask(upid, u"status"_s), {}, u"Sys.Audit on /system/tasks"_s);
    return ask<TaskStatus>(m_session, call, stop);
}

Reply<LogPage> Client::taskLog(QString upid, std::optional<qint64> start, std::optional<qint64> limit,
    bool tellActive, std::stop_token stop)
{
    auto params = ParamList().set(u"start"_s, start).set(u"limit"_s, limit);
    if (tellActive)
        params.flag(u"test-status"_s, true);
    const Call call = read(ofTask(upid, u"log"_s), params, u"Sys.Audit on /system/tasks"_s);
    const auto session = m_session;
    auto whole = co_await askWhole<std::vector<LogLine>>(session, call, stop);
    if (!whole)
        co_return tl::unexpected(whole.error());
    co_return LogPage { std::move(whole->data), whole->total, whole->active };
}

Reply<NodeStatus> Client::nodeStatus(std::stop_token stop)
{
    const Call call = read(onNode(u"status"_s), {}, u"Sys.Audit on /system/status"_s);
    return ask<NodeStatus>(m_session, call, stop);
}

Reply<NodeTime> Client::nodeTime(std::stop_token stop)
{
    return ask<NodeTime>(m_session, read(onNode(u"time"_s)), stop);
}

Reply<Subscription> Client::subscription(std::stop_token stop)
{
    return ask<Subscription>(m_session, read(onNode(u"subscription"_s)), stop);
}

Reply<std::vector<NodeCertificate>> Client::certificates(std::stop_token stop)
{
    const QStringList path { u"nodes"_s, u"localhost"_s, u"certificates"_s, u"info"_s };
    const Call call = read(path, {}, u"Sys.Modify on /system/certificates"_s);
    return ask<std::vector<NodeCertificate>>(m_session, call, stop);
}

Reply<QByteArray> Client::raw(Call call, std::stop_token stop)
{
    const auto session = m_session;
    auto answer = co_await session->perform(call, stop);
    if (!answer)
        co_return tl::unexpected(answer.error());
    if (const auto fault = faultOf(*answer, call.needs))
        co_return tl::unexpected(*fault);
    co_return answer->body;
}

} // namespace tidemark::pbs
