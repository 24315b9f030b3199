#include "pbs/ask.h"
#include "pbs/client.h"
#include "pbs/params.h"

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

const QString ModifyOrOwnBackup = u"Datastore.Modify|Datastore.Backup"_s;
const QString ModifyOrOwnPrune = u"Datastore.Modify|Datastore.Prune"_s;

QStringList below(const QString &store, const QString &last)
{
    return { u"admin"_s, u"datastore"_s, store, last };
}

QString nameOf(JobKind kind)
{
    switch (kind) {
    case JobKind::Prune:
        return u"prune"_s;
    case JobKind::Verify:
        return u"verify"_s;
    case JobKind::Sync:
        return u"sync"_s;
    }
    Q_UNREACHABLE();
}

// Acts are answered when they are done: the limit is a long one.
Call change(Method method, QStringList path, const ParamList &params, const QString &needs)
{
    return { .method = method,
        .path = std::move(path),
        .params = params.params(),
        .needs = needs,
        .limit = LongLimit };
}

Call pruneCall(const QString &store, const Group &group, const KeepOptions &keep, const ParamList &more)
{
    auto params = ParamList().group(group);
    for (const auto &[name, value] : more.params())
        params.text(name, value);
    params.keep(keep);
    return change(Method::Post, below(store, u"prune"_s), params, rightOn(ModifyOrOwnPrune, store, group.ns));
}

ParamList target(const VerifyRequest &request)
{
    if (request.snapshot)
        return ParamList().snapshot(*request.snapshot);
    if (request.group)
        return ParamList().group(*request.group);
    return ParamList().set(u"ns"_s, request.ns);
}

ParamList options(const PruneJobChange &job)
{
    auto params = ParamList()
                      .set(u"store"_s, job.store)
                      .set(u"schedule"_s, job.schedule)
                      .set(u"disable"_s, job.disabled)
                      .set(u"ns"_s, job.ns)
                      .set(u"max-depth"_s, job.maxDepth)
                      .keep(job.keep)
                      .set(u"comment"_s, job.comment);
    for (const QString &name : job.unset)
        params.text(u"delete"_s, name);
    return params.textIfAny(u"digest"_s, job.digest);
}

QString jobRight(const PruneJobChange &job)
{
    return job.store ? rightOn(u"Datastore.Modify"_s, *job.store) : QString();
}

} // namespace

Reply<void> Client::act(Call call, std::stop_token stop)
{
    const auto session = m_session;
    auto done = co_await ask<std::optional<Nothing>>(session, call, stop);
    if (!done)
        co_return tl::unexpected(done.error());
    co_return {};
}

Reply<QString> Client::start(Call call, std::stop_token stop)
{
    return ask<QString>(m_session, std::move(call), stop);
}

Reply<std::vector<PruneItem>> Client::pruneGroup(
    QString store, Group group, KeepOptions keep, bool dryRun, std::stop_token stop)
{
    ParamList how;
    if (dryRun)
        how.flag(u"dry-run"_s, true);
    const Call call = pruneCall(store, group, keep, how);
    return ask<std::vector<PruneItem>>(m_session, call, stop);
}

Reply<QString> Client::pruneGroupAsTask(QString store, Group group, KeepOptions keep, std::stop_token stop)
{
    return start(pruneCall(store, group, keep, ParamList().flag(u"use-task"_s, true)), stop);
}

Reply<QString> Client::pruneDatastore(PruneRequest request, std::stop_token stop)
{
    auto params = ParamList().set(u"ns"_s, request.ns).set(u"max-depth"_s, request.maxDepth);
    if (request.dryRun)
        params.flag(u"dry-run"_s, true);
    params.keep(request.keep);
    const QString right = rightOn(ModifyOrOwnPrune, request.store, request.ns.value_or(QString()));
    return start(change(Method::Post, below(request.store, u"prune-datastore"_s), params, right), stop);
}

