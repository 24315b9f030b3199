#include "insight/moving.h"

#include "schedule/timeofday.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr int Quarter = 15 * 60;
constexpr int Day = 24 * 3600;

bool isOf(const CalendarPlan &plan, const CalendarRun &run, const Movable &what)
{
    return run.schedule == what.name && plan.tracks[std::size_t(run.track)].isWindow() == what.window;
}

bool meets(const CalendarTrack &track, const CalendarTrack &other)
{
    const auto shares = [](const QStringList &one, const QStringList &two) {
        return std::any_of(one.begin(), one.end(), [&](const QString &name) { return two.contains(name); });
    };
    return shares(track.clusters, other.clusters) || shares(track.hosts, other.hosts);
}

// Only what it can meet at all.
CalendarPlan around(const CalendarPlan &plan, const Movable &what)
{
    CalendarPlan near { plan.from, plan.to, plan.now, plan.tracks, {}, {} };
    const auto own = std::find_if(
        plan.runs.begin(), plan.runs.end(), [&](const CalendarRun &run) { return isOf(plan, run, what); });
    if (own == plan.runs.end())
        return near;
    const CalendarTrack &track = plan.tracks[std::size_t(own->track)];
    std::copy_if(plan.runs.begin(), plan.runs.end(), std::back_inserter(near.runs),
        [&](const CalendarRun &run) { return run.end && meets(track, plan.tracks[std::size_t(run.track)]); });
    return near;
}

Overlaps overlapsIn(CalendarPlan near, const Movable &what, QTime time)
{
    const auto by = std::chrono::seconds(what.at.secsTo(time));
    for (CalendarRun &run : near.runs) {
        if (!isOf(near, run, what))
            continue;
        run.begin = run.begin + by;
        run.end = *run.end + by;
    }
    Overlaps found;
    for (const Conflict &conflict : conflictsOf(near)) {
        const auto touches = [&](int index) { return isOf(near, near.runs[std::size_t(index)], what); };
        if (!touches(conflict.first) && !touches(conflict.second))
            continue;
        ++found.count;
        found.minutes += conflict.minutes();
    }
    return found;
}

std::optional<Movable> movableOf(const CalendarPlan &plan, const CalendarRun &run, const Fleet &fleet)
{
    const CalendarTrack &track = plan.tracks[std::size_t(run.track)];
    Movable made { run.schedule, track.isWindow(), track.label, {}, {}, {}, track.clusters, {} };
    const auto take = [&](const auto &one) {
        made.when = one.when;
        made.form = one.form;
    };
    const auto called = [&](const auto &one) { return one.name == run.schedule; };
    if (made.window) {
        const auto window = std::find_if(fleet.windows.begin(), fleet.windows.end(), called);
        if (window != fleet.windows.end())
            take(*window);
    } else if (const auto one = std::find_if(fleet.schedules.begin(), fleet.schedules.end(), called);
               one != fleet.schedules.end()) {
        take(*one);
        made.command = one->command;
    }
    const auto at = timeOfDay(made.when, made.form);
    if (!at)
        return {};
    made.at = *at;
    return made;
}

} // namespace

std::vector<Movable> movablesOf(const CalendarPlan &plan, const Conflict &conflict, const Fleet &fleet)
{
    std::vector<Movable> found;
    for (const int index : { conflict.second, conflict.first })
        if (auto one = movableOf(plan, plan.runs[std::size_t(index)], fleet))
            found.push_back(*std::move(one));
    std::stable_partition(found.begin(), found.end(), [](const Movable &one) { return one.window; });
    return found;
}

Overlaps overlapsAt(const CalendarPlan &plan, const Movable &what, QTime time)
{
    return overlapsIn(around(plan, what), what, time);
}

std::optional<QTime> bestTime(const CalendarPlan &plan, const Movable &what)
{
    const CalendarPlan near = around(plan, what);
    std::vector<int> candidates;
    for (int second = 0; second < Day; second += Quarter)
        candidates.push_back(second);
    const int now = QTime(0, 0).secsTo(what.at);
    std::stable_sort(candidates.begin(), candidates.end(), [&](int a, int b) {
        return std::pair(std::abs(a - now), a < now) < std::pair(std::abs(b - now), b < now);
    });
    Overlaps least = overlapsIn(near, what, what.at);
    std::optional<QTime> best;
    for (const int second : candidates) {
        const QTime time = QTime(0, 0).addSecs(second);
        const Overlaps here = least.count == 0 ? least : overlapsIn(near, what, time);
        if (here.minutes < least.minutes) {
            least = here;
            best = time;
        }
    }
    return best;
}

} // namespace tidemark
