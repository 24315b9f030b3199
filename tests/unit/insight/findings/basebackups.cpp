#include "breakages.h"

using namespace Qt::StringLiterals;

namespace tidemark::test {

std::vector<Breakage> baseBackupBreakages()
{
    return {
        { "base damaged",
            [](World &w) {
                w.artifact(u"b"_s).state = ArtifactState::Damaged;
                w.artifact(u"b"_s).assurance = Assurance::Refuted;
                w.artifact(u"b"_s).why = u"backup_label is missing"_s;
            },
            "F wal.no-base shop @repo 000000010000000000000002 tl 1 3~ risk 7830s/-1; F base.damaged shop "
            "@repo "
            "b [b] x1 2.6~ \"backup_label is missing\" risk 7830s/-1" },
        { "older base damaged",
            [](World &w) {
                w.repository(u"wal repo 1 2-9; full a 1 2.1-2.2 damaged; full b 1 3.1-3.6 verified"_s);
            },
            "F base.damaged shop @repo a [a] x1 2.2~" },
        { "base refuted",
            [](World &w) {
                ArtifactFact c = like(w, u"b"_s, u"c"_s);
                c.assurance = Assurance::Refuted;
                c.why = u"3 sums differ"_s;
                w.put(c);
            },
            "F base.refuted shop @repo c [c] x1 2.6~ \"3 sums differ\" risk 30s/0.2" },
        { "corrupt pages",
            [](World &w) {
                w.artifact(u"b"_s).badPages = true;
                w.artifact(u"b"_s).why = u"base/5/16385"_s;
            },
            "F base.bad-pages shop @repo b [b] x1 2.6~ \"base/5/16385\"" },
        { "foreign base",
            [](World &w) {
                ArtifactFact c = like(w, u"b"_s, u"c"_s);
                c.foreign = true;
                w.put(c);
            },
            "F base.foreign shop @repo c [c] x1 2.6~ risk 30s/0.2" },
        { "newest base failed",
            [](World &w) {
                ArtifactFact c = like(w, u"b"_s, u"c"_s);
                c.state = ArtifactState::Failed;
                c.stop = Story::minute(9);
                w.put(c);
            },
            "A base.failed shop @repo c [c] x1 9~ risk 30s/0.2" },
        { "a failure before the newest",
            [](World &w) {
                ArtifactFact c = like(w, u"b"_s, u"c"_s);
                c.state = ArtifactState::Failed;
                c.stop = Story::minute(1);
                w.put(c);
            },
            "" },
        { "newest base unfinished",
            [](World &w) {
                ArtifactFact c = like(w, u"b"_s, u"c"_s);
                c.state = ArtifactState::Unfinished;
                c.start = Story::minute(9);
                c.stop.reset();
                w.put(c);
            },
            "A base.unfinished shop @repo c [c] x1 9~" },
        { "running now",
            [](World &w) {
                ArtifactFact c = like(w, u"b"_s, u"c"_s);
                c.state = ArtifactState::Running;
                c.stop.reset();
                w.put(c);
            },
            "" },
        { "chain broken",
            [](World &w) {
                w.repository(
                    u"wal repo 1 2-9; full b 1 2.1-2.6 verified; incr i x 1 4.1-4.2; incr j i 1 5.1-5.2"_s);
            },
            "F base.chain-broken shop @repo j [i,j] x2 5.2~ \"i\"" },
        { "its own WAL is missing",
            [](World &w) { w.repository(u"wal repo 1 2-9; full a 1 0.1-1.2; full b 1 2.1-2.6 verified"_s); },
            "F base.wal-missing shop @repo a [a] x1 1.2~" },
        { "its WAL may still arrive",
            [](World &w) {
                w.repository(u"wal repo 1 2-9; full b 1 2.1-2.6 verified; full c 1 10.05-10.1"_s);
            },
            "" },
        { "no position",
            [](World &w) {
                w.repository(u"wal repo 1 2-9; full b 1 2.1-2.6 verified; full c 1 3.1-3.2 nostop"_s);
            },
            "A base.no-position shop @repo c [c] x1" },
        { "no manifest",
            [](World &w) {
                w.source(u"repo"_s).kind = SourceKind::BaseBackups;
                w.artifact(u"b"_s).hasManifest = false;
            },
            "A base.no-manifest shop @repo b 2.6~" },
        { "a tool with sums of its own needs no manifest",
            [](World &w) { w.artifact(u"b"_s).hasManifest = false; }, "" },
    };
}

} // namespace tidemark::test
