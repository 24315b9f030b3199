#include "support/waltruth.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

// Real segments with random damage: a verdict each time, the same for portions of any size, never a crash or
// a hang. The same numbers each time.
class tst_WalMutations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survives_data();
    void survives();
    void survivesNoise();
    void tellsOfDamagedRecords_data() { survives_data(); }
    void tellsOfDamagedRecords();
};

namespace {

constexpr int Rounds = 150;

QByteArray damaged(QByteArray bytes, QRandomGenerator &random)
{
    const qsizetype at = random.bounded(bytes.size());
    const qsizetype length = random.bounded(qsizetype(20'000));
    switch (random.bounded(8)) {
    case 0:
        return bytes.left(at);
    case 1:
        return bytes.remove(at, length);
    case 2:
        return bytes.insert(at, QByteArray(length, '\0'));
    case 3:
        return bytes.replace(
            at, std::min(length, bytes.size() - at), QByteArray(std::min(length, bytes.size() - at), '\xff'));
    case 4: { // a page elsewhere
        const qsizetype from = at / WalPageSize * WalPageSize;
        const qsizetype to = random.bounded(bytes.size()) / WalPageSize * WalPageSize;
        const QByteArray page = bytes.mid(from, WalPageSize);
        return bytes.replace(to, page.size(), page);
    }
    case 5: { // a field of a page's header
        const qsizetype page = at / WalPageSize * WalPageSize;
        const qsizetype field = page + random.bounded(40);
        for (qsizetype i = field; i < std::min(field + 4, bytes.size()); ++i)
            bytes[i] = char(random.generate());
        return bytes;
    }
    default:
        for (int i = random.bounded(1, 5); i > 0; --i)
            bytes[random.bounded(bytes.size())] = char(random.generate());
        return bytes;
    }
}

WalContents told(const QByteArray &bytes, const WalExpectation &expectation, qsizetype portion)
{
    WalContentsCheck check;
    check.begin(expectation);
    for (qsizetype at = 0; at < bytes.size(); at += portion)
        if (!check.take(QByteArrayView(bytes).sliced(at, std::min(portion, bytes.size() - at))))
            break;
    return check.finish();
}

} // namespace

void tst_WalMutations::survives_data()
{
    QTest::addColumn<QString>("file");
    for (const char *name :
        { "13/databases/wal/000000010000000000000007", "14/logical/wal/000000010000000000000009",
            "15/xacts/wal/000000010000000000000007", "17/crash/wal/00000001000000000000000C",
            "17/crash/pg_wal/00000001000000000000000D", "18/xidwrap/wal/000000010000000400000000" })
        QTest::newRow(name) << QString::fromLatin1(TIDEMARK_TEST_DATA "/wal/") + QString::fromLatin1(name)
                + u".gz"_s;
}

void tst_WalMutations::survives()
{
    QFETCH(QString, file);
    const QByteArray good = unpackedFile(file);
    QVERIFY(!good.isEmpty());
    QRandomGenerator random(4711);
    int faults = 0;
    for (int round = 0; round < Rounds; ++round) {
        QByteArray bytes = good;
        for (int times = random.bounded(1, 4); times > 0 && !bytes.isEmpty(); --times)
            bytes = damaged(bytes, random);
        WalExpectation expectation;
        expectation.mayEnd = round % 3 == 0;
        const WalContents whole = told(bytes, expectation, 1 << 20);
        const WalContents inParts = told(bytes, expectation, 5000 + round);
        QCOMPARE(inParts.fault, whole.fault);
        QCOMPARE(inParts.records, whole.records);
        QCOMPARE(inParts.last, whole.last);
        QVERIFY(!whole.fault || whole.fault->offset <= std::uint64_t(bytes.size()));
        faults += whole.fault ? 1 : 0;
    }
    QVERIFY(faults > Rounds / 2);
}

void tst_WalMutations::survivesNoise()
{
    QRandomGenerator random(99);
    const QByteArray good
        = unpackedFile(u"" TIDEMARK_TEST_DATA "/wal/15/xacts/wal/000000010000000000000007.gz"_s);
    for (int round = 0; round < 100; ++round) {
        QByteArray bytes(random.bounded(60'000), Qt::Uninitialized);
        for (char &byte : bytes)
            byte = char(random.generate());
        if (round % 2 == 0) // behind a good first page
            bytes.prepend(good.left(WalPageSize));
        QVERIFY(told(bytes, {}, 1 << 20).fault);
    }
}

namespace {

class Collected : public WalRecords
{
public:
    void take(const WalRecord &record) override
    {
        all.push_back(record);
        bytes.push_back(record.bytes.toByteArray());
    }
    std::vector<WalRecord> all;
    std::vector<QByteArray> bytes;
};

} // namespace

// A record whose checksum holds may still be written by somebody hostile: each field read has its bounds.
void tst_WalMutations::tellsOfDamagedRecords()
{
    QFETCH(QString, file);
    const QByteArray good = unpackedFile(file);
    Collected collected;
    WalContentsCheck check;
    check.tellAlso(collected);
    check.begin({});
    check.take(good);
    QVERIFY(!collected.all.empty());
    QRandomGenerator random(815);
    for (int round = 0; round < 10; ++round) {
        WalTold told;
        WalStory story(told, { { 1 }, true, {} });
        for (std::size_t i = 0; i < collected.all.size(); ++i) {
            QByteArray bytes = collected.bytes[i];
            for (int times = random.bounded(4); times > 0 && bytes.size() > WalRecord::HeaderSize; --times)
                bytes[random.bounded(qsizetype(WalRecord::HeaderSize), bytes.size())]
                    = char(random.generate());
            WalRecord record = collected.all[i];
            if (random.bounded(50) == 0)
                bytes.truncate(random.bounded(qsizetype(WalRecord::HeaderSize), bytes.size() + 1));
            if (random.bounded(50) == 0)
                record.info = std::uint8_t(random.generate());
            record.bytes = bytes;
            story.take(record);
        }
        QCOMPARE(story.stats().total().records, std::uint64_t(collected.all.size()));
    }
}

QTEST_GUILESS_MAIN(tst_WalMutations)
#include "tst_walmutations.moc"
