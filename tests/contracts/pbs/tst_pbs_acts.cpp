#include "pbs/client.h"
#include "pbs/follow.h"
#include "standin/seedlab.h"
#include "standin/server.h"
#include "support/settle.h"

#include <QRegularExpression>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 Day = 86'400;
constexpr qint64 Start = 1'795'186'800; // Fri 2026-11-20 15:00:00 UTC

template <class T>
QString codeOf(const std::optional<Result<T>> &result)
{
    return !result ? u"hung"_s : result->has_value() ? u"ok"_s : result->error().code;
}

QString printed(const std::vector<pbs::LogLine> &lines)
{
    // Without the time stamp before each line.
    static const QRegularExpression stamp(u"^\\S+: "_s);
    QStringList texts;
    for (const pbs::LogLine &line : lines)
        texts.append(QString(line.text).remove(stamp));
    return texts.join(u'\n');
}

} // namespace

// Verification, garbage collection and jobs against the stand-in: begun by the client, or by their schedule,
// and followed to their end.
class TestPbsActs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void verificationNamesTheDamagedSnapshot();
    void verificationOfAGroupIsItsOwn();
    void garbageCollectionTellsWhatItFound();
    void aJobIsRunNow();
    void aTaskIsStopped();
    void jobsRunWhenTheyAreDue();
    void aChangedScheduleCountsFromTheChange();

private:
    // How the task ended, and its log as it was told line by line.
    [[nodiscard]] std::pair<QString, std::vector<pbs::LogLine>> follow(const QString &upid) const;
    [[nodiscard]] QString ended(const std::optional<Result<QString>> &upid) const;
    [[nodiscard]] QString verified() const;
    [[nodiscard]] QStringList runs() const; // tasks since the last question, "type id user: end"
    void addJobs();

    qint64 m_now = Start;
    mutable std::size_t m_seen = 0;
    std::unique_ptr<standin::Server> m_server;
    std::shared_ptr<pbs::Client> m_client;
};

void TestPbsActs::init()
{
    m_now = Start;
    m_seen = 0;
    standin::Server::Options options;
    options.haste = 0;
    options.stepMs = 0;
    options.clock = [this] { return m_now; };
    m_server = std::make_unique<standin::Server>(options);
    QVERIFY(m_server->start());
    standin::State &state = m_server->state();
    standin::addUser(state, u"root@pam"_s, {});
    standin::addUser(state, u"dba@pbs"_s, {});
    standin::addToken(state, u"dba@pbs!acts"_s, "4a5e");
    state.acl
        = { { u"/"_s, u"dba@pbs"_s, u"Admin"_s, true }, { u"/"_s, u"dba@pbs!acts"_s, u"Admin"_s, true } };
    standin::Datastore &store = standin::addStore(state, u"main"_s, {}, 1LL << 40);
    for (const qint64 age : { 1, 2, 3 })
        standin::addSnapshot(
            store, {}, u"host/pg"_s, u"dba@pbs"_s, standin::hostSnapshot(Start - age * Day, 64 << 20));
    standin::Snapshot damaged = standin::hostSnapshot(Start - Day, 64 << 20);
    damaged.corrupt = true;
    standin::addSnapshot(store, {}, u"host/web"_s, u"dba@pbs"_s, damaged);
    const pbs::TokenAuth auth { u"dba@pbs!acts"_s, Secret("4a5e") };
    const pbs::Endpoint endpoint { *pbs::parseBase(m_server->url()), m_server->fingerprint(), auth };
    m_client = std::make_shared<pbs::Client>(std::make_shared<pbs::Connections>(), endpoint);
}

std::pair<QString, std::vector<pbs::LogLine>> TestPbsActs::follow(const QString &upid) const
{
    std::vector<pbs::LogLine> lines;
    const auto tell = [&lines](const pbs::LogLine &line) { lines.push_back(line); };
    const auto end = settle(pbs::followTask(m_client, upid, tell, { 2ms, 5 }, {}));
    return { end && *end ? pbs::words(end->value()) : QString::fromUtf8(wordsOf(end)), lines };
}

QString TestPbsActs::ended(const std::optional<Result<QString>> &upid) const
{
    return upid && *upid ? follow(upid->value()).first : QString::fromUtf8(wordsOf(upid));
}

QString TestPbsActs::verified() const
{
    const auto snapshots = settle(m_client->snapshots(u"main"_s, {}, {}, {}, {}));
    if (!snapshots || !*snapshots)
        return QString::fromUtf8(wordsOf(snapshots));
    QStringList states;
    for (const pbs::SnapshotItem &one : snapshots->value())
        states.append(u"%1 -%2d %3"_s.arg(one.id)
                          .arg((Start - one.time.sinceEpoch.count() / 1'000'000) / Day)
                          .arg(one.verification ? one.verification->state : u"never"_s));
    states.sort();
    return states.join(u", "_s);
}

