#include "standin/schedule.h"

#include "schedule/calendarevent.h"
#include "standin/routes/common.h"
#include "standin/work.h"

#include <QTimeZone>

#include <algorithm>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

struct Scheduled {
    QString job; // "prune/ID"
    QString store;
    QString schedule;
};

std::vector<Scheduled> scheduledJobs(const State &state)
{
    std::vector<Scheduled> all;
    for (const auto &[kind, section] : state.config) {
        for (const auto &[id, job] : section)
            if (!job[u"disable"_s].toBool())
                all.push_back(
                    { kind + u'/' + id, job[u"store"_s].toString(), job[u"schedule"_s].toString() });
    }
    for (const auto &[name, store] : state.stores)
        all.push_back({ u"gc/"_s + name, name, store.config[u"gc-schedule"_s].toString() });
    std::erase_if(all, [](const Scheduled &one) { return one.schedule.isEmpty(); });
    return all;
}

// A job that never ran counts from when its schedule was set; where that is not known, from the server's
// start.
qint64 countedFrom(const Site &site, const QString &job)
{
    const auto set = site.state.scheduleSet.find(job);
    qint64 from = set == site.state.scheduleSet.end() ? 0 : set->second;
    const auto run = site.state.jobs.find(job);
    if (const auto last = run == site.state.jobs.end() ? std::nullopt : parseUpid(run->second.upid))
        from = std::max(from, last->start);
    return from > 0 ? from : site.started;
}

bool isDue(const Site &site, const Scheduled &one)
{
    const auto event = CalendarEvent::parse(one.schedule);
    if (!event || site.tasks.busy(one.job))
        return false;
    const auto next = event->next(countedFrom(site, one.job), QTimeZone(site.state.timeZone.toLatin1()));
    return next && *next <= site.now();
}

TaskPlan planOf(Site &site, const Scheduled &one)
{
    const QString root = u"root@pam"_s;
    const QString kind = one.job.section(u'/', 0, 0);
    TaskPlan plan = kind == u"gc"
        ? collectPlan(site, one.store, root)
        : jobPlan(site, kind, site.state.config[kind].at(one.job.section(u'/', 1)), root);
    QStringList &lines = plan.steps.front().lines;
    lines.insert(
        std::min<qsizetype>(1, lines.size()), u"task triggered by schedule '%1'"_s.arg(one.schedule));
    return plan;
}

std::vector<Scheduled> due(const Site &site)
{
    std::vector<Scheduled> all = scheduledJobs(site.state);
    std::erase_if(all, [&](const Scheduled &one) { return !isDue(site, one); });
    return all;
}

} // namespace

QStringList dueJobs(const Site &site)
{
    QStringList names;
    for (const Scheduled &one : due(site))
        names.append(one.job);
    return names;
}

void startDueJobs(Site &site)
{
    for (const Scheduled &one : due(site))
        if (openStore(site, one.store, Use::Write))
            site.tasks.start(planOf(site, one));
}

} // namespace tidemark::standin
