#include "monitor/cataloguemonitor.h"
#include "ports/sleep.h"
#include "support/memorycatalogue.h"

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
class ScriptedSource : public BackupSource
{
public:
    explicit ScriptedSource(QString name)
        : m_name(std::move(name))
    {
    }
    QString name() const override { return m_name; }
    Capabilities capabilities() const override { return {}; }
    QCoro::Task<Result<Scan>> scan(Known, std::stop_token stop) override
    {
        ++asked;
        ++running;
        most = std::max(most, running);
        Result<Scan> answer = script.empty() ? Result<Scan>(Scan { .source = m_name }) : script.front();
        if (script.size() > 1)
            script.pop_front();
        const bool whole = co_await sleepOr(pause, stop);
        --running;
        if (!whole)
            co_return failure(ErrorKind::Cancelled, u"cancelled"_s, {});
        co_return answer;
    }
    std::deque<Result<Scan>> script;
    std::chrono::milliseconds pause { 1 };
    int asked = 0;
    int running = 0;
    int most = 0;

private:
    QString m_name;
};

class SilentServers : public FleetMonitor
{
public:
    FleetState state() const override { return told; }
    void follow(Fleet) override { }
    void refreshNow() override { }
    void tryNow(QString) override { }
    void tell(FleetState state)
    {
        told = std::move(state);
        Q_EMIT changed();
    }
    FleetState told;
};

Result<Scan> news(const QString &source)
{
    return Scan { .source = source, .artifacts = { {} } };
}

Result<Scan> refuses()
{
    return failure(ErrorKind::Unreachable, u"ssh.refused"_s, u"no one listens"_s);
}

// Conclusions as a piece of text; the monitor never looks inside.
std::shared_ptr<const Insight> insightSaying(const QString &words)
{
    const auto text = std::make_shared<const QString>(words);
    return { text, reinterpret_cast<const Insight *>(text.get()) };
}

QString wordsOf(const std::shared_ptr<const Insight> &insight)
{
    return insight ? *reinterpret_cast<const QString *>(insight.get()) : u"-"_s;
}

QString print(const Knowledge &knowledge)
{
    QString text = u"%1 v%2 %3%4"_s.arg(knowledge.fleet)
                       .arg(knowledge.facts->version)
                       .arg(wordsOf(knowledge.insight), knowledge.kept ? u" kept"_s : QString());
    for (const SourceWatch &source : knowledge.sources) {
        text += u" | "_s + source.reading.source;
        text += source.read ? QString() : u" unreadable"_s;
        text += source.reading.readAt ? u" read=%1"_s.arg(source.reading.readAt->seconds()) : QString();
        text += source.reading.error ? u' ' + source.reading.error->code : QString();
        text += source.nextTry ? u" next=%1"_s.arg(source.nextTry->seconds()) : QString();
        text += source.askedAt ? u" asked"_s : QString();
    }
    return text;
}

} // namespace

class TestCatalogueMonitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatSourcesTellIsConcludedAndKept();
    void theKeptConclusionsComeFirst();
    void aDeadSourceShowsItsReasonAndTheRestGoesOn();
    void aSlowSourceIsNeverAskedTwiceAtOnce();
    void nothingNewLoadsNothing();
    void newsDuringALoadingLoadAgain();
    void factsAreToldTheReadingsOfNow();
    void aServersIdentityIsAskedWith();
    void serversDrawNewConclusions();
    void tryNowAsksOne();
    void aShortRpoIsLookedAfterOften();
    void whatNobodyReadsIsSaid();
    void withoutACatalogueNothingIsRead();
    void anotherFleetStopsTheOldQuestions();
    void goingAwayWhileScansRunIsClean();
    void goingAwayWhileConcludingIsClean();

private:
    CatalogueMonitor::Parts parts();
    Fleet fleet(const QStringList &names);

    std::shared_ptr<TickingClock> m_clock;
    std::shared_ptr<test::MemoryCatalogue> m_catalogue;
    std::shared_ptr<SilentServers> m_servers;
    std::map<QString, std::shared_ptr<ScriptedSource>> m_sources;
    std::atomic_int m_concluded = 0;
};

void TestCatalogueMonitor::init()
{
    m_clock = std::make_shared<TickingClock>();
    m_catalogue = std::make_shared<test::MemoryCatalogue>();
    m_servers = std::make_shared<SilentServers>();
    m_sources.clear();
    m_concluded = 0;
}

