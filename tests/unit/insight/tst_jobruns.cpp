#include "insight/calendarmonth.h"
#include "insight/jobruns.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Instant at(const QString &iso)
{
    return Instant::parse(iso).value();
}

const QString Now = u"2026-11-18T12:00:00Z"_s;

Job job(const QString &id, const QString &subject, const QString &schedule, const QString &next)
{
    Job made;
    made.source = u"pbs01"_s;
    made.id = id;
    made.kind = id.section(u':', 0, 0);
    made.subject = subject;
    made.schedule = schedule;
    if (!next.isEmpty())
        made.nextRun = at(next);
    return made;
}

Run task(const QString &kind, const QString &subject, const QString &start, RunState state = RunState::Ok)
{
    Run made;
    made.id = kind + start;
    made.kind = kind;
    made.subject = subject;
    made.start = at(start);
    made.end = made.start + 10min;
    made.state = state;
    return made;
}

// A verification on Saturdays at 18:15, nightly pruning of one namespace, collecting garbage at 03:00.
SourceFacts server()
{
    SourceFacts made;
    made.name = u"pbs01"_s;
    made.readAt = at(Now);
    made.jobs = { job(u"verify:weekly"_s, u"main"_s, u"sat 18:15"_s, u"2026-11-21T18:15:00Z"_s),
        job(u"prune:night"_s, u"main/prod"_s, u"02:00"_s, u"2026-11-19T02:00:00Z"_s),
        job(u"gc:main"_s, u"main"_s, u"03:00"_s, u"2026-11-19T03:00:00Z"_s) };
    made.runs = { task(u"verify"_s, u"main:weekly"_s, u"2026-11-07T18:15:01Z"_s),
        task(u"verify"_s, u"main:weekly"_s, u"2026-11-14T18:15:01Z"_s, RunState::Failed),
        task(u"verify"_s, u"main:vm/2001/65537A"_s, u"2026-11-14T20:00:00Z"_s), // by hand
        task(u"prune"_s, u"main:prod"_s, u"2026-11-14T02:00:00Z"_s),
        task(u"prune"_s, u"main:prod"_s, u"2026-11-15T02:00:00Z"_s),
        task(u"prune"_s, u"main:prod"_s, u"2026-11-16T02:00:00Z"_s),
        task(u"prune"_s, u"main:prod"_s, u"2026-11-18T02:00:00Z"_s),
        task(u"prune"_s, u"main"_s, u"2026-11-17T02:00:00Z"_s), // of another namespace
        task(u"gc"_s, u"main"_s, u"2026-11-17T03:00:00Z"_s),
        task(u"gc"_s, u"main"_s, u"2026-11-18T03:00:00Z"_s) };
    return made;
}

CalendarPlan planOf(const SourceFacts &source, const Fleet &fleet, const QString &cluster = {})
{
    CatalogueFacts facts;
    facts.sources = { source };
    return calendarPlan(
        fleet, facts, cluster, at(u"2026-11-14T00:00:00Z"_s), at(u"2026-11-20T00:00:00Z"_s), at(Now));
}

Fleet fleet()
{
    Fleet made;
    Source source;
    source.name = u"pbs01"_s;
    source.clusters = QStringList { u"shop"_s };
    made.sources = { source };
    return made;
}

QString printed(const CalendarPlan &plan)
{
    static const QStringList words { u"planned"_s, u"late"_s, u"running"_s, u"ok"_s, u"ran-late"_s,
        u"warnings"_s, u"failed"_s, u"missed"_s, u"unknown"_s };
    QStringList lines;
    for (const CalendarRun &run : plan.runs)
        lines << QStringList { run.due.toIso().mid(8, 8), plan.tracks[std::size_t(run.track)].label,
            run.schedule, run.subject, words.at(int(run.state)) }
                     .join(u' ');
    return lines.join(u'\n');
}

} // namespace

class TestJobRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jobsAreOneLineOfTheirServer()
    {
        const CalendarPlan plan = planOf(server(), fleet());
        QCOMPARE(plan.tracks.size(), 1U);
        QVERIFY(plan.tracks.front().isJobs() && !plan.tracks.front().isWindow());
        QCOMPARE(printed(plan),
            u"14T02:00 jobs pbs01 prune:night main/prod ok\n"
            "14T18:15 jobs pbs01 verify:weekly main failed\n"
            "15T02:00 jobs pbs01 prune:night main/prod ok\n"
            "16T02:00 jobs pbs01 prune:night main/prod ok\n"
            "17T02:00 jobs pbs01 prune:night main/prod missed\n"
            "17T03:00 jobs pbs01 gc:main main ok\n"
            "18T02:00 jobs pbs01 prune:night main/prod ok\n"
            "18T03:00 jobs pbs01 gc:main main ok\n"
            "19T02:00 jobs pbs01 prune:night main/prod planned\n"
            "19T03:00 jobs pbs01 gc:main main planned"_s);
    }

    void theyBelongToTheClustersOfTheirSource()
    {
        QCOMPARE(planOf(server(), fleet(), u"shop"_s).runs.size(), 10U);
        QCOMPARE(planOf(server(), fleet(), u"other"_s).runs.size(), 0U);
    }

    // A verification that reads beside a backup is what a server is for.
    void theyMeetNothing()
    {
        Fleet of = fleet();
        Schedule schedule;
        schedule.name = u"vm"_s;
        schedule.kind = u"snapshot"_s;
        schedule.when = u"02:00"_s;
        schedule.source = u"pbs01"_s;
        schedule.clusters = QStringList { u"shop"_s };
        schedule.expectedDuration = 2h;
        of.schedules = { schedule };
        const CalendarPlan plan = planOf(server(), of);
        QVERIFY(plan.runs.size() > 10);
        QVERIFY(conflictsOf(plan).empty());
    }

    void whatTheFileSchedulesIsNotToldTwice()
    {
        Fleet of = fleet();
        Schedule schedule;
        schedule.name = u"nightly prune"_s;
        schedule.kind = u"prune"_s;
        schedule.when = u"02:00"_s;
        schedule.source = u"pbs01"_s;
        of.schedules = { schedule };
        const QString text = printed(planOf(server(), of));
        QVERIFY2(text.contains(u"nightly prune"_s) && !text.contains(u"prune:night"_s), qPrintable(text));
        QVERIFY2(text.contains(u"gc:main"_s), qPrintable(text));
    }

    void theJobsOwnWordsStandWhereTasksAreNotTold()
    {
        SourceFacts source = server();
        source.runs.clear();
        source.jobs = { source.jobs.front() };
        source.jobs.front().lastRun = at(u"2026-11-14T18:15:01Z"_s);
        source.jobs.front().lastState = RunState::Failed;
        source.jobs.front().lastSaid = u"2 chunks are corrupt"_s;
        const CalendarPlan plan = planOf(source, fleet());
        QCOMPARE(printed(plan), u"14T18:15 jobs pbs01 verify:weekly main failed"_s);
        QCOMPARE(plan.runs.front().run->said, u"2 chunks are corrupt"_s);
        QVERIFY(!plan.runs.front().end);
    }

    void aJobThatNeverRanMissedNothingBeforeItsFirstTime()
    {
        SourceFacts source = server();
        source.runs.clear();
        source.jobs = { source.jobs[1] };
        QCOMPARE(printed(planOf(source, fleet())), u"19T02:00 jobs pbs01 prune:night main/prod planned"_s);
        source.jobs.front().nextRun = at(u"2026-11-17T02:00:00Z"_s); // and the server did not start it
        QVERIFY2(printed(planOf(source, fleet())).contains(u"missed"_s),
            qPrintable(printed(planOf(source, fleet()))));
    }

    void whatIsStartedByHandIsDueWhenItRan()
    {
        SourceFacts source = server();
        source.jobs = { source.jobs[2] };
        source.jobs.front().schedule.clear();
        source.jobs.front().nextRun.reset();
        QCOMPARE(printed(planOf(source, fleet())),
            u"17T03:00 jobs pbs01 gc:main main ok\n18T03:00 jobs pbs01 gc:main main ok"_s);
    }

    void theServersZoneIsTheOneThatLeadsToItsNextRun_data()
    {
        QTest::addColumn<QString>("next");
        QTest::addColumn<QString>("zone");
        QTest::newRow("UTC") << u"2026-11-19T02:00:00Z"_s << QString();
        QTest::newRow("one the file names") << u"2026-11-19T01:00:00Z"_s << u"Europe/Berlin"_s;
        QTest::newRow("half an hour") << u"2026-11-18T20:30:00Z"_s << u"UTC+05:30"_s;
        QTest::newRow("west") << u"2026-11-19T07:00:00Z"_s << u"UTC-05:00"_s;
        QTest::newRow("none") << u"2026-11-19T02:07:00Z"_s << QString();
    }
    void theServersZoneIsTheOneThatLeadsToItsNextRun()
    {
        QFETCH(QString, next);
        const Schedule found = scheduleOf(
            job(u"prune:night"_s, u"main"_s, u"02:00"_s, next), { u"Asia/Tokyo"_s, u"Europe/Berlin"_s });
        QTEST(found.zone, "zone");
        if (!found.zone.isEmpty())
            QCOMPARE(Recurrence::parse(found.when, found.form, found.zone)->next(at(Now)), at(next));
    }
};

QTEST_GUILESS_MAIN(TestJobRuns)
#include "tst_jobruns.moc"
