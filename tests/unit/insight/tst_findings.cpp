#include "insight/findings.h"
#include "story.h"
#include "world.h"

#include <QSet>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

using std::chrono::days;
using std::chrono::hours;

struct Breakage {
    const char *name;
    void (*apply)(World &world);
    const char *raises;
};

void gap(World &w)
{
    w.repository(u"wal repo 1 2-4; wal repo 1 6-9; full b 1 2.1-2.6 verified"_s);
}

void fault(World &w, WalFault kind, const QString &detail)
{
    w.repository(u"wal repo 1 2-4; bad repo 1 5 empty; wal repo 1 6-9; full b 1 2.1-2.6 verified"_s);
    w.archive().troubles.front().fault = kind;
    w.archive().troubles.front().detail = detail;
}

ArtifactFact like(World &w, const QString &id, const QString &newId)
{
    ArtifactFact made = w.artifact(id);
    made.id = newId;
    return made;
}

SourceTrouble trouble(ErrorKind kind, const QString &code, const QString &detail)
{
    return { {}, u"main"_s, u"shop"_s, { kind, code, detail } };
}

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

RetentionPromise promise(const QString &source)
{
    RetentionPromise made;
    made.name = u"standard"_s;
    made.clusters = { u"shop"_s };
    made.sources = { source };
    return made;
}

Followed<PbsFacts> backupServer()
{
    Followed<PbsFacts> server;
    server.name = u"pbs01"_s;
    server.reach = Reach::Live;
    server.facts = PbsFacts {};
    server.facts->datastores.push_back({ .name = u"tank"_s });
    return server;
}

Job &jobOf(World &w, const QString &kind)
{
    for (Job &job : w.read(u"pbs01"_s).jobs)
        if (job.kind == kind)
            return job;
    qFatal("no such job");
}

