#include "insight/expected.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using std::chrono::seconds;
using namespace std::chrono_literals;

constexpr seconds Early = 5min; // clocks differ; a run this early is on time, one this late is not late
constexpr seconds OneRun = 1h; // dumps that begin within this time belong together

bool isMethod(const ArtifactFact &artifact, Method least)
{
    return artifact.kind == ArtifactKind::BaseBackup && artifact.method <= least;
}

// A full backup answers for an incremental one that was due, not the other way round.
bool answersFor(const ArtifactFact &artifact, const QString &kind)
{
    if (kind == u"full")
        return isMethod(artifact, Method::Full) || artifact.kind == ArtifactKind::VmSnapshot;
    if (kind == u"diff")
        return isMethod(artifact, Method::Differential);
    if (kind == u"incr")
        return isMethod(artifact, Method::Incremental);
    if (kind == u"basebackup")
        return artifact.kind == ArtifactKind::BaseBackup;
    if (kind == u"dump")
        return artifact.kind == ArtifactKind::Dump || artifact.kind == ArtifactKind::Globals;
    return kind == u"snapshot" && artifact.kind == ArtifactKind::VmSnapshot;
}

RunState stateOf(ArtifactState state)
{
    switch (state) {
    case ArtifactState::Complete:
        return RunState::Ok;
    case ArtifactState::Running:
        return RunState::Running;
    case ArtifactState::Failed:
    case ArtifactState::Unfinished:
    case ArtifactState::Damaged:
        return RunState::Failed;
    }
    return RunState::Unknown;
}

bool concerns(const Schedule &schedule, const QString &cluster)
{
    return schedule.clusters.isEmpty() || schedule.clusters.contains(cluster);
}

bool concernsDatabase(const Schedule &schedule, const QString &database)
{
    return schedule.databases.isEmpty() || database.isEmpty() || schedule.databases.contains(database);
}

SeenRun seenFrom(const Run &run)
{
    return { run.start, run.end, run.state, run.id, false, run.size, run.said, run.artifact,
        run.artifact.isEmpty() ? 0 : 1 };
}

// One time alone tells no span: that of a snapshot, or of a dump whose file is dated by its name.
std::optional<Instant> endOf(const ArtifactFact &artifact)
{
    return artifact.start && artifact.start < artifact.stop ? artifact.stop : std::nullopt;
}

SeenRun seenFrom(const ArtifactFact &artifact)
{
    const Instant start = artifact.start ? *artifact.start : artifact.stop.value_or(Instant {});
    return { start, endOf(artifact), stateOf(artifact.state), artifact.id, true, artifact.stored, {},
        artifact.id, 1 };
}

// The runs of a source that a schedule is about, by start, and where each went.
struct Told {
    std::vector<const Run *> runs;
    std::vector<SeenRun> seen;
    QSet<QString> artifacts; // that have a run of their own
};

Told toldRuns(const Schedule &schedule, const SourceFacts &source)
{
    Told told;
    for (const Run &run : source.runs) {
        if (run.kind != schedule.kind || (!run.cluster.isEmpty() && !concerns(schedule, run.cluster)))
            continue;
        told.runs.push_back(&run);
        told.artifacts.insert(run.artifact);
    }
    std::stable_sort(
        told.runs.begin(), told.runs.end(), [](const Run *a, const Run *b) { return a->start < b->start; });
    for (const Run *run : told.runs)
        told.seen.push_back(seenFrom(*run));
    return told;
}

RunState worse(RunState a, RunState b)
{
    const auto rank = [](RunState state) {
        switch (state) {
        case RunState::Failed:
            return 4;
        case RunState::Running:
            return 3;
        case RunState::Unknown:
            return 2;
        case RunState::Warnings:
            return 1;
        case RunState::Ok:
            return 0;
        }
        return 0;
    };
    return rank(a) >= rank(b) ? a : b;
}

// A tool that does not say what its run made still made the snapshot that was taken while it ran.
bool madeBy(const Run &run, const ArtifactFact &artifact, const QString &cluster)
{
    const bool his = run.cluster.isEmpty() || run.cluster == cluster;
    return his && run.artifact.isEmpty() && run.start - Early <= *artifact.start
        && *artifact.start <= run.end.value_or(run.start + Early);
}

