#include "support/walcorpus.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

// Segments of real servers, whole and damaged.
class tst_WalContents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checksums();
    void readsRealSegments_data();
    void readsRealSegments();
    void tellsOfEachSegment();
    void takesPortionsOfAnySize();
    void namesTheFault_data();
    void namesTheFault();
    void followsOnlyItsNeighbour();
    void endsWithinAPartialSegment();
    void doesNotMindTheTail();
};

static QByteArray printed(const std::optional<TransactionEnd> &end)
{
    if (!end)
        return "none";
    return (end->lsn.toString() + u' ' + end->at.toIso()).toUtf8() + (end->commit ? "" : " abort");
}

static QByteArray faultOf(const WalContents &contents)
{
    static const QByteArrayList names { "empty", "wrong size", "foreign", "misnamed", "bad page",
        "bad checksum", "unreadable", "bad history" };
    if (!contents.fault)
        return "sound";
    return names[int(contents.fault->fault)] + " at " + QByteArray::number(quint64(contents.fault->offset))
        + ": " + contents.fault->words.toUtf8();
}

static QByteArray printed(const WalContents &c)
{
    QByteArray line = faultOf(c) + " | " + QByteArray::number(c.version) + " timeline "
        + QByteArray::number(c.timeline.value) + " | " + c.begin.toString().toUtf8() + ".."
        + c.end.toString().toUtf8() + (c.switched ? " switch" : "") + (c.joined ? " joined" : "") + " | "
        + QByteArray::number(quint64(c.records)) + " records";
    if (c.skipped != 0)
        line += " after " + QByteArray::number(c.skipped) + " bytes";
    if (c.open)
        line += ", open " + c.open->begin.toString().toUtf8() + '+' + QByteArray::number(c.open->length) + '-'
            + QByteArray::number(c.open->missing);
    line += " | " + QByteArray::number(quint64(c.commits)) + " commits "
        + QByteArray::number(quint64(c.aborts)) + " aborts, " + printed(c.first) + " .. " + printed(c.last);
    if (!c.ended.isEmpty())
        line += " | ended " + c.ended.toUtf8();
    return line;
}

static WalContents checked(WalContentsCheck &check, const WalExpectation &expectation, QByteArrayView bytes)
{
    check.begin(expectation);
    check.take(bytes);
    return check.finish();
}

static WalContents checked(const WalExpectation &expectation, QByteArrayView bytes)
{
    WalContentsCheck check;
    return checked(check, expectation, bytes);
}

static WalExpectation expectationOf(const QString &file, const QByteArray &bytes, bool mayEnd = false)
{
    QByteArray name;
    const auto parsed = walNameOf(file, name);
    auto expectation = WalExpectation::of(parsed, segmentSizeOf(bytes), {}).value_or(WalExpectation());
    expectation.mayEnd = expectation.mayEnd || mayEnd;
    return expectation;
}

static QString sample()
{
    return u"" TIDEMARK_TEST_DATA "/wal/15/xacts/wal/000000010000000000000006.gz"_s;
}

void tst_WalContents::checksums()
{
    const QByteArray digits = "123456789";
    Crc32c crc;
    crc.add(digits.constData(), std::size_t(digits.size()));
    QCOMPARE(crc.value(), 0xE3069283U); // the check value of CRC-32C
    QByteArray many(10'007, Qt::Uninitialized);
    for (qsizetype i = 0; i < many.size(); ++i)
        many[i] = char(i * 131 + (i >> 7));
    const auto instruction = crc32cByInstruction();
    for (const std::size_t from : { 0U, 1U, 3U, 8U, 13U })
        for (const std::size_t count : { 0U, 1U, 7U, 8U, 9U, 63U, 767U, 768U, 769U, 1536U, 9000U }) {
            const auto table = crc32cByTable(0xFFFFFFFFU, many.constData() + from, count);
            if (instruction != nullptr)
                QCOMPARE(instruction(0xFFFFFFFFU, many.constData() + from, count), table);
        }
}

void tst_WalContents::readsRealSegments_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<qint64>("records");
    QTest::addColumn<QString>("end");
    QTest::addColumn<bool>("ends");
    for (const WalRun &run : walRuns())
        QTest::newRow(qPrintable(run.name)) << run.files << run.records << run.lastEnd << run.ends;
}

