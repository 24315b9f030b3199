#include "support/waltruth.h"
#include "wal/histogram.h"
#include "wal/target.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

// Where a recovery will stop, on the WAL of real servers.
class tst_WalTarget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stopsJustBeforeEachEvent_data() { casesAsRows(); }
    void stopsJustBeforeEachEvent();
    void timesStopAtTheFirstRecordPastThem_data() { casesAsRows(); }
    void timesStopAtTheFirstRecordPastThem();
    void knowsCommitsWhoseTimeRunsBackwards_data() { casesAsRows(); }
    void knowsCommitsWhoseTimeRunsBackwards();
    void stopsAtPlacesAsTheServerDoes_data();
    void stopsAtPlacesAsTheServerDoes();
    void countsInBuckets();

private:
    static void casesAsRows();
};

namespace {

struct Read {
    WalTold told;
    std::map<TimelineId, Lsn> lastRecords;

    explicit Read(const WalCase &one)
    {
        WalStory story(told, { { 20 }, true, {} });
        readWal(one.files, story, one.live, told);
        for (const WalEndTold &end : told.ends)
            lastRecords[end.timeline] = end.end.lsn;
    }
    [[nodiscard]] TimelineHistory history(TimelineId timeline) const
    {
        const auto found = std::ranges::find(told.histories, timeline, &TimelineHistory::timeline);
        return found == told.histories.end() ? TimelineHistory { timeline, {}, {} } : *found;
    }
    [[nodiscard]] WalPrediction predict(const WalTarget &target) const
    {
        TargetWatch watch(target, history(target.timeline));
        for (const WalEndTold &end : told.ends)
            watch.ended(end);
        for (const WalMark &mark : told.marks)
            watch.mark(mark);
        return watch.finish(lastRecords.at(target.timeline));
    }
    // Commits on the way to a timeline, in the order of the log.
    [[nodiscard]] std::vector<WalCommit> commits(TimelineId timeline) const
    {
        std::vector<WalCommit> all;
        const auto path = history(timeline);
        for (const WalEndTold &end : told.ends) {
            TimelineId owner = timeline;
            for (auto one = path.switches.rbegin(); one != path.switches.rend(); ++one)
                if (end.end.lsn < one->at)
                    owner = one->parent;
            if (end.committed && end.timeline == owner)
                all.push_back(end.end);
        }
        std::ranges::sort(all, {}, &WalCommit::lsn);
        return all;
    }
};

} // namespace

void tst_WalTarget::casesAsRows()
{
    QTest::addColumn<WalCase>("one");
    for (const WalCase &one : walCases())
        QTest::newRow(qPrintable(one.name)) << one;
}

void tst_WalTarget::stopsJustBeforeEachEvent()
{
    QFETCH(WalCase, one);
    const Read read(one);
    int events = 0;
    for (const auto &value : one.events()) {
        const QJsonObject stop = value[u"stop_just_before"].toObject();
        if (stop.isEmpty())
            continue;
        ++events;
        const TimelineId timeline { stop[u"recovery_target_timeline"].toString().toUInt() };
        const auto lsn = Lsn::parse(stop[u"recovery_target_lsn"].toString());
        const auto event = std::ranges::find_if(read.told.transactions,
            [&](const WalTransaction &told) { return told.lsn == lsn && told.timeline == timeline; });
        QVERIFY2(event != read.told.transactions.end(), qPrintable(stop[u"recovery_target_lsn"].toString()));
        const auto commits = read.commits(timeline);
        const auto own = std::ranges::find(commits, *lsn, &WalCommit::lsn);
        QVERIFY(own != commits.end());
        const auto before = std::uint64_t(own - commits.begin());
        const WalPrediction told = read.predict(WalTarget::before(*event));
        QVERIFY(told.reached);
        QCOMPARE(told.kept, before);
        QCOMPARE(told.last, own == commits.begin() ? std::nullopt : std::optional(*(own - 1)));
        QCOMPARE(told.last, event->previous);
        QCOMPARE(told.kept, event->commitsBefore);
        QCOMPARE(told.firstLost, std::optional(*own));
        QCOMPARE(told.lost, commits.size() - before);
        QCOMPARE(QString::number(own->xid), stop[u"recovery_target_xid"].toString());

        WalTarget byXid;
        byXid.kind = WalTarget::Kind::Xid;
        byXid.xid = own->xid;
        byXid.inclusive = false;
        byXid.timeline = timeline;
        QCOMPARE(read.predict(byXid), told);
        byXid.inclusive = true;
        QCOMPARE(read.predict(byXid).kept, before + 1);
        QCOMPARE(read.predict(byXid).last, std::optional(*own));
    }
    qInfo("%s: %d targets", qPrintable(one.name), events);
    QVERIFY(events > 0);
}

