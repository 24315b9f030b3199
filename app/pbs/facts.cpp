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
