#include "monitor/copykeeper.h"
#include "support/memorycatalogue.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace std::chrono_literals;

namespace {

class TickingClock : public Clock
{
public:
    Instant now() const override { return at; }
    Instant at = Instant::fromSeconds(1'000'000);
};

class ToldServers : public FleetMonitor
{
public:
    FleetState state() const override { return told; }
    void follow(Fleet) override { }
    void refreshNow() override { }
    void tryNow(QString) override { }
    void tell() { Q_EMIT changed(); }
    FleetState told;
};

class CountingCopier : public ServerCopier
{
public:
    QCoro::Task<Result<ServerCopy>> copy(
        ConnectSpec spec, std::optional<Host> via, std::optional<Secret>, std::stop_token stop) override
    {
        asked.append(spec.service + (via ? u'@' + via->name : QString()));
        const bool whole = co_await sleepOr(pause, stop);
        if (!whole || refuses)
            co_return failure(ErrorKind::Unreachable, u"pg.08006"_s, {});
        co_return ServerCopy { .at = Instant::fromSeconds(1) };
    }
    QStringList asked;
    std::chrono::milliseconds pause { 1 };
    bool refuses = false;
};

} // namespace

class TestCopyKeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void eachServerThatAnswersIsCopiedOnceADay();
    void whatWasCopiedTodayWaits();
    void anotherServerIsCopiedAtOnce();
    void aRefusalWaitsAnHour();
    void goingAwayWhileCopyingIsClean();

private:
    void tell();
    QString asked() { return m_copier->asked.join(u' '); }

    std::shared_ptr<TickingClock> m_clock;
    std::shared_ptr<test::MemoryCatalogue> m_catalogue;
    std::shared_ptr<ToldServers> m_servers;
    std::shared_ptr<CountingCopier> m_copier;
    InFlight m_inFlight;
    std::unique_ptr<CopyKeeper> m_keeper;
    Fleet m_fleet;
};

void TestCopyKeeper::init()
{
    m_clock = std::make_shared<TickingClock>();
    m_catalogue = std::make_shared<test::MemoryCatalogue>();
    m_servers = std::make_shared<ToldServers>();
    m_copier = std::make_shared<CountingCopier>();
    m_inFlight = {};
    m_keeper = std::make_unique<CopyKeeper>(CopyKeeper::Parts { .servers = m_servers,
        .copier = m_copier,
        .catalogue = m_catalogue,
        .clock = m_clock,
        .inFlight = m_inFlight });
    m_fleet = { .name = u"harbour"_s,
        .hosts = { { .name = u"jump"_s } },
        .clusters = { { .name = u"shop"_s, .connect = { .service = u"s"_s, .via = u"jump"_s } },
            { .name = u"books"_s, .connect = { .service = u"b"_s } },
            { .name = u"away"_s, .connect = { .service = u"a"_s } } } };
    m_servers->told.servers
        = { { .name = u"shop"_s, .reach = Reach::Live, .facts = ServerFacts { .versionNumber = 150001 } },
              { .name = u"books"_s, .reach = Reach::Live, .facts = ServerFacts {} },
              { .name = u"away"_s, .reach = Reach::Offline, .facts = ServerFacts {} } };
}

void TestCopyKeeper::tell()
{
    m_servers->tell();
    QTRY_COMPARE(m_inFlight.count(), 0);
}

void TestCopyKeeper::eachServerThatAnswersIsCopiedOnceADay()
{
    m_keeper->follow(m_fleet);
    QTRY_COMPARE(m_catalogue->called, (QStringList { u"copy shop"_s, u"copy books"_s }));
    tell();
    QCOMPARE(asked(), u"s@jump b"_s);
    m_clock->at = m_clock->at + 24h;
    tell();
    QTRY_COMPARE(asked(), u"s@jump b s@jump b"_s);
}

void TestCopyKeeper::whatWasCopiedTodayWaits()
{
    m_catalogue->copies = { { u"shop"_s, m_clock->at - 1h } };
    m_keeper->follow(m_fleet);
    QTRY_COMPARE(m_inFlight.count(), 0);
    QTRY_COMPARE(asked(), u"b"_s);
}

void TestCopyKeeper::anotherServerIsCopiedAtOnce()
{
    m_catalogue->copies = { { u"shop"_s, m_clock->at }, { u"books"_s, m_clock->at } };
    m_keeper->follow(m_fleet);
    QTRY_COMPARE(m_inFlight.count(), 0);
    tell();
    QCOMPARE(asked(), QString());
    m_servers->told.servers.front().facts->currentLsn = Lsn { 5 };
    tell();
    QCOMPARE(asked(), QString());
    m_servers->told.servers.front().facts->versionNumber = 160001;
    tell();
    QTRY_COMPARE(asked(), u"s@jump"_s);
    tell();
    QCOMPARE(asked(), u"s@jump"_s);
}

void TestCopyKeeper::aRefusalWaitsAnHour()
{
    m_copier->refuses = true;
    m_keeper->follow(m_fleet);
    QTRY_COMPARE(asked(), u"s@jump b"_s);
    tell();
    m_clock->at = m_clock->at + 59min;
    tell();
    QCOMPARE(asked(), u"s@jump b"_s);
    m_clock->at = m_clock->at + 2min;
    tell();
    QTRY_COMPARE(asked(), u"s@jump b s@jump b"_s);
    QCOMPARE(m_catalogue->called, QStringList());
}

void TestCopyKeeper::goingAwayWhileCopyingIsClean()
{
    m_copier->pause = 1h;
    m_keeper->follow(m_fleet);
    QTRY_COMPARE(asked(), u"s@jump"_s);
    m_keeper.reset();
    QTRY_COMPARE(m_inFlight.count(), 0);
}

QTEST_GUILESS_MAIN(TestCopyKeeper)
#include "tst_copykeeper.moc"
