#include "insight/expected.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Days of November 2026; the schedules run at 02:00.
Instant day(int day, std::chrono::minutes time = 120min)
{
    return Instant::parse(u"2026-11-%1T00:00:00Z"_s.arg(day, 2, 10, QChar(u'0'))).value() + time;
}

Schedule nightly(const QString &kind = u"full"_s)
{
    Schedule schedule;
    schedule.name = u"nightly"_s;
    schedule.kind = kind;
    schedule.when = u"0 2 * * *"_s;
    schedule.form = u"cron"_s;
    schedule.source = u"repo"_s;
    schedule.clusters = QStringList { u"shop"_s };
    return schedule;
}

SeenRun ran(Instant start, RunState state = RunState::Ok)
{
    SeenRun run;
    run.start = start;
    run.end = start + 10min;
    run.state = state;
    return run;
}

QChar letter(ExpectedState state)
{
    switch (state) {
    case ExpectedState::Planned:
        return u'p';
    case ExpectedState::Late:
        return u'l';
    case ExpectedState::Running:
        return u'r';
    case ExpectedState::Ok:
        return u'+';
    case ExpectedState::RanLate:
        return u'L';
    case ExpectedState::Warnings:
        return u'w';
    case ExpectedState::Failed:
        return u'F';
    case ExpectedState::Missed:
        return u'M';
    case ExpectedState::Unknown:
        return u'?';
    }
    return u'!';
}

// A letter for each occurrence.
QString printed(const std::vector<ExpectedRun> &runs)
{
    QString text;
    for (const ExpectedRun &run : runs)
        text += letter(run.state);
    return text;
}

std::vector<SeenRun> onDays(const QList<int> &days)
{
    std::vector<SeenRun> seen;
    for (const int one : days)
        seen.push_back(ran(day(one)));
    return seen;
}

ArtifactFact artifact(const QString &id, ArtifactKind kind, Method method, Instant start)
{
    ArtifactFact fact;
    fact.id = id;
    fact.kind = kind;
    fact.method = method;
    fact.start = start;
    fact.stop = start + 20min;
    fact.stored = Bytes { 100 };
    return fact;
}

CatalogueFacts catalogue(std::vector<ArtifactFact> artifacts, std::vector<Run> runs = {})
{
    CatalogueFacts facts;
    facts.sources.resize(1);
    facts.sources[0].name = u"repo"_s;
    facts.sources[0].runs = std::move(runs);
    facts.clusters.resize(1);
    facts.clusters[0].name = u"shop"_s;
    facts.clusters[0].artifacts = std::move(artifacts);
    return facts;
}

QString printed(const std::vector<SeenRun> &seen)
{
    QStringList texts;
    for (const SeenRun &run : seen)
        texts << u"%1 %2 x%3"_s.arg(run.start.toIso(), run.id, QString::number(run.artifacts));
    return texts.join(u'\n');
}

} // namespace

