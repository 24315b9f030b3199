#include "pbs/pbs.h"
#include "pbssource/pbssource.h"
#include "secrets/secrets.h"
#include "standin/seedlab.h"
#include "standin/server.h"
#include "support/printscan.h"
#include "support/settle.h"
#include "support/testclock.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

// The adapter over the real client and a stand-in server with fourteen months of backups.
class TestPbsStandin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everySnapshotOfTheGroupsIsThere();
    void nothingNewThenWhatChangedAlone();
    void tasksAndJobsAndSpace();
    void aJobThatRanIsToldOnce();
    void lessRightsAreToldAndNothingIsGone();
    void aServerThatIsDownIsAnError();

private:
    [[nodiscard]] standin::Datastore &store() { return m_server->state().stores.at(u"main"_s); }
    Scan scan();
    [[nodiscard]] static QStringList ids(const Scan &scan);

    standin::LabSecrets m_secrets { "4e0e3f4e-5f0a-4a34-9f0c-0123456789ab", "correct horse",
        "JBSWY3DPEHPK3PXP" };
    std::unique_ptr<standin::Server> m_server;
    std::shared_ptr<BackupSource> m_source;
    std::unique_ptr<PbsAdapters> m_adapters;
    Source m_place;
    Known m_known;
    qint64 m_now = 0;
};

void TestPbsStandin::init()
{
    standin::Server::Options options;
    options.haste = 0;
    options.stepMs = 0;
    m_now = QDateTime::currentSecsSinceEpoch();
    options.clock = [this] { return m_now; };
    m_server = std::make_unique<standin::Server>(options);
    QVERIFY(m_server->start());
    standin::seedLab(m_server->state(), m_secrets, m_server->site().now());
    const auto secrets = makeSessionSecretStore();
    const auto kept = settle(secrets->write(u"token"_s, Secret(QByteArray(m_secrets.tokenSecret)), {}));
    QVERIFY(kept && *kept);
    m_place = { .name = u"pbs"_s, .kind = SourceKind::Pbs, .clusters = { u"harbor-db"_s, u"standby-db"_s } };
    m_place.url = m_server->url();
    m_place.fingerprint = m_server->fingerprint();
    m_place.tokenId = standin::LabTokenId;
    m_place.secret = u"token"_s;
    m_place.datastore = u"main"_s;
    m_place.groups = QStringList { u"vm/2001"_s, u"vm/2002"_s, u"vm/2003"_s };
    m_adapters = std::make_unique<PbsAdapters>(secrets);
    m_source = makePbsSource(
        m_place, m_adapters->reader(), std::make_shared<TestClock>(Instant::fromSeconds(m_now)));
    m_known = {};
}

Scan TestPbsStandin::scan()
{
    const auto found = settle(m_source->scan(m_known, {}), std::chrono::seconds(20));
    if (!found || !*found) {
        qWarning("%s", wordsOf(found).constData());
        return {};
    }
    for (const QString &id : (*found)->gone)
        m_known.stamps.remove(id);
    for (const Artifact &artifact : (*found)->artifacts)
        m_known.stamps.insert(artifact.id, artifact.stamp);
    for (const Run &run : (*found)->runs)
        m_known.newestRun = std::max(m_known.newestRun.value_or(run.start), run.start);
    m_known.cursor = (*found)->cursor;
    return **found;
}

QStringList TestPbsStandin::ids(const Scan &scan)
{
    QStringList ids;
    for (const Artifact &artifact : scan.artifacts)
        ids << artifact.id;
    ids.sort();
    return ids;
}

void TestPbsStandin::everySnapshotOfTheGroupsIsThere()
{
    const Scan first = scan();
    QStringList expected;
    for (const QString &group : m_place.groups)
        for (const auto &[time, snapshot] : store().group({}, group)->snapshots)
            expected << u"main::%1/%2"_s.arg(group, snapshot.timeText());
    expected.sort();
    QVERIFY(expected.size() > 60);
    QCOMPARE(ids(first), expected);
    QVERIFY(first.whole && first.troubles.empty() && first.gone.isEmpty());
    for (const Artifact &artifact : first.artifacts) {
        const QString group = artifact.location.section(u'/', 0, 1);
        const auto &told = store().group({}, group)->snapshots.at(artifact.start->seconds());
        QCOMPARE(artifact.cluster,
            group == u"vm/2001"_s       ? u"harbor-db"_s
                : group == u"vm/2002"_s ? u"standby-db"_s
                                        : QString());
        QCOMPARE(artifact.state, told.finished() ? ArtifactState::Complete : ArtifactState::Unfinished);
        QCOMPARE(artifact.holds, told.isProtected ? QStringList { u"protected"_s } : QStringList());
        QCOMPARE(artifact.checks.size(), std::size_t(told.verification ? 1 : 0));
        QVERIFY(
            !told.verification || artifact.checks.front().passed == (told.verification->state == u"ok"_s));
        const bool machine = group.startsWith(u"vm/") && told.finished();
        QCOMPARE(artifact.quiesced, machine ? Quiesced::CrashConsistent : Quiesced::Unknown);
        QCOMPARE(artifact.stop, artifact.start);
    }
    const auto count = [&](auto held) { return std::ranges::count_if(first.artifacts, held); };
    QVERIFY(count([](const Artifact &a) { return a.state == ArtifactState::Unfinished; }) == 1);
    QVERIFY(count([](const Artifact &a) { return !a.holds.isEmpty(); }) > 0);
    QVERIFY(count([](const Artifact &a) { return !a.checks.empty() && a.checks[0].at.has_value(); }) > 10);
}

