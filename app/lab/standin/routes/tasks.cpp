#include "standin/routes/common.h"
#include "standin/routes/routes.h"

#include <algorithm>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

bool isOwnTask(const Call &call, const TaskRecord &task)
{
    return task.authId == call.authId || (!isToken(call.authId) && userOf(task.authId) == call.authId);
}

QString storeOf(const TaskRecord &task)
{
    static const QStringList known { u"verify"_s, u"verify_group"_s, u"verify_snapshot"_s,
        u"verificationjob"_s, u"prune"_s, u"prunejob"_s, u"backup"_s, u"garbage_collection"_s };
    const QString id = task.id.value_or(QString());
    if (task.type == u"syncjob")
        return id.section(u':', 2, 2);
    return known.contains(task.type) ? id.section(u':', 0, 0) : QString();
}

// One's own, those of jobs one may run, and all with Sys.Audit.
bool maySee(const Call &call, const TaskRecord &task)
{
    if (isOwnTask(call, task) || mayAny(call.state(), call.authId, u"/system/tasks"_s, { u"Sys.Audit"_s }))
        return true;
    static const QMap<QString, QString> jobRights { { u"verificationjob"_s, u"Datastore.Verify"_s },
        { u"prunejob"_s, u"Datastore.Modify"_s }, { u"garbage_collection"_s, u"Datastore.Modify"_s } };
    const QString right = jobRights.value(task.type);
    return !right.isEmpty() && mayAny(call.state(), call.authId, storePath(storeOf(task)), { right });
}

QJsonObject listItem(const TaskRecord &task)
{
    QJsonObject item { { u"upid"_s, task.upid }, { u"node"_s, u"localhost"_s }, { u"pid"_s, task.pid },
        { u"pstart"_s, task.pstart }, { u"starttime"_s, task.start }, { u"worker_type"_s, task.type },
        { u"worker_id"_s, task.id ? QJsonValue(*task.id) : QJsonValue() }, { u"user"_s, task.authId } };
    if (task.end) {
        item[u"endtime"_s] = *task.end;
        item[u"status"_s] = task.status;
    }
    return item;
}

bool passes(const Call &call, const TaskRecord &task)
{
    const QString state = taskState(task);
    if (call.has(u"since"_s) && task.start < call.number(u"since"_s))
        return false;
    if (call.has(u"until"_s) && task.start > call.number(u"until"_s))
        return false;
    if (call.flag(u"running"_s) && state != u"running")
        return false;
    if (call.flag(u"errors"_s) && state == u"ok")
        return false;
    if (call.has(u"statusfilter"_s) && !call.list(u"statusfilter"_s).contains(state))
        return false;
    if (call.has(u"store"_s) && storeOf(task) != call.text(u"store"_s))
        return false;
    return task.type.contains(call.text(u"typefilter"_s)) && task.authId.contains(call.text(u"userfilter"_s))
        && maySee(call, task);
}

// Running ones first, then the newest end.
QList<const TaskRecord *> newestFirst(const State &state)
{
    QList<const TaskRecord *> tasks;
    for (auto it = state.tasks.rbegin(); it != state.tasks.rend(); ++it)
        tasks.append(&*it);
    std::stable_sort(tasks.begin(), tasks.end(), [](const TaskRecord *a, const TaskRecord *b) {
        if (!a->end || !b->end)
            return !a->end && b->end;
        return *a->end > *b->end;
    });
    return tasks;
}

Reply listTasks(const CallPtr &call)
{
    const qint64 start = call->number(u"start"_s);
    const qint64 limit = call->number(u"limit"_s, 50);
    QJsonArray list;
    qint64 seen = 0;
    for (const TaskRecord *task : newestFirst(call->state())) {
        if (!passes(*call, *task) || seen++ < start)
            continue;
        list.append(listItem(*task));
        if (limit > 0 && list.size() == limit)
            break;
    }
    // Not a count: one more than shown says that there may be more.
    const bool full = limit > 0 && list.size() == limit;
    Reply reply = ok(list);
    reply.beside[u"total"_s] = start + list.size() + (full ? 1 : 0);
    reply.stream = true;
    return reply;
}

