#include "insight/calendarmonth.h"
#include "insight/moving.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Instant at(const QString &iso)
{
    return Instant::parse(iso).value();
}

Schedule schedule(const QString &name, const QString &kind, const QString &cron, const QString &cluster,
    const QString &source)
{
    Schedule made;
    made.name = name;
    made.kind = kind;
    made.when = cron;
    made.form = u"cron"_s;
    made.source = source;
    made.clusters = QStringList { cluster };
    return made;
}

Run ran(const QString &kind, const QString &cluster, const QString &from, const QString &to,
    RunState state = RunState::Ok)
{
    Run run;
    run.id = kind + from;
    run.kind = kind;
    run.cluster = cluster;
    run.start = at(from);
    if (!to.isEmpty())
        run.end = at(to);
    run.state = state;
    return run;
}

// shop on host h1 with a full on Sundays and an incr on other days at 01:00; queue on the same host, dumped
// at 02:00; a vacuum window of shop at 04:00 that lasts 30 min.
Fleet fleet()
{
    Fleet made;
    for (const QString &name : { u"shop"_s, u"queue"_s }) {
        Cluster cluster;
        cluster.name = name;
        cluster.host = u"h1"_s;
        made.clusters.push_back(cluster);
    }
    made.schedules = { schedule(u"weekly"_s, u"full"_s, u"0 1 * * 0"_s, u"shop"_s, u"repo"_s),
        schedule(u"daily"_s, u"incr"_s, u"0 1 * * 1-6"_s, u"shop"_s, u"repo"_s),
        schedule(u"dumps"_s, u"dump"_s, u"0 2 * * *"_s, u"queue"_s, u"dumps"_s) };
    MaintenanceWindow window;
    window.name = u"vacuum"_s;
    window.clusters = QStringList { u"shop"_s };
    window.when = u"0 4 * * *"_s;
    window.form = u"cron"_s;
    window.duration = 30min;
    made.windows.push_back(window);
    return made;
}

// What ran from the 12th to the 18th: shop's backup of the 17th failed, queue's dump of the 16th is missing,
// and that of the 18th is still going at 04:10, the time it is.
CatalogueFacts facts()
{
    CatalogueFacts made;
    made.sources.resize(2);
    made.sources[0].name = u"repo"_s;
    made.sources[1].name = u"dumps"_s;
    for (SourceFacts &source : made.sources)
        source.readAt = at(u"2026-11-18T04:10:00Z"_s);
    for (int day = 12; day <= 18; ++day) {
        const QString date = u"2026-11-%1T"_s.arg(day);
        const QString kind = day == 15 ? u"full"_s : u"incr"_s;
        const QString end = day == 15 ? u"02:30:00Z"_s : u"01:20:00Z"_s;
        made.sources[0].runs.push_back(ran(
            kind, u"shop"_s, date + u"01:00:02Z"_s, date + end, day == 17 ? RunState::Failed : RunState::Ok));
        if (day < 16 || day == 17)
            made.sources[1].runs.push_back(
                ran(u"dump"_s, u"queue"_s, date + u"02:00:00Z"_s, date + u"02:10:00Z"_s));
    }
    made.sources[1].runs.push_back(
        ran(u"dump"_s, u"queue"_s, u"2026-11-18T02:00:00Z"_s, {}, RunState::Running));
    return made;
}

CalendarFacts calendar(const Fleet &of, const CatalogueFacts &known)
{
    CalendarFacts made;
    made.plan = calendarPlan(of, known, {}, at(u"2026-10-25T00:00:00Z"_s), at(u"2026-12-07T00:00:00Z"_s),
        at(u"2026-11-18T04:10:00Z"_s));
    made.conflicts = conflictsOf(made.plan);
    return made;
}

QString sign(ExpectedState state)
{
    return QStringLiteral("o~r+LwFM?")
        .mid(QList<ExpectedState> { ExpectedState::Planned, ExpectedState::Late, ExpectedState::Running,
                 ExpectedState::Ok, ExpectedState::RanLate, ExpectedState::Warnings, ExpectedState::Failed,
                 ExpectedState::Missed, ExpectedState::Unknown }
                 .indexOf(state),
            1);
}