// As many records, and the same end, as the servers' own tool tells.
void tst_WalContents::readsRealSegments()
{
    QFETCH(QStringList, files);
    QFETCH(qint64, records);
    QFETCH(QString, end);
    QFETCH(bool, ends);
    QVERIFY(!files.isEmpty());
    WalContentsCheck check;
    qint64 seen = 0;
    QString reached;
    for (const QString &file : files) {
        const QByteArray bytes = unpackedFile(file);
        const WalContents contents = checked(check, expectationOf(file, bytes, ends), bytes);
        if (ends && contents.fault)
            break; // what lies behind the end of a log is old
        QCOMPARE(faultOf(contents), "sound");
        QCOMPARE(contents.joined, file != files.first());
        QCOMPARE(contents.strayByte.has_value(), false);
        seen += qint64(contents.records);
        reached = contents.end.toString();
    }
    QCOMPARE(seen, records);
    QCOMPARE(reached, end);
}

void tst_WalContents::tellsOfEachSegment()
{
    QByteArrayList lines;
    const QString root = u"" TIDEMARK_TEST_DATA "/wal"_s;
    for (const WalRun &run : walRuns(root))
        for (const QString &file : run.files) {
            const QByteArray bytes = unpackedFile(file);
            lines += QDir(root).relativeFilePath(file).toUtf8() + "\n    "
                + printed(checked(expectationOf(file, bytes, run.ends), bytes));
        }
    QFile expected(root + u"/expected.txt"_s);
    QVERIFY(expected.open(QIODevice::ReadOnly));
    const QByteArrayList wanted = expected.readAll().trimmed().split('\n');
    const QByteArrayList got = lines.join('\n').split('\n');
    for (qsizetype i = 0; i < std::max(got.size(), wanted.size()); ++i)
        QCOMPARE(got.value(i), wanted.value(i));
}

