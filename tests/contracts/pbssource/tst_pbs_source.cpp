#include "fakepbs.h"
#include "pbssource/pbssource.h"
#include "support/printscan.h"
#include "support/settle.h"
#include "support/testclock.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Day = 1'795'132'800; // 2026-11-20T00:00:00Z

struct Place {
    std::shared_ptr<FakePbs> pbs = std::make_shared<FakePbs>();
    Source source { .name = u"pbs"_s, .kind = SourceKind::Pbs, .clusters = { u"shop"_s, u"web"_s } };
    std::shared_ptr<TestClock> clock = std::make_shared<TestClock>(Instant::fromSeconds(Day + 86'400));
    std::shared_ptr<BackupSource> made;
    Known known;

    Place()
    {
        source.groups = { u"vm/2001"_s, u"vm/2002"_s, u"vm/2003"_s };
        source.datastore = u"main"_s;
    }
    // What the catalogue would do with it, too.
    Scan scan()
    {
        if (!made)
            made = makePbsSource(source, pbs, clock);
        const auto found = settle(made->scan(known, {}));
        if (!found || !*found) {
            qWarning("%s", wordsOf(found).constData());
            return {};
        }
        for (const QString &id : (*found)->gone)
            known.stamps.remove(id);
        for (const Artifact &artifact : (*found)->artifacts)
            known.stamps.insert(artifact.id, artifact.stamp);
        for (const Run &run : (*found)->runs)
            known.newestRun = std::max(known.newestRun.value_or(run.start), run.start);
        known.cursor = (*found)->cursor;
        return **found;
    }
    QString printed() { return ScanPrinter::of(scan()); }
};

QString ids(const std::vector<Run> &runs)
{
    QStringList words;
    for (const Run &run : runs)
        words << run.id + (run.end ? QString() : u" runs"_s);
    return words.join(u", "_s);
}

using Change = void (*)(PbsSnapshotFacts &);

} // namespace

Q_DECLARE_METATYPE(Change)

class TestPbsSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsTold();
    void guestsBelongToClustersInTheOrderOfTheFleetFile();
    void onlyMachinesAreCrashConsistent();
    void whatChangesASnapshotMakesItNews_data();
    void whatChangesASnapshotMakesItNews();
    void theNewestUnfinishedSnapshotOfARunningBackupRuns();
    void tasksAreToldOnceAndWhenTheyEnd();
    void onlyTasksSinceTheNewestKnownAreAskedFor();
    void partsThatCannotBeReadAreTroubles();
    void missingRightsTakeNothingForGone();
    void aGroupNamedTwiceHidesNoLoss();
    void aStoreInMaintenanceSaysSo();
    void aServerThatCannotBeReadIsAnError();
};

