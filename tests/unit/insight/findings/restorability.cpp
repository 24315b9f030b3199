#include "breakages.h"

using namespace Qt::StringLiterals;

namespace tidemark::test {

std::vector<Breakage> restorabilityBreakages()
{
    return {
        { "a segment is missing", gap,
            "F wal.gap shop @repo 000000010000000000000005 tl 1 x1 5~ risk 330s/5.2" },
        { "a segment is missing, later backup",
            [](World &w) {
                w.repository(
                    u"wal repo 1 2-4; wal repo 1 6-9; full b 1 2.1-2.6 verified; full c 1 6.1-6.2 verified"_s);
            },
            "A wal.hole shop @repo 000000010000000000000005 tl 1 x1 5~6.2" },
        { "another archive has it",
            [](World &w) {
                w.repository(u"wal repo 1 2-4; wal repo 1 6-9; wal pbs01 1 2-9; full b 1 2.1-2.6 verified"_s);
            },
            "A wal.covered shop @repo 000000010000000000000005 tl 1 x1 5~" },
        { "WAL without a base", [](World &w) { w.repository(u"wal repo 1 2-9"_s); },
            "F wal.no-base shop @repo 000000010000000000000002 tl 1 3~ risk 7830s/-1" },
        { "nothing at all",
            [](World &w) {
                w.shop().artifacts.clear();
                w.shop().archives.clear();
                w.facts.sources.pop_back();
                w.facts.sources.pop_back();
                w.fleet.sources.pop_back();
                w.fleet.sources.pop_back();
            },
            "F restore.nothing shop [repo] x1; A source.empty @repo [shop]" },
        { "no source",
            [](World &w) {
                w.fleet.sources.clear();
                w.facts.sources.clear();
                w.facts.clusters.clear();
                w.server().archiveMode = u"off"_s;
                w.cluster().objectives = {};
            },
            "A cluster.no-source shop" },
        { "history lost",
            [](World &w) {
                w.repository(u"wal repo 1 2-5; wal repo 2 5-9; full b 1 2.1-2.6 verified"_s);
                w.server().timeline = TimelineId { 2 };
                w.server().archiver.reset();
            },
            "F wal.history-missing shop @repo 000000020000000000000005 tl 2 6~ risk 270s/4.2" },
        { "history lost, a backup since",
            [](World &w) {
                w.repository(
                    u"wal repo 1 2-5; wal repo 2 5-9; full b 1 2.1-2.6 verified; full c 2 6.1-6.2"_s);
                w.server().timeline = TimelineId { 2 };
                w.server().archiver.reset();
            },
            "F wal.history-missing shop @repo 00000002.history tl 2" },
        { "a restore test archived here",
            [](World &w) {
                w.repository(
                    u"history repo 2 1@5.5; wal repo 1 2-9; wal repo 2 5-6; full b 1 2.1-2.6 verified"_s);
            },
            "F wal.stray-timeline shop @repo 00000002.history tl 2 "
            "[000000020000000000000005,000000020000000000000006] x2 5.6~ \"no reason\"" },
        { "a failover is no stray",
            [](World &w) {
                w.repository(
                    u"history repo 2 1@5.5; wal repo 1 2-5; wal repo 2 5-9; full b 1 2.1-2.6 verified"_s);
                w.server().timeline = TimelineId { 2 };
                w.server().archiver->lastArchivedWal = segmentName({ 2 }, { 9 }, 1u << 20);
            },
            "" },
        { "the repository is behind",
            [](World &w) {
                w.now = Story::minute(40);
                for (auto &s : w.facts.sources)
                    s.readAt = Story::minute(39);
                w.server().readAt = w.now;
            },
            "F rpo.over shop 10~ is 1800 of 900 risk 1800s/0.2" },
        { "the repository was not looked at",
            [](World &w) {
                w.now = Story::minute(40);
                w.server().readAt = w.now;
            },
            "" },
        { "an idle server loses nothing",
            [](World &w) {
                w.now = Story::minute(40);
                for (auto &s : w.facts.sources)
                    s.readAt = Story::minute(39);
                w.server().readAt = w.now;
                w.server().currentLsn = Lsn { Story::at(10).value + 100 };
            },
            "" },
    };
}

} // namespace tidemark::test
