#include "standin/routes/common.h"
#include "standin/routes/routes.h"
#include "standin/work.h"

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

QJsonObject givenKeep(const Call &call)
{
    QJsonObject result;
    for (const QString &name : { u"ns"_s, u"max-depth"_s, u"keep-last"_s, u"keep-hourly"_s, u"keep-daily"_s,
             u"keep-weekly"_s, u"keep-monthly"_s, u"keep-yearly"_s })
        if (call.has(name))
            result[name] = call.params[name];
    return result;
}

QJsonArray pruneItems(const Call &call, const Group &group, const QJsonObject &keep, bool tellNs)
{
    const KeepOptions options = keepOptions(keep);
    QJsonArray list;
    for (const PruneVerdict &verdict : pruneVerdicts(call.state(), group, options)) {
        QJsonObject item { { u"backup-type"_s, group.type }, { u"backup-id"_s, group.id },
            { u"backup-time"_s, verdict.time },
            { u"keep"_s, options.keepsEverything() || verdict.mark != PruneMark::Remove },
            { u"protected"_s, group.snapshots.at(verdict.time).isProtected } };
        if (tellNs)
            item[u"ns"_s] = call.text(u"ns"_s);
        list.append(item);
    }
    return list;
}

Reply pruneGroup(const CallPtr &call)
{
    const auto found = findGroup(*call, u"Datastore.Modify"_s, u"Datastore.Prune"_s, Use::Write);
    if (!found)
        return found.error();
    PruneOrder order;
    order.store = call->text(u"store"_s);
    order.ns = found->where.ns;
    order.keep = givenKeep(*call);
    order.authId = call->authId;
    const bool dryRun = call->flag(u"dry-run"_s);
    const QJsonArray items = pruneItems(*call, *found->group, order.keep, dryRun && !order.ns.isEmpty());
    if (dryRun)
        return ok(items);
    TaskPlan plan = pruneGroupPlan(call->site, order, found->group->path());
    if (call->flag(u"use-task"_s))
        return ok(call->site.tasks.start(std::move(plan)));
    call->site.tasks.record(plan);
    return ok(items);
}

Reply pruneStore(const CallPtr &call)
{
    const QString path = storePath(call->text(u"store"_s), call->text(u"ns"_s));
    const bool all = mayAny(call->state(), call->authId, path, { u"Datastore.Modify"_s });
    if (!all && !mayAny(call->state(), call->authId, path, { u"Datastore.Prune"_s }))
        return refuse(u"missing permissions 'Datastore.Modify|Datastore.Prune' on '%1'"_s.arg(path));
    const auto store = openStore(call->site, call->text(u"store"_s), Use::Write);
    if (!store)
        return store.error();
    PruneOrder order;
    order.store = call->text(u"store"_s);
    order.ns = call->text(u"ns"_s);
    if (call->has(u"max-depth"_s))
        order.maxDepth = int(call->number(u"max-depth"_s));
    order.keep = givenKeep(*call);
    order.dryRun = call->flag(u"dry-run"_s);
    order.authId = call->authId;
    order.ownOnly = !all;
    return ok(call->site.tasks.start(pruneStorePlan(call->site, order)));
}

} // namespace

void addPruneRoutes(Routes &r)
{
    const QString ds = u"POST admin/datastore/{store:store}/"_s;
    r.add(ds + u"prune"_s, GroupParameters + KeepParameters + u"dry-run:bool use-task:bool"_s, pruneGroup);
    r.add(ds + u"prune-datastore"_s, KeepParameters + u"ns:ns max-depth:depth dry-run:bool"_s, pruneStore);
}

} // namespace tidemark::standin