void TestPbsSource::everythingIsTold()
{
    Place place;
    auto kept = snapshotOf(u"vm/2001"_s, Day);
    kept.isProtected = true;
    kept.encrypted = true;
    kept.comment = u"before the upgrade"_s;
    kept.nameSpace = u"prod/db"_s;
    auto bad = snapshotOf(u"vm/2002"_s, Day + 60);
    bad.verification = u"failed"_s;
    auto never = snapshotOf(u"vm/2003"_s, Day + 120);
    never.verification.clear();
    never.verifiedAt.reset();
    auto left = never;
    left.time = Instant::fromSeconds(Day + 180);
    left.finished = false;
    left.size.reset();
    place.pbs->backups.items = { left, never, bad, kept };
    place.pbs->work.items = { taskOf(u"logrotate"_s, {}, Day + 9, PbsTaskState::Ok),
        taskOf(u"verificationjob"_s, u"main:v-1"_s, Day + 8, PbsTaskState::Warnings),
        taskOf(u"backup"_s, u"main:vm/9999"_s, Day + 5, PbsTaskState::Ok),
        taskOf(u"backup"_s, u"main:prod/db:vm/2001"_s, Day, PbsTaskState::Failed) };
    place.pbs->routine.items = { { .kind = PbsJobKind::Verify,
                                     .id = u"v-1"_s,
                                     .datastore = u"main"_s,
                                     .schedule = u"sat 03:00"_s,
                                     .nextRun = Instant::fromSeconds(Day + 90'000),
                                     .lastStart = Instant::fromSeconds(Day + 8),
                                     .lastEnd = Instant::fromSeconds(Day + 98),
                                     .lastState = PbsTaskState::Warnings,
                                     .lastStatus = u"WARNINGS: 2"_s },
        { .kind = PbsJobKind::Prune,
            .id = u"keep"_s,
            .datastore = u"main"_s,
            .nameSpace = u"prod"_s,
            .schedule = u"daily"_s,
            .enabled = false,
            .keep = { { u"keep-daily"_s, 7 }, { u"keep-last"_s, 3 } } },
        { .kind = PbsJobKind::GarbageCollection, .id = u"main"_s, .datastore = u"main"_s } };
    place.pbs->stores.items = { { .name = u"main"_s,
        .total = Bytes { 1000 },
        .used = Bytes { 800 },
        .available = Bytes { 200 },
        .estimatedFull = Instant::fromSeconds(Day + 40 * 86'400 + 12'345) } };
    QCOMPARE(place.printed(),
        u"whole\n"
        "main::vm/2003/2026-11-20T00:03:00Z snapshot full unfinished part=main "
        "why=\"it has no manifest, or one that cannot be read\" from=2026-11-20T00:03:00Z "
        "to=2026-11-20T00:03:00Z format=vm note=owner=pve@pbs!backup at=vm/2003/2026-11-20T00:03:00Z\n"
        "main::vm/2003/2026-11-20T00:02:00Z snapshot full complete part=main from=2026-11-20T00:02:00Z "
        "to=2026-11-20T00:02:00Z size=67108864 format=vm crash-consistent note=owner=pve@pbs!backup "
        "at=vm/2003/2026-11-20T00:02:00Z\n"
        "main::vm/2002/2026-11-20T00:01:00Z snapshot full complete cluster=web part=main "
        "from=2026-11-20T00:01:00Z to=2026-11-20T00:01:00Z size=67108864 format=vm crash-consistent "
        "check=\"contents:failed@2026-11-20T01:01:00Z:verify failed\" note=owner=pve@pbs!backup "
        "at=vm/2002/2026-11-20T00:01:00Z\n"
        "main:prod/db:vm/2001/2026-11-20T00:00:00Z snapshot full complete cluster=shop part=main/prod/db "
        "from=2026-11-20T00:00:00Z to=2026-11-20T00:00:00Z size=67108864 format=vm encrypted "
        "crash-consistent "
        "check=\"contents:ok@2026-11-20T01:00:00Z:verify ok\" holds=protected "
        "note=\"comment=before the upgrade\" note=owner=pve@pbs!backup at=vm/2001/2026-11-20T00:00:00Z\n"
        "run UPID:backup:1795132800 kind=snapshot subject=main:prod/db:vm/2001 cluster=shop "
        "from=2026-11-20T00:00:00Z to=2026-11-20T00:01:30Z failed said=\"connection reset\"\n"
        "run UPID:verificationjob:1795132808 kind=verify subject=main:v-1 from=2026-11-20T00:00:08Z "
        "to=2026-11-20T00:01:38Z warnings said=\"WARNINGS: 2\"\n"
        "job gc:main kind=gc subject=main unknown\n"
        "job prune:keep kind=prune subject=main/prod schedule=daily disabled unknown keep=keep-daily=7 "
        "keep=keep-last=3\n"
        "job verify:v-1 kind=verify subject=main schedule=\"sat 03:00\" next=2026-11-21T01:00:00Z "
        "last=2026-11-20T00:00:08Z warnings said=\"WARNINGS: 2\"\n"
        "usage main total=1000 used=800 available=200 full=2026-12-30T00:00:00Z\n"_s);
}

void TestPbsSource::guestsBelongToClustersInTheOrderOfTheFleetFile()
{
    Place place;
    place.source.clusters << u"pg-main"_s;
    place.pbs->backups.items = { snapshotOf(u"vm/2002"_s, Day), snapshotOf(u"vm/2001"_s, Day),
        snapshotOf(u"host/web"_s, Day), snapshotOf(u"host/pg-main"_s, Day), snapshotOf(u"vm/7"_s, Day) };
    QStringList told;
    for (const Artifact &artifact : place.scan().artifacts)
        told << artifact.location.section(u'/', 0, 1) + u'=' + artifact.cluster;
    QCOMPARE(told.join(u' '), u"vm/2002=web vm/2001=shop host/web=web host/pg-main=pg-main vm/7="_s);
}

void TestPbsSource::whatChangesASnapshotMakesItNews_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<bool>("news");
    const auto row
        = [](const char *name, Change change, bool news = true) { QTest::newRow(name) << change << news; };
    row(
        "nothing", [](PbsSnapshotFacts &) {}, false);
    row("size", [](PbsSnapshotFacts &s) { s.size = Bytes { 1 }; });
    row("no size", [](PbsSnapshotFacts &s) { s.size.reset(); });
    row("verification", [](PbsSnapshotFacts &s) { s.verification = u"failed"_s; });
    row("verified again", [](PbsSnapshotFacts &s) { s.verifiedAt = Instant::fromSeconds(Day + 9000); });
    row("protection", [](PbsSnapshotFacts &s) { s.isProtected = true; });
    row("notes", [](PbsSnapshotFacts &s) { s.comment = u"x"_s; });
    row("owner", [](PbsSnapshotFacts &s) { s.owner = u"x@pbs"_s; });
    row("unfinished", [](PbsSnapshotFacts &s) { s.finished = false; });
    row("encrypted", [](PbsSnapshotFacts &s) { s.encrypted = true; });
    row(
        "file names", [](PbsSnapshotFacts &s) { s.files << u"client.log.blob"_s; }, false);
}

