#include "hosts/hosts.h"
#include "support/packed.h"
#include "support/settle.h"
#include "walarchivecontract.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

// A first page like a server's, and nothing behind it.
QByteArray segment(std::uint64_t number, std::uint32_t timeline = 1, std::uint64_t systemId = 42,
    std::uint32_t size = 1 << 20)
{
    QByteArray bytes(qsizetype(size), '\0');
    const auto put = [&](qsizetype at, auto value) { memcpy(bytes.data() + at, &value, sizeof value); };
    put(0, std::uint16_t(0xd110));
    put(2, std::uint16_t(2));
    put(4, timeline);
    put(8, number * size);
    put(24, systemId);
    put(32, size);
    put(36, std::uint32_t(8192));
    return bytes;
}

QByteArray nameOf(std::uint64_t number, std::uint32_t timeline = 1)
{
    return segmentName({ timeline }, { number }, 1 << 20).toLatin1();
}

} // namespace

class TestWalArchive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_place.clear(); }
    void realArchivesAreToldWhole_data();
    void realArchivesAreToldWhole();
    void everyPackingIsLookedInto();
    void foldersOfSixteenDigitsAreOneArchive();
    void badSegmentsAreFound();
    void aTroubleGoesWhenTheFileIsMended();
    void aNewTimelineMayBeginWithPagesOfTheOldOne();
    void historiesThatCannotBeReadAreTroubles();
    void onlyNewFilesAreRead();
    void flippedBitsAreFoundWithinTheBudget();
    void anEmptyArchiveIsToldAsOne();
    void whoseItIs();
    void anArchiveMadeAnewIsSomebodyElses();

private:
    std::shared_ptr<BackupSource> source(WalArchiveBudget budget = { 1000, 100, 0 })
    {
        const auto clock = std::make_shared<test::TestClock>(Instant::fromSeconds(1'763'640'000));
        return makeWalArchiveSource(m_source, m_clusters, makeLocalHostReader(), clock, budget);
    }
    Scan scan(const Known &known = {}, WalArchiveBudget budget = { 1000, 100, 0 })
    {
        m_source.name = u"wal"_s;
        m_source.path = pathText(m_place.path());
        const auto scan = test::settle(source(budget)->scan(known, {}));
        return scan && *scan ? **scan : Scan {};
    }
    static QString told(const WalArchive &archive)
    {
        QStringList lines { test::printed(archive) };
        for (const WalTrouble &trouble : archive.troubles)
            lines += u"!%1 %2: %3"_s.arg(int(trouble.fault)).arg(trouble.name, trouble.detail);
        for (const TimelineHistory &history : archive.histories)
            lines += u"timeline %1 from %2 at %3"_s.arg(history.timeline.value)
                         .arg(history.switches.back().parent.value)
                         .arg(history.switches.back().at.toString());
        for (const BackupHistoryFile &end : archive.backupEnds)
            lines += u"backup %1 to %2 %3"_s.arg(
                end.startLsn.toString(), end.stopLsn.toString(), end.stopped.toIso());
        if (archive.partial)
            lines += u"partial %1"_s.arg(archive.partial->value);
        return lines.join(u'\n');
    }
    static QString told(const Scan &scan)
    {
        QStringList lines;
        for (const WalArchive &archive : scan.archives)
            lines += told(archive);
        return lines.join(u'\n');
    }

    test::BytePlace m_place;
    Source m_source;
    std::vector<Cluster> m_clusters;
};

void TestWalArchive::realArchivesAreToldWhole_data()
{
    QTest::addColumn<bool>("packed");
    QTest::newRow("plain") << false;
    QTest::newRow("packed") << true;
}

void TestWalArchive::realArchivesAreToldWhole()
{
    QFETCH(bool, packed);
    const QDir folder(test::walCorpus() + u"/17/timelines/wal"_s);
    for (const QString &name : folder.entryList(QDir::Files)) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        const bool unpack = name.endsWith(u".gz") && !packed;
        m_place.file(unpack ? name.chopped(3).toUtf8() : name.toUtf8(), unpack ? test::gunzip(bytes) : bytes);
    }
    const Scan found = scan({}, { 1000, 100, 256 << 20 });
    QCOMPARE(told(found),
        u" 000000010000000000000006+3 000000020000000000000008+2 000000030000000000000008+1 "
        "00000004000000000000000A+1 00000005000000000000000B+1\n"
        "timeline 2 from 1 at 0/8114A8\ntimeline 3 from 1 at 0/804100\ntimeline 4 from 2 at 0/A00000\n"
        "timeline 5 from 4 at 0/B038B0\nbackup 0/700028 to 0/700120 2026-11-20T11:44:51Z\npartial 11"_s);
    QVERIFY(found.archives[0].systemId);
    QCOMPARE(found.archives[0].segmentSize, 1u << 20);
    Known known = test::remembered({}, found);
    QVERIFY(scan(known, { 1000, 100, 256 << 20 }).archives == found.archives);
}