const Breakage Breakages[] {
    { "nothing is wrong", [](World &) {}, "" },
    // Windows and gaps
    { "a segment is missing", gap, "F wal.gap shop @repo 000000010000000000000005 tl 1 x1 5~ risk 330s/5.2" },
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
            w.repository(u"wal repo 1 2-5; wal repo 2 5-9; full b 1 2.1-2.6 verified; full c 2 6.1-6.2"_s);
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
    // WAL files
    { "empty", [](World &w) { fault(w, WalFault::Empty, {}); },
        "F wal.gap shop @repo 000000010000000000000005 tl 1 x1 5~ risk 330s/5.2; F wal.empty shop @repo "
        "000000010000000000000005 tl 1 [000000010000000000000005] x1 6~" },
    { "truncated", [](World &w) { fault(w, WalFault::WrongSize, u"300000 of 1048576 bytes"_s); },
        "F wal.gap shop @repo 000000010000000000000005 tl 1 x1 5~ risk 330s/5.2; F wal.wrong-size shop @repo "
        "000000010000000000000005 tl 1 [000000010000000000000005] x1 6~ \"300000 of 1048576 bytes\"" },
    { "foreign", [](World &w) { fault(w, WalFault::Foreign, u"system identifier 77"_s); },
        "F wal.gap shop @repo 000000010000000000000005 tl 1 x1 5~ risk 330s/5.2; F wal.foreign shop @repo "
        "000000010000000000000005 tl 1 [000000010000000000000005] x1 6~ \"system identifier 77\"" },
    { "renamed", [](World &w) { fault(w, WalFault::Misnamed, u"it is 7"_s); },
        "F wal.gap shop @repo 000000010000000000000005 tl 1 x1 5~ risk 330s/5.2; F wal.misnamed shop @repo "
        "000000010000000000000005 tl 1 [000000010000000000000005] x1 6~ \"it is 7\"" },
    { "no page", [](World &w) { fault(w, WalFault::BadPage, {}); },
        "F wal.gap shop @repo 000000010000000000000005 tl 1 x1 5~ risk 330s/5.2; F wal.bad-page shop @repo "
        "000000010000000000000005 tl 1 [000000010000000000000005] x1 6~" },
    { "bit flipped", [](World &w) { fault(w, WalFault::BadChecksum, u"at 0/500100"_s); },
        "F wal.gap shop @repo 000000010000000000000005 tl 1 x1 5~ risk 330s/5.2; F wal.bad-checksum shop "
        "@repo 000000010000000000000005 tl 1 [000000010000000000000005] x1 6~ \"at 0/500100\"" },
    { "cannot be read", [](World &w) { fault(w, WalFault::Unreadable, u"gzip: unexpected end"_s); },
        "F wal.gap shop @repo 000000010000000000000005 tl 1 x1 5~ risk 330s/5.2; F wal.unreadable shop @repo "
        "000000010000000000000005 tl 1 [000000010000000000000005] x1 6~ \"gzip: unexpected end\"" },
    { "the newest is still being copied",
        [](World &w) { w.repository(u"wal repo 1 2-9; bad repo 1 10 empty; full b 1 2.1-2.6 verified"_s); },
        "" },
    { "bad history",
        [](World &w) {
            WalTrouble t;
            t.name = u"00000002.history"_s;
            t.fault = WalFault::BadHistory;
            w.archive().troubles = { t };
        },
        "F wal.bad-history shop @repo 00000002.history [00000002.history] x1" },
    { "archive of another cluster", [](World &w) { w.archive().systemId = SystemId { 77 }; },
        "F rpo.over shop -120~ is 7830 of 900 risk 7830s/-1; F wal.archive-foreign shop @repo 77 \"42\"; F "
        "base.wal-missing shop @repo b [b] x1 2.6~" },
    // The server's archiving
    { "archiver fails",
        [](World &w) {
            w.server().archiver->lastFailedAt = Story::minute(10.3);
            w.server().archiver->lastFailedWal = u"000000010000000000000A"_s;
            w.server().archiver->failedCount = 3;
            w.server().segmentsWaiting = 2;
        },
        "F archiver.failing shop 000000010000000000000A x3 10~ is 2 risk 30s/0.2" },
    { "archive_command /bin/true", [](World &w) { w.server().archiveCommand = u"/bin/true"_s; },
        "F archiver.no-op shop /bin/true risk 30s/0.2" },
    { "archive_command ' : ; '", [](World &w) { w.server().archiveCommand = u" : ; "_s; },
        "F archiver.no-op shop  : ;  risk 30s/0.2" },
    { "archive_command empty", [](World &w) { w.server().archiveCommand = u""_s; },
        "F archiver.no-command shop risk 30s/0.2" },
    { "archive_command not shown", [](World &w) { w.server().archiveCommand = QString(); }, "" },
    { "archive_library",
        [](World &w) {
            w.server().archiveCommand = u""_s;
            w.server().archiveLibrary = u"basic_archive"_s;
        },
        "" },
    { "said to be archived, and is not there",
        [](World &w) {
            w.server().archiver->lastArchivedWal = segmentName({ 1 }, { 12 }, 1u << 20);
            w.server().archiver->lastArchivedAt = Story::minute(4);
        },
        "F wal.not-archived shop @repo 00000001000000000000000C x9 4~ risk 30s/0.2" },
    { "said so a moment ago",
        [](World &w) {
            w.server().archiver->lastArchivedWal = segmentName({ 1 }, { 12 }, 1u << 20);
            w.server().archiver->lastArchivedAt = Story::minute(10.3);
        },
        "" },
    { "an archive that stands still",
        [](World &w) {
            w.now = Story::minute(20.5);
            for (auto &s : w.facts.sources)
                s.readAt = Story::minute(20.4);
            w.server().readAt = w.now;
            w.server().archiver->lastArchivedWal = segmentName({ 1 }, { 12 }, 1u << 20);
            w.server().archiver->lastArchivedAt = Story::minute(18.5);
        },
        "F wal.not-archived shop @repo 00000001000000000000000C x9 18.5~ risk 630s/0.2" },
    { "an archive that does not stand still",
        [](World &w) {
            w.now = Story::minute(20.5);
            for (SourceFacts &source : w.facts.sources)
                source.readAt = Story::minute(20.4);
            w.server().readAt = w.now;
            w.archive().spans.front().lastArrived = Story::minute(18.9);
            w.server().archiver->lastArchivedWal = segmentName({ 1 }, { 12 }, 1u << 20);
            w.server().archiver->lastArchivedAt = Story::minute(18.5);
        },
        "" },
    { "archive_mode off", [](World &w) { w.server().archiveMode = u"off"_s; },
        "F archiver.off shop risk 30s/0.2" },
    { "archive_mode off, and no WAL wanted",
        [](World &w) {
            w.repository(QString());
            w.fleet.sources.erase(w.fleet.sources.begin());
            w.cluster().objectives.rpo = days(1);
            w.server().archiveMode = u"off"_s;
        },
        "A archiver.off shop risk 7830s/-1" },
    { "somebody receives by streaming",
        [](World &w) {
            w.server().archiveMode = u"off"_s;
            w.server().standbys = { { .name = u"barman_receive_wal"_s, .state = u"streaming"_s } };
        },
        "" },
    { "a standby is no archive",
        [](World &w) {
            w.server().archiveMode = u"off"_s;
            w.server().standbys = { { .name = u"walreceiver"_s, .state = u"streaming"_s } };
        },
        "F archiver.off shop risk 30s/0.2" },
    { "wal_level minimal",
        [](World &w) {
            w.server().walLevel = u"minimal"_s;
            w.server().archiveMode = u"off"_s;
        },
        "F server.wal-minimal shop risk 30s/0.2" },
    { "archive_timeout 0", [](World &w) { w.server().archiveTimeout = std::chrono::seconds(0); },
        "A settings.archive-timeout shop is 0 of 900" },
    { "archive_timeout longer than the RPO", [](World &w) { w.server().archiveTimeout = hours(1); },
        "A settings.archive-timeout shop is 3600 of 900" },
    // Base backups
    { "base damaged",
        [](World &w) {
            w.artifact(u"b"_s).state = ArtifactState::Damaged;
            w.artifact(u"b"_s).assurance = Assurance::Refuted;
            w.artifact(u"b"_s).why = u"backup_label is missing"_s;
        },
        "F wal.no-base shop @repo 000000010000000000000002 tl 1 3~ risk 7830s/-1; F base.damaged shop @repo "
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
        [](World &w) { w.repository(u"wal repo 1 2-9; full b 1 2.1-2.6 verified; full c 1 10.05-10.1"_s); },
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
    // Dumps
    { "dump truncated",
        [](World &w) {
            ArtifactFact &d = w.artifact(u"shop-0.dump"_s);
            d.state = ArtifactState::Damaged;
            d.why = u"cut short"_s;
        },
        "F dump.damaged shop @dumps shop-0.dump (shop) [shop-0.dump] x1 -115~ \"cut short\" risk 30s/0.2" },
    { "dump empty", [](World &w) { w.artifact(u"wiki-0.dump"_s).objects = 0; },
        "F dump.empty shop @dumps wiki-0.dump (wiki) -115~" },
    { "dump of the wrong database", [](World &w) { w.artifact(u"wiki-0.dump"_s).database = u"test"_s; },
        "F dump.wrong-database shop @dumps wiki-0.dump (test) [shop,wiki] -115~" },
    { "dumps of a database that is gone",
        [](World &w) {
            ArtifactFact d = like(w, u"wiki-6.dump"_s, u"old.dump"_s);
            d.database = u"old"_s;
            w.put(d);
        },
        "" },
    { "dump without globals", [](World &w) { w.artifact(u"wiki-0.dump"_s).withGlobals = false; },
        "A dump.no-globals shop @dumps wiki-0.dump (wiki) -115~" },
    { "a database that is dumped no more, without globals then",
        [](World &w) {
            w.artifact(u"wiki-2.dump"_s).withGlobals = false;
            for (const QString &id : { u"wiki-0.dump"_s, u"wiki-1.dump"_s })
                std::erase_if(w.shop().artifacts, [&](const auto &a) { return a.id == id; });
        },
        "" },
    { "a dump of all brings its own globals",
        [](World &w) {
            w.artifact(u"wiki-0.dump"_s).database.clear();
            w.artifact(u"wiki-0.dump"_s).withGlobals = false;
            w.sort();
        },
        "" },
    { "an older dump without globals", [](World &w) { w.artifact(u"wiki-1.dump"_s).withGlobals = false; },
        "" },
    { "dump shrank", [](World &w) { w.artifact(u"shop-0.dump"_s).stored = Bytes { 100'000 }; },
        "A dump.size shop @dumps shop-0.dump (shop) x6 -115~ is 100000 of 1.001e+06" },
    { "dump grew", [](World &w) { w.artifact(u"shop-0.dump"_s).stored = Bytes { 9'000'000 }; },
        "A dump.size shop @dumps shop-0.dump (shop) x6 -115~ is 9e+06 of 1.006e+06" },
    { "a database without dumps", [](World &w) { w.cluster().databases.append(u"crm"_s); },
        "A dump.database-missing shop @dumps crm" },
    // Snapshots
    { "verify failed",
        [](World &w) {
            ArtifactFact &s = w.artifact(u"vm/2001/0"_s);
            s.assurance = Assurance::Refuted;
            s.why = u"verify failed"_s;
        },
        "F snapshot.verify-failed shop @pbs01 vm/2001/0 [vm/2001/0] x1 -180~ \"verify failed\" risk "
        "30s/0.2" },
    { "never verified",
        [](World &w) {
            for (auto &a : w.shop().artifacts)
                if (a.kind == ArtifactKind::VmSnapshot)
                    a.assurance = Assurance::Listed;
            w.read(u"pbs01"_s).jobs.erase(w.read(u"pbs01"_s).jobs.begin());
        },
        "A snapshot.never-verified shop @pbs01 vm/2001/6 x7 -8820~" },
    { "not verified yet",
        [](World &w) {
            for (auto &a : w.shop().artifacts)
                if (a.kind == ArtifactKind::VmSnapshot)
                    a.assurance = Assurance::Listed;
        },
        "" },
    { "some are not verified",
        [](World &w) {
            w.artifact(u"vm/2001/6"_s).assurance = Assurance::Listed;
            w.read(u"pbs01"_s).jobs.clear();
        },
        "" },
    { "snapshot unfinished", [](World &w) { w.artifact(u"vm/2001/0"_s).state = ArtifactState::Unfinished; },
        "A snapshot.unfinished shop @pbs01 vm/2001/0 [vm/2001/0] x1 -180~ risk 30s/0.2" },
    { "group empty",
        [](World &w) {
            w.source(u"pbs01"_s).groups = { u"vm/2001"_s };
            std::erase_if(
                w.shop().artifacts, [](const auto &a) { return a.kind == ArtifactKind::VmSnapshot; });
        },
        "A snapshot.group-missing shop @pbs01 vm/2001 risk 30s/0.2; A source.empty @pbs01 [shop]" },
    { "no group was named",
        [](World &w) {
            std::erase_if(
                w.shop().artifacts, [](const auto &a) { return a.kind == ArtifactKind::VmSnapshot; });
        },
        "A source.empty @pbs01 [shop]" },
    // Jobs and runs
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
    { "a schedule that is kept", [](World &w) { w.fleet.schedules = { nightly(u"snapshot"_s, u"pbs01"_s) }; },
        "" },
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
    // Stores
    { "store full", [](World &w) { w.read(u"pbs01"_s).usage.front().used = Bytes { 960 }; },
        "F store.full @pbs01 tank (tank) is 0.96 of 1" },
    { "store filling", [](World &w) { w.read(u"pbs01"_s).usage.front().used = Bytes { 860 }; },
        "A store.filling @pbs01 tank (tank) is 0.86 of 1" },
    { "store over its limit", [](World &w) { w.source(u"pbs01"_s).maxUsed = 30; },
        "A store.over-limit @pbs01 tank (tank) is 0.4 of 0.3" },
    { "store full soon",
        [](World &w) { w.read(u"pbs01"_s).usage.front().estimatedFull = Story::minute(0) + days(12); },
        "A store.full-soon @pbs01 tank (tank) ~17280 is 0.4 of 1" },
    { "store full in a year",
        [](World &w) { w.read(u"pbs01"_s).usage.front().estimatedFull = Story::minute(0) + days(365); }, "" },
    { "store full in the past",
        [](World &w) { w.read(u"pbs01"_s).usage.front().estimatedFull = Story::minute(0) - days(1); }, "" },
    // Sources
    { "source cannot be reached",
        [](World &w) {
            w.read(u"dumps"_s).error = Error { ErrorKind::Unreachable, u"ssh.255"_s, u"no route"_s };
        },
        "F source.offline @dumps 10.4~ !ssh.255" },
    { "another certificate",
        [](World &w) {
            w.read(u"pbs01"_s).error = Error { ErrorKind::Denied, u"pbs.fingerprint-mismatch"_s, {} };
        },
        "F source.certificate-changed @pbs01 10.4~ !pbs.fingerprint-mismatch" },
    { "access refused",
        [](World &w) {
            w.read(u"pbs01"_s).error = Error { ErrorKind::Denied, u"pbs.auth-failed"_s, {} };
        },
        "F source.access-refused @pbs01 10.4~ !pbs.auth-failed" },
    { "reading was ended",
        [](World &w) {
            w.read(u"dumps"_s).error = Error { ErrorKind::Cancelled, u"source.cancelled"_s, {} };
        },
        "" },
    { "not read for long", [](World &w) { w.read(u"dumps"_s).readAt = Story::minute(0) - hours(5); },
        "A source.stale @dumps -300~" },
    { "a part may not be read",
        [](World &w) {
            w.read(u"repo"_s).troubles
                = { trouble(ErrorKind::Denied, u"source.denied"_s, u"permission denied"_s) };
        },
        "F source.denied shop @repo main (source.denied) \"permission denied\" !source.denied" },
    { "stanza error",
        [](World &w) {
            w.read(u"repo"_s).troubles
                = { trouble(ErrorKind::NotFound, u"pgbackrest.missing-stanza"_s, u"missing stanza path"_s) };
        },
        "F source.tool shop @repo main (pgbackrest.missing-stanza) \"missing stanza path\" "
        "!pgbackrest.missing-stanza" },
    { "a part cannot be read",
        [](World &w) {
            w.read(u"repo"_s).troubles = { trouble(ErrorKind::Protocol, u"source.garbled"_s, u"not JSON"_s) };
        },
        "A source.part-unreadable shop @repo main (source.garbled) \"not JSON\" !source.garbled" },
    { "lists look empty",
        [](World &w) {
            std::erase_if(w.shop().artifacts, [](const auto &a) { return a.kind == ArtifactKind::Dump; });
        },
        "A source.empty @dumps [shop]" },
    { "strays",
        [](World &w) {
            ArtifactFact s = w.artifact(u"b"_s);
            s.id = u"x"_s;
            w.facts.strays = { s };
        },
        "A source.strays @repo x [x] x1" },
    // Servers
    { "server offline",
        [](World &w) {
            w.state.servers.front().reach = Reach::Offline;
            w.state.servers.front().offlineSince = Story::minute(9);
            w.state.servers.front().error = Error { ErrorKind::Unreachable, u"pg.08006"_s, u"refused"_s };
        },
        "F server.offline shop 9~ !pg.08006" },
    { "server refuses",
        [](World &w) {
            w.state.servers.front().reach = Reach::Offline;
            w.state.servers.front().error = Error { ErrorKind::Denied, u"pg.28P01"_s, {} };
        },
        "F server.access-refused shop !pg.28P01" },
    { "server stale", [](World &w) { w.state.servers.front().reach = Reach::Stale; },
        "A server.stale shop 10.45~" },
    { "rights missing",
        [](World &w) {
            w.server().missing = { { u"archiver"_s, u"GRANT"_s } };
        },
        "A server.rights shop x1 -archiver" },
    { "another cluster answers", [](World &w) { w.server().systemId = SystemId { 77 }; },
        "F server.foreign shop 77 \"42\"" },
    { "environment unset", [](World &w) { w.cluster().environment = Environment::Unset; },
        "A cluster.environment shop" },
    { "a slot holds WAL",
        [](World &w) {
            w.server().slots = { { u"old"_s, false, false, Bytes { qint64(3) << 30 }, u"extended"_s } };
        },
        "A slot.holds-wal shop old is 3.22123e+09 \"extended\"" },
    { "a slot in use",
        [](World &w) {
            w.server().slots = { { u"s"_s, true, false, Bytes { qint64(3) << 30 }, u"reserved"_s } };
        },
        "" },
    { "a slot lost its WAL",
        [](World &w) {
            w.server().slots = { { u"old"_s, false, true, {}, u"lost"_s } };
        },
        "F slot.lost shop old \"lost\"" },
    { "pg_wal fills",
        [](World &w) {
            w.server().archiver->lastFailedAt = Story::minute(10.3);
            w.server().walFree = Bytes { 100 << 20 };
        },
        "F archiver.failing shop 10~ is 0 risk 30s/0.2; F server.wal-filling shop ~110.5 is 17476.3 of "
        "1.04858e+08" },
    { "a dump whose check failed",
        [](World &w) {
            w.artifact(u"shop-1.dump"_s).assurance = Assurance::Refuted;
            w.artifact(u"shop-1.dump"_s).why = u"crc"_s;
        },
        "F dump.refuted shop @dumps shop-1.dump (shop) [shop-1.dump] x1 -1555~ \"crc\"" },
    { "the newest dump failed", [](World &w) { w.artifact(u"shop-0.dump"_s).state = ArtifactState::Failed; },
        "A dump.failed shop @dumps shop-0.dump (shop) [shop-0.dump] x1 -115~ risk 30s/0.2" },
    { "the newest dump was not finished",
        [](World &w) { w.artifact(u"shop-0.dump"_s).state = ArtifactState::Unfinished; },
        "A dump.unfinished shop @dumps shop-0.dump (shop) [shop-0.dump] x1 -115~ risk 30s/0.2" },
    { "snapshot damaged", [](World &w) { w.artifact(u"vm/2001/3"_s).state = ArtifactState::Damaged; },
        "F snapshot.damaged shop @pbs01 vm/2001/3 [vm/2001/3] x1 -4500~" },
    { "snapshot failed", [](World &w) { w.artifact(u"vm/2001/0"_s).state = ArtifactState::Failed; },
        "A snapshot.failed shop @pbs01 vm/2001/0 [vm/2001/0] x1 -180~ risk 30s/0.2" },
    { "a schedule that fails too often",
        [](World &w) {
            w.fleet.schedules = { nightly(u"snapshot"_s, u"pbs01"_s) };
            w.fleet.schedules.front().successTarget = 99;
            w.artifact(u"vm/2001/2"_s).state = ArtifactState::Failed;
        },
        "A schedule.rate shop @pbs01 nightly is 85.7143 of 99" },
    { "datastore in error",
        [](World &w) {
            w.state.backupServers = { backupServer() };
            w.state.backupServers.front().facts->datastores.front().error = u"not mounted"_s;
        },
        "F store.error @pbs01 tank (tank) \"not mounted\"" },
    { "datastore in maintenance",
        [](World &w) {
            w.state.backupServers = { backupServer() };
            w.state.backupServers.front().facts->datastores.front().maintenance = u"read-only"_s;
        },
        "A store.maintenance @pbs01 tank (tank) \"read-only\"" },
    { "a datastore the catalogue does not know is full",
        [](World &w) {
            w.state.backupServers = { backupServer() };
            DatastoreFacts &d = w.state.backupServers.front().facts->datastores.front();
            d.name = u"other"_s;
            d.total = Bytes { 100 };
            d.used = Bytes { 99 };
        },
        "F store.full @pbs01 other (other) is 0.99 of 1" },
    { "backup server offline",
        [](World &w) {
            w.state.backupServers = { backupServer() };
            w.state.backupServers.front().reach = Reach::Offline;
            w.state.backupServers.front().error = Error { ErrorKind::Timeout, u"pbs.timeout"_s, {} };
        },
        "F source.offline @pbs01 !pbs.timeout" },
    { "backup server answers", [](World &w) { w.state.backupServers = { backupServer() }; }, "" },
    { "the scan met the datastore in maintenance too",
        [](World &w) {
            w.state.backupServers = { backupServer() };
            w.state.backupServers.front().facts->datastores.front().maintenance = u"read-only"_s;
            w.read(u"pbs01"_s).troubles
                = { { {}, u"tank"_s, {}, { ErrorKind::Unreachable, u"pbs.maintenance"_s, u"read-only"_s } } };
        },
        "A store.maintenance @pbs01 tank (pbs.maintenance) \"read-only\" !pbs.maintenance" },
    { "the scan cannot use the datastore",
        [](World &w) {
            w.read(u"pbs01"_s).troubles = { { {}, u"tank"_s, {},
                { ErrorKind::Unreachable, u"pbs.datastore-unreadable"_s, u"not mounted"_s } } };
        },
        "F store.error @pbs01 tank (pbs.datastore-unreadable) \"not mounted\" !pbs.datastore-unreadable" },
    { "the scan lacks the same right",
        [](World &w) {
            w.state.backupServers = { backupServer() };
            w.state.backupServers.front().facts->missing = { { u"jobs"_s, u"ACL"_s } };
            w.read(u"pbs01"_s).troubles
                = { { {}, u"jobs"_s, {}, { ErrorKind::Denied, u"pbs.permission"_s, u"ACL"_s } } };
        },
        "F source.denied @pbs01 jobs (pbs.permission) \"ACL\" !pbs.permission" },
    { "Barman warns",
        [](World &w) {
            w.read(u"repo"_s).troubles = { trouble(ErrorKind::Protocol, u"barman.said"_s, u"careful"_s) };
        },
        "A source.part-unreadable shop @repo main (barman.said) \"careful\" !barman.said" },
    { "Barman's check fails",
        [](World &w) {
            w.read(u"repo"_s).troubles
                = { trouble(ErrorKind::Conflict, u"barman.check"_s, u"ssh: FAILED"_s) };
        },
        "F source.tool shop @repo main (barman.check) \"ssh: FAILED\" !barman.check" },
    { "Barman's archive may not be listed",
        [](World &w) {
            w.read(u"repo"_s).troubles
                = { trouble(ErrorKind::NotFound, u"barman.archive-unlisted"_s, u"not there"_s) };
        },
        "A source.part-unreadable shop @repo main (barman.archive-unlisted) \"not there\" "
        "!barman.archive-unlisted" },
    { "rights missing on the backup server",
        [](World &w) {
            w.state.backupServers = { backupServer() };
            w.state.backupServers.front().facts->missing = { { u"jobs"_s, u"ACL"_s } };
        },
        "A source.rights @pbs01 x1 -jobs" },
    // Retention, clocks
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
    { "server's clock is off", [](World &w) { w.server().clockAhead = std::chrono::seconds(-90); },
        "A clock.server shop is -90 of 60" },
    { "backups from the future",
        [](World &w) {
            w.artifact(u"vm/2001/0"_s).stop = Story::minute(60);
            w.sort();
        },
        "A clock.future shop @pbs01 vm/2001/0 x1 ~60" },
    { "WAL from the future", [](World &w) { w.archive().spans.front().lastArrived = Story::minute(60); },
        "A clock.future shop @repo x1 ~60" },
    { "proof too old",
        [](World &w) {
            w.cluster().objectives.proofAge = days(3);
            ArtifactFact &s = w.artifact(u"vm/2001/6"_s);
            s.assurance = Assurance::Restored;
        },
        "A proof.aged shop -8760~ is 526230 of 259200" },
};

} // namespace

class TestFindings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void raises_data();
    void raises();
    void worstComesFirst();
    void everyCodeIsRaised();
    void agesWithoutReading();
    void outlivesTheProgram();
    void refusesRubbish_data();
    void refusesRubbish();
};

void TestFindings::raises_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<QString>("expected");
    int index = 0;
    for (const Breakage &one : Breakages)
        QTest::newRow(one.name) << index++ << QString::fromUtf8(one.raises);
}