void tst_WalTarget::timesStopAtTheFirstRecordPastThem()
{
    QFETCH(WalCase, one);
    const Read read(one);
    const TimelineId timeline { 1 };
    const auto commits = read.commits(timeline);
    const std::size_t step = std::max<std::size_t>(1, commits.size() / 200);
    for (std::size_t i = 0; i < commits.size(); i += step)
        for (const bool inclusive : { true, false }) {
            WalTarget target;
            target.kind = WalTarget::Kind::Time;
            target.at = commits[i].at;
            target.inclusive = inclusive;
            target.timeline = timeline;
            const WalPrediction told = read.predict(target);
            // Told the slow way; rollbacks stop a recovery too.
            Lsn stop { ~0ULL };
            for (const WalEndTold &end : read.told.ends)
                if (end.timeline == timeline
                    && (inclusive ? end.end.at > target.at : end.end.at >= target.at))
                    stop = std::min(stop, end.end.lsn);
            std::uint64_t kept = 0;
            std::uint64_t same = 0;
            std::uint64_t earlierLost = 0;
            for (const WalCommit &commit : commits) {
                const bool isKept = commit.lsn < stop;
                kept += isKept ? 1 : 0;
                same += commit.at == target.at ? 1 : 0;
                const bool wanted = commit.at < target.at || (inclusive && commit.at == target.at);
                earlierLost += !isKept && wanted ? 1 : 0;
            }
            QCOMPARE(told.kept, kept);
            QCOMPARE(told.lost, commits.size() - kept);
            QCOMPARE(told.sameInstant, same);
            QCOMPARE(told.earlierLost, earlierLost);
            QCOMPARE(told.reached, stop.value != ~0ULL);
        }
}

void tst_WalTarget::knowsCommitsWhoseTimeRunsBackwards()
{
    QFETCH(WalCase, one);
    const Read read(one);
    QSet<quint64> backwards;
    for (const auto &[timeline, last] : read.lastRecords) {
        const auto commits = read.commits(timeline);
        for (std::size_t i = 1; i < commits.size(); ++i)
            if (commits[i].at < commits[i - 1].at)
                backwards.insert(commits[i].lsn.value);
    }
    QSet<quint64> wanted;
    for (const auto &lsn : one.truth[u"commits_whose_time_runs_backwards"].toArray())
        wanted.insert(Lsn::parse(lsn.toString()).value_or(Lsn()).value);
    QCOMPARE(backwards, wanted);
}

