#pragma once

#include "store/database.h"
#include "store/store.h"
#include "support/samplescan.h"
#include "support/settle.h"

#include <QTest>

namespace tidemark::test {

// What every Catalogue promises. Each case has fleets of its own, so one database serves them all.
class CatalogueContract : public QObject
{
    Q_OBJECT

protected:
    // A handle on the same catalogue each time.
    [[nodiscard]] virtual std::shared_ptr<Catalogue> open() = 0;
    // Another database, empty at first: with the first migrations only, and as the program opens it.
    [[nodiscard]] virtual std::unique_ptr<Database> openOld(std::size_t migrations) = 0;
    [[nodiscard]] virtual std::shared_ptr<Catalogue> openOldAsNew() = 0;

private Q_SLOTS:
    void init()
    {
        m_catalogue = open();
        QVERIFY(m_catalogue);
    }
    void cleanup() { m_catalogue.reset(); }

    void nothingIsKnownAtFirst()
    {
        QVERIFY(known(QStringLiteral("never")) == Known {});
        const CatalogueFacts facts = factsOf(shopFleet(QStringLiteral("never")));
        QCOMPARE(print(facts), QStringLiteral("v0 repo read=- | shop: | books: | strays:"));
        QVERIFY(!settle(m_catalogue->keptInsight(QStringLiteral("never"), {})).value().value());
    }

