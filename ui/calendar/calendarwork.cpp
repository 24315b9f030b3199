#include "calendar/calendarwork.h"

#include "insight/insight.h"
#include "ports/once.h"

#include <QThreadPool>

namespace tidemark {

namespace {

std::vector<CalendarFault> faultsOf(const CalendarQuestion &question)
{
    std::vector<CalendarFault> faults;
    if (!question.knowledge->insight)
        return faults;
    for (const ClusterInsight &cluster : question.knowledge->insight->clusters)
        if (question.cluster.isEmpty() || question.cluster == cluster.name)
            for (const Gap &gap : cluster.recoverability.gaps)
                faults.push_back({ cluster.name, gap.from, gap.to, gap.cause });
    return faults;
}

void leaveOut(CalendarPlan &plan, const QSet<QString> &hidden)
{
    std::erase_if(plan.runs,
        [&](const CalendarRun &run) { return hidden.contains(plan.tracks[std::size_t(run.track)].label); });
}

} // namespace

CalendarAnswer workOut(const CalendarQuestion &question)
{
    auto facts = std::make_shared<CalendarFacts>();
    facts->plan = calendarPlan(question.fleet, *question.knowledge->facts, question.cluster, question.from,
        question.to, question.now);
    CalendarAnswer answer;
    for (const CalendarTrack &track : facts->plan.tracks)
        answer.tracks.append(track.label);
    leaveOut(facts->plan, question.hidden);
    facts->conflicts = conflictsOf(facts->plan);
    facts->faults = faultsOf(question);
    answer.facts = std::move(facts);
    return answer;
}

QCoro::Task<CalendarAnswer> workOutAside(CalendarQuestion question)
{
    const Once<CalendarAnswer> done;
    QThreadPool::globalInstance()->start([done, question] { done.settle(workOut(question)); });
    co_return co_await done;
}

} // namespace tidemark
