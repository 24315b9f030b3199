#include "monitor/pollingmonitor.h"
#include "ports/sleep.h"
#include "support/memoryhost.h"

#include <QSignalSpy>
#include <QTest>

#include <deque>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace std::chrono_literals;

namespace {

class TickingClock : public Clock
{
public:
    Instant now() const override { return at; }
    Instant at = Instant::fromSeconds(1000);
};

// Answers what the script says, in order; the last line for ever.
class ScriptedServers : public ServerProbe
{
public:
    QCoro::Task<Result<ServerFacts>> probe(
        ConnectSpec spec, std::optional<Host>, std::optional<Secret>, std::stop_token stop) override
    {
        asked.push_back(spec.service);
        Result<ServerFacts> answer = script.empty() ? Result<ServerFacts>(ServerFacts {}) : script.front();
        if (script.size() > 1)
            script.pop_front();
        const bool whole = co_await sleepOr(pause, stop);
        if (!whole)
            co_return failure(ErrorKind::Cancelled, u"cancelled"_s, {});
        co_return answer;
    }
    std::deque<Result<ServerFacts>> script;
    QStringList asked;
    std::chrono::milliseconds pause { 1 };
};

// One machine for all hosts; remembers which were asked for.
class OneMachine : public HostReaders
{
public:
    std::shared_ptr<HostReader> of(const Host &host) override
    {
        asked.append(host.name);
        return std::make_shared<test::MemoryHost>(machine);
    }
    std::shared_ptr<test::MemoryMachine> machine = std::make_shared<test::MemoryMachine>();
    QStringList asked;
};

class NoBackupServers : public PbsProbe
{
public:
    QCoro::Task<Result<CertificateFacts>> certificate(QString, std::stop_token) override
    {
        co_return CertificateFacts {};
    }
    void confirm(const QString &, const QString &) override { }
    QCoro::Task<Result<PbsFacts>> probe(Source source, std::optional<Secret>, std::stop_token) override
    {
        co_return PbsFacts { .readAt = Instant::fromSeconds(1), .version = source.url };
    }
};

class RememberingStore : public FactStore
{
public:
    QCoro::Task<Result<KeptFacts>> lastFacts(QString, std::stop_token) override
    {
        if (broken)
            co_return failure(ErrorKind::Internal, u"store.damaged"_s, {});
        co_return kept;
    }
    QCoro::Task<Result<bool>> keep(QString fleet, QString name, ServerFacts facts, std::stop_token) override
    {
        written.append(u"%1/%2@%3"_s.arg(fleet, name, QString::number(facts.readAt.seconds())));
        newest = facts;
        co_return true;
    }
    QCoro::Task<Result<bool>> keep(QString, QString, PbsFacts, std::stop_token) override { co_return true; }
    QCoro::Task<Result<std::vector<ServerFacts>>> serverHistory(QString, QString, std::stop_token) override
    {
        co_return std::vector<ServerFacts> {};
    }
    QCoro::Task<Result<std::vector<ScanState>>> scans(QString, std::stop_token) override
    {
        co_return std::vector<ScanState> {};
    }
    QCoro::Task<Result<>> keep(QString, ScanState, std::stop_token) override { co_return Result<> {}; }