    void whatIsToldComesBackWhole()
    {
        const QString fleet = QStringLiteral("whole");
        QCOMPARE(print(apply(fleet, sampleScan())), QStringLiteral("+2 ~0 -0 runs=1 archives rest"));
        m_catalogue.reset();
        m_catalogue = open();
        QVERIFY(artifact(fleet, sampleArtifact().id) == sampleArtifact());
        QVERIFY(artifact(fleet, QStringLiteral("b")) == sampleScan().artifacts.back());
        QVERIFY(!artifact(fleet, QStringLiteral("c")));
        const Known kept = known(fleet);
        QVERIFY(kept.archives == sampleScan().archives);
        QCOMPARE(kept.stamps,
            (QHash<QString, QString> { { sampleArtifact().id, QStringLiteral("s1") },
                { QStringLiteral("b"), QStringLiteral("s") } }));
        QCOMPARE(kept.cursor, QStringLiteral("c1"));
        QCOMPARE(kept.newestRun, Instant::fromSeconds(1'699'999'000));
        const CatalogueFacts facts = factsOf(shopFleet(fleet));
        const SourceFacts expected { .name = QStringLiteral("repo"),
            .readAt = Instant::fromSeconds(1'700'000'000),
            .troubles = sampleScan().troubles,
            .usage = sampleScan().usage,
            .jobs = sampleScan().jobs,
            .runs = sampleScan().runs };
        QVERIFY(facts.sources == std::vector { expected });
        QVERIFY(facts.clusters.front().archives == sampleScan().archives);
        QVERIFY(facts.clusters.front().artifacts
            == (std::vector {
                factOf(sampleScan().artifacts.back(), 0, {}), factOf(sampleArtifact(), 0, {}) }));
    }

    void aSecondScanOfTheSameIsNoNews()
    {
        const QString fleet = QStringLiteral("same");
        apply(fleet, sampleScan(1000));
        Scan quiet = sampleScan(1060);
        QCOMPARE(print(apply(fleet, quiet)), QStringLiteral("+0 ~0 -0 runs=0"));
        quiet.artifacts.clear();
        quiet.runs.clear();
        quiet.usage.front().used = Bytes { 40'001 };
        quiet.cursor = QStringLiteral("c2");
        QCOMPARE(print(apply(fleet, quiet)), QStringLiteral("+0 ~0 -0 runs=0"));
        QCOMPARE(version(fleet), 1);
        QCOMPARE(readings(fleet), QStringLiteral("repo read=1000 tried=1000 -"));
        quiet.at = Instant::fromSeconds(1301);
        QCOMPARE(print(apply(fleet, quiet)), QStringLiteral("+0 ~0 -0 runs=0"));
        QCOMPARE(readings(fleet), QStringLiteral("repo read=1301 tried=1301 -"));
        QCOMPARE(known(fleet).cursor, QStringLiteral("c2"));
        QCOMPARE(version(fleet), 1);
    }

    void whatChangesIsCounted()
    {
        const QString fleet = QStringLiteral("changes");
        apply(fleet, sampleScan(1000));
        Scan next;
        next.source = QStringLiteral("repo");
        next.at = Instant::fromSeconds(1010);
        next.artifacts = { sampleArtifact(), plainArtifact(QStringLiteral("new"), 1001) };
        next.artifacts.front().checks.back() = { CheckKind::Contents, true, Instant::fromSeconds(9), {} };
        next.gone = { QStringLiteral("b"), QStringLiteral("never was") };
        next.archives = { sampleArchive() };
        next.archives.front().spans.back().last.value += 1;
        next.runs = { sampleRun(QStringLiteral("r2"), 1'700'000'100) };
        QCOMPARE(print(apply(fleet, next)), QStringLiteral("+1 ~1 -1 runs=1 archives rest"));
        QCOMPARE(version(fleet), 2);
        QVERIFY(known(fleet).archives == next.archives);
        const CatalogueFacts facts = factsOf(shopFleet(fleet));
        QCOMPARE(print(facts),
            QStringLiteral("v2 repo read=1010 runs=2 | shop: new@1001 20231114-221320F@1700000100 "
                           "archives=1 | books: | strays:"));
        QVERIFY(facts.sources.front().jobs.empty());
        QVERIFY(artifact(fleet, sampleArtifact().id) == next.artifacts.front());
    }

    void aPartialScanTakesNothingAway()
    {
        const QString fleet = QStringLiteral("partial");
        apply(fleet, sampleScan(1000));
        Scan partial;
        partial.source = QStringLiteral("repo");
        partial.at = Instant::fromSeconds(1010);
        partial.whole = false;
        partial.troubles = sampleScan().troubles;
        QCOMPARE(print(apply(fleet, partial)), QStringLiteral("+0 ~0 -0 runs=0"));
        const CatalogueFacts facts = factsOf(shopFleet(fleet));
        QVERIFY(facts.clusters.front().archives == sampleScan().archives);
        QVERIFY(facts.sources.front().jobs == sampleScan().jobs);
        partial.troubles.clear();
        QCOMPARE(print(apply(fleet, partial)), QStringLiteral("+0 ~0 -0 runs=0 rest"));
    }

    // One repository that cannot be read must not keep what another one has expired.
    void aPartialScanTakesAwayWhatItSawGo()
    {
        const QString fleet = QStringLiteral("partly gone");
        apply(fleet, sampleScan(1000));
        Scan partial;
        partial.source = QStringLiteral("repo");
        partial.at = Instant::fromSeconds(1010);
        partial.whole = false;
        partial.gone = { sampleArtifact().id };
        partial.troubles = sampleScan().troubles;
        QCOMPARE(print(apply(fleet, partial)), QStringLiteral("+0 ~0 -1 runs=0"));
        QVERIFY(!known(fleet).stamps.contains(sampleArtifact().id));
    }

    void aFailureKeepsEverything()
    {
        const QString fleet = QStringLiteral("failure");
        apply(fleet, sampleScan(1000));
        const Error refused { ErrorKind::Unreachable, QStringLiteral("ssh.refused"), hostileNames().at(1) };
        const auto fail = [&](qint64 second) {
            return wordsOf(settle(m_catalogue->failed(
                fleet, QStringLiteral("repo"), Instant::fromSeconds(second), refused, {})));
        };
        QCOMPARE(fail(1010), "ok");
        QCOMPARE(version(fleet), 2);
        QCOMPARE(fail(1020), "ok");
        QCOMPARE(version(fleet), 2);
        QCOMPARE(readings(fleet), QStringLiteral("repo read=1000 tried=1010 ssh.refused"));
        const CatalogueFacts facts = factsOf(shopFleet(fleet));
        QVERIFY(facts.sources.front().error == refused);
        QCOMPARE(facts.clusters.front().artifacts.size(), std::size_t { 2 });
        Scan again = sampleScan(1030);
        again.artifacts.clear();
        QCOMPARE(print(apply(fleet, again)), QStringLiteral("+0 ~0 -0 runs=0 rest"));
        QCOMPARE(readings(fleet), QStringLiteral("repo read=1030 tried=1030 -"));
        QCOMPARE(wordsOf(settle(m_catalogue->failed(fleet, QStringLiteral("other"), {}, refused, {}))), "ok");
        QCOMPARE(
            readings(fleet), QStringLiteral("other read=- tried=0 ssh.refused, repo read=1030 tried=1030 -"));
    }

    void clustersAreJoinedByTheirIdentifier()
    {
        Fleet fleet = shopFleet(QStringLiteral("joined"));
        fleet.sources.push_back({ .name = QStringLiteral("pbs"),
            .clusters = { QStringLiteral("shop"), QStringLiteral("books") } });
        fleet.sources.push_back({ .name = QStringLiteral("loose") });
        const auto scan
            = [&](const QString &source, std::optional<SystemId> id, const QString &cluster = {}) {
                  Scan one;
                  one.source = source;
                  one.at = Instant::fromSeconds(1000);
                  one.artifacts = { plainArtifact(source, 900) };
                  one.artifacts.front().source = source;
                  one.artifacts.front().systemId = id;
                  one.artifacts.front().cluster = cluster;
                  return one;
              };
        apply(fleet.name, scan(QStringLiteral("repo"), SystemId { 22 }));
        apply(fleet.name, scan(QStringLiteral("pbs"), SystemId { 22 }));
        apply(fleet.name, scan(QStringLiteral("loose"), {}));
        QCOMPARE(print(factsOf(fleet)),
            QStringLiteral("v3 repo read=1000 pbs read=1000 loose read=1000 | shop: repo@900! | "
                           "books: pbs@900 | strays: loose@900"));
        apply(fleet.name, scan(QStringLiteral("loose"), SystemId { 22 }));
        apply(fleet.name, scan(QStringLiteral("repo"), SystemId { 33 }));
        apply(fleet.name, scan(QStringLiteral("pbs"), {}, QStringLiteral("shop")));
        QCOMPARE(print(factsOf(fleet)),
            QStringLiteral("v6 repo read=1000 pbs read=1000 loose read=1000 | shop: repo@900! pbs@900 | "
                           "books: loose@900 | strays:"));
        fleet.sources.resize(1);
        QCOMPARE(
            print(factsOf(fleet)), QStringLiteral("v6 repo read=1000 | shop: repo@900! | books: | strays:"));
    }

    void artifactsAreShownByPage()
    {
        Fleet fleet = shopFleet(QStringLiteral("pages"));
        Scan scan = sampleScan(1000);
        scan.artifacts.clear();
        for (int i = 0; i < 450; ++i)
            scan.artifacts.push_back(
                plainArtifact(QStringLiteral("a%1").arg(i, 3, 10, QLatin1Char('0')), 1000 + i));
        scan.artifacts.front().start.reset();
        scan.artifacts.front().stop.reset();
        scan.artifacts.at(7).systemId = SystemId { 22 };
        QCOMPARE(print(apply(fleet.name, scan)), QStringLiteral("+450 ~0 -0 runs=1 archives rest"));
        QCOMPARE(page(fleet, { .limit = 3 }), QStringLiteral("a449 a448 a447"));
        QCOMPARE(page(fleet, { .offset = 448, .limit = 3 }), QStringLiteral("a001 a000"));
        QCOMPARE(page(fleet, { .from = Instant::fromSeconds(1002), .to = Instant::fromSeconds(1004) }),
            QStringLiteral("a004 a003 a002"));
        QCOMPARE(page(fleet, { .source = QStringLiteral("none") }), QString());
        QCOMPARE(page(fleet, { .cluster = QStringLiteral("books") }), QString());
        fleet.sources.front().clusters.append(QStringLiteral("books"));
        QCOMPARE(page(fleet, { .cluster = QStringLiteral("books") }), QStringLiteral("a007"));
    }

    // Enough for several pages, told in no order, changed in the middle, at the ends and between.
    void manyArtifactsAreChangedHereAndThere()
    {
        const QString fleet = QStringLiteral("many");
        const auto name = [](int i) { return QStringLiteral("n%1").arg(i, 5, 10, QLatin1Char('0')); };
        QMap<QString, Artifact> expected;
        Scan scan = sampleScan(1000);
        scan.artifacts.clear();
        for (int i = 0; i < 3000; ++i) {
            const int k = (i * 7919) % 3000 * 2;
            scan.artifacts.push_back(plainArtifact(name(k), 5000 + k));
            expected[name(k)] = scan.artifacts.back();
        }
        QCOMPARE(apply(fleet, scan).added, 3000);
        QVERIFY(whole(fleet) == expected);
        scan.artifacts.clear();
        for (int k = 1000; k < 3400; ++k) { // every other one between those that are there
            scan.artifacts.push_back(plainArtifact(name(k), 5000 + k + (k % 400 == 0 ? 1 : 0)));
            expected[name(k)] = scan.artifacts.back();
        }
        for (int k = 0; k < 1000; k += 2) {
            scan.gone += name(k);
            expected.remove(name(k));
        }
        scan.artifacts.push_back(plainArtifact(QStringLiteral("a"), 1));
        scan.artifacts.push_back(plainArtifact(QStringLiteral("z"), 2));
        expected[QStringLiteral("a")] = *(scan.artifacts.end() - 2);
        expected[QStringLiteral("z")] = scan.artifacts.back();
        QCOMPARE(print(apply(fleet, scan)), QStringLiteral("+1202 ~6 -500 runs=0"));
        QVERIFY(whole(fleet) == expected);
        QCOMPARE(print(apply(fleet, scan)), QStringLiteral("+0 ~0 -0 runs=0"));
        QCOMPARE(known(fleet).stamps.size(), expected.size());
        QVERIFY(artifact(fleet, name(2000)) == expected[name(2000)]);
        QVERIFY(!artifact(fleet, name(998)));
        QVERIFY(!artifact(fleet, name(3401)));
        QCOMPARE(page(shopFleet(fleet), { .offset = 1, .limit = 2 }), QStringLiteral("n05996 n05994"));
        scan.artifacts.clear();
        scan.gone = expected.keys();
        QCOMPARE(apply(fleet, scan).gone, static_cast<int>(expected.size()));
        QVERIFY(whole(fleet).isEmpty());
        QVERIFY(known(fleet).stamps.isEmpty());
    }

    // resources/sql/store/004: artifacts were rows of a table of their own.
    void aStoreOfVersionTwoKeepsEverything()
    {
        QFile rows(QStringLiteral(TIDEMARK_TEST_DATA "/store/version-2.sql"));
        QVERIFY(rows.open(QIODevice::ReadOnly));
        {
            const auto old = openOld(2);
            QVERIFY(old);
            for (const QString &statement : splitStatements(QString::fromUtf8(rows.readAll()))) {
                const auto done = old->exec(statement);
                QVERIFY2(done, wordsOf(std::optional(done)).constData());
            }
        }
        m_catalogue = openOldAsNew();
        QVERIFY(m_catalogue);
        const QString fleet = QStringLiteral("kept");
        Scan scan = sampleScan();
        for (const int i : { 0, 1, 39 }) {
            scan.artifacts.push_back(
                plainArtifact(QStringLiteral("p%1").arg(i, 2, 10, QLatin1Char('0')), 1'700'000'000 + i));
            scan.artifacts.back().parent = i % 3 == 0 ? QStringLiteral("p00") : QString();
        }
        scan.artifacts.at(2).holds = { QStringLiteral("protected") };
        scan.artifacts.at(2).start = scan.artifacts.at(2).stop = std::nullopt;
        for (const Artifact &one : scan.artifacts)
            QVERIFY(artifact(fleet, one.id) == one);
        QCOMPARE(print(apply(fleet, scan)), QStringLiteral("+0 ~0 -0 runs=0"));
        QCOMPARE(version(fleet), 2);
        QVERIFY(known(fleet).archives == scan.archives);
        QCOMPARE(known(fleet).stamps.size(), 5);
        Fleet both = shopFleet(fleet);
        both.sources.push_back({ .name = QStringLiteral("other") });
        QCOMPARE(print(factsOf(both)),
            QStringLiteral("v2 repo read=1700000000 other read=1700000500 | shop: b@1699000000 "
                           "p01@1700000001 p39@1700000039 20231114-221320F@1700000100 p00@- archives=2 | "
                           "books: a;b@1700000400 ä€🐘 'quoted'@1700000400 | strays:"));
        QCOMPARE(page(both, { .cluster = QStringLiteral("books") }), QStringLiteral("a;b ä€🐘 'quoted'"));
    }

    void hostileNamesAreNamesLikeOthers()
    {
        QStringList names = hostileNames();
        names.removeLast();
        for (const QString &fleet : names) {
            Scan scan = sampleScan(1000);
            scan.source = fleet + QStringLiteral("s");
            scan.artifacts.clear();
            for (const QString &name : names) {
                Artifact one = sampleArtifact(name);
                one.source = scan.source;
                one.cluster = name;
                one.parent = one.stamp = one.why = one.location = name;
                scan.artifacts.push_back(one);
            }
            QCOMPARE(apply(fleet, scan).added, static_cast<int>(names.size()));
            for (const Artifact &one : scan.artifacts)
                QVERIFY(settle(m_catalogue->artifact(fleet, scan.source, one.id, {})).value().value() == one);
            QCOMPARE(print(apply(fleet, scan)), QStringLiteral("+0 ~0 -0 runs=0"));
        }
    }

    void impossibleTextIsMended()
    {
        const QString fleet = QStringLiteral("impossible");
        Scan scan = sampleScan(1000);
        const QString bad = QStringLiteral("a") + QChar(u'\0') + QChar(0xdfff);
        const QString mended = QStringLiteral("a") + QChar(0xfffd) + QChar(0xfffd);
        scan.artifacts.front().id = scan.artifacts.front().stamp = bad;
        scan.archives.front().part = scan.cursor = bad;
        scan.runs.front().id = scan.runs.front().said = bad;
        QCOMPARE(apply(fleet, scan).added, 2);
        QCOMPARE(known(fleet).stamps.value(mended), mended);
        QCOMPARE(known(fleet).archives.front().part, mended);
        const QByteArray refused = "store.name: a name is empty or holds a NUL character";
        scan.source = bad;
        QCOMPARE(wordsOf(settle(m_catalogue->apply(fleet, scan, {}))), refused);
    }

    void aRunThatStillRunsIsAskedForAgain()
    {
        const QString fleet = QStringLiteral("running");
        Scan scan = sampleScan(1000);
        scan.runs = { sampleRun(QStringLiteral("old"), 1'000'000),
            sampleRun(QStringLiteral("now"), 2'000'000), sampleRun(QStringLiteral("new"), 2'000'100) };
        scan.runs.at(0).state = scan.runs.at(1).state = RunState::Running;
        apply(fleet, scan);
        QCOMPARE(known(fleet).newestRun, Instant::fromSeconds(2'000'000));
        scan.runs = { sampleRun(QStringLiteral("now"), 2'000'000) };
        QCOMPARE(apply(fleet, scan).runs, 1);
        QCOMPARE(known(fleet).newestRun, Instant::fromSeconds(2'000'100));
    }

    void conclusionsAreKeptWithTheirVersion()
    {
        const QString fleet = QStringLiteral("conclusions");
        const QByteArray bytes("\0\xff'x", 4);
        QCOMPARE(wordsOf(settle(m_catalogue->keepInsight(fleet, { 3, "old" }, {}))), "ok");
        QCOMPARE(wordsOf(settle(m_catalogue->keepInsight(fleet, { 4, bytes }, {}))), "ok");
        const auto kept = settle(m_catalogue->keptInsight(fleet, {})).value().value();
        QVERIFY(kept);
        QCOMPARE(kept->version, 4);
        QCOMPARE(kept->bytes, bytes);
    }

    void whatAPersonAcceptsIsKept()
    {
        const QString fleet = QStringLiteral("accepted");
        const Acceptance gap { QStringLiteral("finding:1"), hostileNames().at(1), hostileNames().at(2),
            Instant::fromMicroseconds(1'700'000'000'000'001) };
        Acceptance run { QStringLiteral("run:2"), QStringLiteral("disk was full"), {},
            Instant::fromSeconds(5) };
        const auto accept
            = [&](const Acceptance &one) { return wordsOf(settle(m_catalogue->accept(fleet, one, {}))); };
        QCOMPARE(accept(gap), "ok");
        QCOMPARE(accept(run), "ok");
        QCOMPARE(version(fleet), 2);
        m_catalogue.reset();
        m_catalogue = open();
        QVERIFY(factsOf(shopFleet(fleet)).accepted == (std::vector { run, gap }));
        QVERIFY(factsOf(shopFleet(QStringLiteral("other"))).accepted.empty());
        run.reason = QStringLiteral("host was away");
        QCOMPARE(accept(run), "ok");
        QVERIFY(factsOf(shopFleet(fleet)).accepted == (std::vector { run, gap }));
        QCOMPARE(wordsOf(settle(m_catalogue->withdraw(fleet, gap.key, {}))), "ok");
        QCOMPARE(wordsOf(settle(m_catalogue->withdraw(fleet, gap.key, {}))), "ok");
        QVERIFY(factsOf(shopFleet(fleet)).accepted == std::vector { run });
        QCOMPARE(factsOf(shopFleet(fleet)).version, 5);
        run.key.clear();
        QCOMPARE(accept(run), "store.name: a name is empty or holds a NUL character");
    }

    void whatWalToldIsKeptByItsPlace()
    {
        const QString fleet = QStringLiteral("moments");
        const MomentPlace place { hostileNames().front(), { ~std::uint64_t(0) } };
        const auto piece = [](std::uint64_t first, std::uint64_t last, qint64 second, const char *bytes) {
            return KeptMoment { { 3 }, { first }, { last }, Instant::fromSeconds(second), bytes };
        };
        const auto keep = [&](const std::vector<KeptMoment> &all, qint64 since) {
            return wordsOf(
                settle(m_catalogue->keepMoments(fleet, place, all, Instant::fromSeconds(since), {})));
        };
        const auto kept
            = [&](const MomentPlace &of) { return settle(m_catalogue->moments(fleet, of, {})).value().value(); };
        const KeptMoment old = piece(1, 4, 100, "old");
        const KeptMoment middle = piece(5, 8, 200, "middle");
        QCOMPARE(keep({ middle, old }, 0), "ok");
        m_catalogue.reset();
        m_catalogue = open();
        QVERIFY(kept(place) == (std::vector { old, middle }));
        QVERIFY(kept({ place.cluster, { 7 } }).empty());
        QVERIFY(kept({ QStringLiteral("other"), place.systemId }).empty());
        const KeptMoment longer = piece(7, 9, 300, "longer");
        QCOMPARE(keep({ longer }, 100), "ok");
        QVERIFY(kept(place) == (std::vector { old, longer }));
        QCOMPARE(keep({}, 101), "ok");
        QVERIFY(kept(place) == std::vector { longer });
    }

    void aServersCopyIsKeptForEachDay()
    {
        const QString fleet = QStringLiteral("copies");
        const QString cluster = hostileNames().front();
        constexpr qint64 day = 86'400;
        for (qint64 at = 300 * day; at <= 400 * day; at += day / 2)
            QCOMPARE(wordsOf(settle(m_catalogue->keep(fleet, cluster, sampleCopy(at), {}))), "ok");
        const auto before = [&](qint64 second) {
            return settle(m_catalogue->serverCopy(fleet, cluster, Instant::fromSeconds(second), {}))
                .value()
                .value();
        };
        QVERIFY(
            settle(m_catalogue->serverCopy(fleet, cluster, {}, {})).value().value() == sampleCopy(400 * day));
        QVERIFY(before(399 * day + day - 1) == sampleCopy(399 * day + day / 2));
        QVERIFY(before(366 * day) == sampleCopy(365 * day + day / 2));
        QVERIFY(before(364 * day) == sampleCopy(359 * day + day / 2));
        QVERIFY(before(359 * day) == sampleCopy(329 * day + day / 2));
        QVERIFY(!before(300 * day + day));
        QCOMPARE(settle(m_catalogue->copiedAt(fleet, {})).value().value(),
            (QMap<QString, Instant> { { cluster, Instant::fromSeconds(400 * day) } }));
        QVERIFY(!settle(m_catalogue->serverCopy(fleet, QStringLiteral("other"), {}, {})).value().value());
    }

    void aStopRequestIsHeard()
    {
        std::stop_source source;
        source.request_stop();
        const QByteArray stopped = "store.cancelled: stopped before it began";
        const std::stop_token stop = source.get_token();
        QCOMPARE(wordsOf(settle(m_catalogue->apply(QStringLiteral("x"), sampleScan(), stop))), stopped);
        QCOMPARE(wordsOf(settle(m_catalogue->facts(shopFleet(QStringLiteral("x")), stop))), stopped);
        QVERIFY(known(QStringLiteral("x")) == Known {});
    }

    void aStopHalfwayLeavesNothing()
    {
        const QString fleet = QStringLiteral("halfway");
        Scan scan = sampleScan(1000);
        scan.artifacts.clear();
        for (int i = 0; i < 20'000; ++i)
            scan.artifacts.push_back(plainArtifact(QString::number(i), i));
        std::stop_source source;
        auto task = m_catalogue->apply(fleet, scan, source.get_token());
        QTest::qWait(20);
        source.request_stop();
        const auto answer = settle(std::move(task), std::chrono::seconds(60));
        QVERIFY2(wordsOf(answer).startsWith("store.cancelled: stopped"), wordsOf(answer).constData());
        QVERIFY(known(fleet) == Known {});
    }

protected:
    Changes apply(const QString &fleet, const Scan &scan)
    {
        const auto answer = settle(m_catalogue->apply(fleet, scan, {}));
        if (!answer || !*answer)
            qWarning("%s", wordsOf(answer).constData());
        return answer && *answer ? **answer : Changes { .added = -1 };
    }
    Known known(const QString &fleet)
    {
        const auto answer = settle(m_catalogue->known(fleet, QStringLiteral("repo"), {}));
        if (!answer || !*answer)
            qWarning("%s", wordsOf(answer).constData());
        return answer && *answer ? **answer : Known { .cursor = QStringLiteral("error") };
    }
    CatalogueFacts factsOf(const Fleet &fleet)
    {
        const auto answer = settle(m_catalogue->facts(fleet, {}));
        if (!answer || !*answer)
            qWarning("%s", wordsOf(answer).constData());
        return answer && *answer ? **answer : CatalogueFacts { .version = -1 };
    }
    std::optional<Artifact> artifact(const QString &fleet, const QString &id)
    {
        return settle(m_catalogue->artifact(fleet, QStringLiteral("repo"), id, {})).value().value();
    }
    // Every artifact of source "repo", as pages of a table tell them.
    QMap<QString, Artifact> whole(const QString &fleet)
    {
        QMap<QString, Artifact> all;
        for (int from = 0;; from += 500) {
            const auto answer
                = settle(m_catalogue->artifacts(shopFleet(fleet), { .offset = from, .limit = 500 }, {}));
            if (!answer || !*answer || (*answer)->empty())
                return all;
            for (const Artifact &one : **answer)
                all[one.id] = one;
        }
    }
    int version(const QString &fleet)
    {
        return static_cast<int>(settle(m_catalogue->version(fleet, {})).value().value());
    }
    QString readings(const QString &fleet)
    {
        QStringList words;
        const std::vector<SourceReading> all = settle(m_catalogue->readings(fleet, {})).value().value();
        for (const SourceReading &one : all)
            words += QStringLiteral("%1 read=%2 tried=%3 %4")
                         .arg(one.source, second(one.readAt), second(one.triedAt),
                             one.error ? one.error->code : QStringLiteral("-"));
        return words.join(QStringLiteral(", "));
    }
    QString page(const Fleet &fleet, const ArtifactQuery &query)
    {
        const auto answer = settle(m_catalogue->artifacts(fleet, query, {}));
        if (!answer || !*answer)
            return QString::fromUtf8(wordsOf(answer));
        QStringList ids;
        for (const Artifact &one : **answer)
            ids += one.id;
        return ids.join(u' ');
    }
    static QString second(const std::optional<Instant> &at)
    {
        return at ? QString::number(at->seconds()) : QStringLiteral("-");
    }
    static QString print(const Changes &changes)
    {
        return QStringLiteral("+%1 ~%2 -%3 runs=%4%5%6")
            .arg(changes.added)
            .arg(changes.changed)
            .arg(changes.gone)
            .arg(changes.runs)
            .arg(changes.archives ? QStringLiteral(" archives") : QString(),
                changes.rest ? QStringLiteral(" rest") : QString());
    }
    static QString print(const CatalogueFacts &facts)
    {
        const auto list = [](const std::vector<ArtifactFact> &artifacts) {
            QString words;
            for (const ArtifactFact &one : artifacts)
                words += u' ' + one.id + u'@' + second(one.stop)
                    + (one.foreign ? QStringLiteral("!") : QString());
            return words;
        };
        QString words = QStringLiteral("v%1").arg(facts.version);
        for (const SourceFacts &source : facts.sources)
            words += QStringLiteral(" %1 read=%2").arg(source.name, second(source.readAt))
                + (source.runs.size() > 1 ? QStringLiteral(" runs=%1").arg(source.runs.size()) : QString());
        for (const ClusterFacts &cluster : facts.clusters)
            words += QStringLiteral(" | ") + cluster.name + u':' + list(cluster.artifacts)
                + (cluster.archives.empty() ? QString()
                                            : QStringLiteral(" archives=%1").arg(cluster.archives.size()));
        return words + QStringLiteral(" | strays:") + list(facts.strays);
    }

    std::shared_ptr<Catalogue> m_catalogue;
};

} // namespace tidemark::test
