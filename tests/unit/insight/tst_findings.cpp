#include "findings/breakages.h"
#include "insight/findings.h"

#include <QSet>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

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
    for (const Breakage &one : allBreakages())
        QTest::newRow(one.name) << index++ << QString::fromUtf8(one.raises);
}

void TestFindings::raises()
{
    QFETCH(int, index);
    World world;
    allBreakages()[std::size_t(index)].apply(world);
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
    for (const Breakage &one : allBreakages()) {
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
    for (const Breakage &one : allBreakages()) {
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