void TestFindings::raises()
{
    QFETCH(int, index);
    World world;
    Breakages[index].apply(world);
    QTEST(print(world.insight().findings), "expected");
}

void TestFindings::worstComesFirst()
{
    const auto made = [](const QString &code, Severity severity, int seconds, int bytes, int since) {
        Finding finding;
        finding.code = code;
        finding.severity = severity;
        if (seconds >= 0)
            finding.atRisk = std::chrono::seconds(seconds);
        if (bytes >= 0)
            finding.bytesAtRisk = Bytes { bytes };
        finding.since = Instant::fromSeconds(since);
        return finding;
    };
    constexpr Severity F = Severity::Failed;
    constexpr Severity A = Severity::Attention;
    std::vector<Finding> all { made(u"archiver.off"_s, A, 90, -1, 0), made(u"wal.foreign"_s, F, -1, -1, 5),
        made(u"wal.foreign"_s, F, -1, -1, 4), made(u"wal.gap"_s, F, 10, 2, 0),
        made(u"rpo.over"_s, F, 10, 3, 0), made(u"dump.empty"_s, F, 60, -1, 0),
        made(u"wal.empty"_s, F, -1, -1, 9) };
    rankFindings(all);
    QStringList codes;
    for (const Finding &finding : all)
        codes.append(u"%1@%2"_s.arg(finding.code).arg(finding.since->seconds()));
    QCOMPARE(codes.join(u' '),
        u"dump.empty@0 rpo.over@0 wal.gap@0 wal.foreign@4 wal.foreign@5 wal.empty@9 archiver.off@0"_s);
}

