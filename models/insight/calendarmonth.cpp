#include "insight/calendarmonth.h"

#include <QDateTime>

#include <algorithm>
#include <cmath>
#include <map>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

int rank(ExpectedState state)
{
    switch (state) {
    case ExpectedState::Planned:
        return 0;
    case ExpectedState::Ok:
        return 1;
    case ExpectedState::Unknown:
        return 2;
    case ExpectedState::Running:
        return 3;
    case ExpectedState::Late:
        return 4;
    case ExpectedState::RanLate:
        return 5;
    case ExpectedState::Warnings:
        return 6;
    case ExpectedState::Missed:
        return 7;
    case ExpectedState::Failed:
        return 8;
    }
    return 0;
}

Instant startOf(QDate date, const QTimeZone &zone)
{
    return Instant::fromSeconds(date.startOfDay(zone).toSecsSinceEpoch());
}

QDate dateOf(Instant instant, const QTimeZone &zone)
{
    return QDateTime::fromSecsSinceEpoch(instant.seconds(), zone).date();
}

void count(const CalendarRun &run, DaySlot &slot)
{
    slot.worst = slot.runs == 0 ? run.state : worstOf(slot.worst, run.state);
    slot.bad += run.isBad() && !run.accepted ? 1 : 0;
    slot.accepted += run.accepted ? 1 : 0;
    ++slot.runs;
}

// Runs are in the order in which they are due, so those of a day lie together.
template <class Use>
void eachDue(const CalendarPlan &plan, Instant from, Instant to, Use use)
{
    auto at = std::lower_bound(plan.runs.begin(), plan.runs.end(), from,
        [](const CalendarRun &run, Instant begin) { return run.due < begin; });
    for (; at != plan.runs.end() && at->due < to; ++at)
        use(int(at - plan.runs.begin()), *at);
}

std::vector<DaySlot> slotsOf(const CalendarPlan &plan, const CalendarDay &day)
{
    std::map<int, DaySlot> byTrack;
    std::map<int, QStringList> kinds;
    for (const int index : day.runs) {
        const CalendarRun &run = plan.runs[std::size_t(index)];
        DaySlot &slot = byTrack[run.track];
        slot.track = run.track;
        count(run, slot);
        kinds[run.track].append(run.kind);
    }
    std::vector<DaySlot> made;
    for (auto &[track, slot] : byTrack) {
        const bool several = plan.tracks[std::size_t(track)].schedules.size() > 1;
        slot.full = several && kinds[track].contains(u"full"_s);
        made.push_back(slot);
    }
    return made;
}

double daysSince(QDate monday, Instant instant, const QTimeZone &zone)
{
    const QDate date = dateOf(instant, zone);
    const Instant begin = startOf(date, zone);
    const double whole = double((startOf(date.addDays(1), zone) - begin).count());
    return double(monday.daysTo(date)) + double((instant - begin).count()) / whole;
}

// Bars keep whole days to themselves, so that a short one has its words in its day.
bool shareADay(const FaultBar &one, const FaultBar &other)
{
    return std::floor(one.from) < std::ceil(other.to) && std::floor(other.from) < std::ceil(one.to);
}

int freeLane(const std::vector<FaultBar> &bars, const FaultBar &bar)
{
    for (int lane = 0;; ++lane) {
        const bool taken = std::any_of(bars.begin(), bars.end(),
            [&](const FaultBar &other) { return other.lane == lane && shareADay(other, bar); });
        if (!taken)
            return lane;
    }
}

std::vector<FaultBar> barsOf(const CalendarFacts &facts, QDate monday, const QTimeZone &zone)
{
    const Instant begin = startOf(monday, zone);
    const Instant end = startOf(monday.addDays(7), zone);
    std::vector<FaultBar> bars;
    for (std::size_t i = 0; i < facts.faults.size(); ++i) {
        const CalendarFault &fault = facts.faults[i];
        const Instant to = fault.to.value_or(facts.plan.now);
        if (!(fault.from < end) || !(begin < to))
            continue;
        FaultBar bar { int(i) };
        bar.before = fault.from < begin;
        bar.after = end < to;
        bar.from = bar.before ? 0 : daysSince(monday, fault.from, zone);
        bar.to = bar.after ? 7 : daysSince(monday, to, zone);
        bar.lane = freeLane(bars, bar);
        bars.push_back(bar);
    }
    return bars;
}

DayVerdict verdictOf(ExpectedState state)
{
    switch (state) {
    case ExpectedState::Planned:
    case ExpectedState::Running:
        return DayVerdict::Planned;
    case ExpectedState::Ok:
        return DayVerdict::Clean;
    case ExpectedState::Unknown:
        return DayVerdict::Unknown;
    case ExpectedState::Late:
    case ExpectedState::RanLate:
    case ExpectedState::Warnings:
        return DayVerdict::Attention;
    case ExpectedState::Missed:
        return DayVerdict::Missed;
    case ExpectedState::Failed:
        return DayVerdict::Failed;
    }
    return DayVerdict::Unknown;
}