class TestExpected : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Ten occurrences, 11 to 20 November, seen from the 18th at 12:00.
    void states_data()
    {
        QTest::addColumn<QList<int>>("days");
        QTest::addColumn<QString>("expected");
        QTest::newRow("every night") << QList<int> { 10, 11, 12, 13, 14, 15, 16, 17, 18 } << u"++++++++pp"_s;
        QTest::newRow("stopped silently") << QList<int> { 10, 11, 12, 13, 14, 15 } << u"+++++MMMpp"_s;
        QTest::newRow("one night left out")
            << QList<int> { 10, 11, 12, 13, 15, 16, 17, 18 } << u"+++M++++pp"_s;
        QTest::newRow("three nights left out")
            << QList<int> { 8, 9, 10, 11, 12, 13, 17, 18 } << u"+++MMM++pp"_s;
        QTest::newRow("thinned out by the store")
            << QList<int> { 1, 8, 12, 15, 16, 17, 18 } << u"?+??++++pp"_s;
        QTest::newRow("known from the 15th on") << QList<int> { 15, 16, 17, 18 } << u"????++++pp"_s;
        QTest::newRow("nothing ever") << QList<int> {} << u"???????Mpp"_s;
    }
    void states()
    {
        QFETCH(QList<int>, days);
        const auto found = expectedRuns(nightly(), onDays(days), day(11), day(21, 0min), day(18, 720min));
        QTEST(printed(found), "expected");
    }

    void lateIsNotYetMissed_data()
    {
        QTest::addColumn<int>("minutes");
        QTest::addColumn<QString>("expected");
        QTest::newRow("before") << 119 << u"++p"_s;
        QTest::newRow("just due") << 124 << u"++p"_s;
        QTest::newRow("ten minutes on") << 130 << u"++l"_s;
        QTest::newRow("within what is allowed") << 239 << u"++l"_s;
        QTest::newRow("beyond") << 240 << u"++M"_s;
    }
    void lateIsNotYetMissed()
    {
        QFETCH(int, minutes);
        const auto seen = onDays({ 14, 15, 16, 17 });
        const auto found
            = expectedRuns(nightly(), seen, day(16), day(19, 0min), day(18, std::chrono::minutes(minutes)));
        QTEST(printed(found), "expected");
    }

    void whatTheScheduleAllowsCounts()
    {
        Schedule schedule = nightly();
        schedule.startWithin = 4h;
        schedule.expectedDuration = 1h;
        const auto seen = onDays({ 16, 17 });
        QCOMPARE(printed(expectedRuns(schedule, seen, day(17), day(19, 0min), day(18, 419min))), u"+l"_s);
        QCOMPARE(printed(expectedRuns(schedule, seen, day(17), day(19, 0min), day(18, 420min))), u"+M"_s);
    }

    void aSecondTryThatWentWellAnswers()
    {
        std::vector<SeenRun> seen { ran(day(17), RunState::Failed), ran(day(17, 200min)) };
        QCOMPARE(printed(expectedRuns(nightly(), seen, day(17), day(18, 0min), day(18, 60min))), u"+"_s);
        std::swap(seen[0].state, seen[1].state);
        QCOMPARE(printed(expectedRuns(nightly(), seen, day(17), day(18, 0min), day(18, 60min))), u"+"_s);
        seen[0].state = RunState::Failed;
        QCOMPARE(printed(expectedRuns(nightly(), seen, day(17), day(18, 0min), day(18, 60min))), u"F"_s);
    }

    // Sundays at 02:00; the 8th and the 15th, and the 22nd is to come.
    void aRunLongAfterItsTimeRanLate_data()
    {
        QTest::addColumn<int>("hours"); // after the 8th, 02:00
        QTest::addColumn<QString>("expected");
        QTest::newRow("in time") << 0 << u"++p"_s;
        QTest::newRow("within two hours") << 2 << u"++p"_s;
        QTest::newRow("three hours") << 3 << u"L+p"_s;
        QTest::newRow("46 hours") << 46 << u"L+p"_s;
        QTest::newRow("just before the next") << 167 << u"L+p"_s;
        QTest::newRow("when the next was due") << 168 << u"M+p"_s;
    }
    void aRunLongAfterItsTimeRanLate()
    {
        QFETCH(int, hours);
        Schedule schedule = nightly();
        schedule.when = u"0 2 * * 0"_s;
        const std::vector<SeenRun> seen { ran(day(1) - std::chrono::days(7)), ran(day(1)),
            ran(day(8) + std::chrono::hours(hours)), ran(day(15)) };
        const auto found = expectedRuns(schedule, seen, day(8), day(23, 0min), day(18));
        QTEST(printed(found), "expected");
        if (hours == 46)
            QCOMPARE(found.front().late, std::optional<std::chrono::seconds>(46h));
        else if (hours <= 2)
            QVERIFY(!found.front().late);
    }
    void startWithinSaysWhatIsLate()
    {
        Schedule schedule = nightly();
        schedule.startWithin = 30min;
        const auto stateAt = [&](std::chrono::minutes time) {
            const std::vector<SeenRun> seen { ran(day(16)), ran(day(17, time)) };
            return printed(expectedRuns(schedule, seen, day(17), day(18, 0min), day(17, 720min)));
        };
        QCOMPARE(stateAt(150min), u"+"_s);
        QCOMPARE(stateAt(151min), u"L"_s);
        schedule.startWithin = 12h;
        QCOMPARE(stateAt(600min), u"+"_s);
    }
    void aNightlyRunAfterTheNextWasDueIsNotTheFirstOnes()
    {
        const std::vector<SeenRun> seen { ran(day(14)), ran(day(15)), ran(day(16) + 46h), ran(day(18)) };
        // The 16th was missed; what ran on the 17th at midnight belongs to the 17th, 22 h late.
        QCOMPARE(printed(expectedRuns(nightly(), seen, day(15), day(19, 0min), day(18, 720min))), u"+ML+"_s);
    }
    void whatRanInTimeIsNotMadeLateByAnother()
    {
        const std::vector<SeenRun> seen { ran(day(17)), ran(day(17, 900min)) };
        const auto found = expectedRuns(nightly(), seen, day(17), day(18, 0min), day(17, 1000min));
        QCOMPARE(printed(found), u"+"_s);
        QCOMPARE(found.front().run->start, day(17));
    }
    void whatRanLateCountsAsRun()
    {
        const std::vector<SeenRun> seen { ran(day(15)), ran(day(16)), ran(day(17, 900min)) };
        const Punctuality found = punctuality(nightly(), seen, day(17, 1000min));
        QCOMPARE(found.missedInARow, 0);
        QCOMPARE(found.successRate, std::optional(100.0));
    }

    void fiveMinutesEarlyIsOnTime()
    {
        const std::vector<SeenRun> seen { ran(day(16)), ran(day(17, 116min)) };
        QCOMPARE(printed(expectedRuns(nightly(), seen, day(16), day(18, 0min), day(17, 720min))), u"++"_s);
        const std::vector<SeenRun> tooEarly { ran(day(16)), ran(day(17, 100min)) };
        QCOMPARE(
            printed(expectedRuns(nightly(), tooEarly, day(16), day(18, 0min), day(17, 720min))), u"+M"_s);
    }

    void intervalsCountFromWhatRan()
    {
        Schedule schedule = nightly();
        schedule.form = u"interval"_s;
        schedule.when = u"6 h"_s;
        const std::vector<SeenRun> seen { ran(day(17, 0min)), ran(day(17, 370min)), ran(day(17, 1090min)) };
        // 00:00, 06:10, (12:10 is missing), 18:10, then 00:10 and 06:10 are due
        QCOMPARE(printed(expectedRuns(schedule, seen, day(17, 0min), day(18, 720min), day(18, 60min))),
            u"++M+lp"_s);
    }

    void runsOfTheSourceKindAndCluster()
    {
        Run prune;
        prune.kind = u"prune"_s;
        prune.start = day(3);
        Run full;
        full.kind = u"full"_s;
        full.id = u"run-1"_s;
        full.artifact = u"a"_s;
        full.start = day(4);
        Run foreign = full;
        foreign.cluster = u"other"_s;
        const auto facts
            = catalogue({ artifact(u"a"_s, ArtifactKind::BaseBackup, Method::Full, day(4)),
                            artifact(u"b"_s, ArtifactKind::BaseBackup, Method::Full, day(5)),
                            artifact(u"c"_s, ArtifactKind::BaseBackup, Method::Incremental, day(6)),
                            artifact(u"d"_s, ArtifactKind::Dump, Method::Full, day(7)) },
                { prune, full, foreign });
        QCOMPARE(printed(seenRuns(nightly(), facts)),
            u"2026-11-04T02:00:00Z run-1 x1\n2026-11-05T02:00:00Z b x1"_s);
        QCOMPARE(printed(seenRuns(nightly(u"incr"_s), facts)),
            u"2026-11-04T02:00:00Z a x1\n2026-11-05T02:00:00Z b x1\n2026-11-06T02:00:00Z c x1"_s);
        QCOMPARE(printed(seenRuns(nightly(u"prune"_s), facts)), u"2026-11-03T02:00:00Z  x0"_s);
    }

    void dumpsOfOneNightAreOneRun()
    {
        auto bad = artifact(u"late"_s, ArtifactKind::Dump, Method::Full, day(4, 150min));
        bad.state = ArtifactState::Damaged;
        const auto facts = catalogue({ artifact(u"shop"_s, ArtifactKind::Dump, Method::Full, day(4)), bad,
            artifact(u"next"_s, ArtifactKind::Dump, Method::Full, day(5)) });
        const auto seen = seenRuns(nightly(u"dump"_s), facts);
        QCOMPARE(printed(seen), u"2026-11-04T02:00:00Z shop x2\n2026-11-05T02:00:00Z next x1"_s);
        QCOMPARE(int(seen[0].state), int(RunState::Failed));
        QCOMPARE(seen[0].size->count, 200);
    }

    void onlyTheDatabasesNamed()
    {
        Schedule schedule = nightly(u"dump"_s);
        schedule.databases = QStringList { u"shop"_s };
        auto other = artifact(u"o"_s, ArtifactKind::Dump, Method::Full, day(4));
        other.database = u"other"_s;
        QVERIFY(seenRuns(schedule, catalogue({ other })).empty());
    }

    void whatHasOneTimeOnlyHasNoKnownEnd()
    {
        auto snapshot = artifact(u"snap"_s, ArtifactKind::VmSnapshot, Method::Full, day(4));
        snapshot.stop = snapshot.start;
        auto dump = artifact(u"dump"_s, ArtifactKind::Dump, Method::Full, day(4));
        dump.start.reset();
        auto dated = artifact(u"dated"_s, ArtifactKind::Dump, Method::Full, day(5));
        dated.stop = dated.start;
        const auto snapshots = seenRuns(nightly(u"snapshot"_s), catalogue({ snapshot }));
        const auto dumps = seenRuns(nightly(u"dump"_s), catalogue({ dump, dated }));
        QCOMPARE(snapshots.size(), 1U);
        QVERIFY(!snapshots.front().end);
        QCOMPARE(dumps.size(), 2U);
        QVERIFY(!dumps.front().end && !dumps.back().end);
        QVERIFY(!usualDuration(snapshots) && !usualDuration(dumps));
    }
    void aSnapshotBelongsToTheRunThatTookIt()
    {
        Run run;
        run.kind = u"snapshot"_s;
        run.id = u"task"_s;
        run.cluster = u"shop"_s;
        run.state = RunState::Ok;
        run.start = day(4) - 2s;
        run.end = day(4) + 48min;
        auto snapshot = artifact(u"snap"_s, ArtifactKind::VmSnapshot, Method::Full, day(4));
        auto other = artifact(u"by hand"_s, ArtifactKind::VmSnapshot, Method::Full, day(4, 600min));
        snapshot.stop = snapshot.start;
        other.stop = other.start;
        const auto seen = seenRuns(nightly(u"snapshot"_s), catalogue({ snapshot, other }, { run }));
        QCOMPARE(printed(seen), u"2026-11-04T01:59:58Z task x1\n2026-11-04T10:00:00Z by hand x1"_s);
        QCOMPARE(seen.front().artifact, u"snap"_s);
        QCOMPARE(seen.front().size, std::optional(Bytes { 100 }));
        QCOMPARE(usualDuration(seen), std::optional<std::chrono::seconds>(48min + 2s));
        run.cluster = u"other"_s;
        QCOMPARE(seenRuns(nightly(u"snapshot"_s), catalogue({ snapshot }, { run })).size(), 1U);
    }

    void theMedianDuration()
    {
        auto seen = onDays({ 1, 2, 3 });
        seen[0].end = seen[0].start + 1h;
        seen[1].end = seen[1].start + 3min;
        QCOMPARE(usualDuration(seen).value().count(), 600);
        seen[2].state = RunState::Failed;
        seen[1].end.reset();
        QCOMPARE(usualDuration(seen).value().count(), 3600);
        QVERIFY(!usualDuration({}));
    }

    void punctualityOfASilentJob()
    {
        const auto seen = onDays({ 8, 9, 10, 11, 12, 13, 14, 15 });
        const Punctuality found = punctuality(nightly(), seen, day(18, 720min));
        QCOMPARE(found.lastOk.value().toIso(), u"2026-11-15T02:10:00Z"_s);
        QCOMPARE(found.lastDue.value().toIso(), u"2026-11-18T02:00:00Z"_s);
        QCOMPARE(found.nextDue.value().toIso(), u"2026-11-19T02:00:00Z"_s);
        QCOMPARE(found.missedInARow, 3);
        QVERIFY(found.overdue);
        QCOMPARE(int(found.successRate.value()), 72); // 8 of 11
    }

    void overdueAsTheScheduleSays()
    {
        Schedule schedule = nightly();
        schedule.overdueAfter = 50h;
        const auto seen = onDays({ 14, 15, 16 });
        QVERIFY(!punctuality(schedule, seen, day(17, 720min)).overdue); // one missed, 34 h
        QVERIFY(punctuality(schedule, seen, day(18, 300min)).overdue); // 51 h
    }
};

QTEST_APPLESS_MAIN(TestExpected)
#include "tst_expected.moc"