void TestFindings::everyCodeIsRaised()
{
    QSet<QString> raised;
    for (const Breakage &one : Breakages) {
        World world;
        one.apply(world);
        for (const Finding &finding : world.insight().findings)
            raised.insert(finding.code);
    }
    QStringList never;
    for (const FindingKind &kind : findingKinds())
        if (!raised.contains(QString::fromLatin1(kind.code)))
            never.append(QString::fromLatin1(kind.code));
    QCOMPARE(never.join(u' '), QString());
}

void TestFindings::agesWithoutReading()
{
    World world;
    const Instant later = Story::minute(26);
    world.server().currentLsn = Story::at(10.3);
    for (SourceFacts &source : world.facts.sources)
        source.readAt = Story::minute(10.4);
    const Insight kept = world.insight();
    QVERIFY(kept.findings.empty());
    QCOMPARE(kept.clusters.front().standing, ClusterStanding::Met);
    const Insight seen = aged(kept, later);
    world.now = later;
    QCOMPARE(seen.clusters.front().standing, ClusterStanding::Unproven);
    QVERIFY(seen == world.insight());
    gap(world);
    const Insight broken = world.insight();
    world.now = Story::minute(50);
    QVERIFY(aged(broken, world.now) == world.insight());
}

void TestFindings::outlivesTheProgram()
{
    for (const Breakage &one : Breakages) {
        World world;
        one.apply(world);
        const Insight insight = world.insight();
        const auto back = insightFromBytes(toBytes(insight));
        QVERIFY2(back && *back == insight, one.name);
    }
}

void TestFindings::refusesRubbish_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray good = toBytes(World().insight());
    const auto changed = [&](qsizetype at) {
        QByteArray bytes = good;
        bytes[at] = char(bytes[at] ^ 1);
        return bytes;
    };
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("no insight");
    QTest::newRow("cut") << good.first(good.size() - 1);
    QTest::newRow("cut to its heading") << good.first(6);
    QTest::newRow("with a tail") << good + 'x';
    QTest::newRow("another format") << changed(0);
    QTest::newRow("another version") << changed(5);
    QTest::newRow("a flipped bit in its sum") << changed(12);
    QTest::newRow("a flipped bit") << changed(good.size() / 2);
}

void TestFindings::refusesRubbish()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!insightFromBytes(bytes));
}

QTEST_APPLESS_MAIN(TestFindings)
#include "tst_findings.moc"
