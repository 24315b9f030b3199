#include "support/walcorpus.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

// Each flipped bit of a record or page header is found. What is told to be out of reach is known exactly, and
// nothing else may be missed.
class tst_WalFlips : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsFlips_data();
    void findsFlips();
    void findsEveryHeaderBit_data() { findsFlips_data(); }
    void findsEveryHeaderBit();
    void findsLengthsThatLeadOut();
};

namespace {

// Where the bytes of whole records lie.
class Map : public WalRecords
{
public:
    explicit Map(const QByteArray &bytes)
        : m_reader(*this)
        , covered(bytes.size(), '\0')
    {
        for (qsizetype at = 0; at < bytes.size(); at += WalPageSize)
            m_reader.page(bytes.constData() + at);
    }
    void take(const WalRecord &record) override
    {
        auto left = qsizetype(record.length);
        for (auto at = qsizetype(record.begin.value % std::uint64_t(covered.size())); left > 0;) {
            if (at % WalPageSize == 0)
                at += at == 0 ? WalPageHeader::LongSize : WalPageHeader::ShortSize;
            const qsizetype here = std::min(left, WalPageSize - at % WalPageSize);
            std::fill_n(covered.data() + at, here, '\1');
            at += here;
            left -= here;
        }
        last = record.begin;
    }

private:
    WalReader m_reader;

public:
    QByteArray covered;
    Lsn last;
};

QByteArray flipped(QByteArray bytes, qsizetype at, int bit)
{
    bytes[at] = char(bytes[at] ^ 1 << bit);
    return bytes;
}

bool found(const WalExpectation &expectation, const QByteArray &bytes)
{
    WalContentsCheck check;
    check.begin(expectation);
    check.take(bytes);
    return check.finish().fault.has_value();
}

WalExpectation expectationOf(const QString &file, const QByteArray &bytes)
{
    QByteArray name;
    auto expectation = *WalExpectation::of(walNameOf(file, name), segmentSizeOf(bytes), {});
    expectation.systemId = SystemId { WalPageHeader::parse(bytes.constData()).systemId };
    return expectation;
}

bool isHeader(qsizetype at)
{
    return at % WalPageSize < (at < WalPageSize ? WalPageHeader::LongSize : WalPageHeader::ShortSize);
}

} // namespace

void tst_WalFlips::findsFlips_data()
{
    QTest::addColumn<QString>("file");
    for (const char *name :
        { "13/databases/wal/000000010000000000000006", "14/logical/wal/000000010000000000000008",
            "15/seg2/wal/000000010000000000000003", "16/databases/wal/000000010000000000000006",
            "17/crash/wal/00000001000000000000000C", "18/xidwrap/wal/000000010000000300000FFE" })
        QTest::newRow(name) << QString::fromLatin1(TIDEMARK_TEST_DATA "/wal/") + QString::fromLatin1(name)
                + u".gz"_s;
}

void tst_WalFlips::findsFlips()
{
    QFETCH(QString, file);
    const QByteArray good = unpackedFile(file);
    const auto expectation = expectationOf(file, good);
    QVERIFY(!found(expectation, good));
    const Map map(good);
    QRandomGenerator random(13);
    int tried = 0;
    while (tried < 400) {
        const qsizetype at = random.bounded(good.size());
        const int bit = random.bounded(8);
        if (map.covered[at] == 0)
            continue;
        ++tried;
        QVERIFY2(
            found(expectation, flipped(good, at, bit)), qPrintable(u"byte %1 bit %2"_s.arg(at).arg(bit)));
    }
}

void tst_WalFlips::findsEveryHeaderBit()
{
    QFETCH(QString, file);
    const QByteArray good = unpackedFile(file);
    const auto expectation = expectationOf(file, good);
    const Map map(good);
    const qsizetype lastPage
        = qsizetype(map.last.value % std::uint64_t(good.size())) / WalPageSize * WalPageSize;
    // The first page's count of bytes to skip is checked only as far as it leads to a record.
    QByteArrayList missed;
    for (const qsizetype page :
        { qsizetype(0), WalPageSize, lastPage / 2 / WalPageSize * WalPageSize, lastPage })
        for (qsizetype at = page; isHeader(at); ++at)
            for (int bit = 0; bit < 8; ++bit)
                if (!found(expectation, flipped(good, at, bit)))
                    missed += page == 0 ? "first:" + QByteArray::number(at) + '.' + QByteArray::number(bit)
                                        : QByteArray::number(at - page) + '.' + QByteArray::number(bit);
    for (const QByteArray &miss : std::as_const(missed)) {
        const bool removable = miss.endsWith("2.2");
        const bool withinPadding = miss == "first:16.0" || miss == "first:16.1" || miss == "first:16.2";
        QVERIFY2(removable || withinPadding, miss.constData());
    }
    QVERIFY(missed.size() <= 4 + 3);
}

// A length whose flipped bit leads out of the segment: no later page can contradict it.
void tst_WalFlips::findsLengthsThatLeadOut()
{
    int tried = 0;
    for (const WalRun &run : walRuns(u"" TIDEMARK_TEST_DATA "/wal"_s))
        for (const QString &file : run.files) {
            const QByteArray good = unpackedFile(file);
            const auto at = good.size() % WalPageSize == 0 && good.size() > 0
                ? qsizetype(Map(good).last.value % std::uint64_t(good.size()))
                : 0;
            if (at < good.size() - WalPageSize || at == 0)
                continue;
            ++tried;
            const auto expectation = expectationOf(file, good);
            for (int bit = 0; bit < 32; ++bit)
                QVERIFY2(found(expectation, flipped(good, at + bit / 8, bit % 8)),
                    qPrintable(file + u" bit %1"_s.arg(bit)));
        }
    QVERIFY(tried > 0);
}

QTEST_GUILESS_MAIN(tst_WalFlips)
#include "tst_walflips.moc"
