#include "insight/calendarplan.h"
#include "insight/findings.h"
#include "insight/findingwords.h"
#include "story.h"
#include "world.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

// A gap that is open: nothing behind it can be reached.
World broken()
{
    World world;
    world.repository(u"wal repo 1 2-4; wal repo 1 6-9; full b 1 2.1-2.6 verified"_s);
    return world;
}

Finding findingOf(const Insight &insight, const QString &code)
{
    for (const Finding &finding : insight.findings)
        if (finding.code == code)
            return finding;
    return {};
}

void accept(World &world, const Finding &finding)
{
    world.facts.accepted.push_back({ finding.occurrence(), u"disk replaced"_s, u"kim"_s, world.now });
}

QString codes(const Insight &insight)
{
    QStringList words;
    for (const Finding &finding : insight.findings)
        words.append(finding.code + (finding.accepted ? u" accepted"_s : QString()));
    return words.join(u", "_s);
}

} // namespace

class TestAcceptance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAcceptedGapRaisesNoAlarmAndStaysAGap();
    void whatIsAcceptedComesLast();
    void anotherOccurrenceIsNotAccepted();
    void aGapThatEndedStaysAccepted();
    void aHoleThatOpensAgainIsNot();
    void whatTellsNoBeginningIsAskedAboutAgain();
    void anOpenGapIsAskedAboutAgainAfterADay();
    void aGapThatWentOnIsNotAcceptedAsAHole();
    void whatTimeBringsBackStaysAccepted();
    void acceptanceIsKeptWithTheConclusions();
    void aMissedRunIsAcceptedOnce();
    void theNewestWordCounts();
};

void TestAcceptance::anAcceptedGapRaisesNoAlarmAndStaysAGap()
{
    World world = broken();
    const Insight before = world.insight();
    QCOMPARE(codes(before), u"wal.gap"_s);
    accept(world, before.findings.front());
    const Insight after = world.insight();
    QCOMPARE(codes(after), u"wal.gap accepted"_s);
    QCOMPARE(after.findings.front().accepted->reason, u"disk replaced"_s);
    QCOMPARE(after.clusters.front().recoverability.windows, before.clusters.front().recoverability.windows);
    QVERIFY(after.clusters.front().recoverability.gaps == before.clusters.front().recoverability.gaps);
    QVERIFY(after.clusters.front().standing == ClusterStanding::Lapsed);
    QVERIFY(after.verdict.kind == FleetVerdict::Kind::OnlyAccepted);
    QCOMPARE(after.verdict.accepted, 1);
    QVERIFY(!after.verdict.worst);
    QCOMPARE(verdictSentence(after, plainFormats()), u"Nothing is wrong but what was accepted"_s);
}

void TestAcceptance::whatIsAcceptedComesLast()
{
    World world = broken();
    world.cluster().environment = Environment::Unset;
    QCOMPARE(codes(world.insight()), u"wal.gap, cluster.environment"_s);
    accept(world, findingOf(world.insight(), u"wal.gap"_s));
    const Insight after = world.insight();
    QCOMPARE(codes(after), u"cluster.environment, wal.gap accepted"_s);
    QCOMPARE(after.verdict.worst->code, u"cluster.environment"_s);
    QCOMPARE(after.verdict.others, 0);
    QCOMPARE(after.verdict.accepted, 1);
}

void TestAcceptance::anotherOccurrenceIsNotAccepted()
{
    World world = broken();
    accept(world, world.insight().findings.front());
    world.repository(u"wal repo 1 2-6; wal repo 1 8-9; full b 1 2.1-2.6 verified"_s);
    QCOMPARE(codes(world.insight()), u"wal.gap"_s);
}

void TestAcceptance::aGapThatEndedStaysAccepted()
{
    World world = broken();
    accept(world, world.insight().findings.front());
    world.repository(
        u"wal repo 1 2-4; wal repo 1 6-9; full b 1 2.1-2.6 verified; full c 1 7.1-7.6 verified"_s);
    QCOMPARE(codes(world.insight()), u"wal.hole accepted"_s);
}

void TestAcceptance::aHoleThatOpensAgainIsNot()
{
    World world = broken();
    world.repository(
        u"wal repo 1 2-4; wal repo 1 6-9; full b 1 2.1-2.6 verified; full c 1 7.1-7.6 verified"_s);
    const Finding hole = world.insight().findings.front();
    QCOMPARE(hole.code, u"wal.hole"_s);
    accept(world, hole);
    world.repository(u"wal repo 1 2-4; wal repo 1 6-9; full b 1 2.1-2.6 verified"_s);
    QCOMPARE(codes(world.insight()), u"wal.gap"_s);
}

