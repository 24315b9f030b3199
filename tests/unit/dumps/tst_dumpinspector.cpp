#include "dumps/folder.h"
#include "support/dumps.h"
#include "support/textdumps.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

// What one dump tells by its bytes: recordings of pg_dump 13 to 18, whole, cut and damaged.
class tst_DumpInspector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRecordings_data();
    void readsRecordings();
    void readsPipedCustomDumps();
    void everyCutIsTold_data();
    void everyCutIsTold();
    void readsPlainText_data();
    void readsPlainText();
    void plainDatabases_data();
    void plainDatabases();
    void seesLittleOfALargeDump();
    void givesUpByTheEndMark();
    void tarMembersAreCounted();
    void foldersNeedTheirFiles();
    void otherFiles_data();
    void otherFiles();
    void versions();
};

static const QByteArray PlainComplete = "--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict Xy\n\n";
static const QByteArray ClusterComplete = "--\n-- PostgreSQL database cluster dump complete\n--\n\n";

void tst_DumpInspector::readsRecordings_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("told");
    const auto row
        = [](const char *name, const char *how, const char *packed, const char *second, const char *version) {
              QTest::newRow(name) << QString::fromLatin1(name)
                                  << "whole: " + QByteArray(how) + packed
                      + " | database shop_\xc3\xbc | created 2026-11-20 12:20:" + second + " | server "
                      + version + " | tool " + version + " | 13 objects";
          };
    const char *custom = "table of contents and data blocks | format custom";
    const char *tar = "table of contents, members and end mark | format tar";
    row("pg13.fc.dump", custom, " | packed gzip", "58", "13.23");
    row("pg15.fc.dump", custom, " | packed gzip", "58", "15.20");
    row("pg17.fc.dump", custom, " | packed gzip", "59", "17.12");
    row("pg17.fcl.dump", custom, " | packed lz4", "59", "17.12");
    row("pg17.fcz.dump", custom, " | packed zstd", "59", "17.12");
    row("pg18.fc.dump", custom, " | packed gzip", "59", "18.6");
    row("pg18.fcl.dump", custom, " | packed lz4", "59", "18.6");
    row("pg18.fcz.dump", custom, " | packed zstd", "59", "18.6");
    row("pg13.tar.gz", tar, "", "58", "13.23");
    row("pg15.tar.gz", tar, "", "58", "15.20");
    row("pg17.tar.gz", tar, "", "59", "17.12");
    row("pg18.tar.gz", tar, "", "59", "18.6");
}

void tst_DumpInspector::readsRecordings()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, told);
    const QByteArray bytes = recordedDump(name);
    for (const qsizetype portion : { 1, 13, 512, 4096, 1 << 20 })
        QCOMPARE(printed(inspectedFile(bytes, portion)), told);
    QByteArray packed = told;
    if (const qsizetype at = packed.indexOf(" | packed"); at >= 0)
        packed.remove(at, packed.indexOf(" | ", at + 3) - at);
    packed.insert(packed.indexOf(" | database"), " | packed gzip");
    for (const qsizetype portion : { 1, 4096, 1 << 20 })
        QCOMPARE(printed(inspectedStream(bytes, portion)), packed);
}

// Through a pipe pg_dump cannot go back to write where the data are: flags say so, and all data are walked.
static QByteArray piped(QByteArray bytes)
{
    const auto toc = parseToc(bytes);
    for (const auto &entry : toc->entries) {
        QByteArray place(9, '\2');
        for (int i = 0; i < 8; ++i)
            place[i + 1] = char(entry.offset >> (8 * i));
        bytes.replace(bytes.indexOf(place), 9, QByteArray(1, '\1') + QByteArray(8, '\0'));
    }
    return bytes;
}

