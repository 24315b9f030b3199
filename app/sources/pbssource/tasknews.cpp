#include "pbssource/tasknews.h"

#include "pbssource/pbsfacts.h"

#include <QHash>

#include <algorithm>

namespace tidemark::pbssource {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 OldestTold = 400ll * 86'400;

// The server's word for a task and ours; others have nothing to do with backups.
QString kindOf(const QString &type)
{
    static const QHash<QString, QString> kinds { { u"backup"_s, u"snapshot"_s },
        { u"reader"_s, u"restore"_s }, { u"verify"_s, u"verify"_s }, { u"verificationjob"_s, u"verify"_s },
        { u"verify_group"_s, u"verify"_s }, { u"verify_snapshot"_s, u"verify"_s }, { u"prune"_s, u"prune"_s },
        { u"prunejob"_s, u"prune"_s }, { u"garbage_collection"_s, u"gc"_s }, { u"sync"_s, u"sync"_s },
        { u"syncjob"_s, u"sync"_s }, { u"tape-backup"_s, u"tape"_s }, { u"tape-backup-job"_s, u"tape"_s } };
    return kinds.value(type);
}

// "main:prod/db:vm/2001" and "main:vm/2001" -> "vm/2001"; a verification has a time behind it
QString groupOf(const QString &subject)
{
    return subject.section(u':', -1).section(u'/', 0, 1);
}

// A source of some groups only has nothing to do with the backups of others.
bool concerns(const Source &source, const PbsTaskFacts &task)
{
    const bool ofOneGroup = task.type == u"backup"_s || task.type == u"reader"_s;
    return !ofOneGroup || source.groups.isEmpty() || source.groups.contains(groupOf(task.subject));
}

Run runOf(const Source &source, const PbsTaskFacts &task)
{
    return { .source = source.name,
        .id = task.upid,
        .kind = kindOf(task.type),
        .subject = task.subject,
        .cluster = task.type == u"backup"_s ? clusterOfGroup(source, groupOf(task.subject)) : QString(),
        .start = task.started,
        .end = task.ended,
        .state = runState(task.state),
        .said = task.status };
}

bool isNews(const PbsTaskFacts &task, const TaskMark &mark, std::optional<Instant> newest)
{
    if (mark.running.contains(task.upid))
        return task.state != PbsTaskState::Running;
    return !newest || task.started > *newest || (task.started == *newest && !mark.told.contains(task.upid));
}

} // namespace

TaskMark TaskMark::parse(const QString &cursor)
{
    TaskMark mark;
    for (const QString &line : cursor.split(u'\n', Qt::SkipEmptyParts)) {
        const QString rest = line.mid(2);
        if (line.startsWith(u"r "_s))
            mark.running << rest;
        else if (line.startsWith(u"t "_s))
            mark.told << rest;
        else if (line.startsWith(u"o "_s))
            mark.oldestRunning = Instant::fromSeconds(rest.toLongLong());
    }
    return mark;
}

QString TaskMark::cursor() const
{
    QStringList lines;
    for (const QString &upid : running)
        lines << u"r "_s + upid;
    for (const QString &upid : told)
        lines << u"t "_s + upid;
    if (oldestRunning)
        lines << u"o "_s + QString::number(oldestRunning->seconds());
    return lines.join(u'\n');
}

Instant tasksSince(const TaskMark &mark, std::optional<Instant> newestRun, Instant now)
{
    const Instant far = Instant::fromSeconds(now.seconds() - OldestTold);
    if (!newestRun)
        return far;
    const Instant from = mark.oldestRunning ? std::min(*mark.oldestRunning, *newestRun) : *newestRun;
    return std::max(from, far);
}

TaskNews newsOf(const Source &source, const std::vector<PbsTaskFacts> &tasks, const TaskMark &mark,
    std::optional<Instant> newestRun)
{
    TaskNews news;
    std::optional<Instant> newest = newestRun;
    for (const PbsTaskFacts &task : tasks)
        if (!kindOf(task.type).isEmpty() && concerns(source, task))
            newest = newest ? std::max(*newest, task.started) : task.started;
    for (const PbsTaskFacts &task : tasks) {
        if (kindOf(task.type).isEmpty() || !concerns(source, task))
            continue;
        if (task.state == PbsTaskState::Running) {
            news.mark.running << task.upid;
            news.mark.oldestRunning = std::min(news.mark.oldestRunning.value_or(task.started), task.started);
        }
        if (task.started == newest)
            news.mark.told << task.upid;
        if (isNews(task, mark, newestRun))
            news.runs.push_back(runOf(source, task));
    }
    std::ranges::sort(news.runs, {}, [](const Run &run) { return std::pair(run.start, run.id); });
    news.mark.running.sort();
    news.mark.told.sort();
    return news;
}

} // namespace tidemark::pbssource