void TestPbsStandin::nothingNewThenWhatChangedAlone()
{
    (void)scan();
    const Scan second = scan();
    QCOMPARE(
        ScanPrinter::of(Scan {
            .whole = second.whole, .artifacts = second.artifacts, .gone = second.gone, .runs = second.runs }),
        u"whole\n"_s);
    auto &snapshots = store().group({}, u"vm/2001"_s)->snapshots;
    auto at = snapshots.begin();
    const QString gone = u"main::vm/2001/"_s + at->second.timeText();
    at = snapshots.erase(at);
    QStringList changed;
    for (int i = 0; i < 3; ++i, ++at)
        changed << u"main::vm/2001/"_s + at->second.timeText();
    at = std::prev(at, 3);
    (at++)->second.notes = u"before the upgrade"_s;
    at->second.isProtected = !at->second.isProtected;
    (++at)->second.verification = standin::Verification { at->second.verification
            ? at->second.verification->upid
            : u"UPID:vm:00000001:00000001:00000001:6B003257:verify:main:root@pam:"_s,
        u"failed"_s };
    standin::addSnapshot(store(), {}, u"vm/2002"_s, u"pve@pbs!backup"_s,
        standin::vmSnapshot(m_server->site().now(), 64ll << 30));
    changed << u"main::vm/2002/"_s + standin::isoTime(m_server->site().now());
    const Scan third = scan();
    changed.sort();
    QCOMPARE(third.artifacts.size(), std::size_t(4));
    QCOMPARE(ids(third).first(3), changed.first(3));
    QCOMPARE(third.gone, QStringList { gone });
}

void TestPbsStandin::tasksAndJobsAndSpace()
{
    const Scan first = scan();
    QMap<QString, int> kinds;
    for (const Run &run : first.runs)
        ++kinds[run.kind];
    const auto ours = std::ranges::count_if(m_server->state().tasks, [&](const standin::TaskRecord &task) {
        return task.type == u"backup"_s && task.id && task.id->startsWith(u"main:"_s)
            && m_place.groups.contains(task.id->section(u':', -1));
    });
    QVERIFY(ours > 5 && kinds.value(u"prune"_s) > 0 && kinds.value(u"gc"_s) > 0);
    QCOMPARE(kinds.value(u"snapshot"_s), int(ours));
    QVERIFY(std::ranges::any_of(first.runs, [](const Run &run) { return run.state == RunState::Failed; }));
    QVERIFY(std::ranges::all_of(first.runs,
        [](const Run &run) { return run.kind != u"snapshot"_s || run.subject.contains(u"vm/200"_s); }));
    QStringList jobs;
    for (const Job &job : first.jobs)
        jobs << job.id + (job.nextRun ? u"+next"_s : QString()) + (job.lastRun ? u"+last"_s : QString());
    for (const QString &id : { u"gc:main"_s, u"prune:prune-main"_s, u"prune:prune-test"_s })
        QVERIFY2(jobs.indexOf(QRegularExpression(QRegularExpression::escape(id) + u"(\\+.*)?"_s)) >= 0,
            qPrintable(jobs.join(u' ')));
    QVERIFY(jobs.contains(u"prune:prune-main+next+last"_s));
    const auto prune = std::ranges::find(first.jobs, u"prune:prune-main"_s, &Job::id);
    QVERIFY(!prune->keep.isEmpty());
    QCOMPARE(first.usage.size(), std::size_t(1));
    QCOMPARE(first.usage.front().part, u"main"_s);
    QCOMPARE(first.usage.front().total->count, store().total);
    QVERIFY(first.usage.front().estimatedFull.has_value());
}

void TestPbsStandin::aJobThatRanIsToldOnce()
{
    (void)scan();
    QVERIFY(scan().runs.empty());
    m_now += 2 * 86'400;
    const std::size_t before = m_server->state().tasks.size();
    m_server->runDueJobs();
    QTRY_VERIFY(m_server->state().tasks.size() > before
        && std::ranges::all_of(
            m_server->state().tasks, [](const standin::TaskRecord &task) { return task.end.has_value(); }));
    QStringList started;
    for (auto task = m_server->state().tasks.begin() + qsizetype(before);
         task != m_server->state().tasks.end(); ++task)
        started << task->upid;
    QStringList told;
    for (const Run &run : scan().runs)
        told << run.id;
    QVERIFY(!told.isEmpty());
    for (const QString &upid : told)
        QVERIFY(started.contains(upid));
    QVERIFY(scan().runs.empty());
}

void TestPbsStandin::lessRightsAreToldAndNothingIsGone()
{
    const qsizetype all = qsizetype(scan().artifacts.size());
    auto &acl = m_server->state().acl;
    acl.removeIf([](const standin::AclEntry &entry) { return entry.authId == standin::LabTokenId; });
    acl.append({ u"/datastore/main"_s, standin::LabTokenId, u"DatastoreBackup"_s, true });
    const Scan blind = scan();
    QVERIFY(!blind.whole && blind.gone.isEmpty() && blind.artifacts.empty());
    QVERIFY(!blind.troubles.empty());
    for (const SourceTrouble &trouble : blind.troubles) {
        QCOMPARE(trouble.error.code, u"pbs.permission"_s);
        QVERIFY2(trouble.error.detail.contains(u"proxmox-backup-manager acl update"_s),
            qPrintable(trouble.error.detail));
    }
    QCOMPARE(m_known.stamps.size(), all);
}

void TestPbsStandin::aServerThatIsDownIsAnError()
{
    (void)scan();
    m_server->stop();
    const auto found = settle(m_source->scan(m_known, {}), std::chrono::seconds(20));
    QVERIFY(found && !*found);
    QCOMPARE(found->error().kind, ErrorKind::Unreachable);
}

QTEST_GUILESS_MAIN(TestPbsStandin)
#include "tst_pbs_standin.moc"
