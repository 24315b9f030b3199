#include "timeline/lane.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const Instant Start = Instant::fromSeconds(1'790'000'000);

// One pixel is a second.
const TimeScale Scale(Start, Start + 1000s, 1000);

MarkRow rowOf(const QList<int> &seconds, const QList<int> &bad = {})
{
    MarkRow row(Marker::Dump);
    for (const int second : seconds)
        row.add(Start + std::chrono::seconds(second), second, bad.contains(second));
    return row;
}

QString printed(const std::vector<Comb> &combs)
{
    QStringList texts;
    for (const Comb &comb : combs)
        texts
            << u"%1..%2 x%3%4"_s.arg(comb.x).arg(comb.end).arg(comb.count).arg(comb.bad > 0 ? u"!"_s : u""_s);
    return texts.join(u' ');
}

QString printed(const std::vector<Stretch> &stretches)
{
    QStringList texts;
    for (const Stretch &stretch : stretches)
        texts << u"%1..%2 #%3"_s.arg(stretch.x).arg(stretch.end).arg(stretch.index);
    return texts.join(u' ');
}

Window window(int from, int to, quint32 timeline = 1)
{
    Window made;
    made.from = Start + std::chrono::seconds(from);
    made.to = Start + std::chrono::seconds(to);
    made.timeline = { timeline };
    return made;
}

Gap gap(double from, std::optional<double> to)
{
    Gap made;
    made.from = Start + std::chrono::microseconds(qint64(from * 1e6));
    if (to)
        made.to = Start + std::chrono::microseconds(qint64(*to * 1e6));
    return made;
}

ArtifactFact artifact(ArtifactKind kind, Method method, int at)
{
    ArtifactFact made;
    made.kind = kind;
    made.method = method;
    made.stop = Start + std::chrono::seconds(at);
    return made;
}

} // namespace

