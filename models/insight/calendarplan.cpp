#include "insight/calendarplan.h"

#include "insight/jobruns.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using std::chrono::seconds;

const QString Backup = u"backup"_s;
const QString Maintenance = u"maintenance"_s;
const QString Jobs = u"jobs"_s;

bool isBackup(const QString &kind)
{
    static const QStringList kinds { u"full"_s, u"diff"_s, u"incr"_s, u"basebackup"_s, u"dump"_s,
        u"snapshot"_s };
    return kinds.contains(kind);
}

QStringList hostsOf(const Fleet &fleet, const QStringList &clusters)
{
    QStringList hosts;
    for (const Cluster &cluster : fleet.clusters)
        if (clusters.contains(cluster.name) && !cluster.host.isEmpty() && !hosts.contains(cluster.host))
            hosts.append(cluster.host);
    return hosts;
}

QStringList clustersOf(const Fleet &fleet, const Schedule &schedule)
{
    if (!schedule.clusters.isEmpty())
        return schedule.clusters;
    for (const Source &source : fleet.sources)
        if (source.name == schedule.source)
            return source.clusters;
    return {};
}

std::optional<Instant> lastRead(const CatalogueFacts &facts, const QString &source)
{
    for (const SourceFacts &one : facts.sources)
        if (one.name == source)
            return one.readAt;
    return {};
}

// Nobody looked since it was due, so nobody knows.
void forgetUnseen(ExpectedRun &one, std::optional<Instant> readAt)
{
    if (one.state == ExpectedState::Missed && readAt < one.due)
        one.state = ExpectedState::Unknown;
    if (!readAt && one.state != ExpectedState::Planned)
        one.state = ExpectedState::Unknown;
}

// Those that the fleet file names, each once.
QStringList zonesOf(const Fleet &fleet)
{
    QStringList zones;
    for (const Schedule &schedule : fleet.schedules)
        zones << schedule.zone;
    for (const MaintenanceWindow &window : fleet.windows)
        zones << window.zone;
    zones.removeAll(QString());
    zones.removeDuplicates();
    return zones;
}

bool schedules(const Fleet &fleet, const QString &source, const QString &kind)
{
    return std::any_of(fleet.schedules.begin(), fleet.schedules.end(),
        [&](const Schedule &one) { return one.source == source && one.kind == kind; });
}

class Planner
{
public:
    Planner(const Fleet &fleet, const CatalogueFacts &facts, CalendarPlan &plan)
        : m_fleet(fleet)
        , m_facts(facts)
        , m_plan(plan)
    {
    }

    void add(const Schedule &schedule)
    {
        const auto readAt = lastRead(m_facts, schedule.source);
        const auto seen = readAt ? seenRuns(schedule, m_facts) : std::vector<SeenRun>();
        auto expected = expectedRuns(schedule, seen, m_plan.from, m_plan.to, m_plan.now);
        if (expected.empty() && !Recurrence::parse(schedule.when, schedule.form, schedule.zone))
            return;
        const int track = trackOf(schedule);
        const auto measured = usualDuration(seen);
        const auto usual = measured ? measured : schedule.expectedDuration;
        for (ExpectedRun &one : expected) {
            forgetUnseen(one, readAt);
            m_plan.runs.push_back(runOf(schedule, track, one, usual));
        }
    }

    void addJobs(const Source &source)
    {
        const QStringList zones = zonesOf(m_fleet);
        for (const SourceFacts &facts : m_facts.sources)
            for (const Job &job : facts.jobs)
                if (facts.name == source.name && !schedules(m_fleet, source.name, job.kind))
                    add(job, facts, zones);
    }

    void add(const MaintenanceWindow &window)
    {
        const auto rule = Recurrence::parse(window.when, window.form, window.zone);
        if (!rule)
            return;
        const int track = int(m_plan.tracks.size());
        m_plan.tracks.push_back({ window.name, {}, Maintenance, window.clusters,
            hostsOf(m_fleet, window.clusters), { window.name } });
        for (const Instant due : rule->between(m_plan.from - window.duration, m_plan.to)) {
            const Instant end = due + window.duration;
            const auto state = m_plan.now < due ? ExpectedState::Planned
                : m_plan.now < end              ? ExpectedState::Running
                                                : ExpectedState::Unknown;
            m_plan.runs.push_back({ track, window.name, Maintenance, due, due, end, m_plan.now < end, state,
                {}, window.duration, {}, {}, {} });
        }
    }

private:
    void add(const Job &job, const SourceFacts &source, const QStringList &zones)
    {
        const auto seen = seenRuns(job, source);
        auto expected = expectedRuns(job, zones, seen, m_plan.from, m_plan.to, m_plan.now);
        if (expected.empty())
            return;
        const Schedule schedule = scheduleOf(job, zones);
        const int track = trackOf({ {}, source.name, Jobs, {}, {}, {} }, job.id);
        for (ExpectedRun &one : expected) {
            forgetUnseen(one, source.readAt);
            m_plan.runs.push_back(runOf(schedule, track, one, usualDuration(seen)));
            m_plan.runs.back().subject = job.subject;
        }
    }