void tst_DumpInspector::readsPipedCustomDumps()
{
    const QByteArray bytes = piped(recordedDump(u"pg17.fc.dump"_s));
    QCOMPARE(int(parseToc(bytes)->entries[0].place), int(DumpToc::Place::Unknown));
    const QByteArray whole = "whole: table of contents and data blocks";
    QVERIFY(printed(inspectedFile(bytes, 512)).startsWith(whole));
    QVERIFY(printed(inspectedStream(bytes, 77)).startsWith(whole));
    QVERIFY(printed(inspectedFile(bytes + 'x', 512))
                .startsWith("damaged: more data follow than the table of contents has"));
    QVERIFY(printed(inspectedFile(bytes.left(6000), 512))
                .startsWith("cut: it ends in the middle in the data of \"t\""));
    QByteArray id = bytes;
    id[parseToc(bytes)->size + 2] = 99;
    QVERIFY(printed(inspectedFile(id, 512)).startsWith("damaged: data of an entry"));
    QByteArray kind = bytes;
    kind[parseToc(bytes)->size] = 9;
    QVERIFY(printed(inspectedFile(kind, 512))
                .startsWith("damaged: no data begin where they should, after 0 of 3 parts"));
}

void tst_DumpInspector::everyCutIsTold_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("step");
    QTest::newRow("custom") << recordedDump(u"pg17.fcz.dump"_s) << 1;
    QTest::newRow("custom of 13") << recordedDump(u"pg13.fc.dump"_s) << 3;
    QTest::newRow("piped") << piped(recordedDump(u"pg15.fc.dump"_s)) << 3;
    QTest::newRow("tar") << recordedDump(u"pg18.tar.gz"_s) << 331;
    QTest::newRow("plain") << plainText("COPY t FROM stdin;\n\\.\n") << 1;
    QTest::newRow("globals") << clusterText("-- Roles\n") << 1;
}

void tst_DumpInspector::everyCutIsTold()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, step);
    QCOMPARE(printed(inspectedFile(bytes, 512)).left(5), "whole");
    // Behind the last line of a text only psql's own command and empty lines follow.
    const qsizetype title = bytes.startsWith("--") ? bytes.lastIndexOf(" complete\n") : -1;
    const qsizetype whole = title < 0 ? bytes.size() : title + 9;
    for (qsizetype length = 1; length < bytes.size(); length += step) {
        const QByteArray told = printed(inspectedFile(bytes.left(length), 512));
        const bool right = length >= whole ? told.startsWith("whole")
                                           : told.startsWith("cut") || told.startsWith("damaged");
        const bool tarWithoutHeader = length < TarWalk::Block && told == "no dump";
        const QByteArray where = told + " at " + QByteArray::number(length);
        QVERIFY2(right || tarWithoutHeader, where.constData());
    }
}

void tst_DumpInspector::readsPlainText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("told");
    const auto row = [](const char *name, const QByteArray &text, const QByteArray &told) {
        QTest::newRow(name) << text << told;
    };
    const QByteArray versions = " | server 15.20 | tool 17.12";
    const QByteArray whole = "whole: first and last lines | format plain";
    const QByteArray cut = "cut: its last lines do not say that it is complete | format plain";
    row("dump", plainText(), whole + versions);
    row("Windows", plainText().replace("\n", "\r\n"), whole + versions);
    row("byte order mark", "\xef\xbb\xbf" + plainText(), whole + versions);
    row("large", plainText(QByteArray(100'000, 'x')), whole + versions);
    row("cut", plainText().chopped(PlainComplete.size()), cut + versions);
    row("empty lines behind", plainText() + "\n\n", whole + versions);
    row("the words in a row",
        plainText("x -- PostgreSQL database dump complete\n").chopped(PlainComplete.size()), cut + versions);
    row("globals", clusterText({}), whole + " | globals");
    row("cluster", clusterText(plainText()), whole + " | cluster" + versions);
    row("cluster, cut behind a database", clusterText(plainText()).chopped(ClusterComplete.size()),
        cut + " | cluster" + versions);
    row("verbose", plainText().replace("\n\nSET", "\n\n-- Started on 2026-11-20 12:20:58 CET\n\nSET"),
        whole + " | created 2026-11-20 12:20:58 CET" + versions);
}

void tst_DumpInspector::readsPlainText()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, told);
    for (const qsizetype portion : { 7, 512, 1 << 20 }) {
        QCOMPARE(printed(inspectedFile(text, portion)), told);
        QCOMPARE(printed(inspectedStream(text, portion)).replace(" | packed gzip", ""), told);
    }
}