// Files that are read while they change are no image of one instant.
void TestPbsSource::onlyMachinesAreCrashConsistent()
{
    Place place;
    place.pbs->backups.items = { snapshotOf(u"vm/1"_s, Day), snapshotOf(u"ct/2"_s, Day),
        snapshotOf(u"host/db01"_s, Day), snapshotOf(u"vm/3"_s, Day) };
    place.pbs->backups.items.back().finished = false;
    QStringList machines;
    for (const Artifact &artifact : place.scan().artifacts)
        if (artifact.quiesced == Quiesced::CrashConsistent)
            machines += artifact.location.section(u'/', 0, 1);
    QCOMPARE(machines, QStringList { u"vm/1"_s });
}

void TestPbsSource::whatChangesASnapshotMakesItNews()
{
    QFETCH(Change, change);
    QFETCH(bool, news);
    Place place;
    place.pbs->backups.items = { snapshotOf(u"vm/2001"_s, Day), snapshotOf(u"vm/2001"_s, Day + 1) };
    QCOMPARE(place.scan().artifacts.size(), std::size_t(2));
    change(place.pbs->backups.items.front());
    const Scan second = place.scan();
    QCOMPARE(second.artifacts.size(), std::size_t(news));
    QVERIFY(second.gone.isEmpty());
}

void TestPbsSource::theNewestUnfinishedSnapshotOfARunningBackupRuns()
{
    Place place;
    auto old = snapshotOf(u"vm/2001"_s, Day);
    old.finished = false;
    auto fresh = snapshotOf(u"vm/2001"_s, Day + 500);
    fresh.finished = false;
    place.pbs->backups.items = { fresh, old };
    place.pbs->work.items = { taskOf(u"backup"_s, u"main:vm/2001"_s, Day + 501, PbsTaskState::Running) };
    Scan scan = place.scan();
    QCOMPARE(scan.artifacts.at(0).state, ArtifactState::Running);
    QCOMPARE(scan.artifacts.at(1).state, ArtifactState::Unfinished);
    place.pbs->work.items = { taskOf(u"backup"_s, u"main:vm/2001"_s, Day + 501, PbsTaskState::Failed) };
    scan = place.scan();
    QCOMPARE(scan.artifacts.size(), std::size_t(1));
    QCOMPARE(scan.artifacts.at(0).state, ArtifactState::Unfinished);
    QCOMPARE(ids(scan.runs), u"UPID:backup:1795133301"_s);
}

void TestPbsSource::tasksAreToldOnceAndWhenTheyEnd()
{
    Place place;
    auto &tasks = place.pbs->work.items;
    tasks = { taskOf(u"verify"_s, u"main"_s, Day, PbsTaskState::Running),
        taskOf(u"prune"_s, u"main"_s, Day + 10, PbsTaskState::Ok) };
    QCOMPARE(ids(place.scan().runs), u"UPID:verify:1795132800 runs, UPID:prune:1795132810"_s);
    QCOMPARE(ids(place.scan().runs), QString());
    // Another one in the same second as the newest, and the old one still runs.
    tasks.push_back(taskOf(u"sync"_s, u"main"_s, Day + 10, PbsTaskState::Ok));
    QCOMPARE(ids(place.scan().runs), u"UPID:sync:1795132810"_s);
    tasks.front() = taskOf(u"verify"_s, u"main"_s, Day, PbsTaskState::Ok);
    QCOMPARE(ids(place.scan().runs), u"UPID:verify:1795132800"_s);
    QCOMPARE(ids(place.scan().runs), QString());
}