    [[nodiscard]] CalendarRun runOf(
        const Schedule &schedule, int track, const ExpectedRun &one, std::optional<seconds> usual) const
    {
        CalendarRun made { track, schedule.name, schedule.kind, one.due, one.due, {}, true, one.state,
            one.run, usual, {}, one.late, {} };
        if (one.run) {
            made.begin = one.run->start;
            made.end = one.run->end;
            made.predicted = !made.end;
            if (!made.end && one.state == ExpectedState::Running)
                made.end = std::max(m_plan.now, made.begin + usual.value_or(seconds(0)));
        } else if (one.state == ExpectedState::Planned || one.state == ExpectedState::Late) {
            made.begin = std::max(one.due, one.state == ExpectedState::Late ? m_plan.now : one.due);
            if (usual)
                made.end = made.begin + *usual;
        }
        return made;
    }

    int trackOf(const Schedule &schedule)
    {
        const QStringList clusters = clustersOf(m_fleet, schedule);
        const QString kind = isBackup(schedule.kind) ? Backup : schedule.kind;
        return trackOf(
            { {}, schedule.source, kind, clusters, hostsOf(m_fleet, clusters), {} }, schedule.name);
    }

    int trackOf(const CalendarTrack &track, const QString &schedule)
    {
        // Without a source there is nothing that holds schedules together.
        const QString key = track.source.isEmpty()
            ? u"\n"_s + schedule
            : QStringList { track.source, track.kind, track.clusters.join(u'\n') }.join(u"\n\n"_s);
        const auto [at, fresh] = m_tracks.try_emplace(key, int(m_plan.tracks.size()));
        if (fresh)
            m_plan.tracks.push_back(track);
        m_plan.tracks[std::size_t(at->second)].schedules.append(schedule);
        return at->second;
    }

    const Fleet &m_fleet;
    const CatalogueFacts &m_facts;
    CalendarPlan &m_plan;
    std::map<QString, int> m_tracks;
};

// From the shortest to the one that is always unique.
QStringList namesFor(const CalendarTrack &track)
{
    if (track.isWindow())
        return { track.label, track.label };
    const QString lead = track.kind == Backup ? QString() : track.kind + u' ';
    QStringList names;
    if (track.clusters.size() == 1)
        names.append(lead + track.clusters.front());
    if (!track.source.isEmpty())
        names.append(lead + track.source);
    names.append(track.schedules.front());
    return names;
}

// A track whose name another one has too takes its next longer one.
void nameTracks(std::vector<CalendarTrack> &tracks)
{
    std::vector<qsizetype> step(tracks.size(), 0);
    for (bool clash = true; clash;) {
        clash = false;
        std::map<QString, std::vector<std::size_t>> taken;
        for (std::size_t i = 0; i < tracks.size(); ++i)
            taken[namesFor(tracks[i]).at(step[i])].push_back(i);
        for (const auto &[name, which] : taken)
            for (const std::size_t i : which)
                if (which.size() > 1 && step[i] + 1 < namesFor(tracks[i]).size()) {
                    ++step[i];
                    clash = true;
                }
    }
    for (std::size_t i = 0; i < tracks.size(); ++i)
        tracks[i].label = namesFor(tracks[i]).at(step[i]);
}

void markAccepted(CalendarPlan &plan)
{
    if (plan.accepted.empty())
        return;
    for (CalendarRun &run : plan.runs)
        if (const Acceptance *one = run.isBad() ? acceptanceOf(plan.accepted, run.occurrence()) : nullptr)
            run.accepted = *one;
}

bool concerns(const QString &cluster, const QStringList &clusters)
{
    return cluster.isEmpty() || clusters.contains(cluster);
}

} // namespace

CalendarPlan calendarPlan(const Fleet &fleet, const CatalogueFacts &facts, const QString &cluster,
    Instant from, Instant to, Instant now)
{
    CalendarPlan plan { from, to, now, {}, {}, facts.accepted };
    Planner planner(fleet, facts, plan);
    for (const Schedule &schedule : fleet.schedules)
        if (concerns(cluster, clustersOf(fleet, schedule)))
            planner.add(schedule);
    for (const MaintenanceWindow &window : fleet.windows)
        if (concerns(cluster, window.clusters))
            planner.add(window);
    for (const Source &source : fleet.sources)
        if (concerns(cluster, source.clusters))
            planner.addJobs(source);
    nameTracks(plan.tracks);
    std::stable_sort(plan.runs.begin(), plan.runs.end(),
        [](const CalendarRun &a, const CalendarRun &b) { return a.due < b.due; });
    markAccepted(plan);
    return plan;
}

} // namespace tidemark