QStringList TestPbsActs::runs() const
{
    const auto &tasks = m_server->state().tasks;
    QStringList texts;
    for (; m_seen < tasks.size(); ++m_seen) {
        const standin::TaskRecord &task = tasks[m_seen];
        texts.append(
            u"%1 %2 %3: %4"_s.arg(task.type, task.id.value_or(u"-"_s), task.authId, follow(task.upid).first));
    }
    return texts;
}

void TestPbsActs::verificationNamesTheDamagedSnapshot()
{
    QCOMPARE(verified(), u"pg -1d never, pg -2d never, pg -3d never, web -1d never"_s);
    pbs::VerifyRequest request;
    request.store = u"main"_s;
    const auto upid = settle(m_client->verify(request, {}));
    QCOMPARE(wordsOf(upid), "ok");
    const auto [end, lines] = follow(upid->value());
    QCOMPARE(end, u"verification failed - please check the log for details"_s);
    QVERIFY2(printed(lines).endsWith(uR"(Failed to verify the following snapshots/groups:
	host/web/2026-11-19T15:00:00Z
TASK ERROR: verification failed - please check the log for details)"_s),
        qUtf8Printable(printed(lines)));
    const auto whole = settle(pbs::wholeLog(m_client, upid->value(), {}));
    QCOMPARE(wordsOf(whole), "ok");
    QVERIFY(whole->value() == lines);
    QCOMPARE(verified(), u"pg -1d ok, pg -2d ok, pg -3d ok, web -1d failed"_s);
    const auto status = settle(m_client->taskStatus(upid->value(), {}));
    QCOMPARE(wordsOf(status), "ok");
    QVERIFY(status->value().end()
        == pbs::TaskEnd(pbs::TaskFailed { u"verification failed - please check the log for details"_s }));
}

void TestPbsActs::verificationOfAGroupIsItsOwn()
{
    pbs::VerifyRequest request;
    request.store = u"main"_s;
    request.group = pbs::Group { u"host"_s, u"pg"_s, {} };
    QCOMPARE(ended(settle(m_client->verify(request, {}))), u"OK"_s);
    QCOMPARE(verified(), u"pg -1d ok, pg -2d ok, pg -3d ok, web -1d never"_s);
}

void TestPbsActs::garbageCollectionTellsWhatItFound()
{
    const auto upid = settle(m_client->collectGarbage(u"main"_s, {}));
    QCOMPARE(wordsOf(upid), "ok");
    const auto [end, lines] = follow(upid->value());
    QCOMPARE(end, u"OK"_s);
    QVERIFY2(printed(lines).startsWith(u"starting garbage collection on store main\n"
                                       "Start GC phase1 (mark used chunks)\n"_s),
        qUtf8Printable(printed(lines)));
    const auto gc = settle(m_client->gc(u"main"_s, {}));
    QCOMPARE(wordsOf(gc), "ok");
    QCOMPARE(gc->value().status.upid, upid->value());
    QCOMPARE(gc->value().status.indexFileCount, 12);
    QCOMPARE(gc->value().lastRunState, u"OK"_s);
    pbs::VerifyRequest all;
    all.store = u"main"_s;
    QCOMPARE(ended(settle(m_client->verify(all, {}))),
        u"verification failed - please check the log for details"_s);
    QCOMPARE(ended(settle(m_client->collectGarbage(u"main"_s, {}))), u"WARNINGS: 1"_s);
}

void TestPbsActs::aJobIsRunNow()
{
    addJobs();
    QCOMPARE(ended(settle(m_client->runJob(pbs::JobKind::Prune, u"thin"_s, {}))), u"OK"_s);
    QCOMPARE(verified(), u"pg -1d never, web -1d never"_s);
    const auto jobs = settle(m_client->pruneJobs({}, {}));
    QCOMPARE(wordsOf(jobs), "ok");
    QCOMPARE(jobs->value().back().state.lastState, u"OK"_s);
    QCOMPARE(codeOf(settle(m_client->runJob(pbs::JobKind::Verify, u"none"_s, {}))), u"pbs.not-found"_s);
}

void TestPbsActs::aTaskIsStopped()
{
    m_server->site().tasks.stepMs = 60'000;
    const auto upid = settle(m_client->collectGarbage(u"main"_s, {}));
    QCOMPARE(wordsOf(upid), "ok");
    QCOMPARE(wordsOf(settle(m_client->stopTask(upid->value(), {}))), "ok");
    QCOMPARE(follow(upid->value()).first, u"abort requested - aborting task"_s);
}