Reply<QString> Client::verify(VerifyRequest request, std::stop_token stop)
{
    const auto params = target(request)
                            .set(u"ignore-verified"_s, request.ignoreVerified)
                            .set(u"outdated-after"_s, request.outdatedAfterDays)
                            .set(u"max-depth"_s, request.maxDepth);
    const QString right = rightOn(u"Datastore.Verify|Datastore.Backup"_s, request.store);
    return start(change(Method::Post, below(request.store, u"verify"_s), params, right), stop);
}

Reply<QString> Client::collectGarbage(QString store, std::stop_token stop)
{
    return start(
        change(Method::Post, below(store, u"gc"_s), {}, rightOn(u"Datastore.Modify"_s, store)), stop);
}

Reply<QString> Client::runJob(JobKind kind, QString id, std::stop_token stop)
{
    return start(change(Method::Post, { u"admin"_s, nameOf(kind), id, u"run"_s }, {}, {}), stop);
}

Reply<void> Client::stopTask(QString upid, std::stop_token stop)
{
    const QStringList path { u"nodes"_s, u"localhost"_s, u"tasks"_s, upid };
    return act(change(Method::Delete, path, {}, u"Sys.Modify on /system/tasks"_s), stop);
}

Reply<void> Client::protect(QString store, SnapshotKey key, bool on, std::stop_token stop)
{
    const auto params = ParamList().snapshot(key).flag(u"protected"_s, on);
    return act(change(Method::Put, below(store, u"protected"_s), params,
                   rightOn(ModifyOrOwnBackup, store, key.group.ns)),
        stop);
}

Reply<void> Client::setNotes(QString store, SnapshotKey key, QString notes, std::stop_token stop)
{
    const auto params = ParamList().snapshot(key).text(u"notes"_s, notes);
    return act(change(Method::Put, below(store, u"notes"_s), params,
                   rightOn(ModifyOrOwnBackup, store, key.group.ns)),
        stop);
}

Reply<void> Client::setGroupNotes(QString store, Group group, QString notes, std::stop_token stop)
{
    const auto params = ParamList().group(group).text(u"notes"_s, notes);
    return act(change(Method::Put, below(store, u"group-notes"_s), params,
                   rightOn(ModifyOrOwnBackup, store, group.ns)),
        stop);
}

Reply<void> Client::forgetSnapshot(QString store, SnapshotKey key, std::stop_token stop)
{
    return act(change(Method::Delete, below(store, u"snapshots"_s), ParamList().snapshot(key),
                   rightOn(ModifyOrOwnPrune, store, key.group.ns)),
        stop);
}

Reply<std::optional<Removal>> Client::forgetGroup(QString store, Group group, std::stop_token stop)
{
    const Call call = change(Method::Delete, below(store, u"groups"_s), ParamList().group(group),
        rightOn(ModifyOrOwnPrune, store, group.ns));
    return ask<std::optional<Removal>>(m_session, call, stop);
}

Reply<void> Client::createPruneJob(PruneJobChange job, std::stop_token stop)
{
    auto params = ParamList().text(u"id"_s, job.id);
    const auto rest = options(job); // outlives the loop
    for (const auto &[name, value] : rest.params())
        params.text(name, value);
    return act(change(Method::Post, { u"config"_s, u"prune"_s }, params, jobRight(job)), stop);
}

Reply<void> Client::updatePruneJob(PruneJobChange job, std::stop_token stop)
{
    const Call call = change(Method::Put, { u"config"_s, u"prune"_s, job.id }, options(job), jobRight(job));
    return act(call, stop);
}

Reply<void> Client::deletePruneJob(QString id, QString digest, std::stop_token stop)
{
    const auto params = ParamList().textIfAny(u"digest"_s, digest);
    return act(change(Method::Delete, { u"config"_s, u"prune"_s, id }, params, {}), stop);
}

} // namespace tidemark::pbs
