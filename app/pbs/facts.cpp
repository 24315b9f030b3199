#include "pbs/facts.h"

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

PbsTaskState stateOf(const std::optional<TaskEnd> &end)
{
    if (!end)
        return PbsTaskState::Running;
    if (std::holds_alternative<TaskOk>(*end))
        return PbsTaskState::Ok;
    if (std::holds_alternative<TaskWarnings>(*end))
        return PbsTaskState::Warnings;
    return std::holds_alternative<TaskFailed>(*end) ? PbsTaskState::Failed : PbsTaskState::Unknown;
}

// The start time in a task's name, without reading the rest: lists have one for each snapshot.
std::optional<Instant> startOf(QStringView upid)
{
    constexpr int field = 5;
    qsizetype from = 0;
    for (int i = 0; i < field && from >= 0; ++i)
        from = upid.indexOf(u':', from) + 1;
    const qsizetype to = upid.indexOf(u':', from);
    bool number = false;
    const qint64 seconds = to < 0 ? 0 : upid.mid(from, to - from).toLongLong(&number, 16);
    return number ? std::optional(Instant::fromSeconds(seconds)) : std::nullopt;
}

void addState(PbsJobFacts &facts, const JobState &state)
{
    facts.nextRun = state.nextRun;
    facts.lastEnd = state.lastEnd;
    if (state.lastUpid)
        facts.lastStart = startOf(*state.lastUpid);
    facts.lastStatus = state.lastState.value_or(QString());
    if (state.running())
        facts.lastState = PbsTaskState::Running;
    else if (state.lastState)
        facts.lastState = stateOf(taskEnd(*state.lastState));
}

QMap<QString, int> keepsOf(const KeepOptions &keep)
{
    const std::pair<QString, std::optional<qint64>> options[] = { { u"keep-last"_s, keep.last },
        { u"keep-hourly"_s, keep.hourly }, { u"keep-daily"_s, keep.daily }, { u"keep-weekly"_s, keep.weekly },
        { u"keep-monthly"_s, keep.monthly }, { u"keep-yearly"_s, keep.yearly } };
    QMap<QString, int> keeps;
    for (const auto &[name, count] : options)
        if (count)
            keeps.insert(name, static_cast<int>(*count));
    return keeps;
}

} // namespace

PbsSnapshotFacts snapshotFacts(const QString &store, const QString &ns, const SnapshotItem &item)
{
    PbsSnapshotFacts facts {
        .datastore = store,
        .nameSpace = ns,
        .group = item.type + u'/' + item.id,
        .time = item.time,
        .size = item.size,
        .owner = item.owner.value_or(QString()),
        .comment = item.comment.value_or(QString()),
        .isProtected = item.isProtected,
        .finished = item.finished() && !item.damaged(),
        .encrypted = item.encrypted(),
        .verification = item.verification ? item.verification->state : QString(),
        .verifiedAt = item.verification ? startOf(item.verification->upid) : std::nullopt,
    };
    facts.files.reserve(static_cast<qsizetype>(item.files.size()));
    for (const FileItem &file : item.files)
        facts.files << file.name;
    return facts;
}

PbsTaskFacts taskFacts(const TaskItem &item)
{
    return {
        .upid = item.upid,
        .type = item.type,
        .subject = item.workerId.value_or(QString()),
        .user = item.user,
        .started = item.started,
        .ended = item.ended,
        .state = stateOf(item.end()),
        .status = item.status.value_or(QString()),
    };
}

PbsJobFacts jobFacts(const PruneJob &job)
{
    PbsJobFacts facts { .kind = PbsJobKind::Prune,
        .id = job.id,
        .datastore = job.store,
        .nameSpace = job.ns.value_or(QString()),
        .schedule = job.schedule.value_or(QString()),
        .enabled = !job.disabled,
        .keep = keepsOf(job.keep),
        .comment = job.comment.value_or(QString()) };
    addState(facts, job.state);
    return facts;
}

PbsJobFacts jobFacts(const VerifyJob &job)
{
    PbsJobFacts facts { .kind = PbsJobKind::Verify,
        .id = job.id,
        .datastore = job.store,
        .nameSpace = job.ns.value_or(QString()),
        .schedule = job.schedule.value_or(QString()),
        .comment = job.comment.value_or(QString()) };
    addState(facts, job.state);
    return facts;
}

PbsJobFacts jobFacts(const SyncJob &job)
{
    PbsJobFacts facts { .kind = PbsJobKind::Sync,
        .id = job.id,
        .datastore = job.store,
        .nameSpace = job.ns.value_or(QString()),
        .schedule = job.schedule.value_or(QString()),
        .push = job.direction == u"push"_s,
        .comment = job.comment.value_or(QString()) };
    if (job.remote)
        facts.remote = *job.remote + u':' + job.remoteStore.value_or(QString());
    addState(facts, job.state);
    return facts;
}

PbsJobFacts jobFacts(const GcJob &job, const QString &store)
{
    PbsJobFacts facts { .kind = PbsJobKind::GarbageCollection,
        .id = job.store.value_or(store),
        .datastore = job.store.value_or(store),
        .schedule = job.schedule.value_or(QString()) };
    // A running collection has no name here; one that never ran has neither.
    addState(facts,
        { job.nextRun, job.lastRunState ? job.status.upid : std::nullopt, job.lastRunState, job.lastRunEnd });
    return facts;
}

DatastoreFacts datastoreFacts(const DatastoreItem &item, const UsageItem *usage)
{
    DatastoreFacts facts { .name = item.store, .maintenance = item.maintenance.value_or(QString()) };
    if (!usage)
        return facts;
    facts.total = usage->total;
    facts.used = usage->used;
    facts.available = usage->available;
    facts.estimatedFull = usage->estimatedFull;
    facts.error = usage->error.value_or(QString());
    return facts;
}

TaskFilter taskFilter(const QString &store, const PbsTaskFilter &filter)
{
    TaskFilter out {
        .limit = filter.limit,
        .since = filter.since,
        .until = filter.until,
        .type = filter.type,
        .store = store,
    };
    if (filter.onlyRunning)
        out.running = true;
    if (filter.onlyTrouble)
        out.endStates = { u"warning"_s, u"error"_s, u"unknown"_s };
    return out;
}

} // namespace tidemark::pbs