QString printed(const CalendarPlan &plan, const CalendarDay &day)
{
    QStringList words { day.date.toString(u"dd"_s) };
    for (const DaySlot &slot : day.slots) {
        QString word = sign(slot.worst) + plan.tracks[std::size_t(slot.track)].label;
        if (slot.runs > 1)
            word += u"×%1/%2"_s.arg(slot.runs).arg(slot.bad);
        if (slot.isAccepted())
            word += u"(accepted)"_s;
        words << (slot.full ? word + u"■"_s : word);
    }
    return words.join(u' ');
}

QString printed(const CalendarPlan &plan, const Conflict &conflict)
{
    const auto label
        = [&](int run) { return plan.tracks[std::size_t(plan.runs[std::size_t(run)].track)].label; };
    return u"%1 %2 into %3 %4 min on %5%6"_s.arg(conflict.from.toIso(), label(conflict.first),
        label(conflict.second), QString::number(conflict.minutes().count()), conflict.cluster + conflict.host,
        conflict.predicted ? u" predicted"_s : QString());
}

QString printed(const CalendarFacts &of, Instant from, Instant to)
{
    QStringList lines;
    for (const Conflict &conflict : of.conflicts)
        if (from <= conflict.from && conflict.from < to)
            lines << printed(of.plan, conflict);
    return lines.join(u'\n');
}

QString printed(const std::vector<YearDay> &days)
{
    QString text;
    for (const YearDay &day : days)
        text += u"_o+a?!MF"_s.mid(int(day.verdict), 1);
    return text;
}

} // namespace