Fleet TestCatalogueMonitor::fleet(const QStringList &names)
{
    Fleet made { .name = u"harbour"_s, .clusters = { { .name = u"shop"_s } } };
    for (const QString &name : names) {
        made.sources.push_back({ .name = name, .kind = SourceKind::Dumps });
        m_sources.emplace(name, std::make_shared<ScriptedSource>(name));
    }
    return made;
}

CatalogueMonitor::Parts TestCatalogueMonitor::parts()
{
    return { .makeSource = [this](const Source &source, const Fleet &) -> std::shared_ptr<BackupSource> {
                const auto found = m_sources.find(source.name);
                return found == m_sources.end() ? nullptr : found->second;
            },
        .catalogue = m_catalogue,
        .servers = m_servers,
        .clock = m_clock,
        .rules = { .conclude =
                       [this](const CatalogueFacts &facts, const Fleet &, const FleetState &, Instant) {
                           ++m_concluded;
                           QString words = u"c%1"_s.arg(facts.version);
                           for (const SourceFacts &source : facts.sources)
                               words += source.error ? u"!"_s : source.readAt ? u"+"_s : u"-"_s;
                           return insightSaying(words);
                       },
            .write
            = [](const Insight &insight) { return reinterpret_cast<const QString *>(&insight)->toUtf8(); },
            .read =
                [](const QByteArray &bytes) {
                    return bytes == "damaged" ? nullptr : insightSaying(QString::fromUtf8(bytes));
                } } };
}

void TestCatalogueMonitor::whatSourcesTellIsConcludedAndKept()
{
    const Fleet one = fleet({ u"dumps"_s });
    m_sources[u"dumps"_s]->script = { news(u"dumps"_s) };
    CatalogueMonitor monitor(parts());
    monitor.follow(one);
    QCOMPARE(print(*monitor.knowledge()), u"harbour v0 - | dumps"_s);
    QTRY_COMPARE(print(*monitor.knowledge()), u"harbour v2 c2+ | dumps read=1000"_s);
    QTRY_VERIFY(m_catalogue->kept && m_catalogue->kept->bytes == "c2+");
    QCOMPARE(m_catalogue->kept->version, 2);
}

void TestCatalogueMonitor::theKeptConclusionsComeFirst()
{
    const Fleet one = fleet({ u"dumps"_s });
    m_catalogue->pause = 1h;
    m_catalogue->kept = Catalogue::Kept { 7, "before" };
    m_catalogue->keptReadings = { { u"dumps"_s, Instant::fromSeconds(900), {}, {} } };
    m_sources[u"dumps"_s]->pause = 1h;
    CatalogueMonitor monitor(parts());
    monitor.follow(one);
    QTRY_COMPARE(print(*monitor.knowledge()), u"harbour v0 before kept | dumps read=900 asked"_s);
    m_catalogue->kept->bytes = "damaged";
    monitor.follow(one);
    QTRY_COMPARE(print(*monitor.knowledge()), u"harbour v0 - | dumps read=900 asked"_s);
}

void TestCatalogueMonitor::aDeadSourceShowsItsReasonAndTheRestGoesOn()
{
    const Fleet two = fleet({ u"dead"_s, u"well"_s });
    m_sources[u"dead"_s]->script = { refuses() };
    m_catalogue->keptReadings = { { u"dead"_s, Instant::fromSeconds(900), {}, {} } };
    CatalogueMonitor monitor(parts());
    monitor.follow(two);
    QTRY_COMPARE(print(*monitor.knowledge()),
        u"harbour v1 c1!+ | dead read=900 ssh.refused next=1002 | well read=1000"_s);
    QVERIFY(m_catalogue->called.contains(u"failed dead ssh.refused"_s));
    m_sources[u"dead"_s]->script = { news(u"dead"_s) };
    m_clock->at = Instant::fromSeconds(1001);
    monitor.tryNow(u"dead"_s);
    QTRY_COMPARE(print(*monitor.knowledge()), u"harbour v2 c2++ | dead read=1001 | well read=1000"_s);
}

