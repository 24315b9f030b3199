#include "dumps/folder.h"
#include "support/dumps.h"
#include "support/packed.h"
#include "support/textdumps.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

// Real dumps with random cuts and flips: a verdict each time, the same for portions of any size, never a
// crash, an endless loop, or more memory than the file is large. The same numbers each time.
class tst_DumpMutations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survives_data();
    void survives();
    void survivesPacked_data();
    void survivesPacked();
    void contentsAreBounded();
};

namespace {

constexpr int Rounds = 1500;

QByteArray damaged(QByteArray bytes, QRandomGenerator &random)
{
    // Most bytes of a dump are rows; what is read is at its ends.
    const qsizetype reach = random.bounded(2) == 0 ? std::min<qsizetype>(bytes.size(), 3000) : bytes.size();
    const qsizetype at = random.bounded(reach);
    const qsizetype length = random.bounded(qsizetype(600));
    switch (random.bounded(7)) {
    case 0:
        return bytes.left(at);
    case 1:
        return bytes.remove(at, length);
    case 2:
        return bytes.insert(at, bytes.mid(random.bounded(bytes.size()), length));
    case 3:
        return bytes.replace(
            at, std::min<qsizetype>(5, bytes.size() - at), QByteArray("\0\xff\xff\xff\x7f", 5));
    case 4:
        return bytes.replace(at, std::min<qsizetype>(5, bytes.size() - at), QByteArray("\1\1\0\0\0", 5));
    default:
        bytes[at] = char(bytes[at] ^ 1 << random.bounded(8));
        return bytes;
    }
}

} // namespace

void tst_DumpMutations::survives_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const char *name : { "pg13.fc.dump", "pg15.fc.dump", "pg17.fcz.dump", "pg18.fcl.dump" })
        QTest::newRow(name) << recordedDump(QString::fromLatin1(name));
    QTest::newRow("plain") << plainText("COPY t FROM stdin;\n1\t2\n\\.\n\\connect \"a\"\"b\"\n");
    QTest::newRow("cluster") << clusterText(plainText());
    QTest::newRow("tar") << recordedDump(u"pg17.tar.gz"_s);
}

void tst_DumpMutations::survives()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!bytes.isEmpty());
    QRandomGenerator random(4711);
    QElapsedTimer timer;
    int whole = 0;
    const int rounds = bytes.size() > 100'000 ? Rounds / 10 : Rounds;
    for (int round = 0; round < rounds; ++round) {
        QByteArray changed = bytes;
        for (int times = random.bounded(1, 4); times > 0 && !changed.isEmpty(); --times)
            changed = damaged(changed, random);
        timer.start();
        qint64 seen = 0;
        const DumpFacts facts = inspectedFile(changed, 4096, &seen);
        QCOMPARE(printed(inspectedFile(changed, 501 + round)), printed(facts));
        QVERIFY(seen <= changed.size());
        (void)inspectedStream(changed, 777);
        (void)folderFacts(parseToc(changed), { { "1.dat", 1 } }, { { "blobs.toc", changed } });
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(round)));
        whole += facts.verdict == DumpFacts::Verdict::Whole ? 1 : 0;
    }
    QVERIFY(whole < rounds);
}

void tst_DumpMutations::survivesPacked_data()
{
    QTest::addColumn<Packing>("packing");
    for (const Packing packing : { Packing::Gzip, Packing::Zstd, Packing::Lz4, Packing::Bzip2 })
        QTest::newRow(qPrintable(packingName(packing))) << packing;
}

void tst_DumpMutations::survivesPacked()
{
    QFETCH(Packing, packing);
    const QByteArray packed = packedWith(packing, recordedDump(u"pg17.fc.dump"_s));
    QRandomGenerator random(15);
    for (int round = 0; round < 400; ++round) {
        const QByteArray changed = damaged(packed, random);
        const auto unpacker = Unpacker::make(packing);
        DumpInspector inspector(std::nullopt, packing);
        qint64 made = 0;
        unpacker->take(changed, [&](QByteArrayView plain) {
            made += plain.size();
            return inspector.take(plain);
        });
        const DumpFacts facts = inspector.finish();
        QVERIFY(made < 100'000'000);
        QVERIFY(
            !unpacker->finish().isEmpty() || facts.verdict != DumpFacts::Verdict::Empty || changed.isEmpty());
    }
}

// A length that promises much takes no memory before the bytes are there.
void tst_DumpMutations::contentsAreBounded()
{
    const QByteArray bytes = recordedDump(u"pg17.fc.dump"_s);
    const auto good = parseToc(bytes);
    QVERIFY(good);
    for (qsizetype at = 11; at + 5 <= good->size; ++at) {
        QByteArray changed = bytes;
        changed.replace(at, 5, QByteArray("\0\xff\xff\xff\x7f", 5));
        const auto toc = parseToc(changed);
        QVERIFY(toc || toc.error().kind != TocFault::Kind::NotOne);
        QVERIFY(!toc || toc->entries.size() <= 100);
    }
}

QTEST_GUILESS_MAIN(tst_DumpMutations)
#include "tst_dumpmutations.moc"
