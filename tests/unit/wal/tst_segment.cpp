#include "wal/segment.h"

#include <QTest>

using namespace tidemark;

class TestSegment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kinds_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *name, WalFileKind kind) {
            QTest::newRow(name) << QByteArray(name) << int(kind);
        };
        row("000000010000000000000002", WalFileKind::Segment);
        row("000000010000000000000002.gz", WalFileKind::Segment);
        row("000000010000000000000002-0123456789abcdef0123456789abcdef01234567.lz4", WalFileKind::Segment);
        row("000000010000000000000002.partial", WalFileKind::Partial);
        row("000000010000000000000002.00000028.backup", WalFileKind::BackupHistory);
        row("000000010000000000000002.00000028.backup.gz", WalFileKind::BackupHistory);
        row("00000002.history", WalFileKind::TimelineHistory);
        row("00000002.history.zst", WalFileKind::TimelineHistory);
        row("00000000.history", WalFileKind::Other);
        row("00000001000000000000000", WalFileKind::Other);
        row("00000001000000000000000g", WalFileKind::Other);
        row("000000010000000000000002 (copy)", WalFileKind::Other);
        row("000000000000000000000002", WalFileKind::Other);
        row("", WalFileKind::Other);
        row("0000000a0000000000000002", WalFileKind::Other); // PostgreSQL writes capitals
    }
    void kinds()
    {
        QFETCH(QByteArray, name);
        QTEST(int(WalFileName::parse(name).kind), "kind");
    }

    void namesAndNumbers_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<quint32>("size");
        QTest::addColumn<quint64>("number");
        QTest::newRow("16 MB") << QByteArray("0000000100000001000000FF") << 16u * 1048576u << quint64(511);
        QTest::newRow("16 MB, next file")
            << QByteArray("000000030000000200000000") << 16u * 1048576u << quint64(512);
        QTest::newRow("1 MB") << QByteArray("0000000100000001000000FF") << 1048576u << quint64(4351);
        QTest::newRow("1 GB") << QByteArray("000000010000000A00000003") << 1024u * 1048576u << quint64(43);
    }
    void namesAndNumbers()
    {
        QFETCH(QByteArray, name);
        QFETCH(quint32, size);
        QFETCH(quint64, number);
        const auto parsed = WalFileName::parse(name);
        QCOMPARE(parsed.number(size).value_or(SegmentNumber {}).value, number);
        QCOMPARE(segmentName(parsed.timeline, { number }, size).toLatin1(), name);
    }

    void aNameThatThisSegmentSizeCannotHave()
    {
        const auto parsed = WalFileName::parse("000000010000000000000100");
        QVERIFY(!parsed.number(16 << 20));
        QVERIFY(parsed.number(1 << 20));
    }

    void sizes()
    {
        QVERIFY(isSegmentSize(1 << 20) && isSegmentSize(16 << 20) && isSegmentSize(1 << 30));
        QVERIFY(!isSegmentSize(0) && !isSegmentSize(1 << 19) && !isSegmentSize(3 << 20)
            && !isSegmentSize(1ull << 31));
    }
};

QTEST_APPLESS_MAIN(TestSegment)
#include "tst_segment.moc"