void tst_DumpInspector::plainDatabases_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("database");
    QTest::newRow("plain") << QByteArray("\\connect shop") << QByteArray("shop");
    QTest::newRow("quoted") << QByteArray("\\connect \"Shop\"\"s\"") << QByteArray("Shop\"s");
    QTest::newRow("connection string")
        << QByteArray("\\connect -reuse-previous=on \"dbname='it\\'s a \\\\ \"\"shop\"\"'\"")
        << QByteArray("it's a \\ \"shop\"");
    QTest::newRow("bare string") << QByteArray("\\connect -reuse-previous=on \"dbname=shop\"")
                                 << QByteArray("shop");
}

void tst_DumpInspector::plainDatabases()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, database);
    QCOMPARE(
        inspectedFile(plainText("CREATE DATABASE x;\n" + line + "\n")).database, std::optional(database));
    QCOMPARE(inspectedFile(plainText("COPY t FROM stdin;\n" + line + "\n")).database, std::nullopt);
}

void tst_DumpInspector::seesLittleOfALargeDump()
{
    qint64 seen = 0;
    QVERIFY(printed(inspectedFile(plainText(QByteArray(10'000'000, 'x')), 4096, &seen)).startsWith("whole"));
    QVERIFY(seen < 40'000);
    QVERIFY(printed(inspectedFile(recordedDump(u"pg17.tar.gz"_s), 512, &seen)).startsWith("whole"));
    QVERIFY(seen < 10'000);
}

void tst_DumpInspector::givesUpByTheEndMark()
{
    const QByteArray bytes = recordedDump(u"pg17.fc.dump"_s);
    const auto givenUp = [](const QByteArray &file, const QByteArray &tail, qsizetype upTo) {
        DumpInspector inspector(file.size());
        inspector.take(file.left(upTo));
        inspector.giveUp(tail);
        return printed(inspector.finish()).split('|').first().trimmed();
    };
    QCOMPARE(givenUp(bytes, bytes.right(2000), 3500), "whole: table of contents and end mark");
    QCOMPARE(givenUp(bytes, bytes.chopped(9).right(2000), 3500), "cut: it does not end with an end mark");
    QCOMPARE(givenUp(bytes, bytes.right(2000), 600), "unread: too large to be read to its end");
    const QByteArray tar = recordedDump(u"pg17.tar.gz"_s);
    QCOMPARE(givenUp(tar, tar.right(2000), 5000), "whole: table of contents and end mark");
    QCOMPARE(givenUp(tar, tar.left(2000), 5000), "cut: it has no end mark");
}

// The header's sum is octal digits.
static void setSum(QByteArray &tar, qsizetype header)
{
    int sum = 0;
    for (qsizetype i = 0; i < TarWalk::Block; ++i)
        sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(tar[header + i]);
    tar.replace(header + 148, 7, QByteArray::number(sum, 8).rightJustified(6, '0') + '\0');
}

void tst_DumpInspector::tarMembersAreCounted()
{
    QByteArray tar = recordedDump(u"pg17.tar.gz"_s);
    const qsizetype header = (tar.indexOf("3429.dat", 4000) / TarWalk::Block) * TarWalk::Block;
    tar[header] = '4';
    QCOMPARE(printed(inspectedFile(tar, 512)).split('|').first(), "damaged: no member follows \"3428.dat\" ");
    setSum(tar, header);
    QCOMPARE(printed(inspectedFile(tar, 512)).split('|').first(), "damaged: the data of \"u\" are missing ");
}

void tst_DumpInspector::foldersNeedTheirFiles()
{
    const auto toc = parseToc(recordedDump(u"pg17.directory-toc.dat"_s));
    QVERIFY(toc);
    QByteArrayList names;
    for (const auto &entry : toc->entries)
        names.append(entry.file);
    QCOMPARE(names.join(' '), "3428.dat 3429.dat blobs_3431.toc");
    QCOMPARE(objectLists(*toc), QByteArrayList { "blobs_3431.toc" });
    QHash<QByteArray, qint64> files { { "toc.dat", 2520 }, { "3428.dat.gz", 100 }, { "3429.dat.gz", 25 },
        { "blobs_3431.toc", 19 }, { "blob_4711.dat.gz", 20 } };
    const QHash<QByteArray, QByteArray> lists { { "blobs_3431.toc", "4711 blob_4711.dat\n" } };
    QCOMPARE(printed(folderFacts(toc, files, lists)),
        "whole: table of contents and the files it names | format directory | packed gzip | database "
        "shop_\xc3\xbc | "
        "created 2026-11-20 12:20:59 | server 17.12 | tool 17.12 | 13 objects");
    const auto told = [&](const char *name, std::optional<qint64> size) {
        auto changed = files;
        changed.remove(name);
        if (size)
            changed.insert(name, *size);
        return printed(folderFacts(toc, changed, lists)).split('|').first().trimmed();
    };
    QCOMPARE(told("3428.dat.gz", {}), "damaged: \"3428.dat\", the data of \"t\", is missing");
    QCOMPARE(told("3429.dat.gz", 0), "damaged: \"3429.dat\", the data of \"u\", is empty");
    QCOMPARE(told("blob_4711.dat.gz", {}), "damaged: \"blob_4711.dat\", a large object, is missing");
    QCOMPARE(told("blobs_3431.toc", {}), "damaged: \"blobs_3431.toc\", the data of \"4711\", is missing");
    const auto cut = parseToc(recordedDump(u"pg17.directory-toc.dat"_s).left(1000));
    QVERIFY(
        printed(folderFacts(cut, files, lists)).startsWith("cut: the table of contents ends in the middle"));
    QVERIFY(printed(folderFacts(parseToc("nothing of that kind"), files, lists))
                .startsWith("damaged: toc.dat is not"));
    for (const char *name :
        { "1.dat", "2992.dat.gz", "2992.dat.lz4", "2992.dat.zst", "blob_4711.dat", "blob_1.dat.gz" })
        QVERIFY2(isDataFile(name), name);
    for (const char *name :
        { "toc.dat", ".dat", "a1.dat", "1.dat.bz2", "1.data", "blob_.dat", "blobs.toc", "" })
        QVERIFY2(!isDataFile(name), name);
}

void tst_DumpInspector::otherFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("told");
    QTest::newRow("empty") << QByteArray() << QByteArray("empty: 0 bytes");
    QTest::newRow("text") << QByteArray("SELECT 1;\n").repeated(200) << QByteArray("no dump");
    QTest::newRow("zeros") << QByteArray(5000, '\0') << QByteArray("no dump");
    QTest::newRow("age") << "age-encryption.org/v1\n" + QByteArray(900, 'x')
                         << QByteArray("unread: it is encrypted | encrypted");
    QTest::newRow("newer") << QByteArray("PGDMP\1\x13\0\4\x8\1", 11) + QByteArray(900, '\0')
                           << QByteArray("unread: its format 1.19 is not known | format custom");
    QTest::newRow("older") << QByteArray("PGDMP\1\2\0\4\x8\1", 11) + QByteArray(900, '\0')
                           << QByteArray("unread: its format 1.2 is not known | format custom");
    QTest::newRow("bad sizes") << QByteArray("PGDMP\1\x10\0\x63\x8\1", 11) + QByteArray(900, '\0')
                               << QByteArray("damaged: the header is damaged | format custom");
}

void tst_DumpInspector::otherFiles()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, told);
    QCOMPARE(printed(inspectedFile(bytes)), told);
}

void tst_DumpInspector::versions()
{
    QCOMPARE(versionNumber(u"15.20 (Debian 15.20-0+deb12u1)"), 150'020);
    QCOMPARE(versionNumber(u"18beta1"), 180'000);
    QCOMPARE(versionNumber(u"13.23"), 130'023);
    QCOMPARE(versionNumber(u""), 0);
    QCOMPARE(versionNumber(u"9.6.24"), 0);
    QCOMPARE(versionNumber(u"99999999999.99999999999"), 999 * 10'000);
}

QTEST_GUILESS_MAIN(tst_DumpInspector)
#include "tst_dumpinspector.moc"
