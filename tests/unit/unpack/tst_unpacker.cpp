#include "support/packed.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

class tst_Unpacker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unpacks_data();
    void unpacks();
    void tellsACut_data() { packings(); }
    void tellsACut();
    void survivesDamage_data() { packings(); }
    void survivesDamage();
    void readsStreamsInARow_data() { packings(); }
    void readsStreamsInARow();
    void stopsWhenToldTo_data() { packings(); }
    void stopsWhenToldTo();
    void knowsPackings();
    void plainIsHandedOn();

private:
    static void packings();
};

static QByteArray sample(qsizetype size)
{
    QRandomGenerator random(7);
    QByteArray text;
    while (text.size() < size)
        text += "COPY " + QByteArray::number(random.bounded(1000)) + '\t'
            + QByteArray(random.bounded(9), '\0') + '\n';
    return text.left(size);
}

// What came out, and the verdict behind " | ".
static QByteArray unpacked(Packing packing, const QByteArray &packed, qsizetype portion, QString *verdict)
{
    const auto unpacker = Unpacker::make(packing);
    QByteArray plain;
    const auto sink = [&plain](QByteArrayView piece) {
        plain += piece;
        return true;
    };
    for (qsizetype at = 0; at < packed.size(); at += portion)
        if (!unpacker->take(QByteArrayView(packed).sliced(at, std::min(portion, packed.size() - at)), sink))
            break;
    *verdict = unpacker->finish();
    return plain;
}

void tst_Unpacker::packings()
{
    QTest::addColumn<Packing>("packing");
    for (const Packing packing : { Packing::Gzip, Packing::Zstd, Packing::Lz4, Packing::Bzip2 })
        QTest::newRow(qPrintable(packingName(packing))) << packing;
}

void tst_Unpacker::unpacks_data()
{
    QTest::addColumn<Packing>("packing");
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<qsizetype>("portion");
    for (const Packing packing : { Packing::Gzip, Packing::Zstd, Packing::Lz4, Packing::Bzip2 })
        for (const qsizetype size : { 0, 1, 131'072, 200'000 })
            for (const qsizetype portion : { 1, 4093, 10'000'000 })
                QTest::addRow("%s %d by %d", qPrintable(packingName(packing)), int(size), int(portion))
                    << packing << size << portion;
}

void tst_Unpacker::unpacks()
{
    QFETCH(Packing, packing);
    QFETCH(qsizetype, size);
    QFETCH(qsizetype, portion);
    const QByteArray plain = sample(size);
    const QByteArray packed = packedWith(packing, plain);
    QCOMPARE(packingOf(packed), packing);
    QString verdict;
    QVERIFY(unpacked(packing, packed, portion, &verdict) == plain);
    QCOMPARE(verdict, QString());
    QVERIFY(unpacked(packing, packed + QByteArray(1000, '\0'), portion, &verdict) == plain);
    QCOMPARE(verdict, QString());
}

void tst_Unpacker::tellsACut()
{
    QFETCH(Packing, packing);
    const QByteArray packed = packedWith(packing, sample(100'000));
    QString verdict;
    for (qsizetype cut = 1; cut < packed.size(); cut += 1 + packed.size() / 60) {
        unpacked(packing, packed.left(cut), 1000, &verdict);
        QCOMPARE(verdict, u"the packed bytes end in the middle"_s);
    }
    unpacked(packing, packed.chopped(1), 1000, &verdict);
    QCOMPARE(verdict, u"the packed bytes end in the middle"_s);
    unpacked(packing, {}, 1000, &verdict);
    QCOMPARE(verdict, u"the file is empty"_s);
}

void tst_Unpacker::survivesDamage()
{
    QFETCH(Packing, packing);
    const QByteArray packed = packedWith(packing, sample(30'000));
    QRandomGenerator random(11);
    QString verdict;
    int told = 0;
    for (int round = 0; round < 300; ++round) {
        QByteArray damaged = packed;
        const qsizetype at = random.bounded(packed.size());
        damaged[at] = char(damaged[at] ^ 1 << random.bounded(8));
        unpacked(packing, damaged, 777, &verdict);
        told += verdict.isEmpty() ? 0 : 1;
    }
    // Zstandard and LZ4 frames carry a checksum only when asked to; the others always do.
    QVERIFY2(told > (packing == Packing::Gzip || packing == Packing::Bzip2 ? 290 : 20),
        qPrintable(QString::number(told)));
    unpacked(packing, "no such thing at all, it is text", 5, &verdict);
    QCOMPARE(verdict, u"the packed bytes are damaged"_s);
}

void tst_Unpacker::readsStreamsInARow()
{
    QFETCH(Packing, packing);
    const QByteArray one = sample(5000);
    const QByteArray packed
        = packedWith(packing, one) + packedWith(packing, "two") + packedWith(packing, one);
    QString verdict;
    for (const qsizetype portion : { 1, 100, 100'000 }) {
        QVERIFY(unpacked(packing, packed, portion, &verdict) == one + "two" + one);
        QCOMPARE(verdict, QString());
    }
}

void tst_Unpacker::stopsWhenToldTo()
{
    QFETCH(Packing, packing);
    const QByteArray packed = packedWith(packing, QByteArray(2'000'000, 'x'));
    const auto unpacker = Unpacker::make(packing);
    qsizetype seen = 0;
    const auto enough = [&seen](QByteArrayView piece) { return (seen += piece.size()) < 200'000; };
    QVERIFY(!unpacker->take(packed, enough));
    QVERIFY(seen < 400'000);
}

void tst_Unpacker::knowsPackings()
{
    QCOMPARE(packingOf("PGDMP"), Packing::None);
    QCOMPARE(packingOf(""), Packing::None);
    QCOMPARE(packingOf("\x1f\x8b"), Packing::None);
    QCOMPARE(packingOfName("a.sql.gz"), Packing::Gzip);
    QCOMPARE(packingOfName("a.zst"), Packing::Zstd);
    QCOMPARE(packingOfName("a.gz.sql"), Packing::None);
    QCOMPARE(packingName(Packing::None), QString());
}

void tst_Unpacker::plainIsHandedOn()
{
    QString verdict;
    const QByteArray zeros = QByteArray(300'000, '\0') + "x" + QByteArray(10, '\0');
    QVERIFY(unpacked(Packing::None, zeros, 8192, &verdict) == zeros);
    QCOMPARE(verdict, QString());
}

QTEST_GUILESS_MAIN(tst_Unpacker)
#include "tst_unpacker.moc"