void TestAcceptance::whatTellsNoBeginningIsAskedAboutAgain()
{
    World world;
    world.cluster().environment = Environment::Unset;
    accept(world, world.insight().findings.front());
    QCOMPARE(codes(world.insight()), u"cluster.environment accepted"_s);
    world.facts.accepted.front().at = world.now - AcceptedFor - std::chrono::seconds(1);
    QCOMPARE(codes(world.insight()), u"cluster.environment"_s);
}

// What is lost already can be accepted; what the next hours lose cannot.
void TestAcceptance::anOpenGapIsAskedAboutAgainAfterADay()
{
    World world = broken();
    accept(world, world.insight().findings.front());
    world.facts.accepted.front().at = world.now - AcceptedOpen;
    QCOMPARE(codes(world.insight()), u"wal.gap accepted"_s);
    world.facts.accepted.front().at = world.now - AcceptedOpen - std::chrono::seconds(1);
    QCOMPARE(codes(world.insight()), u"wal.gap"_s);
}

void TestAcceptance::aGapThatWentOnIsNotAcceptedAsAHole()
{
    World world = broken();
    const Finding gap = world.insight().findings.front();
    accept(world, gap);
    world.repository(
        u"wal repo 1 2-4; wal repo 1 6-9; full b 1 2.1-2.6 verified; full c 1 7.1-7.6 verified"_s);
    const Finding hole = world.insight().findings.front();
    QVERIFY(hole.until);
    world.facts.accepted.front().at = *hole.until - AcceptedOpen;
    QCOMPARE(codes(world.insight()), u"wal.hole accepted"_s);
    world.facts.accepted.front().at = *hole.until - AcceptedOpen - std::chrono::seconds(1);
    QCOMPARE(codes(world.insight()), u"wal.hole"_s);
}

void TestAcceptance::whatTimeBringsBackStaysAccepted()
{
    World world;
    world.now = Story::minute(40);
    for (SourceFacts &source : world.facts.sources)
        source.readAt = Story::minute(39);
    world.server().readAt = world.now;
    const Insight late = world.insight();
    QCOMPARE(codes(late), u"rpo.over"_s);
    accept(world, late.findings.front());
    const Insight known = world.insight();
    QCOMPARE(codes(known), u"rpo.over accepted"_s);
    QCOMPARE(codes(aged(known, world.now + std::chrono::minutes(1))), u"rpo.over accepted"_s);
    QCOMPARE(codes(aged(late, world.now + std::chrono::minutes(1))), u"rpo.over"_s);
}

void TestAcceptance::acceptanceIsKeptWithTheConclusions()
{
    World world = broken();
    accept(world, world.insight().findings.front());
    const Insight insight = world.insight();
    const auto back = insightFromBytes(toBytes(insight));
    QVERIFY(back && *back == insight);
    QCOMPARE(back->findings.front().accepted->who, u"kim"_s);
}

void TestAcceptance::aMissedRunIsAcceptedOnce()
{
    Finding missed;
    missed.code = u"schedule.missed"_s;
    missed.subject = u"nightly"_s;
    missed.until = Instant::fromSeconds(86'400);
    const Acceptance once { runOccurrence(u"nightly"_s, Instant::fromSeconds(86'400)), {}, {}, {} };
    const Instant muchLater = Instant::fromSeconds(90'000) + 3 * AcceptedFor;
    QVERIFY(acceptanceFor(missed, { once }, muchLater));
    missed.until = Instant::fromSeconds(2 * 86'400);
    QVERIFY(!acceptanceFor(missed, { once }, muchLater));
}

void TestAcceptance::theNewestWordCounts()
{
    const Acceptance old { u"a"_s, u"old"_s, {}, Instant::fromSeconds(1) };
    const Acceptance young { u"a"_s, u"young"_s, {}, Instant::fromSeconds(2) };
    QCOMPARE(acceptanceOf({ young, old }, u"a"_s)->reason, u"young"_s);
    QVERIFY(!acceptanceOf({ young, old }, u"b"_s));
}

QTEST_GUILESS_MAIN(TestAcceptance)
#include "tst_acceptance.moc"