void TestWalArchive::everyPackingIsLookedInto()
{
    m_place.file(nameOf(1) + ".gz", test::gzipped(segment(1)));
    m_place.file(nameOf(2) + ".zst", test::zstdPacked(segment(2)));
    m_place.file(nameOf(3) + ".lz4", test::lz4Packed(segment(3)));
    m_place.file(nameOf(4) + ".bz2", test::bzip2Packed(segment(4)));
    m_place.file(nameOf(5) + ".gz", test::gzipped(segment(5, 1, 77)));
    m_place.file(nameOf(6) + ".zst", test::zstdPacked(segment(7)));
    m_place.file(nameOf(7) + ".lz4", "this is no lz4 at all");
    m_place.file(nameOf(8) + ".gz", test::gzipped(segment(8)).left(20));
    QCOMPARE(told(scan()),
        u" 000000010000000000000001+4\n!2 000000010000000000000005.gz: of cluster 77, not of 42\n"
        "!3 000000010000000000000006.zst: begins at 0/700000, which is not where its name says\n"
        "!6 000000010000000000000007.lz4: the packed bytes are damaged\n"
        "!6 000000010000000000000008.gz: the packed bytes end in the middle"_s);
}

void TestWalArchive::foldersOfSixteenDigitsAreOneArchive()
{
    m_place.file("shop/wals/0000000100000000/" + nameOf(0xfff), segment(0xfff));
    m_place.file("shop/wals/0000000100000001/" + nameOf(0x1000), segment(0x1000));
    m_place.file("shop/wals/0000000200000001/" + nameOf(0x1001, 2), segment(0x1001, 2));
    m_place.file("shop/wals/00000002.history", "1\t1/100000\tx\n");
    m_place.file("other/" + nameOf(9), segment(9, 1, 43));
    QCOMPARE(told(scan()),
        u"other 000000010000000000000009+1\nshop/wals 000000010000000000000FFF+2 000000020000000100000001+1\n"
        "timeline 2 from 1 at 1/100000"_s);
}