void TestPbsSource::onlyTasksSinceTheNewestKnownAreAskedFor()
{
    Place place;
    auto &tasks = place.pbs->work.items;
    tasks = { taskOf(u"verify"_s, u"main"_s, Day, PbsTaskState::Running),
        taskOf(u"prune"_s, u"main"_s, Day + 10, PbsTaskState::Ok) };
    (void)place.scan();
    (void)place.scan();
    tasks.front() = taskOf(u"verify"_s, u"main"_s, Day, PbsTaskState::Ok);
    (void)place.scan();
    (void)place.scan();
    QStringList asked;
    for (const PbsTaskFilter &filter : place.pbs->filters)
        asked << QString::number(filter.since->seconds() - Day);
    // At first 400 days back from the day after; then from the oldest that ran; then from the newest.
    QCOMPARE(asked.join(u' '), u"%1 0 0 10"_s.arg(86'400 - 400 * 86'400));
}

void TestPbsSource::partsThatCannotBeReadAreTroubles()
{
    Place place;
    place.pbs->backups.items = { snapshotOf(u"vm/2001"_s, Day) };
    place.pbs->noTasks = Error { ErrorKind::Timeout, u"pbs.timeout"_s, u"no answer"_s };
    place.pbs->noJobs = Error { ErrorKind::Denied, u"pbs.permission"_s, u"permission check failed"_s };
    place.pbs->noUsage = Error { ErrorKind::Protocol, u"pbs.garbled"_s, u"not JSON"_s };
    const Scan scan = place.scan();
    QCOMPARE(scan.artifacts.size(), std::size_t(1));
    QCOMPARE(ScanPrinter::of(Scan { .whole = scan.whole, .troubles = scan.troubles }),
        u"whole\ntrouble tasks pbs.timeout said=\"no answer\"\n"
        "trouble jobs pbs.permission said=\"permission check failed\"\n"
        "trouble usage pbs.garbled said=\"not JSON\"\n"_s);
}

void TestPbsSource::missingRightsTakeNothingForGone()
{
    Place place;
    place.pbs->backups.items = { snapshotOf(u"vm/2001"_s, Day), snapshotOf(u"vm/2002"_s, Day) };
    QCOMPARE(place.scan().artifacts.size(), std::size_t(2));
    const MissingRight right { u"snapshots of datastore \"main\""_s, u"acl update '/datastore/main'"_s };
    place.pbs->backups = { {}, false, { right } };
    place.pbs->work = { {}, false, { right } };
    QCOMPARE(place.printed(),
        u"in part\ntrouble \"snapshots of datastore \"main\"\" pbs.permission "
        "said=\"snapshots of datastore \"main\" -> acl update '/datastore/main'\"\n"_s);
    place.pbs->backups = { { snapshotOf(u"vm/2001"_s, Day) }, true, {} };
    place.pbs->work = {};
    QCOMPARE(place.printed(), u"whole\ngone main::vm/2002/2026-11-20T00:00:00Z\n"_s);
}

void TestPbsSource::aGroupNamedTwiceHidesNoLoss()
{
    Place place;
    place.source.groups << u"vm/2001"_s;
    const auto one = snapshotOf(u"vm/2001"_s, Day);
    place.pbs->backups.items = { one, snapshotOf(u"vm/2002"_s, Day), one };
    (void)place.scan();
    place.pbs->backups.items = { one, one };
    QCOMPARE(place.scan().gone, QStringList { u"main::vm/2002/2026-11-20T00:00:00Z"_s });
}

void TestPbsSource::aStoreInMaintenanceSaysSo()
{
    Place place;
    place.pbs->stores.items = { { .name = u"main"_s, .maintenance = u"offline,message=disk swap"_s },
        { .name = u"cold"_s, .error = u"unable to open chunk store"_s } };
    QCOMPARE(place.printed(),
        u"whole\nusage main\nusage cold\n"
        "trouble main pbs.maintenance said=\"offline,message=disk swap\"\n"
        "trouble cold pbs.datastore-unreadable said=\"unable to open chunk store\"\n"_s);
}

void TestPbsSource::aServerThatCannotBeReadIsAnError()
{
    Place place;
    place.pbs->noTasks = place.pbs->noSnapshots
        = Error { ErrorKind::Unreachable, u"pbs.unreachable"_s, u"connection refused"_s };
    const auto source = makePbsSource(place.source, place.pbs, place.clock);
    QCOMPARE(wordsOf(settle(source->scan({}, {}))), QByteArray("pbs.unreachable: connection refused"));
}

QTEST_GUILESS_MAIN(TestPbsSource)
#include "tst_pbs_source.moc"