    KeptFacts kept;
    QStringList written;
    ServerFacts newest;
    bool broken = false;
};

Result<ServerFacts> answers(qint64 second)
{
    return ServerFacts { .readAt = Instant::fromSeconds(second) };
}

Result<ServerFacts> refuses()
{
    return failure(ErrorKind::Unreachable, u"pg.refused"_s, u"no one listens"_s);
}

const char *wordOf(Reach reach)
{
    switch (reach) {
    case Reach::Never:
        return "never";
    case Reach::Answering:
        return "answering";
    case Reach::Live:
        return "live";
    case Reach::Stale:
        return "stale";
    case Reach::Offline:
        return "offline";
    }
    return "";
}

QString print(const Followed<ServerFacts> &server)
{
    return u"%1 %2 facts=%3 since=%4 next=%5"_s.arg(server.name, QLatin1String(wordOf(server.reach)),
        server.facts ? server.facts->readAt.toIso() : u"-"_s,
        server.offlineSince ? QString::number(server.offlineSince->seconds()) : u"-"_s,
        server.nextTry ? QString::number(server.nextTry->seconds()) : u"-"_s);
}

Fleet oneClusterOnItsHost()
{
    return { .name = u"harbour"_s,
        .hosts = { { .name = u"db01"_s, .ssh = u"db01"_s } },
        .clusters = { { .name = u"oltp-db"_s,
            .connect = { .service = u"oltp"_s },
            .host = u"db01"_s,
            .dataDirectory = u"/srv/pg/data"_s } } };
}

// What is left for the WAL of the first server; -1: not known.
qint64 walFree(const FleetMonitor &monitor)
{
    const auto facts = monitor.state().servers.front().facts;
    return facts && facts->walFree ? facts->walFree->count : -1;
}

Fleet oneCluster()
{
    return { .name = u"harbour"_s,
        .clusters = { { .name = u"oltp-db"_s, .connect = { .service = u"oltp"_s } } } };
}

} // namespace

class TestMonitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void anAnswerMakesAServerLive();
    void aFailureKeepsTheLastFactsAndNamesTheNextTry();
    void theStoreSpeaksBeforeTheFirstAnswer();
    void aSilenceBeganWithTheLastAnswerKept();
    void aBurstOfAnswersIsOnePieceOfNews();
    void eachAnswerIsKept();
    void aStoreThatFailsDoesNotStopTheWork();
    void tryNowAsksWithoutWaiting();
    void anotherFleetStopsTheOldQuestions();
    void aBackupServerIsFollowedToo();
    void theMachineTellsWhatTheWalHasLeft();
    void aMachineThatHangsHoldsNoServerUp();
    void aServerWithoutAMachineIsAskedNowhere();
    void goingAwayInTheMiddleIsClean();
    void waitsGrowToAMinute();

private:
    PollingMonitor::Parts parts();

    std::shared_ptr<TickingClock> m_clock;
    std::shared_ptr<ScriptedServers> m_servers;
    std::shared_ptr<OneMachine> m_hosts;
};

void TestMonitor::init()
{
    m_clock = std::make_shared<TickingClock>();
    m_servers = std::make_shared<ScriptedServers>();
    m_hosts = std::make_shared<OneMachine>();
}

PollingMonitor::Parts TestMonitor::parts()
{
    return { .servers = m_servers,
        .backupServers = std::make_shared<NoBackupServers>(),
        .hosts = m_hosts,
        .clock = m_clock };
}

void TestMonitor::anAnswerMakesAServerLive()
{
    m_servers->script = { answers(990) };
    PollingMonitor monitor(parts());
    monitor.follow(oneCluster());
    QCOMPARE(print(monitor.state().servers.front()), u"oltp-db never facts=- since=- next=-"_s);
    QTRY_COMPARE(
        print(monitor.state().servers.front()), u"oltp-db live facts=1970-01-01T00:16:30Z since=- next=-"_s);
    QCOMPARE(monitor.state().newestAnswer, Instant::fromSeconds(990));
}

void TestMonitor::aFailureKeepsTheLastFactsAndNamesTheNextTry()
{
    m_servers->script = { answers(990), refuses() };
    PollingMonitor monitor(parts());
    monitor.follow(oneCluster());
    QTRY_COMPARE(monitor.state().servers.front().reach, Reach::Live);
    monitor.refreshNow();
    QTRY_COMPARE(print(monitor.state().servers.front()),
        u"oltp-db offline facts=1970-01-01T00:16:30Z since=990 next=1002"_s);
    m_clock->at = Instant::fromSeconds(1003);
    monitor.tryNow(u"oltp-db"_s);
    QTRY_COMPARE(print(monitor.state().servers.front()),
        u"oltp-db offline facts=1970-01-01T00:16:30Z since=990 next=1008"_s);
}