// A verdict for each date, raised by whatever is worse.
class Verdicts
{
public:
    Verdicts(QDate from, QDate to, const QTimeZone &zone)
        : m_zone(zone)
    {
        for (QDate date = from; date <= to; date = date.addDays(1))
            m_days.push_back({ date, DayVerdict::Nothing });
    }
    void raise(QDate date, DayVerdict verdict)
    {
        const qint64 at = m_days.empty() ? -1 : m_days.front().date.daysTo(date);
        if (at < 0 || at >= qint64(m_days.size()))
            return;
        DayVerdict &held = m_days[std::size_t(at)].verdict;
        held = std::max(held, verdict);
    }
    void raise(Instant instant, DayVerdict verdict) { raise(dateOf(instant, m_zone), verdict); }
    void raise(Instant from, Instant to, DayVerdict verdict)
    {
        const QDate last = dateOf(to - 1us, m_zone);
        for (QDate date = dateOf(from, m_zone); date <= last; date = date.addDays(1))
            raise(date, verdict);
    }
    [[nodiscard]] std::vector<YearDay> take() { return std::move(m_days); }

private:
    QTimeZone m_zone;
    std::vector<YearDay> m_days;
};

} // namespace

ExpectedState worstOf(ExpectedState one, ExpectedState other)
{
    return rank(one) >= rank(other) ? one : other;
}

CalendarDay dayOf(const CalendarFacts &facts, QDate date, const QTimeZone &zone)
{
    CalendarDay day { date, startOf(date, zone), startOf(date.addDays(1), zone), {}, {}, {} };
    eachDue(
        facts.plan, day.begin, day.end, [&](int index, const CalendarRun &) { day.runs.push_back(index); });
    std::stable_sort(day.runs.begin(), day.runs.end(), [&](int a, int b) {
        return facts.plan.runs[std::size_t(a)].begin < facts.plan.runs[std::size_t(b)].begin;
    });
    day.slots = slotsOf(facts.plan, day);
    for (std::size_t i = 0; i < facts.conflicts.size(); ++i)
        if (!(facts.conflicts[i].from < day.begin) && facts.conflicts[i].from < day.end)
            day.conflicts.push_back(int(i));
    return day;
}

CalendarWeek weekOf(const CalendarFacts &facts, QDate day, const QTimeZone &zone)
{
    const QDate monday = day.addDays(1 - day.dayOfWeek());
    CalendarWeek week;
    week.number = monday.weekNumber();
    for (int i = 0; i < 7; ++i)
        week.days[std::size_t(i)] = dayOf(facts, monday.addDays(i), zone);
    week.bars = barsOf(facts, monday, zone);
    return week;
}

std::vector<CalendarWeek> monthOf(const CalendarFacts &facts, QDate month, const QTimeZone &zone)
{
    const QDate first(month.year(), month.month(), 1);
    const QDate next = first.addMonths(1);
    std::vector<CalendarWeek> weeks;
    for (QDate monday = first.addDays(1 - first.dayOfWeek()); monday < next; monday = monday.addDays(7))
        weeks.push_back(weekOf(facts, monday, zone));
    return weeks;
}

std::vector<YearDay> daysOf(const CalendarFacts &facts, QDate from, QDate to, const QTimeZone &zone)
{
    Verdicts verdicts(from, to, zone);
    for (const CalendarRun &run : facts.plan.runs)
        if (!facts.plan.tracks[std::size_t(run.track)].isWindow())
            verdicts.raise(run.due, run.accepted ? DayVerdict::Accepted : verdictOf(run.state));
    for (const Conflict &conflict : facts.conflicts)
        verdicts.raise(conflict.from, conflict.accepted ? DayVerdict::Accepted : DayVerdict::Attention);
    for (const CalendarFault &fault : facts.faults)
        verdicts.raise(fault.from, fault.to.value_or(facts.plan.now),
            fault.accepted ? DayVerdict::Accepted : DayVerdict::Failed);
    return verdicts.take();
}

CleanDays cleanDays(const std::vector<YearDay> &days, QDate last)
{
    CleanDays found;
    for (const YearDay &day : days) {
        if (day.date > last)
            break;
        found.clean += day.verdict == DayVerdict::Clean ? 1 : 0;
        found.unknown += day.verdict == DayVerdict::Unknown ? 1 : 0;
        found.known += day.verdict >= DayVerdict::Clean && day.verdict != DayVerdict::Unknown ? 1 : 0;
    }
    return found;
}

} // namespace tidemark