void tst_WalTarget::stopsAtPlacesAsTheServerDoes_data()
{
    QTest::addColumn<WalTarget>("target");
    QTest::addColumn<QString>("verdict");
    const auto lsn = [](quint64 at, bool inclusive) {
        WalTarget target;
        target.kind = WalTarget::Kind::Lsn;
        target.lsn = { at };
        target.inclusive = inclusive;
        target.timeline = { 1 };
        return target;
    };
    WalTarget named;
    named.kind = WalTarget::Kind::Name;
    named.name = u"before"_s;
    named.timeline = { 1 };
    QTest::newRow("latest") << WalTarget { .timeline = { 1 } } << u"3 kept to 300, 0 lost"_s;
    QTest::newRow("just before a commit") << lsn(200, false) << u"1 kept to 100, 2 lost"_s;
    QTest::newRow("with a commit") << lsn(200, true) << u"2 kept to 200, 1 lost"_s;
    QTest::newRow("between records, the next is a commit") << lsn(195, true) << u"2 kept to 200, 1 lost"_s;
    QTest::newRow("between records, the next is none") << lsn(185, true) << u"1 kept to 100, 2 lost"_s;
    QTest::newRow("at the last record") << lsn(320, true) << u"3 kept to 300, 0 lost"_s;
    QTest::newRow("behind the end") << lsn(330, true) << u"not reached, 3 kept to 300, 0 lost"_s;
    QTest::newRow("restore point") << named << u"2 kept to 200, 1 lost"_s;
    named.name = u"other"_s;
    QTest::newRow("no such restore point") << named << u"not reached, 3 kept to 300, 0 lost"_s;
    WalTarget rollback;
    rollback.kind = WalTarget::Kind::Xid;
    rollback.xid = 9;
    rollback.timeline = { 1 };
    QTest::newRow("a transaction that was rolled back") << rollback << u"2 kept to 200, 1 lost"_s;
    rollback.xid = 77;
    QTest::newRow("no such transaction") << rollback << u"not reached, 3 kept to 300, 0 lost"_s;
    rollback.kind = WalTarget::Kind::Time;
    rollback.at = Instant::fromSeconds(25);
    QTest::newRow("a time before a rollback") << rollback << u"2 kept to 200, 1 lost"_s;
}

void tst_WalTarget::stopsAtPlacesAsTheServerDoes()
{
    QFETCH(WalTarget, target);
    QFETCH(QString, verdict);
    const auto end = [](quint64 lsn, quint32 xid, int second, bool committed) {
        return WalEndTold { { { lsn }, xid, Instant::fromSeconds(second) }, committed, { 1 }, { lsn - 10 } };
    };
    TargetWatch watch(target, { { 1 }, {}, {} });
    watch.ended(end(100, 7, 10, true));
    watch.ended(end(200, 8, 20, true));
    watch.mark({ WalMark::Kind::RestorePoint, { 1 }, { 230 }, {}, u"before"_s });
    watch.ended(end(250, 9, 30, false));
    watch.ended(end(300, 10, 24, true));
    const WalPrediction told = watch.finish({ 320 });
    QCOMPARE((told.reached ? QString() : u"not reached, "_s)
            + u"%1 kept to %2, %3 lost"_s.arg(told.kept).arg(told.last->lsn.value).arg(told.lost),
        verdict);
}

void tst_WalTarget::countsInBuckets()
{
    WalHistogram histogram(std::chrono::seconds(10));
    const auto end = [](qint64 us, bool committed) {
        return WalEndTold { { {}, 1, Instant::fromMicroseconds(us) }, committed, { 1 }, {}, 1, 2, 3 };
    };
    histogram.ended(end(-1, true));
    histogram.ended(end(0, true));
    histogram.ended(end(9'999'999, true));
    histogram.ended(end(30'000'000, false));
    histogram.ended(end(5, true));
    const auto &buckets = histogram.buckets();
    QCOMPARE(buckets.size(), std::size_t(3));
    QCOMPARE(buckets.at(Instant::fromSeconds(-10)), (WalHistogram::Bucket { 1, 0, 1, 2, 3 }));
    QCOMPARE(buckets.at(Instant::fromSeconds(0)), (WalHistogram::Bucket { 3, 0, 3, 6, 9 }));
    QCOMPARE(buckets.at(Instant::fromSeconds(30)), (WalHistogram::Bucket { 0, 1, 0, 0, 0 }));
}

QTEST_GUILESS_MAIN(tst_WalTarget)
#include "tst_waltarget.moc"
