#include "insight/conflicts.h"

#include <algorithm>
#include <numeric>

using namespace std::chrono_literals;

namespace tidemark {

namespace {

QString sharedOf(const QStringList &one, const QStringList &other)
{
    for (const QString &name : one)
        if (other.contains(name))
            return name;
    return {};
}

bool occurs(const CalendarRun &run)
{
    return run.end && run.begin < *run.end;
}

// Indexes of what has a beginning and an end, by beginning.
std::vector<int> byBegin(const CalendarPlan &plan)
{
    std::vector<int> order(plan.runs.size());
    std::iota(order.begin(), order.end(), 0);
    std::erase_if(order, [&](int i) { return !occurs(plan.runs[std::size_t(i)]); });
    std::stable_sort(order.begin(), order.end(),
        [&](int a, int b) { return plan.runs[std::size_t(a)].begin < plan.runs[std::size_t(b)].begin; });
    return order;
}

std::optional<Conflict> between(const CalendarPlan &plan, int first, int second)
{
    const CalendarRun &one = plan.runs[std::size_t(first)];
    const CalendarRun &other = plan.runs[std::size_t(second)];
    const Instant to = std::min(*one.end, *other.end);
    if (one.track == other.track || to - other.begin < 1min)
        return {};
    const CalendarTrack &a = plan.tracks[std::size_t(one.track)];
    const CalendarTrack &b = plan.tracks[std::size_t(other.track)];
    if (a.isWindow() && b.isWindow())
        return {};
    const QString cluster = sharedOf(a.clusters, b.clusters);
    const QString host = cluster.isEmpty() ? sharedOf(a.hosts, b.hosts) : QString();
    if (cluster.isEmpty() && host.isEmpty())
        return {};
    Conflict found { first, second, other.begin, to, cluster, host, plan.now <= to, {} };
    if (plan.accepted.empty())
        return found;
    if (const Acceptance *accepted = acceptanceOf(plan.accepted, occurrenceOf(plan, found)))
        found.accepted = *accepted;
    return found;
}

} // namespace

QString occurrenceOf(const CalendarPlan &plan, const Conflict &conflict)
{
    const CalendarRun &one = plan.runs[std::size_t(conflict.first)];
    const CalendarRun &other = plan.runs[std::size_t(conflict.second)];
    return conflictOccurrence(one.schedule, other.schedule, other.due);
}

std::vector<Conflict> conflictsOf(const CalendarPlan &plan)
{
    std::vector<Conflict> conflicts;
    std::vector<int> open; // begun before, not yet ended
    for (const int next : byBegin(plan)) {
        const Instant begin = plan.runs[std::size_t(next)].begin;
        std::erase_if(open, [&](int i) { return *plan.runs[std::size_t(i)].end <= begin; });
        for (const int earlier : open)
            if (auto conflict = between(plan, earlier, next))
                conflicts.push_back(*std::move(conflict));
        open.push_back(next);
    }
    std::stable_sort(conflicts.begin(), conflicts.end(),
        [](const Conflict &a, const Conflict &b) { return a.from < b.from; });
    return conflicts;
}

} // namespace tidemark