class TestLane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void combs_data()
    {
        QTest::addColumn<QList<int>>("marks");
        QTest::addColumn<QList<int>>("bad");
        QTest::addColumn<QString>("expected");
        QTest::newRow("far apart") << QList<int> { 10, 20, 30 } << QList<int> {}
                                   << u"10..10 x1 20..20 x1 30..30 x1"_s;
        QTest::newRow("nearer than 6 px")
            << QList<int> { 10, 13, 15, 30 } << QList<int> {} << u"10..15 x3 30..30 x1"_s;
        QTest::newRow("a long row in pieces")
            << QList<int> { 10, 12, 14, 16, 18, 20 } << QList<int> {} << u"10..14 x3 16..20 x3"_s;
        QTest::newRow("the worst state wins")
            << QList<int> { 10, 12, 14, 30 } << QList<int> { 12 } << u"10..14 x3! 30..30 x1"_s;
        QTest::newRow("six are enough") << QList<int> { 10, 16 } << QList<int> {} << u"10..10 x1 16..16 x1"_s;
        QTest::newRow("out of sight") << QList<int> { -300, 2000 } << QList<int> {} << u""_s;
        QTest::newRow("half out of sight")
            << QList<int> { -5, 1005 } << QList<int> {} << u"-5..-5 x1 1005..1005 x1"_s;
        QTest::newRow("none") << QList<int> {} << QList<int> {} << u""_s;
    }
    void combs()
    {
        QFETCH(QList<int>, marks);
        QFETCH(QList<int>, bad);
        QTEST(printed(fold(rowOf(marks, bad), Scale)), "expected");
    }

    void aMillionMarksAreAsManyCombsAsThereIsRoom()
    {
        MarkRow row(Marker::Incremental);
        for (int i = 0; i < 1'000'000; ++i)
            row.add(Start + std::chrono::milliseconds(i), i, i == 654'321);
        const auto combs = fold(row, Scale);
        QCOMPARE(int(combs.size()), 167);
        std::size_t count = 0;
        int bad = 0;
        for (const Comb &comb : combs) {
            count += comb.count;
            bad += comb.bad > 0 ? 1 : 0;
        }
        QCOMPARE(count, std::size_t(1'000'000));
        QCOMPARE(bad, 1);
    }

    void windowsNarrowerThanAPixelAreOne()
    {
        const TimeScale wide(Start, Start + 100'000s, 1000); // a pixel is 100 s
        std::vector<Window> windows { window(-500, 200), window(5000, 5020), window(5030, 5050),
            window(9000, 20000) };
        QCOMPARE(printed(foldWindows(windows, wide)), u"-5..2 #0 50..50.5 #1 90..200 #3"_s);
    }

    void aGapOfASecondInAYearIsStillThere()
    {
        const TimeScale year(Start, Start + std::chrono::days(365), 1000);
        QCOMPARE(printed(foldGaps({ gap(15'768'000, 15'768'001) }, year, year.to())), u"500..502 #0"_s);
    }

    void anOpenGapLastsUntilNow()
    {
        QCOMPARE(printed(foldGaps({ gap(100, 200), gap(300, std::nullopt) }, Scale, Start + 400s)),
            u"100..200 #0 300..400 #1"_s);
    }

    void neighboursAreOneRibbon()
    {
        const MarkRow row = rowOf({ 10, 45, 80, 130, 300 });
        QCOMPARE(printed(ribbons(row, Scale, 40)), u"10..80 x3 130..130 x1 300..300 x1"_s);
        QCOMPARE(printed(ribbons(rowOf({ 10, 12, 30 }, { 12 }), Scale, 40)), u"10..30 x3!"_s);
    }

    void countsWhatIsFolded()
    {
        const TimeScale wide(Start, Start + 100'000s, 1000); // a pixel is 100 s
        const auto windows = foldWindows(
            { window(5000, 5020), window(5030, 5050), window(5060, 5070), window(9000, 20000) }, wide);
        QCOMPARE(windows.front().count, 3);
        QCOMPARE(windows.back().count, 1);
        const auto gaps = foldGaps({ gap(5000, 5001), gap(5100, 5101), gap(9000, 9001) }, wide, wide.to());
        QCOMPARE(gaps.front().count, 2);
        QCOMPARE(int(gaps.size()), 2);
    }

    void aLaneHasARowForEachKindAndSource()
    {
        ClusterFacts facts;
        facts.name = u"shop"_s;
        facts.artifacts = { artifact(ArtifactKind::VmSnapshot, Method::Full, 5),
            artifact(ArtifactKind::BaseBackup, Method::Incremental, 6),
            artifact(ArtifactKind::BaseBackup, Method::Full, 7),
            artifact(ArtifactKind::Globals, Method::Full, 8), artifact(ArtifactKind::Dump, Method::Full, 9),
            artifact(ArtifactKind::BaseBackup, Method::Full, 4),
            artifact(ArtifactKind::Dump, Method::Full, 3),
            artifact(ArtifactKind::BaseBackup, Method::Full, 2) };
        facts.artifacts[4].state = ArtifactState::Damaged;
        facts.artifacts[4].held = true;
        facts.artifacts[6].source = 1;
        facts.artifacts[7].source = 2;
        const Lane lane = laneOf(facts, {},
            { { u"a"_s, SourceKind::PgBackRest, {} }, { u"b"_s, SourceKind::Dumps, {} },
                { u"c"_s, SourceKind::BaseBackups, {} } });
        QStringList rows;
        for (const MarkRow &row : lane.rows)
            for (std::size_t i = 0; i < row.size(); ++i)
                rows << u"%1/%2:%3%4"_s.arg(int(row.marker()))
                            .arg(row.source())
                            .arg(row.row(i))
                            .arg(row.badWithin(i, i + 1) == 1 ? u"!"_s : u""_s);
        QCOMPARE(rows.join(u' '), u"0/0:5 0/0:2 3/2:7 4/0:4! 4/1:6 5/0:0 2/0:1"_s);
        QCOMPARE(lane.held.size(), std::size_t(1));
        QCOMPARE(lane.held.row(0), 4);
        QCOMPARE(lane.kinds(), 5);
    }

    void whatNeverEndedStandsWhereItBegan()
    {
        ClusterFacts facts;
        facts.artifacts = { artifact(ArtifactKind::BaseBackup, Method::Full, 5),
            artifact(ArtifactKind::BaseBackup, Method::Full, 9) };
        facts.artifacts[0].start = Start + 4s;
        facts.artifacts[0].stop.reset();
        facts.artifacts[1].stop.reset();
        const Lane lane = laneOf(facts, {}, {});
        QCOMPARE(lane.rows.front().size(), std::size_t(1));
        QCOMPARE(lane.rows.front().at(0), Start + 4s);
    }

    // The conclusions of an earlier start are there before the facts.
    void pointsAreMarksUntilTheFactsAreRead()
    {
        Recoverability known;
        known.points = { { Start + 5s, 7, Confidence::Claimed, false, ArtifactKind::Dump },
            { Start + 6s, 8, Confidence::Claimed, false, ArtifactKind::VmSnapshot },
            { Start + 9s, 9, Confidence::Claimed, false, ArtifactKind::Dump } };
        known.windows = { window(0, 10) };
        const Lane lane = laneOf({}, known, {});
        QCOMPARE(lane.windows, known.windows);
        QCOMPARE(int(lane.rows.size()), 2);
        QCOMPARE(lane.rows[0].marker(), Marker::Dump);
        QCOMPARE(lane.rows[0].size(), std::size_t(2));
        QCOMPARE(lane.rows[1].marker(), Marker::Snapshot);
    }

    void branchesAreSwitches()
    {
        Recoverability known;
        known.windows = { window(0, 10), window(4, 8, 2), window(10, 30, 3) };
        Branch first { { 1 } };
        Branch left { { 2 }, TimelineId { 1 }, Lsn {}, Start + 4s, u"tried"_s };
        left.reachable = false;
        const Branch current { { 3 }, TimelineId { 1 }, Lsn {}, {}, u"promoted"_s, true };
        known.branches = { first, left, current };
        const Lane lane = laneOf({}, known, {});
        QCOMPARE(lane.windows, (std::vector<Window> { window(0, 10), window(10, 30, 3) }));
        QCOMPARE(lane.aside, (std::vector<Window> { window(4, 8, 2) }));
        QCOMPARE(lane.switches,
            (std::vector<LaneSwitch> { { Start + 4s, { 1 }, { 2 }, u"tried"_s, true },
                { Start + 10s, { 1 }, { 3 }, u"promoted"_s, false } }));
    }

    void aBranchWithoutItsHistoryFollowsTheOneBefore()
    {
        Recoverability known;
        known.windows = { window(0, 10), window(20, 30, 2) };
        const Branch first { { 1 } };
        Branch second { { 2 } };
        second.current = second.historyMissing = true;
        known.branches = { first, second };
        QCOMPARE(laneOf({}, known, {}).switches, (std::vector<LaneSwitch> { { Start + 20s, { 1 }, { 2 } } }));
    }

    void fromMarkToMark()
    {
        Lane lane;
        lane.rows = { rowOf({ 10, 50 }), rowOf({ 30 }) };
        QVERIFY(markBefore(lane, Start + 50s) == Start + 30s);
        QVERIFY(markAfter(lane, Start + 10s) == Start + 30s);
        QVERIFY(!markBefore(lane, Start + 10s));
        QVERIFY(!markAfter(lane, Start + 50s));
    }
};

QTEST_APPLESS_MAIN(TestLane)
#include "tst_lane.moc"