SeenRun *makerOf(Told &told, const ArtifactFact &artifact, const QString &cluster)
{
    if (artifact.kind != ArtifactKind::VmSnapshot || !artifact.start)
        return nullptr;
    auto at = std::upper_bound(told.runs.begin(), told.runs.end(), *artifact.start + Early,
        [](Instant moment, const Run *run) { return moment < run->start; });
    while (at != told.runs.begin() && *artifact.start - (*--at)->start < std::chrono::days(1))
        if (madeBy(**at, artifact, cluster))
            return &told.seen[std::size_t(at - told.runs.begin())];
    return nullptr;
}

void give(SeenRun &run, const ArtifactFact &artifact)
{
    run.artifact = artifact.id;
    ++run.artifacts;
    if (!run.size)
        run.size = artifact.stored;
    if (stateOf(artifact.state) == RunState::Failed)
        run.state = RunState::Failed;
}

struct Wanted {
    const Schedule &schedule;
    qint32 source = -1;

    [[nodiscard]] bool takes(const ArtifactFact &artifact) const
    {
        return artifact.source == source && (artifact.start || artifact.stop)
            && answersFor(artifact, schedule.kind) && concernsDatabase(schedule, artifact.database);
    }
};

void addArtifacts(const Wanted &wanted, const CatalogueFacts &facts, Told &told)
{
    std::vector<SeenRun> alone;
    for (const ClusterFacts &cluster : facts.clusters) {
        if (!concerns(wanted.schedule, cluster.name))
            continue;
        for (const ArtifactFact &artifact : cluster.artifacts) {
            if (!wanted.takes(artifact) || told.artifacts.contains(artifact.id))
                continue;
            if (SeenRun *maker = makerOf(told, artifact, cluster.name))
                give(*maker, artifact);
            else
                alone.push_back(seenFrom(artifact));
        }
    }
    told.seen.insert(told.seen.end(), alone.begin(), alone.end());
}

void join(SeenRun &run, const SeenRun &more)
{
    run.end = run.end && more.end ? std::optional(std::max(*run.end, *more.end)) : std::nullopt;
    run.state = worse(run.state, more.state);
    run.artifacts += more.artifacts;
    if (run.size && more.size)
        run.size->count += more.size->count;
}

// Several dumps of one night are one run.
std::vector<SeenRun> joined(const std::vector<SeenRun> &seen)
{
    std::vector<SeenRun> runs;
    for (const SeenRun &one : seen) {
        const bool same = !runs.empty() && runs.back().fromArtifact && one.fromArtifact
            && one.start - runs.back().start < OneRun;
        if (same)
            join(runs.back(), one);
        else
            runs.push_back(one);
    }
    return runs;
}

seconds allowance(const Schedule &schedule, seconds period)
{
    return schedule.startWithin.value_or(std::min<seconds>(period / 2, 1h))
        + schedule.expectedDuration.value_or(std::min<seconds>(period / 4, 1h));
}

struct Deadlines {
    Instant now;
    seconds allowed {}; // until nothing that ran is a miss
    seconds begun {}; // until a run is on time

    static Deadlines of(const Schedule &schedule, seconds period, Instant now)
    {
        const seconds allowed = allowance(schedule, period);
        return { now, allowed, std::max<seconds>(Early, schedule.startWithin.value_or(allowed)) };
    }
    [[nodiscard]] std::optional<seconds> late(const ExpectedRun &one) const
    {
        if (!one.run || one.run->start - one.due <= begun)
            return {};
        return std::chrono::duration_cast<seconds>(one.run->start - one.due);
    }
    [[nodiscard]] ExpectedState ran(const ExpectedRun &one) const
    {
        const ExpectedState state = stateOf(one.run->state);
        return state == ExpectedState::Ok && one.late ? ExpectedState::RanLate : state;
    }

    [[nodiscard]] ExpectedState absent(Instant due, std::optional<Instant> nextDue) const
    {
        if (now < due + Early)
            return ExpectedState::Planned;
        const bool over = now >= due + allowed || (nextDue && now >= *nextDue);
        return over ? ExpectedState::Missed : ExpectedState::Late;
    }
};

