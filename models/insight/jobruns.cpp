#include "insight/jobruns.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

bool leadsTo(const Job &job, const QString &zone)
{
    const auto rule = Recurrence::parse(job.schedule, u"calendar"_s, zone);
    return rule && rule->next(*job.nextRun - 1s) == job.nextRun;
}

QString offsetZone(int quarters)
{
    const int minutes = std::abs(quarters) * 15;
    return u"UTC%1%2:%3"_s.arg(QChar(quarters < 0 ? u'-' : u'+'))
        .arg(minutes / 60, 2, 10, QChar(u'0'))
        .arg(minutes % 60, 2, 10, QChar(u'0'));
}

QString zoneOf(const Job &job, const QStringList &zones)
{
    if (!job.nextRun || leadsTo(job, {}))
        return {};
    const auto known = std::ranges::find_if(zones, [&](const QString &zone) { return leadsTo(job, zone); });
    if (known != zones.end())
        return *known;
    for (int quarters = -12 * 4; quarters <= 14 * 4; ++quarters)
        if (const QString zone = offsetZone(quarters); leadsTo(job, zone))
            return zone;
    return {};
}

// Tasks that verify or sync name their job ("main:verify-weekly"), the others only what they work on.
bool isIts(const Run &run, const Job &job)
{
    if (run.kind != job.kind)
        return false;
    if (job.kind == u"verify" || job.kind == u"sync")
        return run.subject.split(u':').contains(job.id.section(u':', 1));
    return QString(run.subject).replace(u':', u'/') == job.subject;
}

SeenRun seenFrom(const Run &run)
{
    return { .start = run.start, .end = run.end, .state = run.state, .id = run.id, .said = run.said };
}

bool isRemembered(const std::vector<SeenRun> &seen, Instant start)
{
    return std::ranges::any_of(seen, [&](const SeenRun &run) {
        return run.start == start || (run.end && run.start <= start && start <= *run.end);
    });
}

} // namespace

Schedule scheduleOf(const Job &job, const QStringList &zones)
{
    Schedule made;
    made.name = job.id;
    made.kind = job.kind;
    made.when = job.schedule;
    made.form = job.enabled && !job.schedule.isEmpty() ? u"calendar"_s : u"manual"_s;
    made.zone = zoneOf(job, zones);
    made.source = job.source;
    return made;
}

std::vector<SeenRun> seenRuns(const Job &job, const SourceFacts &source)
{
    std::vector<SeenRun> seen;
    for (const Run &run : source.runs)
        if (isIts(run, job))
            seen.push_back(seenFrom(run));
    if (job.lastRun && !isRemembered(seen, *job.lastRun))
        seen.push_back({ .start = *job.lastRun, .state = job.lastState, .id = job.id, .said = job.lastSaid });
    std::ranges::stable_sort(seen, {}, &SeenRun::start);
    return seen;
}

std::vector<ExpectedRun> expectedRuns(const Job &job, const QStringList &zones,
    const std::vector<SeenRun> &seen, Instant from, Instant to, Instant now)
{
    const Schedule schedule = scheduleOf(job, zones);
    if (schedule.form == u"manual") {
        std::vector<ExpectedRun> ran;
        for (const SeenRun &run : seen)
            if (from <= run.start && run.start < to)
                ran.push_back({ run.start, stateOf(run.state), run, {} });
        return ran;
    }
    auto expected = expectedRuns(schedule, seen, from, to, now);
    const bool neverRan = seen.empty();
    std::erase_if(expected, [&](const ExpectedRun &one) {
        const bool before = neverRan && job.nextRun && one.due < *job.nextRun; // it was not there yet
        return !one.run && (one.state == ExpectedState::Unknown || before);
    });
    return expected;
}

} // namespace tidemark