tl::expected<TaskRecord, Reply> askedTask(const Call &call)
{
    const auto read = parseUpid(call.text(u"upid"_s));
    if (!read)
        return tl::unexpected(refuse(u"unable to parse UPID '%1'"_s.arg(call.text(u"upid"_s))));
    const TaskRecord *known = call.state().task(read->upid);
    const TaskRecord &task = known ? *known : *read;
    if (!maySee(call, task))
        return tl::unexpected(refuse(u"task access not allowed"_s));
    return task;
}

Reply taskStatus(const CallPtr &call)
{
    const auto task = askedTask(*call);
    if (!task)
        return task.error();
    const bool running = !task->end && call->site.tasks.running(task->upid);
    QJsonObject status { { u"upid"_s, task->upid }, { u"node"_s, task->upid.section(u':', 1, 1) },
        { u"pid"_s, task->pid }, { u"pstart"_s, task->pstart }, { u"starttime"_s, task->start },
        { u"type"_s, task->type }, { u"id"_s, task->id ? QJsonValue(*task->id) : QJsonValue() },
        { u"user"_s, userOf(task->authId) }, { u"status"_s, running ? u"running"_s : u"stopped"_s } };
    if (isToken(task->authId))
        status[u"tokenid"_s] = task->authId.section(u'!', 1);
    if (!running)
        status[u"exitstatus"_s] = task->end ? task->status : u"unknown"_s;
    return ok(status);
}

Reply rawLog(const TaskRecord &task)
{
    Reply reply;
    reply.raw = (task.log.join(u'\n') + u'\n').toUtf8();
    reply.rawType = "text/plain";
    reply.stream = true;
    reply.headers.append({ "content-disposition",
        u"attachment; filename=task-%1-%2-%3.log"_s
            .arg(task.upid.section(u':', 1, 1), task.type, isoTime(task.start))
            .toLatin1() });
    return reply;
}

Reply taskLog(const CallPtr &call)
{
    const auto task = askedTask(*call);
    if (!task)
        return task.error();
    if (!call->state().task(task->upid))
        return refuse(u"No such file or directory (os error 2)"_s);
    if (call->flag(u"download"_s)) {
        if (call->has(u"start"_s) || call->has(u"limit"_s) || call->has(u"test-status"_s))
            return refuse(u"Parameter 'download' cannot be used with other parameters"_s);
        return rawLog(*task);
    }
    const qint64 first = std::max<qint64>(call->number(u"start"_s), 1);
    const qint64 limit = call->number(u"limit"_s, 50);
    QJsonArray lines;
    for (qint64 n = first; n <= task->log.size() && (limit == 0 || n < first + limit); ++n)
        lines.append(QJsonObject { { u"n"_s, n }, { u"t"_s, task->log[n - 1] } });
    Reply reply = ok(lines);
    reply.type = "application/json";
    reply.beside = { { u"total"_s, task->log.size() }, { u"success"_s, 1 } };
    if (call->flag(u"test-status"_s))
        reply.beside[u"active"_s] = call->site.tasks.running(task->upid);
    return reply;
}

Reply stopTask(const CallPtr &call)
{
    const auto task = parseUpid(call->text(u"upid"_s));
    if (!task)
        return refuse(u"unable to parse UPID '%1'"_s.arg(call->text(u"upid"_s)));
    if (task->authId != call->authId
        && !mayAny(call->state(), call->authId, u"/system/tasks"_s, { u"Sys.Modify"_s }))
        return refuse(u"missing permissions 'Sys.Modify' on '/system/tasks'"_s);
    call->site.tasks.abort(task->upid);
    return ok();
}

} // namespace

void addTaskRoutes(Routes &r)
{
    const QString path = u"nodes/{node:node}/tasks"_s;
    r.add(u"GET "_s + path,
        u"start:natural limit:natural running:bool errors:bool since:epoch until:epoch typefilter:text "
        u"userfilter:text store:store statusfilter:[]{ok|warning|error|unknown}"_s,
        listTasks);
    r.index(path + u"/{upid:upid}"_s, u"log status"_s);
    r.add(u"GET "_s + path + u"/{upid:upid}/status"_s, {}, taskStatus);
    r.add(u"GET "_s + path + u"/{upid:upid}/log"_s,
        u"start:natural limit:natural test-status:bool download:bool"_s, taskLog);
    r.add(u"DELETE "_s + path + u"/{upid:upid}"_s, {}, stopTask);
}

} // namespace tidemark::standin