void TestWalArchive::badSegmentsAreFound()
{
    for (std::uint64_t i = 1; i <= 12; ++i)
        m_place.file(nameOf(i), segment(i));
    m_place.file(nameOf(2), "");
    m_place.file(nameOf(4), segment(4).left(300'000));
    m_place.file(nameOf(6), segment(6, 1, 99));
    m_place.file(nameOf(8), segment(9));
    m_place.file(nameOf(10), QByteArray(1 << 20, 'x'));
    m_place.file(nameOf(12), segment(12, 2));
    m_place.file(nameOf(12) + ".partial", segment(12).left(100));
    QCOMPARE(told(scan()),
        u" 000000010000000000000001+1 000000010000000000000003+1 000000010000000000000005+1 "
        "000000010000000000000007+1 000000010000000000000009+1 00000001000000000000000B+1\n"
        "!0 000000010000000000000002: 0 bytes\n!1 000000010000000000000004: 300000 of 1048576 bytes\n"
        "!2 000000010000000000000006: of cluster 99, not of 42\n"
        "!3 000000010000000000000008: begins at 0/900000, which is not where its name says\n"
        "!4 00000001000000000000000A: its first page is not one of WAL\n"
        "!3 00000001000000000000000C: of timeline 2, not of 1\npartial 12"_s);
}

void TestWalArchive::aTroubleGoesWhenTheFileIsMended()
{
    for (std::uint64_t i = 1; i <= 3; ++i)
        m_place.file(nameOf(i), segment(i));
    m_place.file(nameOf(2), segment(9));
    const Known known = test::remembered({}, scan());
    QCOMPARE(known.archives[0].troubles.size(), std::size_t(1));
    QVERIFY(scan(known).archives == known.archives);
    m_place.file(nameOf(2), segment(2), 1'763'000'001);
    QCOMPARE(told(scan(known)), u" 000000010000000000000001+3"_s);
}

void TestWalArchive::aNewTimelineMayBeginWithPagesOfTheOldOne()
{
    m_place.file(nameOf(5), segment(5));
    m_place.file(nameOf(5, 2), segment(5, 1));
    m_place.file(nameOf(6, 2), segment(6, 1));
    QCOMPARE(told(scan()), u" 000000010000000000000005+1 000000020000000000000005+2"_s);
    m_place.file("00000002.history", "1\t0/580000\tno recovery target specified\n");
    QCOMPARE(told(scan()),
        u" 000000010000000000000005+1 000000020000000000000005+1\n"
        "!3 000000020000000000000006: of timeline 1, not of 2\ntimeline 2 from 1 at 0/580000"_s);
}

void TestWalArchive::historiesThatCannotBeReadAreTroubles()
{
    m_place.file("00000002.history", "1\t0/580000\tx\n");
    m_place.file("00000003.history", "rubbish\n");
    m_place.file("00000004.history.gz", test::gzipped("1\t0/580000\tx\n2\t0/600000\tx\n"));
    m_place.file(nameOf(5), segment(5));
    m_place.file(nameOf(5) + ".00000028.backup",
        "START WAL LOCATION: 0/500028 (file x)\n"
        "STOP WAL LOCATION: 0/500100 (file x)\nLABEL: x\n"
        "STOP TIME: 2026-11-20 12:20:07 UTC\n");
    QCOMPARE(told(scan()),
        u" 000000010000000000000005+1\n!7 00000003.history: line 1 cannot be read\n"
        "timeline 2 from 1 at 0/580000\ntimeline 4 from 2 at 0/600000\n"
        "backup 0/500028 to 0/500100 2026-11-20T12:20:07Z"_s);
}

// What was looked at stays looked at, also when its content changes without a trace in the listing.
void TestWalArchive::onlyNewFilesAreRead()
{
    for (std::uint64_t i = 1; i <= 9; ++i)
        m_place.file(nameOf(i), segment(i), 1'763'000'000 + qint64(i) * 1000);
    const Known known = test::remembered({}, scan());
    QCOMPARE(known.archives[0].checked, u"1:1-9||0"_s);
    m_place.file(nameOf(3), segment(4), 1'763'000'000 + 3000);
    m_place.file(nameOf(9), segment(4), 1'763'000'000 + 9000);
    QCOMPARE(told(scan(known)),
        u" 000000010000000000000001+8\n"
        "!3 000000010000000000000009: begins at 0/400000, which is not where its name says"_s);
    m_place.remove(nameOf(5));
    m_place.file(nameOf(9), segment(9), 1'763'000'000 + 9000);
    m_place.file(nameOf(10), segment(10), 1'763'000'000 + 10'000);
    QCOMPARE(told(scan(known)), u" 000000010000000000000001+4 000000010000000000000006+5"_s);
}

void TestWalArchive::flippedBitsAreFoundWithinTheBudget()
{
    for (const char *name : { "000000010000000000000003", "000000010000000000000004" }) {
        QFile file(test::walCorpus() + u"/15/seg2/wal/"_s + QLatin1String(name) + u".gz"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray bytes = test::gunzip(file.readAll());
        if (name[23] == '3')
            bytes[500'000] = char(bytes[500'000] ^ 4);
        m_place.file(name, bytes, name[23] == '3' ? 1'763'000'000 : 1'763'100'000);
    }
    const Scan first = scan({}, { 1000, 100, 2 << 20 });
    QCOMPARE(first.archives[0].checked, u"1:3-4|1:4|0"_s);
    QCOMPARE(first.archives[0].troubles.size(), std::size_t(0));
    const Scan second = scan(test::remembered({}, first), { 1000, 100, 2 << 20 });
    QCOMPARE(second.archives[0].checked, u"1:3-4|1:3-4|0"_s);
    QCOMPARE(second.archives[0].troubles.size(), std::size_t(1));
    QCOMPARE(second.archives[0].troubles[0].fault, WalFault::BadChecksum);
    QCOMPARE(second.archives[0].spans.size(), std::size_t(1));
    const Scan third = scan(test::remembered({}, second), { 1000, 100, 2 << 20 });
    QVERIFY(third.archives == second.archives);
}

void TestWalArchive::anEmptyArchiveIsToldAsOne()
{
    m_source.clusters = { u"shop"_s };
    const Scan found = scan();
    m_source.clusters = {};
    QCOMPARE(found.archives.size(), std::size_t(1));
    QCOMPARE(found.archives[0].cluster, u"shop"_s);
    QVERIFY(found.archives[0].spans.empty() && found.whole);
    QCOMPARE(found.usage.size(), std::size_t(1));
}

void TestWalArchive::whoseItIs()
{
    Cluster shop;
    shop.name = u"shop"_s;
    shop.systemId = SystemId { 42 };
    m_clusters = { shop };
    m_place.file("a/" + nameOf(5), segment(5));
    m_place.file("b/" + nameOf(5), segment(5, 1, 43));
    const Scan found = scan();
    m_clusters = {};
    QCOMPARE(found.archives[0].cluster, u"shop"_s);
    QCOMPARE(found.archives[1].cluster, QString());
    QCOMPARE(found.archives[1].systemId, SystemId { 43 });
}

void TestWalArchive::anArchiveMadeAnewIsSomebodyElses()
{
    for (std::uint64_t i = 1; i <= 3; ++i)
        m_place.file(nameOf(i), segment(i, 1, 42), 1'763'000'000 + qint64(i));
    const Known known = test::remembered({}, scan());
    QCOMPARE(known.archives[0].systemId, SystemId { 42 });
    m_place.file(nameOf(3), segment(3, 1, 43), 1'763'000'100);
    const Scan mixed = scan(known);
    QCOMPARE(mixed.archives[0].systemId, SystemId { 42 });
    QCOMPARE(mixed.archives[0].troubles.size(), std::size_t(1));
    for (std::uint64_t i = 1; i <= 3; ++i)
        m_place.file(nameOf(i), segment(i, 1, 43), 1'763'000'200 + qint64(i));
    const Scan anew = scan(test::remembered(known, mixed));
    QCOMPARE(anew.archives[0].systemId, SystemId { 43 });
    QCOMPARE(told(anew), u" 000000010000000000000001+3"_s);
}

QTEST_GUILESS_MAIN(TestWalArchive)
#include "tst_walarchive.moc"