// Runs are handed to the last occurrence at or before them; those before the first one belong to nobody here.
void attribute(std::vector<ExpectedRun> &expected, const std::vector<SeenRun> &seen)
{
    for (const SeenRun &run : seen) {
        const auto after = std::upper_bound(expected.begin(), expected.end(), run.start + Early,
            [](Instant at, const ExpectedRun &one) { return at < one.due; });
        if (after == expected.begin())
            continue;
        ExpectedRun &owner = *std::prev(after);
        if (!owner.run || owner.run->state != RunState::Ok)
            owner.run = run;
    }
}

int holeBefore(const std::vector<ExpectedRun> &expected, int at)
{
    int length = 0;
    while (at - 1 - length >= 0 && !expected[std::size_t(at - 1 - length)].run)
        ++length;
    return length;
}

int runBefore(const std::vector<ExpectedRun> &expected, int at)
{
    int length = 0;
    while (at - 1 - length >= 0 && expected[std::size_t(at - 1 - length)].run)
        ++length;
    return length;
}

int lastDue(const std::vector<ExpectedRun> &expected, Instant now)
{
    const auto after = std::upper_bound(expected.begin(), expected.end(), now,
        [](Instant at, const ExpectedRun &one) { return at < one.due; });
    return int(after - expected.begin()) - 1;
}

// The first occurrence from which on absence means that nothing ran. Where nothing was ever seen, that is the
// newest one.
int memoryBegins(const std::vector<ExpectedRun> &expected, Instant now)
{
    int at = int(expected.size()) - 1;
    while (at >= 0 && !expected[std::size_t(at)].run)
        --at;
    if (at < 0)
        return lastDue(expected, now);
    while (at > 0) {
        const int hole = holeBefore(expected, at);
        const int older = runBefore(expected, at - hole);
        if (older <= hole) // thinned by the store, as far as anybody can tell
            return at;
        at -= hole + older;
    }
    return std::max(at, 0);
}

std::vector<ExpectedRun> occurrences(const Recurrence &rule, Instant from, Instant to)
{
    std::vector<ExpectedRun> expected;
    for (const Instant due : rule.between(from, to))
        expected.push_back({ due, ExpectedState::Planned, {}, {} });
    return expected;
}

std::vector<ExpectedRun> byTimes(const Schedule &schedule, const Recurrence &rule,
    const std::vector<SeenRun> &seen, Instant from, Instant to, Instant now)
{
    const seconds period = rule.periodAt(now);
    const Instant known = seen.empty() ? from : std::min(from, seen.front().start - period);
    auto expected = occurrences(rule, std::max(known, from - 60 * period), to);
    attribute(expected, seen);
    const int memory = memoryBegins(expected, now);
    const Deadlines deadlines = Deadlines::of(schedule, period, now);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const auto nextDue = i + 1 < expected.size() ? std::optional(expected[i + 1].due) : std::nullopt;
        ExpectedRun &one = expected[i];
        one.late = deadlines.late(one);
        one.state = one.run ? deadlines.ran(one) : deadlines.absent(one.due, nextDue);
        if (!one.run && int(i) < memory && one.state != ExpectedState::Planned)
            one.state = ExpectedState::Unknown;
    }
    std::erase_if(expected, [&](const ExpectedRun &one) { return one.due < from; });
    return expected;
}

// An interval has no times of its own: each run is due when it ran, and the next one that long after it.
std::vector<ExpectedRun> byInterval(const Schedule &schedule, seconds every, const std::vector<SeenRun> &seen,
    Instant from, Instant to, Instant now)
{
    std::vector<ExpectedRun> expected;
    const Deadlines deadlines = Deadlines::of(schedule, every, now);
    for (std::size_t i = 0; i < seen.size(); ++i) {
        expected.push_back({ seen[i].start, stateOf(seen[i].state), seen[i], {} });
        const Instant until = i + 1 < seen.size() ? seen[i + 1].start : to;
        for (Instant due = seen[i].start + every; due + every / 2 < until; due = due + every)
            expected.push_back({ due, deadlines.absent(due, due + every), {}, {} });
    }
    std::erase_if(expected, [&](const ExpectedRun &one) { return one.due < from || !(one.due < to); });
    return expected;
}

bool wentWell(ExpectedState state)
{
    return state == ExpectedState::Ok || state == ExpectedState::RanLate || state == ExpectedState::Warnings;
}

