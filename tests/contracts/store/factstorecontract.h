#pragma once

#include "store/store.h"
#include "support/samplefacts.h"
#include "support/settle.h"

#include <QTest>

namespace tidemark::test {

// What every FactStore promises. Each case has fleets of its own, so one database serves them all.
class FactStoreContract : public QObject
{
    Q_OBJECT

protected:
    // A handle on the same facts each time.
    [[nodiscard]] virtual std::shared_ptr<FactStore> open() = 0;

private Q_SLOTS:
    void init()
    {
        m_store = open();
        QVERIFY(m_store);
    }
    void cleanup() { m_store.reset(); }

    void nothingIsKeptAtFirst() { QCOMPARE(names(last(QStringLiteral("never"))), QString()); }

    void whatIsKeptComesBackWhole()
    {
        const QString fleet = QStringLiteral("whole");
        QVERIFY(kept(fleet, QStringLiteral("a"), sampleServer()));
        QVERIFY(kept(fleet, QStringLiteral("b"), samplePbs(1'700'000'100)));
        m_store.reset();
        m_store = open();
        QVERIFY(m_store);
        KeptFacts expected;
        expected.state.servers
            = { { .name = QStringLiteral("a"), .reach = Reach::Stale, .facts = sampleServer() } };
        expected.state.backupServers
            = { { .name = QStringLiteral("b"), .reach = Reach::Stale, .facts = samplePbs(1'700'000'100) } };
        expected.state.newestAnswer = Instant::fromSeconds(1'700'000'100);
        QVERIFY(last(fleet) == expected);
    }

    void hostileNamesAreNamesLikeOthers()
    {
        for (const QString &fleet : hostileNames()) {
            for (const QString &name : hostileNames()) {
                ServerFacts facts = sampleServer();
                facts.role = fleet + name;
                QVERIFY(kept(fleet, name, facts));
            }
        }
        for (const QString &fleet : hostileNames()) {
            const KeptFacts facts = last(fleet);
            QCOMPARE(facts.messages, std::vector<QString> {});
            QCOMPARE(facts.state.servers.size(), static_cast<std::size_t>(hostileNames().size()));
            for (const auto &server : facts.state.servers)
                QCOMPARE(server.facts->role, fleet + server.name);
        }
    }

    void impossibleNamesAreRefused()
    {
        const QByteArray refused = "store.name: a name is empty or holds a NUL character";
        const QString nul = QStringLiteral("a") + QChar(u'\0');
        const QString fleet = QStringLiteral("refused");
        for (const QString &name : { QString(), nul, QString(QChar(0xdfff)) })
            QCOMPARE(wordsOf(settle(m_store->keep(fleet, name, sampleServer(), {}))), refused);
        QCOMPARE(wordsOf(settle(m_store->keep(nul, QStringLiteral("a"), samplePbs(), {}))), refused);
        QCOMPARE(wordsOf(settle(m_store->keep(fleet, ScanState { {}, {}, {} }, {}))), refused);
    }

    void olderAndEqualFactsAreNotWritten()
    {
        const QString fleet = QStringLiteral("older");
        const QString name = QStringLiteral("a");
        QVERIFY(kept(fleet, name, sampleServer(1000)));
        ServerFacts older = sampleServer(999);
        older.version = QStringLiteral("older");
        QVERIFY(!kept(fleet, name, older));
        QVERIFY(!kept(fleet, name, sampleServer(1000)));
        QVERIFY(!kept(fleet, name, sampleServer(1300)));
        QVERIFY(*last(fleet).state.servers.front().facts == sampleServer(1000));
        QVERIFY(kept(fleet, name, sampleServer(1301)));
        QVERIFY(*last(fleet).state.servers.front().facts == sampleServer(1301));
        ServerFacts moved = sampleServer(1302);
        moved.currentLsn = Lsn { 1 };
        QVERIFY(kept(fleet, name, moved));
        QVERIFY(*last(fleet).state.servers.front().facts == moved);
    }

    void historyHoldsWhatStands()
    {
        const QString fleet = QStringLiteral("history");
        const QString name = QStringLiteral("a");
        QVERIFY(kept(fleet, name, sampleServer(1000)));
        ServerFacts moved = sampleServer(2000);
        moved.currentLsn = Lsn { 1 };
        QVERIFY(kept(fleet, name, moved));
        ServerFacts upgraded = sampleServer(3000);
        upgraded.versionNumber = 160004;
        QVERIFY(kept(fleet, name, upgraded));
        QVERIFY(history(fleet, name) == (std::vector { upgraded, sampleServer(1000) }));
        QVERIFY(history(fleet, QStringLiteral("b")).empty());
    }

    void historyIsNotEndless()
    {
        const QString fleet = QStringLiteral("endless");
        for (int i = 0; i < 205; ++i) {
            ServerFacts facts = sampleServer(1000 + i);
            facts.versionNumber = i;
            QVERIFY(kept(fleet, QStringLiteral("a"), facts));
        }
        const auto facts = history(fleet, QStringLiteral("a"));
        QCOMPARE(facts.size(), std::size_t { 200 });
        QCOMPARE(facts.front().versionNumber, 204);
        QCOMPARE(facts.back().versionNumber, 5);
    }

    void scansAreKeptByFleet()
    {
        const QString fleet = QStringLiteral("scans");
        const ScanState first { QStringLiteral("a"), Instant::fromSeconds(10), QString() };
        const ScanState other { hostileNames().front(), Instant::fromSeconds(11), hostileNames().at(1) };
        for (const ScanState &scan : { first, other })
            QCOMPARE(wordsOf(settle(m_store->keep(fleet, scan, {}))), "ok");
        const ScanState later { QStringLiteral("a"), Instant::fromSeconds(12), QStringLiteral("c2") };
        const ScanState late { QStringLiteral("a"), Instant::fromSeconds(11), QStringLiteral("late") };
        for (const ScanState &scan : { later, late })
            QCOMPARE(wordsOf(settle(m_store->keep(fleet, scan, {}))), "ok");
        const auto found = settle(m_store->scans(fleet, {}));
        QCOMPARE(wordsOf(found), "ok");
        std::vector<ScanState> sorted = **found;
        std::sort(sorted.begin(), sorted.end(),
            [](const ScanState &a, const ScanState &b) { return a.source < b.source; });
        QVERIFY(sorted == (std::vector { later, other }));
    }

    void aStopRequestIsHeard()
    {
        std::stop_source source;
        source.request_stop();
        const QByteArray stopped = "store.cancelled: stopped before it began";
        QCOMPARE(wordsOf(settle(m_store->lastFacts(QStringLiteral("x"), source.get_token()))), stopped);
        QCOMPARE(wordsOf(settle(m_store->scans(QStringLiteral("x"), source.get_token()))), stopped);
    }

    void manyAtOnceAllArrive()
    {
        std::vector<QCoro::Task<Result<bool>>> tasks;
        for (int i = 0; i < 50; ++i)
            tasks.push_back(
                m_store->keep(QStringLiteral("many"), QString::number(i), sampleServer(1000 + i), {}));
        for (auto &task : tasks)
            QCOMPARE(wordsOf(settle(std::move(task))), "ok");
        QCOMPARE(last(QStringLiteral("many")).state.servers.size(), std::size_t { 50 });
    }

protected:
    template <class Facts>
    bool kept(const QString &fleet, const QString &name, const Facts &facts)
    {
        const auto answer = settle(m_store->keep(fleet, name, facts, {}));
        if (!answer || !*answer)
            qWarning("%s", wordsOf(answer).constData());
        return answer && *answer && **answer;
    }
    KeptFacts last(const QString &fleet)
    {
        const auto answer = settle(m_store->lastFacts(fleet, {}));
        return answer && *answer ? **answer : KeptFacts { {}, { QString::fromUtf8(wordsOf(answer)) } };
    }
    std::vector<ServerFacts> history(const QString &fleet, const QString &name)
    {
        const auto answer = settle(m_store->serverHistory(fleet, name, {}));
        return answer && *answer ? **answer : std::vector<ServerFacts>(3);
    }
    static QString names(const KeptFacts &facts)
    {
        QStringList list(facts.messages.begin(), facts.messages.end());
        for (const auto &server : facts.state.servers)
            list += server.name;
        return list.join(u' ');
    }

    std::shared_ptr<FactStore> m_store;
};

} // namespace tidemark::test
