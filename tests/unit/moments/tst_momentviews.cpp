#include "moment/moments.h"

#include <QTest>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Day = 86'400;
constexpr std::uint32_t Size = 1 << 20;

WalTransaction deletion(std::uint64_t lsn, qint64 second, std::uint64_t rows, std::uint32_t oid = 16'385)
{
    WalTransaction one;
    one.lsn = { lsn };
    one.at = Instant::fromSeconds(second);
    one.timeline = { 1 };
    one.kind = WalClass::Destructive;
    WalEffect effect;
    effect.kind = WalEffectKind::DeletedRows;
    effect.rows = rows;
    effect.relation = RelationName { 5, oid, u"public"_s, u"orders"_s };
    one.effects.push_back(effect);
    return one;
}

std::shared_ptr<MomentPiece> piece(std::uint32_t timeline, std::uint64_t first, std::uint64_t last)
{
    auto made = std::make_shared<MomentPiece>();
    made->timeline = { timeline };
    made->first = { first };
    made->last = { last };
    made->commits.resize(last - first + 1, 10);
    return made;
}

MomentLine lineOf(std::vector<WalTransaction> events)
{
    const auto one = piece(1, 0, 9);
    one->events = std::move(events);
    MomentIndex index;
    index.segmentSize = Size;
    index.pieces.push_back(one);
    return momentLine(index, { 1 });
}

} // namespace

class TestMomentViews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsUsual_data();
    void whatIsUsual();
    void allOfATransactionHasToBeUsual();
    void bucketsAddUp();
    void aLineLeavesItsParentsInTime();
    void gapsAreTold();
    void namesThatWereMissing();
    void bytesAndBack();
};