void tst_WalContents::takesPortionsOfAnySize()
{
    const QByteArray bytes = unpackedFile(sample());
    const auto whole = checked(expectationOf(sample(), bytes), bytes);
    QCOMPARE(faultOf(whole), "sound");
    for (const qsizetype portion : { 1, 7, 4096, 8191, 8192, 8193, 100'000 }) {
        WalContentsCheck check;
        check.begin(expectationOf(sample(), bytes));
        for (qsizetype at = 0; at < bytes.size(); at += portion)
            check.take(QByteArrayView(bytes).sliced(at, std::min(portion, bytes.size() - at)));
        QCOMPARE(check.finish(), whole);
    }
}

void tst_WalContents::namesTheFault_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("verdict");
    const QByteArray good = unpackedFile(sample());
    const auto changed = [&good](qsizetype at, const QByteArray &with) {
        return QByteArray(good).replace(at, with.size(), with);
    };
    const auto flipped
        = [&changed, &good](qsizetype at) { return changed(at, QByteArray(1, char(good[at] ^ 4))); };
    const QByteArray other
        = unpackedFile(u"" TIDEMARK_TEST_DATA "/wal/16/databases/wal/000000010000000000000006.gz"_s);
    const QByteArray next = unpackedFile(QString(sample()).replace(u"06.gz"_s, u"07.gz"_s));
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &verdict) {
        QTest::newRow(name) << bytes << verdict;
    };
    row("sound", good, "sound");
    row("empty", {}, "empty at 0: 0 bytes");
    row("less than a page", good.left(100), "wrong size at 100: 100 of 1048576 bytes");
    row("cut off in a page", good.left(130'508), "wrong size at 130508: 130508 of 1048576 bytes");
    row("cut off between pages", good.left(131'072), "wrong size at 131072: 131072 of 1048576 bytes");
    row("too long", good + QByteArray(3, 'x'), "wrong size at 1048576: 1048579 of 1048576 bytes");
    row("too long by a page", good + good.left(8192), "wrong size at 1048576: 1056768 of 1048576 bytes");
    row("zeros", QByteArray(1 << 20, '\0'), "bad page at 0: 0/0: the first page is zeros");
    row("text", QByteArray(1 << 20, 'x'),
        "bad page at 0: 78787878/78787878: the first page begins with 7878, which is the mark of no WAL of "
        "PostgreSQL 13 to 18");
    row("page of zeros", changed(172'032, QByteArray(8192, '\0')),
        "bad page at 172032: 0/62A000: a page of zeros");
    row("of another cluster", other,
        "foreign at 0: of cluster 7710218347270877864, not of 7710218226979796776");
    row("of another place", next, "misnamed at 0: begins at 0/700000, which is not where its name says");
    row("flipped in a record", flipped(104'580), "bad checksum");
    row("flipped in the magic", flipped(8192),
        "bad page at 8192: 0/602000: the page begins with D114 instead of D110");
    row("flipped in a page's timeline", flipped(8192 * 3 + 4),
        "bad page at 24576: 0/606000: the page is of timeline 5, the segment of 1");
    row("flipped in the first page's timeline", flipped(4), "misnamed at 0: of timeline 5, not of 1");
    row("flipped in a page's address", flipped(8192 * 3 + 8),
        "bad page at 24576: 0/606000: the page says it belongs to 0/606004");
    row("flipped in a page's flags", flipped(8192 * 3 + 3),
        "bad page at 24576: 0/606000: the page's header has bits that mean nothing");
}

void tst_WalContents::namesTheFault()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, verdict);
    QByteArray name;
    auto expectation
        = WalExpectation::of(walNameOf(sample(), name), 1 << 20, SystemId { 7710218226979796776ULL });
    QVERIFY(expectation);
    const QByteArray said = faultOf(checked(*expectation, bytes));
    QCOMPARE(verdict == "bad checksum" ? said.left(verdict.size()) : said, verdict);
}

void tst_WalContents::followsOnlyItsNeighbour()
{
    const QString folder = u"" TIDEMARK_TEST_DATA "/wal/13/databases/wal/00000001000000000000000"_s;
    const QByteArray six = unpackedFile(folder + u"6.gz"_s);
    const QByteArray seven = unpackedFile(folder + u"7.gz"_s);
    const QByteArray eight = unpackedFile(folder + u"8.gz"_s);
    WalContentsCheck check;
    QVERIFY(!checked(check, expectationOf(folder + u"6"_s, six), six).joined);
    QVERIFY(!checked(check, expectationOf(folder + u"8"_s, eight), eight).joined);
    QVERIFY(!checked(check, expectationOf(folder + u"6"_s, six), six).joined);
    const auto read = checked(check, expectationOf(folder + u"7"_s, seven), seven);
    QVERIFY(read.joined);
    QVERIFY(read.skipped > 0);
    QVERIFY(checked(check, expectationOf(folder + u"8"_s, eight), eight).joined);

    // A record that goes over the border: its damage is seen only by who reads both sides.
    QByteArray damaged = seven;
    damaged[50] = char(damaged[50] ^ 1);
    QCOMPARE(faultOf(checked(expectationOf(folder + u"7"_s, damaged), damaged)), "sound");
    const auto open = checked(check, expectationOf(folder + u"6"_s, six), six).open;
    QVERIFY(open);
    const auto found = checked(check, expectationOf(folder + u"7"_s, damaged), damaged);
    const QByteArray said = faultOf(found);
    QCOMPARE(said.left(said.indexOf(": the record's checksum is")),
        "bad checksum at 0: " + open->begin.toString().toUtf8());
    // After a fault the next one begins afresh.
    const auto after = checked(check, expectationOf(folder + u"8"_s, eight), eight);
    QVERIFY(!after.joined);
    QCOMPARE(faultOf(after), "sound");
}

void tst_WalContents::endsWithinAPartialSegment()
{
    const QString file = u"" TIDEMARK_TEST_DATA "/wal/17/timelines/wal/00000004000000000000000B.partial.gz"_s;
    const QByteArray bytes = unpackedFile(file);
    auto expectation = expectationOf(file, bytes);
    QVERIFY(expectation.mayEnd);
    QCOMPARE(printed(checked(expectation, bytes)),
        "sound | 17 timeline 4 | 0/B00000..0/B038B0 | 27 records | 8 commits 0 aborts, "
        "0/B01D58 2026-11-20T11:44:54.431440Z .. 0/B03888 2026-11-20T11:44:54.433558Z | "
        "ended 0/B038B0: a record begins here with the length 2021161080");
    expectation.mayEnd = false;
    QCOMPARE(faultOf(checked(expectation, bytes)),
        "bad checksum at 14512: 0/B038B0: a record begins here with the length 2021161080");
}

void tst_WalContents::doesNotMindTheTail()
{
    const QString file = u"" TIDEMARK_TEST_DATA "/wal/15/xacts/wal/000000010000000000000007.gz"_s;
    QByteArray bytes = unpackedFile(file);
    bytes[900'000] = 1;
    const auto contents = checked(expectationOf(file, bytes), bytes);
    QCOMPARE(faultOf(contents), "sound");
    QVERIFY(contents.switched);
    QCOMPARE(contents.strayByte, std::optional<std::uint64_t>(900'000));
}

QTEST_GUILESS_MAIN(tst_WalContents)
#include "tst_walcontents.moc"