class TestCalendar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tracksAreNamedByWhatDistinguishesThem()
    {
        Fleet of = fleet();
        of.schedules.push_back(schedule(u"copy"_s, u"full"_s, u"0 5 * * *"_s, u"shop"_s, u"tape"_s));
        of.schedules.push_back(schedule(u"check"_s, u"verify"_s, u"0 6 * * *"_s, u"shop"_s, u"repo"_s));
        of.schedules.push_back(schedule(u"wal"_s, u"wal"_s, {}, u"shop"_s, u"repo"_s));
        of.schedules.back().form = u"continuous"_s;
        const CalendarPlan plan = calendar(of, facts()).plan;
        QStringList lines;
        for (const CalendarTrack &track : plan.tracks)
            lines << u"%1|%2|%3|%4|%5"_s.arg(
                track.label, track.kind, track.source, track.schedules.join(u','), track.hosts.join(u','));
        QCOMPARE(lines.join(u'\n'),
            u"repo|backup|repo|weekly,daily|h1\n"
            "queue|backup|dumps|dumps|h1\n"
            "tape|backup|tape|copy|h1\n"
            "verify shop|verify|repo|check|h1\n"
            "vacuum|maintenance||vacuum|h1"_s);
    }

    void aMonthHasAPlaceForEachTrackInEachDay()
    {
        const CalendarFacts of = calendar(fleet(), facts());
        const auto weeks = monthOf(of, QDate(2026, 11, 5), QTimeZone::utc());
        QStringList lines;
        for (const CalendarWeek &week : weeks) {
            lines << u"week %1"_s.arg(week.number);
            for (const CalendarDay &day : week.days)
                lines << printed(of.plan, day);
        }
        QCOMPARE(lines.size(), 6 * 8);
        QCOMPARE(lines.mid(0, 3).join(u'\n'), u"week 44\n26 ?shop ?queue ?vacuum\n27 ?shop ?queue ?vacuum"_s);
        QCOMPARE(lines.mid(16, 16).join(u'\n'),
            u"week 46\n09 ?shop ?queue ?vacuum\n10 ?shop ?queue ?vacuum\n11 ?shop ?queue ?vacuum\n"
            "12 +shop +queue ?vacuum\n13 +shop +queue ?vacuum\n14 +shop +queue ?vacuum\n"
            "15 +shop■ +queue ?vacuum\n"
            "week 47\n16 +shop Mqueue ?vacuum\n17 Fshop +queue ?vacuum\n18 +shop rqueue rvacuum\n"
            "19 oshop oqueue ovacuum\n20 oshop oqueue ovacuum\n21 oshop oqueue ovacuum\n"
            "22 oshop■ oqueue ovacuum"_s);
    }

    void aSourceThatWasNotReadTellsNothing()
    {
        CatalogueFacts known = facts();
        known.sources[1].readAt.reset();
        const CalendarFacts of = calendar(fleet(), known);
        QCOMPARE(
            printed(of.plan, dayOf(of, QDate(2026, 11, 17), QTimeZone::utc())), u"17 Fshop ?queue ?vacuum"_s);
        QCOMPARE(printed(of.plan, dayOf(of, QDate(2026, 11, 18), QTimeZone::utc())),
            u"18 +shop ?queue rvacuum"_s); // not missed: nobody looked
        QCOMPARE(
            printed(of.plan, dayOf(of, QDate(2026, 11, 19), QTimeZone::utc())), u"19 oshop oqueue ovacuum"_s);
    }

    void aScopeKeepsOnlyWhatConcernsTheCluster()
    {
        const CalendarPlan plan = calendarPlan(fleet(), facts(), u"queue"_s, at(u"2026-11-17T00:00:00Z"_s),
            at(u"2026-11-18T00:00:00Z"_s), at(u"2026-11-18T04:10:00Z"_s));
        QCOMPARE(plan.tracks.size(), 1U);
        QCOMPARE(plan.runs.size(), 1U);
        const CalendarRun &run = plan.runs.front();
        QCOMPARE(run.usual, std::optional<std::chrono::seconds>(10min));
        QCOMPARE(run.end, std::optional(at(u"2026-11-17T02:10:00Z"_s)));
        QVERIFY(!run.predicted);
    }

    // Both names, minutes and what they share; the past by real times, what comes by the usual duration.
    void conflictsNameBothAndTheMinutes()
    {
        const CalendarFacts of = calendar(fleet(), facts());
        QCOMPARE(printed(of, at(u"2026-11-12T00:00:00Z"_s), at(u"2026-11-18T23:00:00Z"_s)),
            u"2026-11-15T02:00:00Z shop into queue 10 min on h1\n"
            "2026-11-18T04:00:00Z queue into vacuum 10 min on h1 predicted"_s);
    }
    void plannedRunsConflictByTheirUsualDuration()
    {
        const CalendarFacts of = calendar(fleet(), facts());
        QCOMPARE(printed(of, at(u"2026-11-19T00:00:00Z"_s), at(u"2026-11-23T00:00:00Z"_s)),
            u"2026-11-22T02:00:00Z shop into queue 10 min on h1 predicted"_s);
    }
    void whatTouchesOnlyDoesNotConflict_data()
    {
        QTest::addColumn<QString>("end");
        QTest::addColumn<int>("count");
        QTest::newRow("touches") << u"2026-11-17T02:00:00Z"_s << 0;
        QTest::newRow("seconds") << u"2026-11-17T02:00:59Z"_s << 0;
        QTest::newRow("a minute") << u"2026-11-17T02:01:00Z"_s << 1;
    }
    void whatTouchesOnlyDoesNotConflict()
    {
        QFETCH(QString, end);
        QFETCH(int, count);
        CatalogueFacts known = facts();
        known.sources[0].runs[5].end = at(end);
        const CalendarFacts of = calendar(fleet(), known);
        const QString found = printed(of, at(u"2026-11-17T00:00:00Z"_s), at(u"2026-11-18T00:00:00Z"_s));
        QCOMPARE(found.isEmpty() ? 0 : 1, count);
    }
    void aToolKeepsItsOwnRunsApart()
    {
        Fleet of = fleet();
        of.windows.clear();
        of.schedules = { schedule(u"full"_s, u"full"_s, u"0 1 * * *"_s, u"shop"_s, u"repo"_s),
            schedule(u"often"_s, u"incr"_s, u"30 1 * * *"_s, u"shop"_s, u"repo"_s) };
        for (Schedule &one : of.schedules)
            one.expectedDuration = 60min;
        const CalendarFacts made = calendar(of, {});
        QCOMPARE(made.plan.tracks.size(), 1U);
        QVERIFY(made.plan.runs.size() > 10);
        QCOMPARE(made.conflicts.size(), 0U);
    }
    void aRunBeginsWhenItReallyBegan()
    {
        const CalendarFacts of = calendar(fleet(), facts());
        const CalendarDay day = dayOf(of, QDate(2026, 11, 16), QTimeZone::utc());
        const CalendarRun &run = of.plan.runs[std::size_t(day.runs.front())];
        QCOMPARE(run.due.toIso(), u"2026-11-16T01:00:00Z"_s);
        QCOMPARE(run.begin.toIso(), u"2026-11-16T01:00:02Z"_s);
    }
    void onOtherMachinesNothingConflicts()
    {
        Fleet of = fleet();
        of.clusters[1].host = u"h2"_s;
        QCOMPARE(printed(calendar(of, facts()), at(u"2026-11-12T00:00:00Z"_s), at(u"2026-11-18T23:00:00Z"_s)),
            QString());
    }

    // A day of the zone, not of UTC: 23 h in March, 25 h in October, and what is due at 23:30 UTC is
    // tomorrow's.
    void daysAreThoseOfTheZone()
    {
        const QTimeZone berlin("Europe/Berlin");
        const CalendarFacts none;
        const auto hours = [&](QDate date) {
            const CalendarDay day = dayOf(none, date, berlin);
            return std::chrono::duration_cast<std::chrono::minutes>(day.end - day.begin).count();
        };
        QCOMPARE(hours(QDate(2026, 3, 29)), 23 * 60);
        QCOMPARE(hours(QDate(2026, 10, 25)), 25 * 60);
        QCOMPARE(hours(QDate(2026, 10, 26)), 24 * 60);
        Fleet of = fleet();
        of.schedules = { schedule(u"late"_s, u"dump"_s, u"30 23 * * *"_s, u"queue"_s, u"dumps"_s) };
        of.windows.clear();
        const CalendarFacts late = calendar(of, {});
        QCOMPARE(dayOf(late, QDate(2026, 11, 20), berlin).runs.size(), 1U);
        const CalendarRun &run
            = late.plan.runs[std::size_t(dayOf(late, QDate(2026, 11, 20), berlin).runs.front())];
        QCOMPARE(run.due.toIso(), u"2026-11-19T23:30:00Z"_s.left(16) + u":00Z"_s);
        QCOMPARE(dayOf(late, QDate(2026, 11, 20), QTimeZone::utc()).runs.size(), 1U);
    }

    void faultsLieAcrossTheDays()
    {
        CalendarFacts of = calendar(fleet(), {});
        of.faults = { { u"shop"_s, at(u"2026-11-13T12:00:00Z"_s), {}, GapCause::MissingWal },
            { u"queue"_s, at(u"2026-11-16T06:00:00Z"_s), at(u"2026-11-16T18:00:00Z"_s), GapCause::BadWal },
            { u"old"_s, at(u"2026-01-16T06:00:00Z"_s), at(u"2026-02-16T18:00:00Z"_s), GapCause::BadWal } };
        QStringList lines;
        for (const CalendarWeek &week : monthOf(of, QDate(2026, 11, 1), QTimeZone::utc()))
            for (const FaultBar &bar : week.bars)
                lines << u"%1 fault %2 lane %3 %4–%5%6%7"_s.arg(week.number)
                             .arg(bar.fault)
                             .arg(bar.lane)
                             .arg(bar.from, 0, 'f', 3)
                             .arg(bar.to, 0, 'f', 3)
                             .arg(bar.before ? u" before"_s : QString(), bar.after ? u" after"_s : QString());
        QCOMPARE(lines.join(u'\n'),
            u"46 fault 0 lane 0 4.500–7.000 after\n"
            "47 fault 0 lane 0 0.000–2.174 before\n"
            "47 fault 1 lane 1 0.250–0.750"_s);
    }

    void aYearHasTheWorstOfEachDay()
    {
        CalendarFacts of = calendar(fleet(), facts());
        of.faults = { { u"shop"_s, at(u"2026-11-13T12:00:00Z"_s), at(u"2026-11-14T00:00:00Z"_s),
            GapCause::MissingWal } };
        const auto days = daysOf(of, QDate(2026, 11, 10), QDate(2026, 11, 23), QTimeZone::utc());
        QCOMPARE(days.front().date, QDate(2026, 11, 10));
        //                        10 … 23: unknown, 13 a fault, 15 a conflict, 16 missed, 17 failed, 18 a
        //                        conflict, 22 a predicted one
        QCOMPARE(printed(days), u"??+F+!MF!ooo!o"_s);
        QCOMPARE(cleanDays(days, QDate(2026, 11, 18)), (CleanDays { 2, 7, 2 }));
    }
    // Of shop everything is known, of queue nothing: such a day is not clean.
    void aDayOfWhichSomethingIsUnknownIsNotClean()
    {
        Fleet of = fleet();
        of.windows.clear();
        CatalogueFacts known = facts();
        known.sources[1].readAt.reset();
        const auto days
            = daysOf(calendar(of, known), QDate(2026, 11, 12), QDate(2026, 11, 19), QTimeZone::utc());
        QCOMPARE(printed(days), u"?????F?o"_s);
        QCOMPARE(cleanDays(days, QDate(2026, 11, 18)), (CleanDays { 0, 1, 6 }));
    }
    void whatRunsIsNotCleanYet()
    {
        Fleet of = fleet();
        of.windows.clear();
        of.schedules = { of.schedules.back() };
        const auto days
            = daysOf(calendar(of, facts()), QDate(2026, 11, 17), QDate(2026, 11, 18), QTimeZone::utc());
        QCOMPARE(printed(days), u"+o"_s);
    }
    void aRunOfAnotherDayIsToldLateOnItsOwn()
    {
        Fleet of = fleet();
        of.windows.clear();
        CatalogueFacts known = facts();
        Run &full = known.sources[0].runs[3]; // of Sunday the 15th
        full.start = full.start + 46h;
        full.end = *full.end + 46h;
        const CalendarFacts made = calendar(of, known);
        const CalendarDay day = dayOf(made, QDate(2026, 11, 15), QTimeZone::utc());
        QCOMPARE(printed(made.plan, day), u"15 Lshop■ +queue"_s);
        QCOMPARE(
            made.plan.runs[std::size_t(day.runs.back())].late, std::optional<std::chrono::seconds>(46h + 2s));
        QCOMPARE(printed(daysOf(made, day.date, day.date, QTimeZone::utc())), u"!"_s);
    }
    void nothingIsMissedThatNobodyLookedFor()
    {
        CatalogueFacts known = facts();
        known.sources[1].readAt = at(u"2026-11-15T20:00:00Z"_s);
        known.sources[1].runs.resize(4);
        const CalendarFacts of = calendar(fleet(), known);
        QCOMPARE(
            printed(of.plan, dayOf(of, QDate(2026, 11, 16), QTimeZone::utc())), u"16 +shop ?queue ?vacuum"_s);
        known.sources[1].readAt = at(u"2026-11-16T20:00:00Z"_s);
        const CalendarFacts later = calendar(fleet(), known);
        QCOMPARE(printed(later.plan, dayOf(later, QDate(2026, 11, 16), QTimeZone::utc())),
            u"16 +shop Mqueue ?vacuum"_s);
    }
    void whatIsAcceptedIsShownAndNotCountedAsBad()
    {
        CatalogueFacts known = facts();
        const CalendarFacts before = calendar(fleet(), known);
        const Conflict &first = before.conflicts.front(); // of the 15th
        known.accepted = { { runOccurrence(u"dumps"_s, at(u"2026-11-16T02:00:00Z"_s)), u"host was away"_s,
                               u"kim"_s, at(u"2026-11-17T00:00:00Z"_s) },
            { occurrenceOf(before.plan, first), u"quiet day"_s, u"kim"_s, at(u"2026-11-17T00:00:00Z"_s) } };
        CalendarFacts of = calendar(fleet(), known);
        of.faults = { { u"shop"_s, at(u"2026-11-13T12:00:00Z"_s), at(u"2026-11-14T00:00:00Z"_s),
            GapCause::MissingWal, {}, known.accepted.front() } };
        QCOMPARE(printed(of.plan, dayOf(of, QDate(2026, 11, 16), QTimeZone::utc())),
            u"16 +shop Mqueue(accepted) ?vacuum"_s);
        QCOMPARE(of.conflicts.size(), before.conflicts.size());
        QCOMPARE(of.conflicts.front().accepted->reason, u"quiet day"_s);
        QVERIFY(!of.conflicts.back().accepted);
        const auto days = daysOf(of, QDate(2026, 11, 10), QDate(2026, 11, 23), QTimeZone::utc());
        QCOMPARE(printed(days), u"??+a+aaF!ooo!o"_s);
    }
    // On the 15th shop's full ran from 01:00 to 02:30 and met queue's dump at 02:00; the vacuum is at 04:00.
    void aConflictsPartiesCanBeMoved()
    {
        Fleet of = fleet();
        of.windows.front().when = u"0 2 * * *"_s;
        const CalendarFacts at0200 = calendar(of, facts());
        const Conflict *conflict = nullptr;
        for (const Conflict &one : at0200.conflicts)
            if (printed(at0200.plan, one).contains(u"shop into vacuum"_s) && !conflict)
                conflict = &one;
        QVERIFY(conflict);
        const auto movables = movablesOf(at0200.plan, *conflict, of);
        QCOMPARE(movables.size(), 2U);
        QCOMPARE(movables.front().name, u"vacuum"_s);
        QVERIFY(movables.front().window);
        QCOMPARE(movables.back().name, u"weekly"_s);
        const Overlaps now = overlapsAt(at0200.plan, movables.front(), QTime(2, 0));
        QVERIFY(now.count > 0 && now.minutes.count() > 0);
        const auto best = bestTime(at0200.plan, movables.front());
        QVERIFY(best);
        QCOMPARE(overlapsAt(at0200.plan, movables.front(), *best), Overlaps());
        const int distance = std::abs(QTime(2, 0).secsTo(*best));
        for (int away = 900; away < distance; away += 900)
            for (const int by : { away, -away })
                QVERIFY2(overlapsAt(at0200.plan, movables.front(), QTime(2, 0).addSecs(by)).count > 0,
                    qPrintable(QString::number(by)));
    }
    void whatMeetsNothingStaysWhereItIs()
    {
        Movable alone;
        alone.name = u"vacuum"_s;
        alone.window = true;
        alone.at = QTime(4, 0);
        CalendarFacts of = calendar(fleet(), {});
        QCOMPARE(overlapsAt(of.plan, alone, QTime(4, 0)), Overlaps());
        QVERIFY(!bestTime(of.plan, alone));
    }
    void aYearWithoutSchedulesHasNothing()
    {
        const auto days = daysOf({}, QDate(2026, 2, 27), QDate(2026, 3, 1), QTimeZone::utc());
        QCOMPARE(printed(days), u"___"_s);
        QCOMPARE(cleanDays(days, QDate(2026, 3, 1)), CleanDays());
    }
    void theWorstWins()
    {
        QCOMPARE(worstOf(ExpectedState::Ok, ExpectedState::Failed), ExpectedState::Failed);
        QCOMPARE(worstOf(ExpectedState::Missed, ExpectedState::Failed), ExpectedState::Failed);
        QCOMPARE(worstOf(ExpectedState::Missed, ExpectedState::Warnings), ExpectedState::Missed);
        QCOMPARE(worstOf(ExpectedState::Planned, ExpectedState::Ok), ExpectedState::Ok);
        QCOMPARE(worstOf(ExpectedState::Unknown, ExpectedState::Ok), ExpectedState::Unknown);
    }
};

QTEST_GUILESS_MAIN(TestCalendar)
#include "tst_calendar.moc"
