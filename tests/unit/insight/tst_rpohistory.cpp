#include "insight/rpohistory.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

Instant hour(double hours)
{
    return Instant::fromSeconds(1'700'000'000 + qint64(hours * 3600));
}

double hoursOf(Instant at)
{
    return double((at - hour(0)).count()) / 3.6e9;
}

// "window 1-5", "point 7", "part 8", "run 9", "failed 10", "idle 11": hours
struct Told {
    CatalogueFacts facts;
    ClusterInsight insight;

    explicit Told(const QString &story)
    {
        facts.sources.push_back({ .name = u"repo"_s });
        for (const QString &word : story.split(u", "_s, Qt::SkipEmptyParts))
            add(word.section(u' ', 0, 0), word.section(u' ', 1).split(u'-'));
    }
    void add(const QString &kind, const QStringList &hours)
    {
        const Instant from = hour(hours.front().toDouble());
        if (kind == u"window") {
            insight.recoverability.windows.push_back({ .from = from, .to = hour(hours.back().toDouble()) });
        } else if (kind == u"point" || kind == u"part") {
            insight.recoverability.points.push_back({ .at = from, .partly = kind == u"part" });
        } else if (kind == u"idle") {
            insight.risk.idle = true;
            insight.risk.newest = from;
        } else {
            Run run;
            run.kind = u"dump"_s;
            run.start = from;
            run.state = kind == u"run" ? RunState::Ok : RunState::Failed;
            facts.sources.front().runs.push_back(run);
        }
    }
};

QString print(const std::optional<RpoHistory> &history)
{
    if (!history)
        return u"nothing"_s;
    QStringList words { u"since %1"_s.arg(hoursOf(history->from)),
        u"worst %1"_s.arg(double(history->worst.count()) / 3600) };
    for (const OverRpo &one : history->over)
        words.append(u"over %1-%2 by %3"_s.arg(hoursOf(one.from))
                         .arg(hoursOf(one.to))
                         .arg(double(one.worst.count()) / 3600));
    return words.join(u", "_s) + u", %1 %"_s.arg(history->within());
}

} // namespace

// When a cluster's death would have cost more than its RPO allows, out of what is kept and remembered.
class TestRpoHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wasKept_data();
    void wasKept();
    void withoutAnRpoThereIsNoHistory();
    void anothersRunsAreNotCounted();

private:
    [[nodiscard]] static Fleet fleet()
    {
        Fleet made;
        Cluster cluster;
        cluster.name = u"shop"_s;
        cluster.objectives.rpo = std::chrono::hours(2);
        made.clusters = { cluster };
        Source source;
        source.name = u"repo"_s;
        source.clusters = { u"shop"_s };
        made.sources = { source };
        return made;
    }
};

void TestRpoHistory::wasKept_data()
{
    QTest::addColumn<QString>("story");
    QTest::addColumn<QString>("expected"); // from hour 10 to hour 20
    const auto row = [](const char *name, const QString &story, const QString &expected) {
        QTest::newRow(name) << story << expected;
    };
    row("nothing is known", {}, u"nothing"_s);
    row("one window", u"window 5-20"_s, u"since 10, worst 0, 100 %"_s);
    row("a gap shorter than the RPO", u"window 5-14, window 15.5-20"_s, u"since 10, worst 1.5, 100 %"_s);
    row("a gap of just the RPO", u"window 5-14, window 16-20"_s, u"since 10, worst 2, 100 %"_s);
    row("a longer gap counts from the RPO on", u"window 5-14, window 17-20"_s,
        u"since 10, worst 3, over 16-17 by 3, 90 %"_s);
    row("it lasts", u"window 5-14"_s, u"since 10, worst 6, over 16-20 by 6, 60 %"_s);
    row("it began before what was asked", u"window 1-4, window 15-20"_s,
        u"since 10, worst 11, over 10-15 by 11, 50 %"_s);
    row("what ended before what was asked", u"window 1-2, window 8-20"_s, u"since 10, worst 0, 100 %"_s);
    row("known only from later on", u"window 15-20"_s, u"since 15, worst 0, 100 %"_s);
    row("points", u"point 10, point 15, point 20"_s,
        u"since 10, worst 5, over 12-15 by 5, over 17-20 by 5, 40 %"_s);
    row("a part of the databases is no point", u"point 10, part 15, point 20"_s,
        u"since 10, worst 10, over 12-20 by 10, 20 %"_s);
    row("a run whose backup is gone", u"point 10, run 15, point 20"_s,
        u"since 10, worst 5, over 12-15 by 5, over 17-20 by 5, 40 %"_s);
    row("a run that failed", u"point 10, failed 15, point 20"_s,
        u"since 10, worst 10, over 12-20 by 10, 20 %"_s);
    row("a point within a gap", u"window 5-14, point 15, window 17-20"_s, u"since 10, worst 2, 100 %"_s);
    row("windows that overlap", u"window 5-18, window 6-12, window 18-20"_s, u"since 10, worst 0, 100 %"_s);
    row("nothing was written since", u"window 5-14, idle 14"_s, u"since 10, worst 0, 100 %"_s);
    row("a clock that is ahead", u"window 5-14, point 30"_s, u"since 10, worst 6, over 16-20 by 6, 60 %"_s);
}

void TestRpoHistory::wasKept()
{
    QFETCH(QString, story);
    const Told told(story);
    const Fleet all = fleet();
    QTEST(print(rpoHistory(all.clusters.front(), all, told.facts, told.insight, hour(10), hour(20))),
        "expected");
}

void TestRpoHistory::withoutAnRpoThereIsNoHistory()
{
    const Told told(u"window 5-14"_s);
    Fleet all = fleet();
    all.clusters.front().objectives.rpo.reset();
    QVERIFY(!rpoHistory(all.clusters.front(), all, told.facts, told.insight, hour(10), hour(20)));
}

void TestRpoHistory::anothersRunsAreNotCounted()
{
    const Told told(u"point 10, run 15, point 20"_s);
    Fleet all = fleet();
    all.sources.front().clusters.append(u"wiki"_s);
    const auto history = rpoHistory(all.clusters.front(), all, told.facts, told.insight, hour(10), hour(20));
    QCOMPARE(history->worst, std::chrono::hours(10));
}

QTEST_GUILESS_MAIN(TestRpoHistory)
#include "tst_rpohistory.moc"