void TestMonitor::theStoreSpeaksBeforeTheFirstAnswer()
{
    auto made = parts();
    m_servers->pause = 1h;
    const auto store = std::make_shared<RememberingStore>();
    store->kept.state.servers.push_back(
        { .name = u"oltp-db"_s, .facts = ServerFacts { .readAt = Instant::fromSeconds(5) } });
    made.store = store;
    PollingMonitor monitor(std::move(made));
    monitor.follow(oneCluster());
    QTRY_COMPARE(
        print(monitor.state().servers.front()), u"oltp-db stale facts=1970-01-01T00:00:05Z since=- next=-"_s);
}

void TestMonitor::aSilenceBeganWithTheLastAnswerKept()
{
    auto made = parts();
    m_servers->script = { refuses() };
    const auto store = std::make_shared<RememberingStore>();
    store->kept.state.servers.push_back(
        { .name = u"oltp-db"_s, .facts = ServerFacts { .readAt = Instant::fromSeconds(5) } });
    made.store = store;
    PollingMonitor monitor(std::move(made));
    monitor.follow(oneCluster());
    QTRY_COMPARE(print(monitor.state().servers.front()),
        u"oltp-db offline facts=1970-01-01T00:00:05Z since=5 next=1002"_s);
}

void TestMonitor::aBurstOfAnswersIsOnePieceOfNews()
{
    m_servers->script = { answers(990) };
    Fleet fleet { .name = u"harbour"_s };
    for (int i = 0; i < 100; ++i)
        fleet.clusters.push_back({ .name = u"db%1"_s.arg(i) });
    PollingMonitor monitor(parts());
    monitor.follow(fleet);
    const QSignalSpy changed(&monitor, &FleetMonitor::changed);
    const auto live = [&] {
        const FleetState state = monitor.state();
        return std::ranges::all_of(
            state.servers, [](const auto &server) { return server.reach == Reach::Live; });
    };
    QTRY_VERIFY(live());
    QTRY_VERIFY(changed.count() > 0);
    QVERIFY2(changed.count() < 20, qPrintable(QString::number(changed.count())));
}

void TestMonitor::eachAnswerIsKept()
{
    auto made = parts();
    const auto store = std::make_shared<RememberingStore>();
    made.store = store;
    m_servers->script = { answers(990), refuses() };
    PollingMonitor monitor(std::move(made));
    monitor.follow(oneCluster());
    QTRY_COMPARE(store->written, QStringList { u"harbour/oltp-db@990"_s });
    monitor.refreshNow();
    QTRY_COMPARE(monitor.state().servers.front().reach, Reach::Offline);
    QCOMPARE(store->written.size(), 1);
}

void TestMonitor::aStoreThatFailsDoesNotStopTheWork()
{
    auto made = parts();
    const auto store = std::make_shared<RememberingStore>();
    store->broken = true;
    made.store = store;
    PollingMonitor monitor(std::move(made));
    monitor.follow(oneCluster());
    QTRY_COMPARE(monitor.state().servers.front().reach, Reach::Live);
}

void TestMonitor::tryNowAsksWithoutWaiting()
{
    m_servers->script = { refuses(), answers(7) };
    PollingMonitor monitor(parts());
    monitor.follow(oneCluster());
    QTRY_COMPARE(monitor.state().servers.front().reach, Reach::Offline);
    monitor.tryNow(u"somebody else"_s);
    monitor.tryNow(u"oltp-db"_s);
    QTRY_COMPARE_WITH_TIMEOUT(monitor.state().servers.front().reach, Reach::Live, 1000);
    QCOMPARE(m_servers->asked.size(), 2);
}

