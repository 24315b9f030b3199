#include "breakages.h"

using namespace Qt::StringLiterals;
using std::chrono::days;

namespace tidemark::test {

namespace {

RetentionPromise promise(const QString &source)
{
    RetentionPromise made;
    made.name = u"standard"_s;
    made.clusters = { u"shop"_s };
    made.sources = { source };
    return made;
}

} // namespace

std::vector<Breakage> retentionBreakages()
{
    return {
        { "prune keeps too little",
            [](World &w) {
                w.fleet.promises = { promise(u"pbs01"_s) };
                w.fleet.promises.front().keep = { { u"keep-daily"_s, 7 } };
                jobOf(w, u"prune"_s).keep = { { u"keep-daily"_s, 3 } };
            },
            "F retention.keep-short @pbs01 standard (prune-1) is 3 of 7 \"keep-daily\"" },
        { "prune keeps for too short",
            [](World &w) {
                w.fleet.promises = { promise(u"pbs01"_s) };
                w.fleet.promises.front().duration = days(90);
                jobOf(w, u"prune"_s).keep = { { u"keep-weekly"_s, 4 } };
            },
            "F retention.keep-short @pbs01 standard (prune-1) is 28 of 90 \"days\"" },
        { "prune keeps enough",
            [](World &w) {
                w.fleet.promises = { promise(u"pbs01"_s) };
                w.fleet.promises.front().keep = { { u"keep-daily"_s, 7 } };
                jobOf(w, u"prune"_s).keep = { { u"daily"_s, 7 } };
            },
            "" },
        { "prune keeps everything",
            [](World &w) {
                w.fleet.promises = { promise(u"pbs01"_s) };
                w.fleet.promises.front().keep = { { u"keep-daily"_s, 70 } };
            },
            "" },
        { "removed before its time",
            [](World &w) {
                w.fleet.promises = { promise(u"dumps"_s) };
                w.fleet.promises.front().duration = days(30);
                Run run;
                run.kind = u"dump"_s;
                run.cluster = u"shop"_s;
                run.start = Story::minute(0) - days(40);
                run.state = RunState::Ok;
                w.read(u"dumps"_s).runs = { run };
            },
            "F retention.broken shop standard (days) -8755~ is 6 of 30" },
        { "not that old yet",
            [](World &w) {
                w.fleet.promises = { promise(u"dumps"_s) };
                w.fleet.promises.front().duration = days(30);
            },
            "" },
    };
}

} // namespace tidemark::test