bool wentBadly(ExpectedState state)
{
    return state == ExpectedState::Missed || state == ExpectedState::Failed;
}

std::optional<double> rateOf(const std::vector<ExpectedRun> &expected)
{
    int good = 0;
    int known = 0;
    for (auto one = expected.rbegin(); one != expected.rend() && known < 30; ++one) {
        good += wentWell(one->state) ? 1 : 0;
        known += wentWell(one->state) || wentBadly(one->state) ? 1 : 0;
    }
    return known == 0 ? std::nullopt : std::optional(100.0 * good / known);
}

int badInARow(const std::vector<ExpectedRun> &expected)
{
    int count = 0;
    for (auto one = expected.rbegin(); one != expected.rend() && !wentWell(one->state); ++one)
        count += wentBadly(one->state) ? 1 : 0;
    return count;
}

} // namespace

ExpectedState stateOf(RunState state)
{
    switch (state) {
    case RunState::Running:
        return ExpectedState::Running;
    case RunState::Ok:
        return ExpectedState::Ok;
    case RunState::Warnings:
        return ExpectedState::Warnings;
    case RunState::Failed:
        return ExpectedState::Failed;
    case RunState::Unknown:
        return ExpectedState::Unknown;
    }
    return ExpectedState::Unknown;
}

std::vector<SeenRun> seenRuns(const Schedule &schedule, const CatalogueFacts &facts)
{
    std::vector<SeenRun> seen;
    for (std::size_t i = 0; i < facts.sources.size(); ++i) {
        if (facts.sources[i].name != schedule.source)
            continue;
        Told told = toldRuns(schedule, facts.sources[i]);
        addArtifacts({ schedule, qint32(i) }, facts, told);
        seen.insert(seen.end(), told.seen.begin(), told.seen.end());
    }
    std::sort(seen.begin(), seen.end(), [](const SeenRun &a, const SeenRun &b) { return a.start < b.start; });
    return schedule.kind == u"dump" ? joined(seen) : seen;
}

std::vector<ExpectedRun> expectedRuns(
    const Schedule &schedule, const std::vector<SeenRun> &seen, Instant from, Instant to, Instant now)
{
    const auto rule = Recurrence::parse(schedule.when, schedule.form, schedule.zone);
    if (!rule)
        return {};
    if (rule->isInterval())
        return byInterval(schedule, rule->periodAt(now), seen, from, to, now);
    return byTimes(schedule, *rule, seen, from, to, now);
}

std::optional<seconds> usualDuration(const std::vector<SeenRun> &seen)
{
    std::vector<seconds> durations;
    for (auto run = seen.rbegin(); run != seen.rend() && durations.size() < 30; ++run)
        if (run->end && (run->state == RunState::Ok || run->state == RunState::Warnings))
            durations.push_back(std::chrono::duration_cast<seconds>(*run->end - run->start));
    if (durations.empty())
        return {};
    const auto middle = durations.begin() + std::ptrdiff_t(durations.size() / 2);
    std::nth_element(durations.begin(), middle, durations.end());
    return *middle;
}

Punctuality punctuality(const Schedule &schedule, const std::vector<SeenRun> &seen, Instant now)
{
    Punctuality result;
    for (const SeenRun &run : seen)
        if (run.state == RunState::Ok || run.state == RunState::Warnings)
            result.lastOk = run.end.value_or(run.start);
    const auto rule = Recurrence::parse(schedule.when, schedule.form, schedule.zone);
    if (!rule)
        return result;
    const seconds period = rule->periodAt(now);
    const auto expected = expectedRuns(schedule, seen, now - 30 * period, now + 2 * period, now);
    for (const ExpectedRun &one : expected) {
        if (one.due <= now)
            result.lastDue = one.due;
        else if (!result.nextDue)
            result.nextDue = one.due;
    }
    result.missedInARow = badInARow(expected);
    result.successRate = rateOf(expected);
    const bool tooLong
        = schedule.overdueAfter && result.lastOk && now - *result.lastOk > *schedule.overdueAfter;
    result.overdue = tooLong || (!schedule.overdueAfter && result.missedInARow > 0);
    return result;
}

} // namespace tidemark
