#include "standin/routes/common.h"
#include "standin/routes/jobs.h"
#include "standin/routes/routes.h"
#include "standin/work.h"

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

QJsonObject gcJob(const Call &call, const Datastore &store)
{
    QJsonObject item = gcStatus(store);
    item[u"store"_s] = store.name();
    const QString schedule = store.config[u"gc-schedule"_s].toString();
    if (!schedule.isEmpty())
        item[u"schedule"_s] = schedule;
    const auto run = call.state().jobs.find(u"gc/"_s + store.name());
    if (run != call.state().jobs.end() && run->second.end) {
        item[u"last-run-endtime"_s] = *run->second.end;
        item[u"last-run-state"_s] = run->second.state;
        const TaskRecord *task = call.state().task(run->second.upid);
        item[u"duration"_s] = task ? *run->second.end - task->start : 0;
    }
    addNextRun(call, schedule, u"gc/"_s + store.name(), item);
    return item;
}

Reply collect(const CallPtr &call)
{
    const QString name = call->text(u"store"_s);
    const auto store = openStore(call->site, name, Use::Write);
    if (!store)
        return store.error();
    return startWhenFree(call, u"gc/"_s + name, u"garbage_collection-"_s + name,
        [call, name] { return collectPlan(call->site, name, call->authId); });
}

Reply status(const CallPtr &call)
{
    const auto store = openStore(call->site, call->text(u"store"_s), Use::Read);
    return store ? ok(gcJob(*call, **store)) : store.error();
}

Reply listJobs(const CallPtr &call)
{
    QJsonArray list;
    for (const auto &[name, store] : call->state().stores) {
        if (call->has(u"store"_s) && call->text(u"store"_s) != name)
            continue;
        const bool seen = mayAny(
            call->state(), call->authId, storePath(name), { u"Datastore.Audit"_s, u"Datastore.Modify"_s });
        if (seen && openStore(call->site, name, Use::Read))
            list.append(gcJob(*call, store));
    }
    return ok(list);
}

} // namespace

void addGcRoutes(Routes &r)
{
    const QString gc = u" admin/datastore/{store:store}/gc"_s;
    r.add(u"GET"_s + gc, {}, status).needs(u"/datastore/{store}"_s, u"Datastore.Audit"_s);
    r.add(u"POST"_s + gc, {}, collect).needs(u"/datastore/{store}"_s, u"Datastore.Modify"_s);
    r.add(u"GET admin/gc"_s, u"store:store"_s, listJobs);
    r.add(u"GET admin/gc/{store:store}"_s, {}, listJobs);
}

} // namespace tidemark::standin
