#include "standin/routes/jobs.h"

#include "schedule/calendarevent.h"
#include "standin/routes/common.h"
#include "standin/routes/routes.h"
#include "standin/work.h"

#include <QTimeZone>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

void addNextRun(const Call &call, const QString &schedule, const QString &job, QJsonObject &item)
{
    const auto event = CalendarEvent::parse(schedule);
    if (schedule.isEmpty() || !event)
        return;
    const auto run = call.state().jobs.find(job);
    const qint64 last = run != call.state().jobs.end() ? run->second.end.value_or(call.now()) : call.now();
    if (const auto next = event->next(last, QTimeZone(call.state().timeZone.toLatin1())))
        item[u"next-run"_s] = *next;
}

Reply startWhenFree(
    const CallPtr &call, const QString &job, const QString &lockName, std::function<TaskPlan()> plan)
{
    call->site.tasks.whenFree(job, [call, lockName, plan = std::move(plan)](bool free) {
        if (free)
            return call->finish(ok(call->site.tasks.start(plan())));
        call->finish(refuse(
            u"Unable to acquire lock \"/var/lib/proxmox-backup/jobstates/%1.lck\" - Interrupted system call (os error 4)"_s
                .arg(lockName)));
    });
    return answerLater();
}

namespace {

// What tells the three kinds of jobs apart.
struct Kind {
    QString name; // in paths and in the state
    QString word; // in "no such …"
    QString worker;
    QString properties; // Schema text, without id
    QString creation; // the same with what is required
    QString deletable;
    QString privilege;
};

const Kind Prune { u"prune"_s, u"prune"_s, u"prunejob"_s,
    u"store:store schedule:schedule disable:bool ns:ns max-depth:depth comment:line "_s + KeepParameters,
    u"store*:store schedule*:schedule disable:bool ns:ns max-depth:depth comment:line "_s + KeepParameters,
    u"comment|disable|ns|max-depth|keep-last|keep-hourly|keep-daily|keep-weekly|keep-monthly|keep-yearly"_s,
    u"Datastore.Modify"_s };

const QString VerifyProperties
    = u"schedule:schedule ns:ns max-depth:depth ignore-verified:bool outdated-after:natural comment:line "_s;
const Kind Verify { u"verify"_s, u"verification"_s, u"verificationjob"_s,
    u"store:store "_s + VerifyProperties, u"store*:store "_s + VerifyProperties,
    u"ignore-verified|outdated-after|comment|schedule|ns|max-depth"_s, u"Datastore.Verify"_s };

const QString SyncProperties
    = u"ns:ns remote:job remote-ns:ns owner:authid remove-vanished:bool max-depth:depth "
      u"group-filter:[]filter "
      u"transfer-last:keep schedule:schedule comment:line rate-in:size burst-in:size rate-out:size "
      u"burst-out:size "_s;
const Kind Sync { u"sync"_s, u"sync"_s, u"syncjob"_s, u"store:store remote-store:store "_s + SyncProperties,
    u"store*:store remote-store*:store "_s + SyncProperties,
    u"remote|owner|comment|schedule|remove-vanished|group-filter|rate-in|burst-in|rate-out|burst-out|ns|"
    u"remote-ns|max-depth|transfer-last"_s,
    u"Datastore.Backup"_s };

QString pathOf(const QJsonObject &job)
{
    return storePath(job[u"store"_s].toString(), job[u"ns"_s].toString());
}

std::optional<Reply> mayNot(const Call &call, const Kind &kind, const QString &path)
{
    if (mayAny(call.state(), call.authId, path, { kind.privilege }))
        return {};
    if (kind.name == u"sync")
        return refuse(u"permission check failed"_s, 403);
    return refuse(u"missing permissions '%1' on '%2'"_s.arg(kind.privilege, path));
}

bool maySeeJob(const Call &call, const QJsonObject &job)
{
    return mayAny(call.state(), call.authId, pathOf(job),
        { u"Datastore.Audit"_s, u"Datastore.Verify"_s, u"Datastore.Modify"_s });
}

tl::expected<QJsonObject *, Reply> jobFor(const Call &call, const Kind &kind)
{
    Section &section = call.state().config[kind.name];
    const auto found = section.find(call.text(u"id"_s));
    if (found == section.end())
        return tl::unexpected(refuse(u"no such %1 '%2'"_s.arg(kind.word, call.text(u"id"_s))));
    return &found->second;
}

Reply listConfig(const CallPtr &call, const Kind &kind)
{
    const Section &section = call->state().config[kind.name];
    QJsonArray list;
    for (const auto &[id, job] : section)
        if (maySeeJob(*call, job))
            list.append(job);
    return withDigest(list, digestOf(section));
}

Reply listStatus(const CallPtr &call, const Kind &kind)
{
    const Section &section = call->state().config[kind.name];
    QJsonArray list;
    for (const auto &[id, job] : section) {
        if (!maySeeJob(*call, job)
            || (call->has(u"store"_s) && job[u"store"_s].toString() != call->text(u"store"_s)))
            continue;
        QJsonObject item = job;
        const QString key = kind.name + u'/' + id;
        if (const auto run = call->state().jobs.find(key); run != call->state().jobs.end()) {
            item[u"last-run-upid"_s] = run->second.upid;
            if (run->second.end) {
                item[u"last-run-endtime"_s] = *run->second.end;
                item[u"last-run-state"_s] = run->second.state;
            }
        }
        if (!job[u"disable"_s].toBool())
            addNextRun(*call, job[u"schedule"_s].toString(), key, item);
        list.append(item);
    }
    return withDigest(list, digestOf(section));
}

Reply getConfig(const CallPtr &call, const Kind &kind)
{
    const auto job = jobFor(*call, kind);
    if (!job)
        return job.error();
    if (!maySeeJob(*call, **job))
        return forbidden();
    return withDigest(**job, digestOf(call->state().config[kind.name]));
}

Reply create(const CallPtr &call, const Kind &kind)
{
    if (const auto refusal = mayNot(*call, kind, storePath(call->text(u"store"_s), call->text(u"ns"_s))))
        return *refusal;
    Section &section = call->state().config[kind.name];
    const QString id = call->text(u"id"_s);
    if (section.contains(id)) {
        Reply reply = refuse({});
        reply.parameterErrors = { { u"id"_s, u"job '%1' already exists."_s.arg(id) } };
        return reply;
    }
    section[id] = call->params;
    call->state().scheduleSet[kind.name + u'/' + id] = call->now();
    call->site.changed();
    return ok();
}

Reply update(const CallPtr &call, const Kind &kind)
{
    const auto job = jobFor(*call, kind);
    if (!job)
        return job.error();
    if (const auto refusal = mayNot(*call, kind, pathOf(**job)))
        return *refusal;
    if (call->has(u"digest"_s) && call->text(u"digest"_s) != digestOf(call->state().config[kind.name]))
        return refuse(u"detected modified configuration - file changed by other user? Try again."_s);
    for (const QString &name : call->list(u"delete"_s))
        (*job)->remove(name);
    for (auto it = call->params.begin(); it != call->params.end(); ++it)
        if (it.key() != u"digest" && it.key() != u"delete" && it.key() != u"id")
            (**job)[it.key()] = it.value();
    if (call->has(u"schedule"_s))
        call->state().scheduleSet[kind.name + u'/' + call->text(u"id"_s)] = call->now();
    call->site.changed();
    return ok();
}

Reply removeJob(const CallPtr &call, const Kind &kind)
{
    const auto job = jobFor(*call, kind);
    if (!job)
        return job.error();
    if (const auto refusal = mayNot(*call, kind, pathOf(**job)))
        return *refusal;
    call->state().config[kind.name].erase(call->text(u"id"_s));
    call->state().jobs.erase(kind.name + u'/' + call->text(u"id"_s));
    call->state().scheduleSet.erase(kind.name + u'/' + call->text(u"id"_s));
    call->site.changed();
    return ok();
}

Reply run(const CallPtr &call, const Kind &kind)
{
    const auto job = jobFor(*call, kind);
    if (!job)
        return job.error();
    if (const auto refusal = mayNot(*call, kind, pathOf(**job)))
        return *refusal;
    const auto store = openStore(call->site, (**job)[u"store"_s].toString(), Use::Write);
    if (!store)
        return store.error();
    const QString key = kind.name + u'/' + call->text(u"id"_s);
    const auto plan = [call, kind = kind.name, properties = **job] {
        return jobPlan(call->site, kind, properties, call->authId);
    };
    return startWhenFree(call, key, kind.worker + u'-' + call->text(u"id"_s), plan);
}

void addKind(Routes &r, const Kind &kind)
{
    const auto with = [kind](Reply (*handler)(const CallPtr &, const Kind &)) {
        return [kind, handler](const CallPtr &call) { return handler(call, kind); };
    };
    const QString config = u" config/"_s + kind.name;
    const QString one = config + u"/{id:job}"_s;
    r.add(u"GET"_s + config, {}, with(listConfig));
    r.add(u"POST"_s + config, kind.creation + u"id*:job"_s, with(create)).privileged();
    r.add(u"GET"_s + one, {}, with(getConfig));
    r.add(u"PUT"_s + one, kind.properties + u"digest:digest delete:[]{"_s + kind.deletable + u'}',
         with(update))
        .privileged();
    r.add(u"DELETE"_s + one, u"digest:digest"_s, with(removeJob)).privileged();
    r.add(u"GET admin/"_s + kind.name, u"store:store"_s, with(listStatus));
    r.add(u"POST admin/"_s + kind.name + u"/{id:job}/run"_s, {}, with(run));
}

} // namespace

void addJobRoutes(Routes &r)
{
    for (const Kind &kind : { Prune, Verify, Sync })
        addKind(r, kind);
    r.add(u"POST pull"_s, u"store*:store remote-store*:store delete:bool "_s + SyncProperties,
        [](const CallPtr &call) {
            if (const auto refusal
                = mayNot(*call, Sync, storePath(call->text(u"store"_s), call->text(u"ns"_s))))
                return *refusal;
            const auto store = openStore(call->site, call->text(u"store"_s), Use::Write);
            if (!store)
                return store.error();
            return ok(call->site.tasks.start(pullPlan(call->site, call->params, call->authId)));
        });
}

} // namespace tidemark::standin
