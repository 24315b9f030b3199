#include "breakages.h"

using namespace Qt::StringLiterals;
using std::chrono::days;

namespace tidemark::test {

namespace {

void runsOf(World &w, std::initializer_list<int> minutes, RunState last)
{
    int number = 0;
    for (const int took : minutes) {
        Run run;
        run.source = u"pbs01"_s;
        run.id = u"run%1"_s.arg(++number);
        run.kind = u"snapshot"_s;
        run.subject = u"vm/2001"_s;
        run.cluster = u"shop"_s;
        run.start = Story::minute(0) - days(10 - number);
        run.end = run.start + std::chrono::minutes(took);
        run.state = number == int(minutes.size()) ? last : RunState::Ok;
        run.said = run.state == RunState::Failed ? u"no space left"_s : QString();
        w.read(u"pbs01"_s).runs.push_back(run);
    }
}

Schedule nightly(const QString &kind, const QString &source)
{
    Schedule schedule;
    schedule.name = u"nightly"_s;
    schedule.kind = kind;
    schedule.when = u"daily"_s;
    schedule.source = source;
    schedule.clusters = { u"shop"_s };
    return schedule;
}

} // namespace

std::vector<Breakage> jobBreakages()
{
    return {
        { "verify job failed",
            [](World &w) {
                jobOf(w, u"verify"_s).lastState = RunState::Failed;
                jobOf(w, u"verify"_s).lastSaid = u"1 error"_s;
            },
            "F job.verify-failed @pbs01 verify-1 (tank) -240~ \"1 error\"" },
        { "GC failed", [](World &w) { jobOf(w, u"gc"_s).lastState = RunState::Failed; },
            "F job.gc-failed @pbs01 gc-1 (tank) -240~" },
        { "sync failed", [](World &w) { jobOf(w, u"sync"_s).lastState = RunState::Failed; },
            "F job.sync-failed @pbs01 sync-1 (tank) -240~" },
        { "prune failed", [](World &w) { jobOf(w, u"prune"_s).lastState = RunState::Failed; },
            "F job.prune-failed @pbs01 prune-1 (tank) -240~" },
        { "job does not run", [](World &w) { jobOf(w, u"gc"_s).nextRun = Story::minute(0) - days(2); },
            "A job.overdue @pbs01 gc-1 (tank) -2880~" },
        { "run failed",
            [](World &w) {
                runsOf(w, { 5, 5 }, RunState::Failed);
            },
            "F run.failed shop @pbs01 vm/2001 (snapshot) [run2] x1 -11520~ \"no space left\"" },
        { "run takes long",
            [](World &w) {
                runsOf(w, { 5, 6, 5, 5, 5, 40 }, RunState::Ok);
            },
            "A run.slow shop @pbs01 vm/2001 (snapshot) -5760~ is 2400 of 300" },
        { "runs as usual",
            [](World &w) {
                runsOf(w, { 5, 6, 5, 5, 5, 9 }, RunState::Ok);
            },
            "" },
        { "minutes are not long",
            [](World &w) {
                runsOf(w, { 1, 1, 1, 1, 1, 5 }, RunState::Ok);
            },
            "" },
        { "a schedule that is kept",
            [](World &w) { w.fleet.schedules = { nightly(u"snapshot"_s, u"pbs01"_s) }; }, "" },
        { "a job that silently stopped",
            [](World &w) {
                w.fleet.schedules = { nightly(u"snapshot"_s, u"pbs01"_s) };
                std::erase_if(w.shop().artifacts, [](const auto &a) {
                    return a.kind == ArtifactKind::VmSnapshot && a.stop > Story::minute(0) - days(3);
                });
            },
            "F schedule.missed shop @pbs01 nightly (snapshot) x3 -4500~-666.67 risk 30s/0.2" },
        { "it cannot be known",
            [](World &w) {
                w.fleet.schedules = { nightly(u"snapshot"_s, u"pbs01"_s) };
                w.read(u"pbs01"_s).readAt.reset();
                std::erase_if(w.shop().artifacts, [](const auto &a) {
                    return a.kind == ArtifactKind::VmSnapshot && a.stop > Story::minute(0) - days(3);
                });
            },
            "" },
        { "a schedule that fails too often",
            [](World &w) {
                w.fleet.schedules = { nightly(u"snapshot"_s, u"pbs01"_s) };
                w.fleet.schedules.front().successTarget = 99;
                w.artifact(u"vm/2001/2"_s).state = ArtifactState::Failed;
            },
            "A schedule.rate shop @pbs01 nightly is 85.7143 of 99" },
    };
}

} // namespace tidemark::test