void TestMomentViews::whatIsUsual_data()
{
    QTest::addColumn<qint64>("days"); // before
    QTest::addColumn<qint64>("shift"); // seconds of the time of day
    QTest::addColumn<quint64>("rows"); // each time
    QTest::addColumn<quint32>("oid");
    QTest::addColumn<bool>("usual");
    QTest::newRow("two days before") << qint64(2) << qint64(0) << quint64(1000) << quint32(16'385) << true;
    QTest::newRow("one day is no habit")
        << qint64(1) << qint64(0) << quint64(1000) << quint32(16'385) << false;
    QTest::newRow("half an hour off")
        << qint64(3) << qint64(1800) << quint64(1000) << quint32(16'385) << true;
    QTest::newRow("more than that") << qint64(3) << qint64(1801) << quint64(1000) << quint32(16'385) << false;
    QTest::newRow("three times as large")
        << qint64(3) << qint64(0) << quint64(334) << quint32(16'385) << true;
    QTest::newRow("larger than that") << qint64(3) << qint64(0) << quint64(333) << quint32(16'385) << false;
    QTest::newRow("another relation") << qint64(3) << qint64(0) << quint64(1000) << quint32(16'386) << false;
}

void TestMomentViews::whatIsUsual()
{
    QFETCH(qint64, days);
    QFETCH(qint64, shift);
    QFETCH(quint64, rows);
    QFETCH(quint32, oid);
    const qint64 now = 20'000 * Day + 9000;
    std::vector<WalTransaction> events;
    for (qint64 day = days; day >= 1; --day)
        events.push_back(deletion(events.size() + 1, now - day * Day + shift, rows, oid));
    events.push_back(deletion(100, now, 1000));
    const MomentLine line = lineOf(events);
    const auto told = momentEvents(line);
    const auto found = std::ranges::find(
        told, Lsn { 100 }, [](const MomentEvent &event) { return event.transaction->lsn; });
    QTEST(found->usual, "usual");
    if (found->usual) {
        QCOMPARE(found->usualDays, int(days));
        QCOMPARE(found->usualAt, Instant::fromSeconds(now - Day + shift));
        QVERIFY(!found->suspicious());
    }
}

void TestMomentViews::allOfATransactionHasToBeUsual()
{
    const qint64 now = 20'000 * Day;
    std::vector<WalTransaction> events { deletion(1, now - 2 * Day, 500), deletion(2, now - Day, 500) };
    events.push_back(deletion(3, now, 500));
    const auto suspicious = [&] {
        const MomentLine line = lineOf(events);
        return std::ranges::count_if(momentEvents(line), [](const MomentEvent &event) {
            return event.transaction->lsn == Lsn { 3 } && event.suspicious();
        });
    };
    QCOMPARE(suspicious(), 0);
    events.back().effects.push_back(deletion(3, now, 500, 17'000).effects.front());
    QCOMPARE(suspicious(), 1);
}

void TestMomentViews::bucketsAddUp()
{
    const auto one = piece(1, 0, 9);
    for (const qint64 second : { 0, 1, 59, 60, 119, 120 })
        one->seconds.emplace_back(Instant::fromSeconds(second),
            WalHistogram::Bucket { .commits = 1, .deleted = std::uint64_t(second) });
    MomentIndex index;
    index.pieces.push_back(one);
    const auto buckets
        = momentBuckets(momentLine(index, { 1 }), Instant::fromSeconds(0), std::chrono::seconds(60), 2);
    QCOMPARE(buckets.size(), std::size_t(2));
    QCOMPARE(buckets[0].commits, 3u);
    QCOMPARE(buckets[0].deleted, 60u);
    QCOMPARE(buckets[1].commits, 2u);
    QCOMPARE(buckets[1].deleted, 179u);
}

void TestMomentViews::aLineLeavesItsParentsInTime()
{
    MomentIndex index;
    index.segmentSize = Size;
    index.pieces = { piece(1, 0, 4), piece(1, 5, 9), piece(2, 5, 12) };
    index.histories.push_back({ { 2 }, { { { 1 }, { 5ull * Size + 100 }, {} } }, {} });
    const MomentLine line = momentLine(index, { 2 });
    QCOMPARE(line.pieces.size(), std::size_t(2));
    QCOMPARE(line.pieces.front()->last, SegmentNumber { 4 });
    QCOMPARE(line.fileOf({ 4ull * Size + 1 }), TimelineId { 1 });
    QCOMPARE(line.fileOf({ 5ull * Size + 1 }), TimelineId { 2 });
    QVERIFY(!line.fileOf({ 13ull * Size }));
    QVERIFY(line.gaps.empty());
    const MomentChoice choice = momentChoice(line, {}, { 5ull * Size }, {});
    QCOMPARE(choice.lost, 70u); // of seven segments behind it; those of the fifth are told by `near`
}

void TestMomentViews::gapsAreTold()
{
    MomentIndex index;
    index.pieces = { piece(1, 0, 4), piece(1, 8, 9) };
    QCOMPARE(momentLine(index, { 1 }).gaps, std::vector { (WalGapBetween { { 1 }, { 5 }, { 7 } }) });
}

void TestMomentViews::namesThatWereMissing()
{
    MomentPiece one = *piece(1, 0, 4);
    WalTransaction event = deletion(7, 1, 5);
    event.effects.front().relation.reset();
    event.effects.front().file = { 1663, 5, 16'400 };
    one.events.push_back(event);
    RelationNames names;
    QVERIFY(!named(one, names));
    Relation relation;
    relation.database = 5;
    relation.oid = relation.fileNode = 16'400;
    relation.tablespace = 1663;
    relation.schema = u"sales"_s;
    relation.name = u"made this morning"_s;
    names.learn({ relation });
    const auto better = named(one, names);
    QVERIFY(better);
    QCOMPARE(better->events.front().effects.front().relation->toString(), u"sales.made this morning"_s);
    QVERIFY(!named(*better, names));
}

void TestMomentViews::bytesAndBack()
{
    MomentPiece one = *piece(3, 2, 4);
    one.events.push_back(deletion(7, 1, 5));
    one.seconds.emplace_back(Instant::fromSeconds(5), WalHistogram::Bucket { 1, 2, 3, 4, 5 });
    one.marks.push_back({ .kind = WalMark::Kind::RestorePoint, .name = u"before \u2028 release"_s });
    one.unseen = { 4, 5 };
    one.troubles = { u"x"_s };
    const QByteArray bytes = toBytes(one);
    QVERIFY(momentPieceFromBytes(bytes) == one);
    QVERIFY(!momentPieceFromBytes(bytes.chopped(1)));
    QVERIFY(!momentPieceFromBytes({}));
}

QTEST_APPLESS_MAIN(TestMomentViews)
#include "tst_momentviews.moc"
