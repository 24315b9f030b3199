#include "calendar/calendarwork.h"

#include "insight/insight.h"
#include "ports/once.h"

#include <QThreadPool>

namespace tidemark {

namespace {

CalendarFault faultOf(const Insight &insight, const QString &cluster, const Gap &gap)
{
    CalendarFault fault { cluster, gap.from, gap.to, gap.cause, {}, {} };
    for (const Finding &finding : insight.findings)
        if (finding.cluster == cluster && finding.since == gap.from && finding.subject == gap.firstName
            && finding.timeline == gap.timeline && finding.code != u"wal.covered") {
            fault.occurrence = finding.occurrence();
            fault.accepted = finding.accepted;
            break;
        }
    return fault;
}

std::vector<CalendarFault> faultsOf(const CalendarQuestion &question)
{
    std::vector<CalendarFault> faults;
    if (!question.knowledge->insight)
        return faults;
    for (const ClusterInsight &cluster : question.knowledge->insight->clusters)
        if (question.cluster.isEmpty() || question.cluster == cluster.name)
            for (const Gap &gap : cluster.recoverability.gaps)
                faults.push_back(faultOf(*question.knowledge->insight, cluster.name, gap));
    return faults;
}

void leaveOut(CalendarPlan &plan, const QSet<QString> &hidden)
{
    std::erase_if(plan.runs,
        [&](const CalendarRun &run) { return hidden.contains(plan.tracks[std::size_t(run.track)].label); });
}

} // namespace

// Of its own: sources that are read keep the program's pool busy for long.
static QThreadPool &pool()
{
    static QThreadPool one;
    return one;
}

MoveProposal proposeMove(const CalendarQuestion &question, const std::vector<Movable> &movables)
{
    constexpr std::chrono::days Weeks { 28 };
    MoveProposal proposal;
    proposal.plan = std::make_shared<const CalendarPlan>(calendarPlan(question.fleet,
        *question.knowledge->facts, {}, question.now - Weeks, question.now + Weeks, question.now));
    proposal.movables = movables;
    for (const Movable &one : movables)
        proposal.best.push_back(bestTime(*proposal.plan, one));
    return proposal;
}

QCoro::Task<MoveProposal> proposeMoveAside(CalendarQuestion question, std::vector<Movable> movables)
{
    const Once<MoveProposal> done;
    pool().start([done, question, movables] { done.settle(proposeMove(question, movables)); });
    co_return co_await done;
}

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
    pool().start([done, question] { done.settle(workOut(question)); });
    co_return co_await done;
}

} // namespace tidemark
