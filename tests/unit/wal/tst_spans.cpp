#include "wal/histories.h"
#include "wal/spanbuilder.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <set>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

struct File {
    QByteArray name;
    qint64 size = DefaultSegmentSize;
    qint64 second = 1000;
};

WalArchive folded(const std::vector<File> &files, std::uint32_t segmentSize = 0, WalArchive archive = {})
{
    SpanBuilder builder;
    for (const File &file : files)
        builder.add(WalFileName::parse(file.name), file.size, Instant::fromSeconds(file.second));
    archive.segmentSize = segmentSize ? segmentSize : builder.likelySegmentSize();
    builder.finish(archive);
    return archive;
}

QString printed(const WalArchive &archive)
{
    QStringList words;
    for (const WalSpan &span : archive.spans)
        words += u"%1+%2@%3-%4"_s.arg(segmentName(span.timeline, span.first, archive.segmentSize))
                     .arg(span.count())
                     .arg(span.firstArrived->seconds())
                     .arg(span.lastArrived->seconds());
    for (const WalTrouble &trouble : archive.troubles)
        words += u"!%1 %2 %3"_s.arg(int(trouble.fault)).arg(trouble.name, trouble.detail);
    if (archive.partial)
        words += u"partial %1"_s.arg(archive.partial->value);
    return words.join(u'\n');
}

} // namespace

class TestSpans : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesBecomeSpans();
    void theSizeIsTheCommonest();
    void smallSegmentsRollOver();
    void packedOnesCountLikeOthers();
    void badFilesAreTroublesAndGaps();
    void whatIsKnownBadIsNoSpan();
    void aSetOfSegmentsKeepsWhatABruteOneDoes();
    void aSetIsPrintedAndReadBack();
    void historiesAreRead_data();
    void historiesAreRead();
    void backupEndsAreRead();
};

void TestSpans::namesBecomeSpans()
{
    QCOMPARE(printed(folded({ { "000000010000000000000003", DefaultSegmentSize, 30 },
                 { "000000010000000000000001", DefaultSegmentSize, 10 },
                 { "000000010000000000000002", DefaultSegmentSize, 20 },
                 { "000000010000000000000005", DefaultSegmentSize, 50 }, { "00000002.history", 41 },
                 { "000000020000000000000005", DefaultSegmentSize, 60 },
                 { "000000020000000000000006", DefaultSegmentSize, 70 },
                 { "000000010000000000000005.partial", DefaultSegmentSize, 55 },
                 { "000000010000000000000002.00000028.backup", 300 }, { "a note", 5 }, { "", 0 } })),
        u"000000010000000000000001+3@10-30\n000000010000000000000005+1@50-50\n"
        "000000020000000000000005+2@60-70\npartial 5"_s);
    QCOMPARE(printed(folded({})), QString());
    const WalArchive counted = folded({ { "000000010000000000000003" }, { "00000002.history", 41 } });
    QCOMPARE(counted.files, 2);
    QCOMPARE(counted.bytes, qint64(DefaultSegmentSize) + 41);
}

void TestSpans::theSizeIsTheCommonest()
{
    QCOMPARE(printed(folded({ { "000000010000000000000001", 1 << 20 },
                 { "000000010000000000000002", 1 << 20 }, { "000000010000000000000003", 16 << 20 } })),
        u"000000010000000000000001+2@1000-1000\n!1 000000010000000000000003 16777216 of 1048576 bytes"_s);
    QCOMPARE(folded({ { "0000000100000000000000FF.gz", 77 } }).segmentSize, 16u << 20);
    QCOMPARE(folded({ { "000000010000000000000FFF.gz", 77 } }).segmentSize, 1u << 20);
    QCOMPARE(folded({ { "0000000100000000000001FF.gz", 77 } }).segmentSize, 8u << 20);
}

void TestSpans::smallSegmentsRollOver()
{
    QCOMPARE(printed(folded({ { "000000010000000300000FFF", 1 << 20 },
                 { "000000010000000400000000", 1 << 20 }, { "000000010000000400000002", 1 << 20 } })),
        u"000000010000000300000FFF+2@1000-1000\n000000010000000400000002+1@1000-1000"_s);
    QCOMPARE(printed(folded({ { "0000000100000003000000FF" }, { "000000010000000400000000" } })),
        u"0000000100000003000000FF+2@1000-1000"_s);
    QCOMPARE(printed(folded({ { "000000010000000300000100" }, { "000000010000000400000000" } })),
        u"000000010000000400000000+1@1000-1000\n"
        "!3 000000010000000300000100 there is no such segment among those of 16777216 bytes"_s);
}

void TestSpans::packedOnesCountLikeOthers()
{
    QCOMPARE(printed(folded({ { "000000010000000000000001.gz", 100 }, { "000000010000000000000002.zst", 7 },
                 { "000000010000000000000003" }, { "000000010000000000000003.lz4", 50 },
                 { "000000010000000000000004-0123456789abcdef0123456789abcdef01234567.gz", 50 } })),
        u"000000010000000000000001+4@1000-1000"_s);
}

