#include "dumps/dumps.h"
#include "dumps/starts.h"
#include "support/dumps.h"
#include "support/memoryhost.h"
#include "support/packed.h"
#include "support/settle.h"
#include "support/textdumps.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

// A source of dumps over a machine in memory: what it tells, how little it reads, what it remembers.
class tst_DumpScan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsOfEachFormat();
    void aDumpIsOfTheMomentItBegan_data();
    void aDumpIsOfTheMomentItBegan();
    void theClockIsAskedForAllNewDumpsAtOnce();
    void tellsOfPackedDumps_data();
    void tellsOfPackedDumps();
    void tellsOfAnInnerCut();
    void tellsOfFolders();
    void tellsWhatIsWrong();
    void readsOnlyWhatChanged();
    void followsTheGlobals();
    void looksAgainAtWhatIsBeingWritten();
    void leavesOldOnesForLaterScans();
    void namesTheCluster();
    void toldPlainDatabasesComeFromNames();
    void keepsWhatItCannotSee();
    void anUnreachableHostIsAnError();

private:
    struct FixedClock : Clock {
        Instant at = Instant::fromSeconds(1'800'000'000);
        [[nodiscard]] Instant now() const override { return at; }
    };
    Scan scanned();
    QByteArray told();
    void file(const char *name, const QByteArray &bytes, qint64 second = 1'799'000'000)
    {
        m_machine->file(QByteArray("/b/") + name, bytes, Instant::fromSeconds(second));
    }
    void makeSource(const QStringList &clusters = { u"shop"_s }, DumpLimits limits = {});

    std::shared_ptr<MemoryMachine> m_machine;
    std::shared_ptr<FixedClock> m_clock;
    std::shared_ptr<BackupSource> m_source;
    Known m_known;
};

static QByteArray printed(const Artifact &artifact)
{
    static const QByteArrayList states { "complete", "running", "failed", "unfinished", "damaged" };
    QByteArrayList words { artifact.id.toUtf8(), states[int(artifact.state)] };
    const auto add = [&words](const char *name, const QString &value) {
        if (!value.isEmpty())
            words.append(QByteArray(name) + value.toUtf8());
    };
    if (artifact.kind == ArtifactKind::Globals)
        words.append("globals");
    add("", artifact.why);
    add("db ", artifact.database);
    add("with ", artifact.withGlobals);
    add("", artifact.format);
    add("", artifact.compression);
    if (artifact.encrypted)
        words.append("encrypted");
    if (artifact.serverVersion != 0)
        words.append(QByteArray::number(artifact.serverVersion));
    if (artifact.objects)
        words.append(QByteArray::number(*artifact.objects) + " objects");
    for (const Check &check : artifact.checks)
        words.append(check.passed ? "passed" : "failed");
    add("note ", artifact.notes.value(u"not checked"_s));
    return words.join(", ");
}

void tst_DumpScan::makeSource(const QStringList &clusters, DumpLimits limits)
{
    Source source;
    source.name = u"dumps"_s;
    source.path = u"/b/"_s;
    source.clusters = clusters;
    Fleet fleet;
    for (const QString &name : clusters) {
        Cluster cluster;
        cluster.name = name;
        cluster.databases = { name + u"db"_s };
        fleet.clusters.push_back(cluster);
    }
    m_source = makeDumpsSource(source, fleet, std::make_shared<MemoryHost>(m_machine), m_clock, limits);
}

void tst_DumpScan::init()
{
    m_machine = std::make_shared<MemoryMachine>();
    m_machine->folder("/b");
    m_clock = std::make_shared<FixedClock>();
    m_known = {};
    makeSource();
}

Scan tst_DumpScan::scanned()
{
    auto scan = settle(m_source->scan(m_known, {}));
    if (!scan || !*scan) {
        qWarning() << wordsOf(scan);
        return {};
    }
    for (const QString &id : (*scan)->gone)
        m_known.stamps.remove(id);
    for (const Artifact &artifact : (*scan)->artifacts)
        m_known.stamps.insert(artifact.id, artifact.stamp);
    m_known.cursor = (*scan)->cursor;
    return **scan;
}

QByteArray tst_DumpScan::told()
{
    const Scan scan = scanned();
    QByteArrayList lines;
    for (const Artifact &artifact : scan.artifacts)
        lines.append(printed(artifact));
    for (const SourceTrouble &trouble : scan.troubles)
        lines.append(trouble.part.toUtf8() + ": " + trouble.error.code.toUtf8());
    for (const QString &gone : scan.gone)
        lines.append("gone " + gone.toUtf8());
    std::ranges::sort(lines);
    return lines.join('\n');
}

void tst_DumpScan::tellsOfEachFormat()
{
    file("a.dump", recordedDump(u"pg17.fcz.dump"_s));
    file("b.tar", recordedDump(u"pg13.tar.gz"_s));
    file("globals.sql", clusterText({}), 1'799'000'100);
    file("shopdb.sql", plainText());
    const Scan scan = scanned();
    QByteArrayList lines;
    for (const Artifact &artifact : scan.artifacts)
        lines.append(printed(artifact));
    std::ranges::sort(lines);
    QCOMPARE(lines.join('\n'),
        "a.dump, complete, db shop_\xc3\xbc, with globals.sql, custom, zstd, 170012, 13 objects, passed\n"
        "b.tar, complete, db shop_\xc3\xbc, with globals.sql, tar, 130023, 13 objects, passed\n"
        "globals.sql, complete, globals, with globals.sql, plain, passed\n"
        "shopdb.sql, complete, db shopdb, with globals.sql, plain, 150020, passed");
    const auto one = std::ranges::find(scan.artifacts, u"a.dump"_s, &Artifact::id);
    QCOMPARE(one->stop, std::optional(Instant::fromSeconds(1'799'000'000)));
    QVERIFY(!one->start);
    QCOMPARE(one->stored, std::optional(Bytes { 5133 }));
    QCOMPARE(one->location, u"/b/a.dump"_s);
    QCOMPARE(one->cluster, u"shop"_s);
    QCOMPARE(one->notes.value(u"started, by its own clock"_s), u"2026-11-20 12:20:59"_s);
    QVERIFY(one->toolVersion.startsWith(u"17.12"));
    QCOMPARE(scan.usage.size(), 1u);
    QVERIFY(scan.whole);
}

void tst_DumpScan::aDumpIsOfTheMomentItBegan_data()
{
    const auto verbose = [](const QByteArray &words) {
        return plainText().replace("\n\nSET", "\n\n-- Started on " + words + "\n\nSET");
    };
    const QByteArray custom = recordedDump(u"pg17.fcz.dump"_s); // 2026-11-20 12:20:59
    const qint64 noon = 1'795'177'259; // that moment, in UTC
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qint64>("written");
    QTest::addColumn<QByteArray>("clock"); // what the machine answers
    QTest::addColumn<qint64>("start"); // 0: not known
    QTest::newRow("a header, in a zone of UTC")
        << custom << noon + 90 << QByteArray("1795177259 UTC 2026-11-20 12:20:59\n") << noon;
    QTest::newRow("a header, an hour east")
        << custom << noon + 90 << QByteArray("1795173659 CET 2026-11-20 12:20:59\n") << noon - 3600;
    QTest::newRow("a header of another zone: it would begin after its end")
        << custom << noon + 90 << QByteArray("1795195259 EST 2026-11-20 12:20:59\n") << qint64(0);
    QTest::newRow("a machine without such a clock") << custom << noon + 90 << QByteArray() << qint64(0);
    QTest::newRow("a tar file") << recordedDump(u"pg13.tar.gz"_s) << noon + 90
                                << QByteArray("1795177258 UTC 2026-11-20 12:20:58\n"
                                              "1795177259 UTC 2026-11-20 12:20:59\n")
                                << noon - 1;
    QTest::newRow("plain, verbose, UTC")
        << verbose("2026-11-20 12:20:59 UTC") << noon + 5 << QByteArray() << noon;
    QTest::newRow("plain, verbose, a number")
        << verbose("2026-11-20 12:20:59 +03") << noon << QByteArray() << noon - 3 * 3600;
    QTest::newRow("plain, verbose, the machine's zone")
        << verbose("2026-11-20 12:20:59 CET") << noon << QByteArray("1795173659 CET 2026-11-20 12:20:59\n")
        << noon - 3600;
    QTest::newRow("plain, verbose, another zone than the machine's")
        << verbose("2026-11-20 12:20:59 CET") << noon + 7200
        << QByteArray("1795177259 UTC 2026-11-20 12:20:59\n") << qint64(0);
    QTest::newRow("plain, not verbose") << plainText() << noon << QByteArray() << qint64(0);
    QTest::newRow("a file system that counts in two seconds")
        << custom << noon - 1 << QByteArray("1795177259 UTC 2026-11-20 12:20:59\n") << noon - 1;
}

void tst_DumpScan::aDumpIsOfTheMomentItBegan()
{
    QFETCH(QByteArray, bytes);
    QFETCH(qint64, written);
    QFETCH(QByteArray, clock);
    const HostCommand question = HostWalls::question({});
    if (!clock.isEmpty())
        m_machine->program(question.words, HostOutput { 0, clock, {} });
    file("one", bytes, written);
    const Scan scan = scanned();
    QCOMPARE(scan.artifacts.size(), 1u);
    const Artifact &one = scan.artifacts.front();
    QTEST(one.start ? one.start->seconds() : 0, "start");
    QCOMPARE(one.stop, std::optional(Instant::fromSeconds(written)));
    const bool byTheHost = one.start && !clock.isEmpty();
    QCOMPARE(one.notes.contains(u"start read in the zone of its host"_s), byTheHost);
}

void tst_DumpScan::theClockIsAskedForAllNewDumpsAtOnce()
{
    m_machine->program(HostWalls::question({}).words, HostOutput {});
    for (int i = 0; i < 5; ++i)
        file(QByteArray("d" + QByteArray::number(i)).constData(), recordedDump(u"pg17.fcz.dump"_s));
    static_cast<void>(scanned());
    QCOMPARE(m_machine->counts().runs, 1);
    static_cast<void>(scanned());
    QCOMPARE(m_machine->counts().runs, 1);
}

void tst_DumpScan::tellsOfPackedDumps_data()
{
    QTest::addColumn<Packing>("packing");
    for (const Packing packing : { Packing::Gzip, Packing::Zstd, Packing::Lz4, Packing::Bzip2 })
        QTest::newRow(qPrintable(packingName(packing))) << packing;
}

void tst_DumpScan::tellsOfPackedDumps()
{
    QFETCH(Packing, packing);
    const QByteArray name = packingName(packing).toLatin1();
    const QByteArray rows = "COPY t FROM stdin;\n" + QByteArray("some row\tof it\n").repeated(20'000);
    file("shopdb", packedWith(packing, plainText(rows)));
    file("custom", packedWith(packing, recordedDump(u"pg18.fcl.dump"_s)));
    file("tar", packedWith(packing, recordedDump(u"pg18.tar.gz"_s)));
    file("all", packedWith(packing, clusterText(plainText(rows))));
    QCOMPARE(told(),
        "all, complete, with all, plain, " + name
            + ", 150020, passed\n"
              "custom, complete, db shop_\xc3\xbc, with all, custom, "
            + name
            + ", 180006, 13 objects, passed\n"
              "shopdb, complete, db shopdb, with all, plain, "
            + name
            + ", 150020, passed\n"
              "tar, complete, db shop_\xc3\xbc, with all, tar, "
            + name + ", 180006, 13 objects, passed");
    const QByteArray packed = packedWith(packing, plainText(rows));
    file("shopdb", packed.chopped(5));
    QCOMPARE(told(),
        "shopdb, damaged, the packed bytes end in the middle, db shopdb, with all, plain, " + name
            + ", 150020, failed");
}

// The packer ended well, pg_dump before it did not: what a pipe hides.
void tst_DumpScan::tellsOfAnInnerCut()
{
    file("a.sql.gz", gzipped(plainText("COPY t FROM stdin;\n").chopped(70)));
    file("b.dump.gz", gzipped(recordedDump(u"pg17.fc.dump"_s).chopped(3)));
    file("c.tar.zst", zstdPacked(recordedDump(u"pg17.tar.gz"_s).chopped(1024)));
    QCOMPARE(told(),
        "a.sql.gz, damaged, its last lines do not say that it is complete, db a, plain, gzip, 150020, "
        "failed\n"
        "b.dump.gz, damaged, it ends in the middle in the data of \"4711\", db shop_\xc3\xbc, custom, gzip, "
        "170012, 13 "
        "objects, failed\n"
        "c.tar.zst, damaged, it has no end mark, db shop_\xc3\xbc, tar, zstd, 170012, 13 objects, failed");
}

void tst_DumpScan::tellsOfFolders()
{
    file("n/toc.dat", recordedDump(u"pg17.directory-toc.dat"_s));
    file("n/3428.dat.gz", "x");
    file("n/3429.dat.gz", "x");
    file("n/blobs_3431.toc", "4711 blob_4711.dat\n");
    file("n/blob_4711.dat.gz", "x");
    file("m/3428.dat.gz", "x");
    QCOMPARE(told(),
        "m, unfinished, toc.dat is missing, which pg_dump writes last, db m, directory\n"
        "n, complete, db shop_\xc3\xbc, directory, gzip, 170012, 13 objects, passed");
    QCOMPARE(told(), "");
    m_machine->remove("/b/n/blob_4711.dat.gz");
    QCOMPARE(told(),
        "n, damaged, \"blob_4711.dat\", a large object, is missing, db shop_\xc3\xbc, directory, gzip, "
        "170012, 13 objects, "
        "failed");
    m_machine->remove("/b/n/toc.dat");
    m_machine->remove("/b/m");
    QCOMPARE(told(), "gone m\nn, unfinished, toc.dat is missing, which pg_dump writes last, db n, directory");
}

void tst_DumpScan::tellsWhatIsWrong()
{
    file("cut.dump", recordedDump(u"pg17.fc.dump"_s).left(4000));
    file("empty.dump", {});
    file("empty", {});
    file("notes.txt", "nothing of interest here");
    file("backup.log", QByteArray(5000, 'l'));
    file("picture.sql", QByteArray(5000, 'p'));
    file("secret.dump.gpg", QByteArray(5000, '\xa5'));
    file("whole.dump.part", recordedDump(u"pg17.fc.dump"_s));
    m_machine->link("/b/latest.dump", "/b/cut.dump");
    QCOMPARE(told(),
        "cut.dump, damaged, the data of \"u\" begin at byte 8188, the file has 4000, db shop_\xc3\xbc, "
        "custom, gzip, 170012, 13 "
        "objects, failed\n"
        "empty.dump, damaged, the file is empty, db empty, failed\n"
        "picture.sql: dumps.no-dump\n"
        "secret.dump.gpg, complete, db secret, encrypted, note its name says that it is encrypted\n"
        "whole.dump.part, unfinished, its name says that it is not finished, db shop_\xc3\xbc, custom, gzip, "
        "170012, 13 "
        "objects, passed");
    QCOMPARE(told(), "picture.sql: dumps.no-dump");
}

void tst_DumpScan::readsOnlyWhatChanged()
{
    for (int i = 0; i < 250; ++i)
        file(QByteArray("d" + QByteArray::number(i)).constData(), plainText());
    file("notes.txt", "nothing");
    QCOMPARE(scanned().artifacts.size(), 250u);
    m_machine->forgetCounts();
    QCOMPARE(told(), "");
    QCOMPARE(m_machine->counts().reads + m_machine->counts().streams, 0);
    QCOMPARE(m_machine->counts().lists, 1);
    file("d7", plainText("-- more\n"), 1'799'000'050);
    QCOMPARE(told(), "d7, complete, db d7, plain, 150020, passed");
    QCOMPARE(m_machine->counts().reads, 2);
    m_machine->remove("/b/d8");
    QCOMPARE(told(), "gone d8");
}

void tst_DumpScan::followsTheGlobals()
{
    file("2026-11-19/shopdb.dump", recordedDump(u"pg17.fc.dump"_s));
    QVERIFY(!told().contains("with"));
    file("2026-11-19/globals.sql", clusterText({}));
    QCOMPARE(told(),
        "2026-11-19/globals.sql, complete, globals, with 2026-11-19/globals.sql, plain, passed\n"
        "2026-11-19/shopdb.dump, complete, db shop_\xc3\xbc, with 2026-11-19/globals.sql, custom, gzip, "
        "170012, 13 "
        "objects, passed");
    QCOMPARE(told(), "");
    file("2026-11-19/globals.sql", clusterText({}).chopped(30), 1'799'000'001);
    const QByteArray cut = told(); // damaged globals are none
    QVERIFY(cut.contains("2026-11-19/shopdb.dump, complete, db shop_\xc3\xbc, custom"));
    QVERIFY(cut.contains("damaged, its last lines do not say that it is complete"));
}

void tst_DumpScan::looksAgainAtWhatIsBeingWritten()
{
    const QByteArray whole = recordedDump(u"pg17.fc.dump"_s);
    const qint64 now = m_clock->now().seconds();
    file("a.dump", whole.left(5000), now - 60);
    file("b/3428.dat", "x", now - 60);
    const QByteArray running
        = "a.dump, running, the data of \"u\" begin at byte 8188, the file has 5000, db shop_\xc3\xbc, "
          "custom, gzip, 170012, 13 "
          "objects, failed\nb, running, toc.dat is missing, which pg_dump writes last, db b, directory";
    QCOMPARE(told(), running);
    QCOMPARE(told(), "");
    m_clock->at = Instant::fromSeconds(now + 3600);
    QCOMPARE(told(),
        QByteArray(running)
            .replace("a.dump, running", "a.dump, damaged")
            .replace("b, running", "b, unfinished"));
    file("a.dump", whole, now + 3500);
    QCOMPARE(told(), "a.dump, complete, db shop_\xc3\xbc, custom, gzip, 170012, 13 objects, passed");
}

void tst_DumpScan::leavesOldOnesForLaterScans()
{
    makeSource({ u"shop"_s }, { 1 << 20, 150'000 });
    QByteArray rows = "COPY t FROM stdin;\n";
    for (int i = 0; i < 30'000; ++i)
        rows += QByteArray::number(i * 7919 % 104'729) + '\n';
    const QByteArray packed = gzipped(plainText(rows));
    QVERIFY(packed.size() > 50'000 && packed.size() < 140'000);
    file("new.sql.gz", packed, 1'799'000'300);
    file("old.sql.gz", packed, 1'799'000'100);
    const QByteArray first = told();
    QVERIFY2(first.contains("new.sql.gz, complete, db new, plain, gzip, 150020, passed"), first.constData());
    QVERIFY2(first.contains(
                 "old.sql.gz, complete, db old, plain, gzip, 150020, note too large to be read to its end"),
        first.constData());
    QCOMPARE(told(), "old.sql.gz, complete, db old, plain, gzip, 150020, passed");
    QCOMPARE(told(), "");
    // One that is larger than is read of any is told as such, and not read again.
    makeSource({ u"shop"_s }, { 40'000, 1 << 20 });
    file("large.sql.gz", packed, 1'799'000'400);
    QCOMPARE(told(),
        "large.sql.gz, complete, db large, plain, gzip, 150020, note too large to be read to its end");
    m_machine->forgetCounts();
    QCOMPARE(told(), "");
    QCOMPARE(m_machine->counts().reads, 0);
}

void tst_DumpScan::namesTheCluster()
{
    makeSource({ u"shop"_s, u"crm"_s });
    file("crm/x.dump", recordedDump(u"pg17.fc.dump"_s));
    file("crm-2026-11-20.sql", plainText());
    file("shopdb.sql", plainText());
    file("neither.sql", plainText());
    const Scan scan = scanned();
    QStringList lines;
    for (const Artifact &artifact : scan.artifacts)
        lines.append(artifact.id + u'=' + artifact.cluster);
    lines.sort();
    QCOMPARE(lines.join(u' '), u"crm-2026-11-20.sql=crm crm/x.dump=crm neither.sql= shopdb.sql=shop"_s);
}

void tst_DumpScan::toldPlainDatabasesComeFromNames()
{
    file("orders-2026-11-20.sql", plainText());
    file("other.sql", plainText("CREATE DATABASE x;\n\\connect \"real one\"\n"));
    const Scan scan = scanned();
    for (const Artifact &artifact : scan.artifacts) {
        const bool byName = artifact.id.startsWith(u"orders");
        QCOMPARE(artifact.database, byName ? u"orders"_s : u"real one"_s);
        QCOMPARE(artifact.notes.contains(u"database told by"_s), byName);
    }
}

void tst_DumpScan::keepsWhatItCannotSee()
{
    file("x/a.dump", recordedDump(u"pg17.fc.dump"_s));
    file("y/globals.sql", clusterText({}));
    file("y/b.sql", plainText());
    QCOMPARE(scanned().artifacts.size(), 3u);
    const Known before = m_known;
    m_machine->deny("/b/y");
    Scan blind = scanned();
    QVERIFY(!blind.whole && blind.gone.isEmpty() && blind.artifacts.empty());
    QCOMPARE(blind.troubles.size(), 1u);
    QCOMPARE(blind.troubles[0].part, u"y"_s);
    m_machine->refuse("/b/y", {});
    // A file that cannot be read is there: what is gone is seen all the same.
    file("y/b.sql", plainText("-- more\n"));
    m_machine->deny("/b/y/b.sql");
    file("y/c.sql", plainText());
    m_machine->refuse(
        "/b/y/c.sql", Error { ErrorKind::Protocol, u"host.unreadable"_s, u"Input/output error"_s });
    m_machine->remove("/b/x");
    QCOMPARE(told(), "gone x/a.dump\ny/b.sql: host.denied\ny/c.sql: host.unreadable");
    QCOMPARE(m_known.stamps.value(u"y/b.sql"_s), before.stamps.value(u"y/b.sql"_s));
    m_machine->refuse("/b/y/b.sql", {});
    m_machine->refuse("/b/y/c.sql", {});
    QCOMPARE(told(),
        "y/b.sql, complete, db b, with y/globals.sql, plain, 150020, passed\n"
        "y/c.sql, complete, db c, with y/globals.sql, plain, 150020, passed");
}

void tst_DumpScan::anUnreachableHostIsAnError()
{
    m_machine->fail(Error { ErrorKind::Unreachable, u"ssh.unreachable"_s, u"no route"_s });
    QCOMPARE(wordsOf(settle(m_source->scan({}, {}))), "ssh.unreachable: no route");
    m_machine->fail({});
    m_machine->remove("/b");
    QVERIFY(wordsOf(settle(m_source->scan({}, {}))).startsWith("host.missing"));
}

QTEST_GUILESS_MAIN(tst_DumpScan)
#include "tst_dumpscan.moc"
