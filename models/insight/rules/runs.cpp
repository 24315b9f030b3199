#include "insight/rules/rules.h"

#include <algorithm>
#include <map>
#include <tuple>

using namespace Qt::StringLiterals;

namespace tidemark::rules {

namespace {

constexpr std::size_t Enough = 5; // runs from which a usual duration is known
constexpr double Slow = 3; // times the usual one
constexpr std::chrono::minutes Worth { 10 }; // and this much longer

// Runs of one kind on one subject, by start.
using Line = std::vector<const Run *>;
using Lines = std::map<std::tuple<QString, QString, QString>, Line>;

Lines linesOf(const SourceFacts &source)
{
    Lines lines;
    for (const Run &run : source.runs)
        lines[{ run.cluster, run.kind, run.subject }].push_back(&run);
    return lines;
}

// A job of the source tells of its own runs.
bool toldByJob(const SourceFacts &source, const Run &run)
{
    return std::any_of(source.jobs.begin(), source.jobs.end(),
        [&](const Job &job) { return job.kind == run.kind && job.lastState == RunState::Failed; });
}

// What it left behind is a finding of its own.
bool toldByArtifact(const Scene &scene, const SourceFacts &source, const Run &run)
{
    const auto isIts = [&](const ArtifactFact *left) {
        return left && !run.artifact.isEmpty() && left->id == run.artifact
            && scene.source(left->source) == &source;
    };
    for (const ClusterView &view : scene.clusters())
        for (const Series &series : view.series)
            if (isIts(series.failed.newest) || isIts(series.unfinished.newest))
                return true;
    return false;
}

void failed(const Scene &scene, const SourceFacts &source, const Line &line, Found &found)
{
    const auto newest = std::find_if(
        line.rbegin(), line.rend(), [](const Run *run) { return run->state != RunState::Running; });
    if (newest == line.rend() || (*newest)->state != RunState::Failed || toldByJob(source, **newest)
        || toldByArtifact(scene, source, **newest))
        return;
    const Run &run = **newest;
    Finding &finding = found.add("run.failed", run.cluster, source.name);
    finding.subject = run.subject.isEmpty() ? run.id : run.subject;
    finding.part = run.kind;
    finding.since = run.start;
    finding.said = run.said;
    for (auto one = newest; one != line.rend() && (*one)->state == RunState::Failed; ++one)
        addItem(finding, (*one)->id);
}

std::optional<std::chrono::microseconds> usual(const Line &line)
{
    std::vector<std::chrono::microseconds> took;
    for (const Run *run : line)
        if (run->end && (run->state == RunState::Ok || run->state == RunState::Warnings))
            took.push_back(*run->end - run->start);
    if (took.size() < Enough)
        return {};
    const auto middle = took.begin() + std::ptrdiff_t(took.size() / 2);
    std::nth_element(took.begin(), middle, took.end());
    return *middle;
}

void slow(const SourceFacts &source, const Line &line, Instant now, Found &found)
{
    const Run &run = *line.back();
    const auto known = usual(line);
    if (!known || run.state == RunState::Failed)
        return;
    if (run.state == RunState::Unknown || (run.state == RunState::Running && !source.readAt))
        return;
    const auto took = run.end.value_or(run.state == RunState::Running ? now : run.start) - run.start;
    if (double(took.count()) <= Slow * double(known->count()) || took - *known < Worth)
        return;
    Finding &finding = found.add("run.slow", run.cluster, source.name);
    finding.subject = run.subject.isEmpty() ? run.id : run.subject;
    finding.part = run.kind;
    finding.since = run.start;
    finding.measured = double(took.count()) / 1e6;
    finding.limit = double(known->count()) / 1e6;
}

} // namespace

void runs(const Scene &scene, Found &found)
{
    for (const SourceFacts &source : scene.facts().sources)
        for (const auto &[name, line] : linesOf(source)) {
            failed(scene, source, line, found);
            slow(source, line, source.readAt.value_or(scene.now()), found);
        }
}

} // namespace tidemark::rules