void TestMonitor::anotherFleetStopsTheOldQuestions()
{
    auto made = parts();
    const InFlight inFlight = made.inFlight;
    m_servers->pause = 1h;
    PollingMonitor monitor(std::move(made));
    monitor.follow(oneCluster());
    QTRY_COMPARE(inFlight.count(), 1);
    monitor.follow({});
    QVERIFY(monitor.state().servers.empty());
    QTRY_COMPARE(inFlight.count(), 0);
}

void TestMonitor::aBackupServerIsFollowedToo()
{
    PollingMonitor monitor(parts());
    Fleet fleet;
    fleet.sources.push_back({ .name = u"pbs01"_s, .kind = SourceKind::Pbs, .url = u"https://pbs01:8007"_s });
    fleet.sources.push_back({ .name = u"dumps"_s, .kind = SourceKind::Dumps });
    monitor.follow(fleet);
    QCOMPARE(monitor.state().backupServers.size(), std::size_t { 1 });
    QTRY_COMPARE(monitor.state().backupServers.front().reach, Reach::Live);
    QCOMPARE(monitor.state().backupServers.front().facts->version, u"https://pbs01:8007"_s);
}

void TestMonitor::theMachineTellsWhatTheWalHasLeft()
{
    auto made = parts();
    made.diskInterval = 1s;
    const auto store = std::make_shared<RememberingStore>();
    made.store = store;
    PollingMonitor monitor(std::move(made));
    monitor.follow(oneClusterOnItsHost());
    QTRY_COMPARE(walFree(monitor), 600);
    QCOMPARE(m_hosts->asked.front(), u"db01"_s);
    QTRY_COMPARE((monitor.refreshNow(), store->newest.walFree), std::optional(Bytes { 600 }));
    m_hosts->machine->setSpace(
        failure(ErrorKind::Denied, u"host.denied"_s, u"/srv/pg/data/pg_wal: Permission denied"_s));
    QTRY_COMPARE(walFree(monitor), -1);
    QCOMPARE(monitor.state().servers.front().reach, Reach::Live);
}

void TestMonitor::aMachineThatHangsHoldsNoServerUp()
{
    m_hosts->machine->hold();
    PollingMonitor monitor(parts());
    monitor.follow(oneClusterOnItsHost());
    QTRY_COMPARE(monitor.state().servers.front().reach, Reach::Live);
    QCOMPARE(walFree(monitor), -1);
    QTRY_VERIFY((monitor.refreshNow(), m_servers->asked.size() >= 4));
    QCOMPARE(m_hosts->asked.size(), 1);
    m_hosts->machine->release();
    QTRY_COMPARE(walFree(monitor), 600);
}

void TestMonitor::aServerWithoutAMachineIsAskedNowhere()
{
    m_servers->script = { ServerFacts { .dataDirectory = u"/srv/pg/data"_s } };
    PollingMonitor monitor(parts());
    monitor.follow(oneCluster());
    QTRY_COMPARE(monitor.state().servers.front().reach, Reach::Live);
    QTRY_VERIFY((monitor.refreshNow(), m_servers->asked.size() >= 2));
    QCOMPARE(m_hosts->asked, QStringList());
    QCOMPARE(walFree(monitor), -1);
}

void TestMonitor::goingAwayInTheMiddleIsClean()
{
    auto made = parts();
    const InFlight inFlight = made.inFlight;
    m_servers->pause = 1h;
    {
        PollingMonitor monitor(std::move(made));
        monitor.follow(oneCluster());
        QTRY_COMPARE(inFlight.count(), 1);
    }
    QTRY_COMPARE(inFlight.count(), 0);
}

void TestMonitor::waitsGrowToAMinute()
{
    QStringList waits;
    for (int failures = 1; failures <= 7; ++failures)
        waits.append(QString::number(backoff(failures).count()));
    QCOMPARE(waits.join(u' '), u"2 5 15 30 60 60 60"_s);
}

QTEST_GUILESS_MAIN(TestMonitor)
#include "tst_monitor.moc"