void TestSpans::badFilesAreTroublesAndGaps()
{
    QCOMPARE(printed(folded({ { "000000010000000000000001" }, { "000000010000000000000002", 0 },
                 { "000000010000000000000003" }, { "000000010000000000000004", 300'000 },
                 { "000000010000000000000005.gz", 0 }, { "000000010000000000000006" } })),
        u"000000010000000000000001+1@1000-1000\n000000010000000000000003+1@1000-1000\n"
        "000000010000000000000006+1@1000-1000\n!0 000000010000000000000002 0 bytes\n"
        "!1 000000010000000000000004 300000 of 16777216 bytes\n!0 000000010000000000000005.gz 0 bytes"_s);
}

void TestSpans::whatIsKnownBadIsNoSpan()
{
    WalArchive known;
    known.troubles = { { u"000000010000000000000002"_s, WalFault::Foreign, u"of another"_s, TimelineId { 1 },
        SegmentNumber { 2 }, {} } };
    QCOMPARE(printed(folded({ { "000000010000000000000001" }, { "000000010000000000000002" },
                                { "000000010000000000000003" } },
                 16 << 20, known)),
        u"000000010000000000000001+1@1000-1000\n000000010000000000000003+1@1000-1000\n"
        "!2 000000010000000000000002 of another"_s);
}

void TestSpans::aSetOfSegmentsKeepsWhatABruteOneDoes()
{
    std::mt19937 random(7);
    SegmentSet sets[2];
    std::set<std::uint64_t> brute[2];
    for (int i = 0; i < 400; ++i) {
        const auto which = random() % 2;
        const std::uint64_t first = random() % 500;
        const std::uint64_t last = first + random() % 5;
        sets[which].insert({ 3 }, { first }, { last });
        for (auto n = first; n <= last; ++n)
            brute[which].insert(n);
    }
    const SegmentSet both = sets[0].with(sets[1]);
    for (std::uint64_t n = 0; n < 520; ++n) {
        QCOMPARE(sets[0].contains({ 3 }, { n }), brute[0].contains(n));
        QCOMPARE(both.contains({ 3 }, { n }), brute[0].contains(n) && brute[1].contains(n));
        QVERIFY(!both.contains({ 2 }, { n }));
    }
    QCOMPARE(sets[0].count(), std::uint64_t(brute[0].size()));
    QCOMPARE(SegmentSet::parse(sets[0].toString()), sets[0]);
}

void TestSpans::aSetIsPrintedAndReadBack()
{
    SegmentSet set;
    for (const std::uint64_t n : { 5, 7, 6, 9, 0 })
        set.insert({ 1 }, { n });
    set.insert({ 2 }, { 900 });
    QCOMPARE(set.toString(), u"1:0,5-7,9;2:900"_s);
    QCOMPARE(SegmentSet::parse(u"1:0,5-7,9;2:900"_s), set);
    QVERIFY(SegmentSet::parse(u"rubbish;1:9-2;:,;"_s).empty());
}

void TestSpans::historiesAreRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("one") << QByteArray("1\t0/A167E0\tbefore transaction 783\n")
                         << u"1@0/A167E0 before transaction 783"_s;
    QTest::newRow("several, comments, blank lines")
        << QByteArray("# a comment\n\n1\t0/A167E0\tno recovery target specified\n\n2\t1/0\tx\n")
        << u"1@0/A167E0 no recovery target specified, 2@1/0 x"_s;
    QTest::newRow("without a reason") << QByteArray("1\t0/A\n") << u"1@0/A "_s;
    QTest::newRow("a parent that is no ancestor") << QByteArray("7\t0/A\tx\n") << u"line 1 cannot be read"_s;
    QTest::newRow("not in order") << QByteArray("2\t0/A\tx\n1\t0/B\tx\n") << u"line 2 cannot be read"_s;
    QTest::newRow("no LSN") << QByteArray("1\tA\tx\n") << u"line 1 cannot be read"_s;
    QTest::newRow("zeros") << QByteArray(100, '\0') << u"line 1 cannot be read"_s;
    QTest::newRow("empty") << QByteArray() << u"it names no timeline"_s;
}

void TestSpans::historiesAreRead()
{
    QFETCH(QByteArray, text);
    const auto history = readTimelineHistory({ 4 }, text);
    QStringList words;
    if (history)
        for (const TimelineSwitch &at : history->switches)
            words += u"%1@%2 %3"_s.arg(at.parent.value).arg(at.at.toString(), at.reason);
    QTEST(history ? words.join(u", "_s) : history.error().detail, "expected");
}

void TestSpans::backupEndsAreRead()
{
    const QByteArray text = "START WAL LOCATION: 0/2000028 (file 000000010000000000000002)\n"
                            "STOP WAL LOCATION: 0/2000100 (file 000000010000000000000002)\n"
                            "CHECKPOINT LOCATION: 0/2000060\nBACKUP METHOD: streamed\nBACKUP FROM: primary\n"
                            "START TIME: 2026-11-20 12:19:57 UTC\nLABEL: it's: a label\nSTART TIMELINE: 3\n"
                            "STOP TIME: 2026-11-20 12:20:07 UTC\nSTOP TIMELINE: 3\n";
    const auto arrived = Instant::fromSeconds(77);
    const BackupHistoryFile expected { { 3 }, { 0x2000028 }, { 0x2000100 },
        *Instant::parse(u"2026-11-20T12:20:07Z"_s), u"it's: a label"_s };
    QCOMPARE(readBackupHistory(text, arrived), expected);
    QCOMPARE(readBackupHistory(QByteArray(text).replace("07 UTC", "07 CET"), arrived)->stopped, arrived);
    QVERIFY(!readBackupHistory(text.left(60), arrived));
    QVERIFY(!readBackupHistory({}, arrived));
    QCOMPARE(labelTime(u"2026-11-20 12:19:57 +05:30"_s), Instant::parse(u"2026-11-20T06:49:57Z"_s));
    QVERIFY(!labelTime(u"2026-11-20 12:19:57 IST"_s) && !labelTime(u"2026-11-20 12:19:57"_s));
}

QTEST_APPLESS_MAIN(TestSpans)
#include "tst_spans.moc"