void TestCatalogueMonitor::aSlowSourceIsNeverAskedTwiceAtOnce()
{
    const Fleet one = fleet({ u"slow"_s });
    m_sources[u"slow"_s]->pause = 100ms;
    CatalogueMonitor monitor(parts());
    monitor.follow(one);
    QTRY_COMPARE(m_sources[u"slow"_s]->running, 1);
    for (int i = 0; i < 5; ++i) {
        monitor.refreshNow();
        monitor.tryNow(u"slow"_s);
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY(monitor.knowledge()->sources.front().reading.readAt);
    QCOMPARE(m_sources[u"slow"_s]->asked, 1);
    monitor.refreshNow();
    QTRY_COMPARE(m_sources[u"slow"_s]->asked, 2);
    QCOMPARE(m_sources[u"slow"_s]->most, 1);
}

void TestCatalogueMonitor::nothingNewLoadsNothing()
{
    const Fleet one = fleet({ u"dumps"_s });
    CatalogueMonitor monitor(parts());
    monitor.follow(one);
    QTRY_VERIFY(monitor.knowledge()->sources.front().reading.readAt);
    QTRY_COMPARE(m_catalogue->called.count(u"facts"_s), 1);
    m_clock->at = Instant::fromSeconds(1060);
    monitor.refreshNow();
    QTRY_COMPARE(monitor.knowledge()->sources.front().reading.readAt, Instant::fromSeconds(1060));
    QCOMPARE(m_catalogue->called.count(u"facts"_s), 1);
}

void TestCatalogueMonitor::newsDuringALoadingLoadAgain()
{
    const Fleet one = fleet({ u"dumps"_s });
    m_catalogue->pause = 50ms;
    m_sources[u"dumps"_s]->script = { news(u"dumps"_s) };
    CatalogueMonitor monitor(parts());
    monitor.follow(one);
    QTRY_COMPARE(m_catalogue->called.count(u"facts"_s), 2);
    QTRY_COMPARE(print(*monitor.knowledge()), u"harbour v2 c2+ | dumps read=1000"_s);
}

void TestCatalogueMonitor::factsAreToldTheReadingsOfNow()
{
    const Fleet one = fleet({ u"dumps"_s });
    CatalogueMonitor monitor(parts());
    monitor.follow(one);
    QTRY_VERIFY(monitor.knowledge()->sources.front().reading.readAt);
    m_clock->at = Instant::fromSeconds(1060);
    monitor.refreshNow();
    QTRY_COMPARE(monitor.knowledge()->sources.front().reading.readAt, Instant::fromSeconds(1060));
    m_servers->tell({});
    QTRY_COMPARE_WITH_TIMEOUT(
        monitor.knowledge()->facts->sources.front().readAt, Instant::fromSeconds(1060), 10000);
}

void TestCatalogueMonitor::aServersIdentityIsAskedWith()
{
    const Fleet one = fleet({ u"dumps"_s });
    CatalogueMonitor monitor(parts());
    monitor.follow(one);
    QTRY_COMPARE(m_catalogue->called.count(u"facts"_s), 1);
    QTRY_VERIFY(monitor.knowledge()->insight);
    FleetState state;
    state.servers = { { .name = u"shop"_s, .facts = ServerFacts { .systemId = SystemId { 7 } } } };
    m_servers->tell(state);
    QTRY_COMPARE(m_catalogue->called.count(u"facts"_s), 2);
    QCOMPARE(m_catalogue->asked.clusters.front().systemId, SystemId { 7 });
}

void TestCatalogueMonitor::serversDrawNewConclusions()
{
    const Fleet none = fleet({});
    CatalogueMonitor monitor(parts());
    monitor.follow(none);
    QTRY_COMPARE(m_concluded, 1);
    QTRY_VERIFY(monitor.knowledge()->insight);
    m_clock->at = Instant::fromSeconds(1010);
    for (int i = 0; i < 10; ++i)
        m_servers->tell({});
    QTRY_COMPARE_WITH_TIMEOUT(monitor.knowledge()->concludedAt, Instant::fromSeconds(1010), 10000);
    QCOMPARE(m_concluded, 2);
    QCOMPARE(m_catalogue->called.count(u"keep v1"_s), 1);
}

void TestCatalogueMonitor::tryNowAsksOne()
{
    const Fleet two = fleet({ u"a"_s, u"b"_s });
    CatalogueMonitor monitor(parts());
    monitor.follow(two);
    QTRY_VERIFY(monitor.knowledge()->source(u"a"_s)->reading.readAt
        && monitor.knowledge()->source(u"b"_s)->reading.readAt);
    monitor.tryNow(u"nobody"_s);
    monitor.tryNow(u"b"_s);
    QTRY_COMPARE(m_sources[u"b"_s]->asked, 2);
    QCOMPARE(m_sources[u"a"_s]->asked, 1);
}

void TestCatalogueMonitor::aShortRpoIsLookedAfterOften()
{
    Fleet fleet;
    fleet.clusters = { { .name = u"shop"_s }, { .name = u"wiki"_s } };
    fleet.clusters[0].objectives.rpo = 5min;
    fleet.clusters[1].objectives.rpo = 24h;
    Source source { .name = u"repo"_s, .kind = SourceKind::PgBackRest, .clusters = { u"wiki"_s } };
    QCOMPARE(readingInterval(source, fleet), 120s);
    source.clusters.append(u"shop"_s);
    QCOMPARE(readingInterval(source, fleet), 60s);
    fleet.clusters[0].objectives.rpo = 10s; // no more often than a host can bear
    QCOMPARE(readingInterval(source, fleet), 20s);
    source.kind = SourceKind::WalArchive;
    source.clusters = { u"wiki"_s };
    QCOMPARE(readingInterval(source, fleet), 60s);
}

void TestCatalogueMonitor::whatNobodyReadsIsSaid()
{
    Fleet two = fleet({ u"dumps"_s });
    two.sources.push_back({ .name = u"veeam"_s, .kind = SourceKind::Veeam });
    CatalogueMonitor monitor(parts());
    monitor.follow(two);
    QTRY_COMPARE(print(*monitor.knowledge()), u"harbour v1 c1+- | dumps read=1000 | veeam unreadable"_s);
}

void TestCatalogueMonitor::withoutACatalogueNothingIsRead()
{
    const Fleet one = fleet({ u"dumps"_s });
    auto made = parts();
    made.catalogue = nullptr;
    CatalogueMonitor monitor(std::move(made));
    monitor.follow(one);
    monitor.refreshNow();
    monitor.tryNow(u"dumps"_s);
    QCOMPARE(print(*monitor.knowledge()), u"harbour v0 - | dumps unreadable"_s);
}

void TestCatalogueMonitor::anotherFleetStopsTheOldQuestions()
{
    const Fleet one = fleet({ u"dumps"_s });
    auto made = parts();
    const InFlight inFlight = made.inFlight;
    m_sources[u"dumps"_s]->pause = 1h;
    m_catalogue->pause = 1h;
    CatalogueMonitor monitor(std::move(made));
    monitor.follow(one);
    QTRY_COMPARE(inFlight.count(), 2);
    m_catalogue->pause = 1ms;
    monitor.follow({ .name = u"other"_s });
    QTRY_COMPARE(print(*monitor.knowledge()), u"other v1 c1"_s);
    QTRY_COMPARE(inFlight.count(), 0);
    QVERIFY(!m_catalogue->called.contains(u"failed dumps cancelled"_s));
}

void TestCatalogueMonitor::goingAwayWhileScansRunIsClean()
{
    const Fleet one = fleet({ u"dumps"_s });
    auto made = parts();
    const InFlight inFlight = made.inFlight;
    m_sources[u"dumps"_s]->pause = 1h;
    {
        CatalogueMonitor monitor(std::move(made));
        monitor.follow(one);
        QTRY_COMPARE(m_sources[u"dumps"_s]->running, 1);
    }
    QTRY_COMPARE(inFlight.count(), 0);
}

void TestCatalogueMonitor::goingAwayWhileConcludingIsClean()
{
    const Fleet one = fleet({ u"dumps"_s });
    auto made = parts();
    const InFlight inFlight = made.inFlight;
    made.rules.conclude = [this](const CatalogueFacts &, const Fleet &, const FleetState &, Instant) {
        ++m_concluded;
        QThread::msleep(100);
        return insightSaying(u"late"_s);
    };
    {
        CatalogueMonitor monitor(std::move(made));
        monitor.follow(one);
        QTRY_COMPARE(m_concluded, 1);
    }
    QTRY_COMPARE(inFlight.count(), 0);
}

QTEST_GUILESS_MAIN(TestCatalogueMonitor)
#include "tst_cataloguemonitor.moc"