void TestPbsActs::addJobs()
{
    const auto add = [this](const QString &kind, QJsonObject job) {
        m_server->state().config[kind][job[u"id"_s].toString()] = job;
    };
    add(u"prune"_s,
        { { u"id"_s, u"thin"_s }, { u"store"_s, u"main"_s }, { u"schedule"_s, u"daily"_s },
            { u"keep-last"_s, 1 } });
    add(u"prune"_s,
        { { u"id"_s, u"off"_s }, { u"store"_s, u"main"_s }, { u"schedule"_s, u"hourly"_s },
            { u"keep-last"_s, 1 }, { u"disable"_s, true } });
    add(u"verify"_s,
        { { u"id"_s, u"weekly"_s }, { u"store"_s, u"main"_s }, { u"schedule"_s, u"sat 18:15"_s } });
    add(u"verify"_s, { { u"id"_s, u"by-hand"_s }, { u"store"_s, u"main"_s } });
    (void)standin::addStore(m_server->state(), u"second"_s, {}, 1LL << 40);
    add(u"sync"_s,
        { { u"id"_s, u"copy"_s }, { u"store"_s, u"second"_s }, { u"remote-store"_s, u"main"_s },
            { u"schedule"_s, u"06:00"_s }, { u"owner"_s, u"dba@pbs"_s } });
    m_server->state().stores.at(u"main"_s).config[u"gc-schedule"_s] = u"02:00"_s;
}

void TestPbsActs::jobsRunWhenTheyAreDue()
{
    addJobs();
    const auto at = [this](qint64 later) {
        m_now = Start + later;
        m_server->runDueJobs();
        m_server->runDueJobs(); // what runs is not started twice
        return runs().join(u'\n');
    };
    constexpr qint64 hour = 3600;
    QCOMPARE(at(0), QString());
    QCOMPARE(at(9 * hour - 1), QString());
    QCOMPARE(at(9 * hour), u"prunejob main root@pam: OK"_s);
    QCOMPARE(verified(), u"pg -1d never, web -1d never"_s);
    QCOMPARE(at(10 * hour), QString());
    QCOMPARE(at(11 * hour), u"garbage_collection main root@pam: OK"_s);
    QCOMPARE(at(15 * hour), u"syncjob -:main:second::copy root@pam: OK"_s);
    const auto copied = settle(m_client->groups(u"second"_s, {}, {}));
    QCOMPARE(wordsOf(copied), "ok");
    QCOMPARE(copied->value().size(), std::size_t(2));
    // A day late all of them run once, the weekly one for the first time.
    QCOMPARE(at(40 * hour),
        u"prunejob main root@pam: OK\n"
        "syncjob -:main:second::copy root@pam: OK\n"
        "verificationjob main:weekly root@pam: verification failed - please check the log for details\n"
        "garbage_collection main root@pam: OK"_s);
    const auto jobs = settle(m_client->verifyJobs({}, {}));
    QCOMPARE(wordsOf(jobs), "ok");
    const pbs::VerifyJob &weekly = jobs->value().back();
    QCOMPARE(weekly.id, u"weekly"_s);
    QCOMPARE(weekly.state.nextRun, Instant::fromSeconds(Start + 8 * Day + 3 * hour + 900));
    const auto log = settle(pbs::wholeLog(m_client, *weekly.state.lastUpid, {}));
    QVERIFY2(printed(log->value())
                 .startsWith(u"Starting datastore verify job 'main:weekly'\n"
                             "task triggered by schedule 'sat 18:15'\n"_s),
        qUtf8Printable(printed(log->value())));
    m_server->state().stores.at(u"main"_s).config[u"maintenance-mode"_s] = u"read-only"_s;
    QCOMPARE(at(65 * hour), u"syncjob -:main:second::copy root@pam: OK"_s);
    m_server->state().stores.at(u"main"_s).config.remove(u"maintenance-mode"_s);
    QCOMPARE(at(65 * hour), u"prunejob main root@pam: OK\ngarbage_collection main root@pam: WARNINGS: 1"_s);
}

void TestPbsActs::aChangedScheduleCountsFromTheChange()
{
    pbs::PruneJobChange job;
    job.id = u"new"_s;
    job.store = u"main"_s;
    job.schedule = u"15:30"_s;
    job.keep.last = 3;
    QCOMPARE(wordsOf(settle(m_client->createPruneJob(job, {}))), "ok");
    m_now = Start + 3600;
    job.schedule = u"15:45"_s; // today's event is over when it is set
    QCOMPARE(wordsOf(settle(m_client->updatePruneJob(job, {}))), "ok");
    m_server->runDueJobs();
    QCOMPARE(runs(), QStringList());
    m_now = Start + Day + 2700;
    m_server->runDueJobs();
    QCOMPARE(runs(), QStringList { u"prunejob main root@pam: OK"_s });
}

QTEST_GUILESS_MAIN(TestPbsActs)
#include "tst_pbs_acts.moc"
