#include "../sources/backupsourcecontract.h"
#include "basebackup/basebackup.h"
#include "basebackup/label.h"
#include "basebackup/manifest.h"
#include "hosts/hosts.h"
#include "support/madebackup.h"
#include "support/packed.h"
#include "support/testclock.h"
#include "values/pathtext.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using test::MadeBackup;

class TestBaseBackup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_place.clear(); }
    void manifestsOfRealServersAreRead_data();
    void manifestsOfRealServersAreRead();
    void labelsOfRealServersAreRead();
    void aTablespaceMapIsRead();
    void aPlainOneIsToldWhole();
    void aTarOneIsToldWhole_data();
    void aTarOneIsToldWhole();
    void breakagesAreFound_data();
    void breakagesAreFound();
    void brokenTarsAreFound_data();
    void brokenTarsAreFound();
    void aLargeTarIsJudgedByItsSize();
    void aLargeOneIsComparedOverSeveralScans_data();
    void aLargeOneIsComparedOverSeveralScans();
    void whatChangesMeanwhileIsComparedAnew();
    void whatWasBegunIsEndedFirst();
    void aManifestWithoutSumsVerifiesNothing_data();
    void aManifestWithoutSumsVerifiesNothing();
    void aCopyWithoutManifestIsOnlyThat();
    void oneThatIsStillWrittenIsRunning();
    void incrementsFindTheirParents();
    void tablespacesBelong();
    void encodedPathsAreFilesLikeOthers();

private:
    std::shared_ptr<BackupSource> adapter(qint64 budget, qint64 now = 1'763'640'000) const
    {
        Source source;
        source.name = u"backups"_s;
        source.path = pathText(m_place.path());
        const auto clock = std::make_shared<test::TestClock>(Instant::fromSeconds(now));
        return makeBaseBackupSource(source, {}, makeLocalHostReader(), clock, budget);
    }
    // Scans as often as it takes until the contents of that one were compared; each with an adapter that
    // `next` answers. The last scan.
    Scan comparedOf(const QString &id, Known &known, int &scans,
        const std::function<std::shared_ptr<BackupSource>()> &next) const
    {
        for (scans = 1; scans < 30; ++scans) {
            const auto one = test::settle(next()->scan(known, {}));
            if (!one || !*one)
                return {};
            known = test::remembered(known, **one);
            for (const Artifact &artifact : (*one)->artifacts)
                if (artifact.id == id && !artifact.checks.empty()
                    && artifact.checks.back().kind == CheckKind::Contents)
                    return **one;
        }
        return {};
    }
    // Small files, and one of three million bytes.
    static MadeBackup largeOne(quint64 system = 42)
    {
        MadeBackup made(system);
        QByteArray large(3'000'000, '\0');
        for (qsizetype i = 0; i < large.size(); ++i)
            large[i] = char((i * 7 + i / 251) & 0xff);
        made.files["base/5/16384"] = large;
        return made;
    }
    void putLarge(const QString &form, const MadeBackup &made, const QByteArray &name = "b") const
    {
        if (form == u"plain")
            return made.write(m_place, name);
        const bool packed = form == u"tar.gz";
        m_place.file(name + (packed ? "/base.tar.gz" : "/base.tar"),
            packed ? test::packedWith(Packing::Gzip, made.tar()) : made.tar());
        m_place.file(name + "/backup_manifest", made.manifestText());
    }
    Scan scan(const Known &known = {}, qint64 budget = ContentsOfOneScan, qint64 now = 1'763'640'000)
    {
        const auto scan = test::settle(adapter(budget, now)->scan(known, {}));
        return scan && *scan ? **scan : Scan {};
    }
    static QString told(const Artifact &a)
    {
        static const char *const States[] { "complete", "running", "failed", "unfinished", "damaged" };
        static const char *const Kinds[] { "structure", "contents", "pages", "restored" };
        QStringList words { a.id, QString::fromLatin1(States[int(a.state)]) };
        if (!a.why.isEmpty())
            words += u"("_s + a.why + u')';
        words += a.format + (a.compression.isEmpty() ? QString() : u'/' + a.compression);
        words += u"system %1"_s.arg(a.systemId ? QString::number(a.systemId->value) : u"?"_s);
        words += u"%1..%2"_s.arg(
            a.startLsn ? a.startLsn->toString() : u"?"_s, a.stopLsn ? a.stopLsn->toString() : u"?"_s);
        words += u"v%1"_s.arg(a.serverVersion);
        if (!a.parent.isEmpty())
            words += u"on "_s + a.parent;
        if (!a.hasManifest)
            words += u"no manifest"_s;
        if (a.carriesWal)
            words += u"with WAL"_s;
        for (const Check &check : a.checks)
            words += QString::fromLatin1(Kinds[int(check.kind)]) + (check.passed ? u"+"_s : u"-"_s);
        return words.join(u' ');
    }
    static QString told(const Scan &scan)
    {
        QStringList lines;
        for (const Artifact &artifact : scan.artifacts)
            lines += told(artifact);
        return lines.join(u'\n');
    }

    test::BytePlace m_place;
};

void TestBaseBackup::manifestsOfRealServersAreRead_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<quint64>("system");
    QTest::newRow("13") << u"13"_s << quint64(0);
    QTest::newRow("17") << u"17"_s << quint64(7710227258744486146);
}

void TestBaseBackup::manifestsOfRealServersAreRead()
{
    QFETCH(QString, name);
    QFile file(QStringLiteral(TIDEMARK_TEST_DATA "/basebackup/backup_manifest-%1.json.gz").arg(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray text = test::gunzip(file.readAll());
    const auto manifest = readManifest(text);
    QVERIFY(manifest);
    QVERIFY(manifest->files.size() > 900);
    QCOMPARE(manifest->ranges.size(), std::size_t(1));
    QCOMPARE(manifest->ranges[0].start.toString(), u"0/B00028"_s);
    QCOMPARE(manifest->systemId ? manifest->systemId->value : 0, [] {
        QFETCH(quint64, system);
        return system;
    }());
    QCOMPARE(readManifest(text.left(text.size() / 2)).error().code, u"basebackup.manifest-cut"_s);
    QCOMPARE(readManifest(text.chopped(3)).error().code, u"basebackup.manifest-cut"_s);
    QCOMPARE(readManifest({}).error().code, u"basebackup.manifest-cut"_s);
    text[2000] = char(text[2000] ^ 1);
    QCOMPARE(readManifest(text).error().code, u"basebackup.manifest-changed"_s);
}

void TestBaseBackup::labelsOfRealServersAreRead()
{
    const auto label = [](const char *name) {
        QFile file(QStringLiteral(TIDEMARK_TEST_DATA "/basebackup/") + QLatin1String(name));
        return file.open(QIODevice::ReadOnly) ? readLabel(file.readAll()) : std::nullopt;
    };
    const auto old = label("backup_label-13.txt");
    QVERIFY(old && !old->incrementalFrom);
    QCOMPARE(old->start.toString(), u"0/B00028"_s);
    QCOMPARE(old->from, u"master"_s);
    QCOMPARE(old->started, Instant::parse(u"2026-11-20T12:19:57Z"_s));
    const auto increment = label("backup_label-incremental-17.txt");
    QVERIFY(increment);
    QCOMPARE(increment->incrementalFrom->toString(), u"0/2600028"_s);
    QCOMPARE(increment->timeline, TimelineId { 1 });
    QVERIFY(!readLabel("rubbish"));
}

void TestBaseBackup::aTablespaceMapIsRead()
{
    QCOMPARE(readTablespaceMap("16384 /srv/fast disk\n16385 /srv/back\\\\slash\\\nline\n"),
        (QStringList { u"/srv/fast disk"_s, u"/srv/back\\slash\nline"_s }));
}

void TestBaseBackup::aPlainOneIsToldWhole()
{
    MadeBackup made;
    made.files["pg_wal/000000010000000000000002"] = QByteArray(1000, 'w');
    made.write(m_place, "nightly/2026-11-20");
    const Scan found = scan();
    QCOMPARE(told(found),
        u"nightly/2026-11-20 complete plain system 42 0/2000028..0/2000100 v150000 with WAL structure+ contents+"_s);
    const Artifact &artifact = found.artifacts[0];
    QCOMPARE(artifact.start, Instant::parse(u"2026-11-20T02:30:00Z"_s));
    QCOMPARE(artifact.notes.value(u"label"_s), u"nightly"_s);
    QCOMPARE(artifact.location, pathText(m_place.path()) + u"/nightly/2026-11-20"_s);
    QCOMPARE(artifact.part, u"nightly"_s);
    QCOMPARE(found.runs.size(), std::size_t(1));
    QCOMPARE(found.runs[0].state, RunState::Ok);
}

void TestBaseBackup::aTarOneIsToldWhole_data()
{
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<int>("packing");
    QTest::newRow("plain") << QByteArray() << int(Packing::None);
    QTest::newRow("gzip") << QByteArray(".gz") << int(Packing::Gzip);
    QTest::newRow("lz4") << QByteArray(".lz4") << int(Packing::Lz4);
    QTest::newRow("zstd") << QByteArray(".zst") << int(Packing::Zstd);
}

void TestBaseBackup::aTarOneIsToldWhole()
{
    QFETCH(QByteArray, end);
    QFETCH(int, packing);
    const MadeBackup made;
    m_place.file("b/base.tar" + end, test::packedWith(Packing(packing), made.tar()));
    m_place.file("b/pg_wal.tar", QByteArray(1024, '\0'));
    m_place.file("b/backup_manifest", made.manifestText());
    QCOMPARE(told(scan()),
        u"b complete tar%1 system 42 0/2000028..0/2000100 v150000 with WAL structure+ contents+"_s.arg(
            end.isEmpty() ? QString() : u'/' + packingName(Packing(packing))));
    const Scan larger = scan({}, 100);
    QCOMPARE(larger.artifacts[0].checks.size(), std::size_t(1));
    QVERIFY(larger.artifacts[0].checks[0].said.contains(u"sizes of the archives"));
}

void TestBaseBackup::breakagesAreFound_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("expected");
    const QString rest = u" plain system 42 0/2000028..0/2000100 v150000 structure"_s;
    QTest::newRow("no label")
        << u"label"_s
        << u"b unfinished (backup_label is missing) plain system 42 ?..0/2000100 v150000 "
           "structure-"_s;
    QTest::newRow("a running server's files") << u"pid"_s
                                              << u"b unfinished (postmaster.pid is there and backup_label is "
                                                 u"not: copied from a running server, or one "
                                                 "itself) plain system 42 ?..0/2000100 v150000 structure-"_s;
    QTest::newRow("a missing file") << u"missing"_s << u"b damaged (base/5/2619 is missing)"_s + rest + u'-';
    QTest::newRow("a short file") << u"short"_s
                                  << u"b damaged (base/5/1259 has another size)"_s + rest + u'-';
    QTest::newRow("a flipped bit") << u"flip"_s
                                   << u"b damaged (base/5/1259 does not agree with its checksum)"_s + rest
            + u"+ contents-"_s;
    QTest::newRow("two missing files")
        << u"two"_s << u"b damaged (base/5/1259 and 1 more are missing)"_s + rest + u'-';
    QTest::newRow("a cut manifest")
        << u"cut"_s
        << u"b damaged (backup_manifest is cut off) plain system 42 0/2000028..? v150000 structure-"_s;
    QTest::newRow("a changed manifest")
        << u"changed"_s
        << u"b damaged (backup_manifest does not agree with its own checksum) plain "
           "system 42 0/2000028..? v150000 structure-"_s;
    QTest::newRow("a manifest that was never renamed")
        << u"tmp"_s
        << u"b unfinished (backup_manifest.tmp was never renamed) plain system 42 0/2000028..? v150000 no manifest"_s;
    QTest::newRow("changed settings are none")
        << u"auto"_s << u"b complete plain system 42 0/2000028..0/2000100 v150000 structure+ contents+"_s;
}

void TestBaseBackup::breakagesAreFound()
{
    QFETCH(QString, what);
    MadeBackup made;
    made.write(m_place, "b");
    if (what == u"label" || what == u"pid")
        m_place.remove("b/backup_label");
    if (what == u"pid")
        m_place.file("b/postmaster.pid", "1\n");
    if (what == u"missing" || what == u"two")
        m_place.remove("b/base/5/2619");
    if (what == u"two")
        m_place.remove("b/base/5/1259");
    if (what == u"short")
        m_place.file("b/base/5/1259", "short");
    if (what == u"flip")
        m_place.file("b/base/5/1259", QByteArray(16383, 'p') + 'q');
    if (what == u"cut")
        m_place.file("b/backup_manifest", made.manifestText().chopped(90));
    if (what == u"changed")
        m_place.file("b/backup_manifest", made.manifestText().replace("base/5/1259", "base/5/1258"));
    if (what == u"tmp") {
        m_place.remove("b/backup_manifest");
        m_place.file("b/backup_manifest.tmp", "{");
    }
    if (what == u"auto")
        m_place.file("b/postgresql.auto.conf", "work_mem = '1GB'\n");
    QTEST(told(scan()), "expected");
}

void TestBaseBackup::brokenTarsAreFound_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("expected");
    QTest::newRow("cut") << u"cut"_s << u"damaged (base.tar: the archive ends in the middle)"_s;
    QTest::newRow("a flipped bit") << u"flip"_s
                                   << u"damaged (base/5/1259 does not agree with its checksum)"_s;
    QTest::newRow("a flipped header") << u"header"_s << u"damaged (base.tar: the archive is damaged)"_s;
    QTest::newRow("a packed one cut")
        << u"packed"_s << u"damaged (base.tar.gz: the packed bytes end in the middle)"_s;
    QTest::newRow("a missing file") << u"missing"_s << u"damaged (base/5/2619 is missing)"_s;
    QTest::newRow("no base.tar") << u"none"_s << u"unfinished (base.tar is missing)"_s;
    QTest::newRow("empty") << u"empty"_s << u"damaged (base.tar: the archive ends in the middle)"_s;
}

void TestBaseBackup::brokenTarsAreFound()
{
    QFETCH(QString, what);
    MadeBackup made;
    QByteArray tar = made.tar();
    m_place.file("b/backup_manifest", made.manifestText());
    m_place.file("b/pg_wal.tar", QByteArray(1024, '\0'));
    if (what == u"cut")
        tar.chop(9000);
    if (what == u"flip")
        tar.replace(QByteArray(16384, 'p'), QByteArray(16383, 'p') + 'q');
    if (what == u"header")
        tar[513] = 'X', tar[1030] = 'X', tar[tar.indexOf("base/5/1259") + 1] = 'X';
    if (what == u"missing") {
        made.files.erase("base/5/2619");
        tar = made.tar();
    }
    if (what == u"empty")
        tar.clear();
    if (what == u"packed")
        m_place.file("b/base.tar.gz", test::gzipped(tar).chopped(30));
    else if (what != u"none")
        m_place.file("b/base.tar", tar);
    const QString found = told(scan());
    QFETCH(QString, expected);
    QVERIFY2(found.startsWith(u"b "_s + expected), qPrintable(found));
}

void TestBaseBackup::aLargeTarIsJudgedByItsSize()
{
    const MadeBackup made;
    m_place.file("b/backup_manifest", made.manifestText());
    m_place.file("b/base.tar", made.tar().chopped(4096));
    const QString found = told(scan({}, 1000));
    QVERIFY2(
        found.startsWith(u"b damaged (base.tar: "_s) && found.contains(u"are needed"), qPrintable(found));
}

void TestBaseBackup::aLargeOneIsComparedOverSeveralScans_data()
{
    QTest::addColumn<QString>("form");
    QTest::addColumn<bool>("anew"); // the program is started anew between scans
    QTest::addColumn<bool>("flipped"); // one bit near the end
    QTest::newRow("plain") << u"plain"_s << false << false;
    QTest::newRow("plain, the program restarted") << u"plain"_s << true << false;
    QTest::newRow("plain, a flipped bit") << u"plain"_s << false << true;
    QTest::newRow("tar") << u"tar"_s << false << false;
    QTest::newRow("tar, a flipped bit") << u"tar"_s << false << true;
    QTest::newRow("packed tar") << u"tar.gz"_s << false << false;
    QTest::newRow("packed tar, a flipped bit") << u"tar.gz"_s << false << true;
}

void TestBaseBackup::aLargeOneIsComparedOverSeveralScans()
{
    QFETCH(QString, form);
    QFETCH(bool, anew);
    QFETCH(bool, flipped);
    MadeBackup made = largeOne();
    const QByteArray manifest = made.manifestText();
    if (flipped)
        made.files["base/5/16384"][2'999'000] = char(made.files["base/5/16384"][2'999'000] ^ 1);
    putLarge(form, made);
    m_place.file("b/backup_manifest", manifest);
    // What a program that starts anew goes on with is whole files: the large one has to fit.
    const qint64 budget = form == u"tar.gz" ? 1'500 : anew ? 3'100'000 : 900'000;
    const auto kept = adapter(budget);
    Known known;
    int scans = 0;
    const Scan last = comparedOf(u"b"_s, known, scans, [&] { return anew ? adapter(budget) : kept; });
    QVERIFY2(scans >= (anew ? 2 : 4) && scans < 30, qPrintable(QString::number(scans)));
    const QString rest
        = u" %1 system 42 0/2000028..0/2000100 v150000 "_s.arg(form == u"tar.gz" ? u"tar/gzip"_s : form);
    const bool listedToo = form != u"plain" && flipped; // tar: names and bytes are one pass
    const QString said = listedToo ? u"structure- contents"_s : u"structure+ contents"_s;
    QCOMPARE(told(last),
        flipped ? u"b damaged (base/5/16384 does not agree with its checksum)"_s + rest + said + u'-'
                : u"b complete"_s + rest + said + u'+');
    QCOMPARE(last.artifacts[0].checks.back().at, last.at);
    const auto again = test::settle((anew ? adapter(budget) : kept)->scan(known, {}));
    QVERIFY(again && *again && (*again)->artifacts.empty() && (*again)->runs.empty());
}

// What was compared already and is written anew behind its back must not pass for compared.
void TestBaseBackup::whatChangesMeanwhileIsComparedAnew()
{
    const MadeBackup made = largeOne();
    made.write(m_place, "b");
    Known known;
    for (int i = 0; i < 3; ++i)
        known = test::remembered(known, scan(known, 900'000));
    QByteArray other = made.files.at("base/5/1259");
    other[0] = 'q';
    m_place.file("b/base/5/1259", other, 1'763'605'900);
    int scans = 0;
    const Scan last = comparedOf(u"b"_s, known, scans, [&, kept = adapter(900'000)] { return kept; });
    QVERIFY2(told(last).contains(u"base/5/1259 does not agree with its checksum"), qPrintable(told(last)));
}

void TestBaseBackup::whatWasBegunIsEndedFirst()
{
    const auto kept = adapter(900'000);
    const auto next = [&] { return kept; };
    Known known;
    largeOne().write(m_place, "old");
    const auto begun = test::settle(kept->scan(known, {}));
    QVERIFY(begun && *begun);
    known = test::remembered(known, **begun);
    largeOne(43).write(m_place, "newer", 1'763'606'000);
    largeOne(44).write(m_place, "newest", 1'763'607'000);
    MadeBackup(45).write(m_place, "small", 1'763'605'000);
    int scans = 0;
    QCOMPARE(comparedOf(u"small"_s, known, scans, next).artifacts.size(), std::size_t(3));
    QCOMPARE(scans, 1); // one that fits is compared at once
    QStringList order;
    for (const QString &id : { u"old"_s, u"newest"_s, u"newer"_s }) {
        const Scan last = comparedOf(id, known, scans, next);
        QVERIFY(scans > 1 && scans < 30);
        order += last.artifacts[0].id;
    }
    QCOMPARE(order, (QStringList { u"old"_s, u"newest"_s, u"newer"_s }));
}

void TestBaseBackup::aManifestWithoutSumsVerifiesNothing_data()
{
    QTest::addColumn<QString>("form");
    QTest::newRow("plain") << u"plain"_s;
    QTest::newRow("tar") << u"tar"_s;
}

void TestBaseBackup::aManifestWithoutSumsVerifiesNothing()
{
    QFETCH(QString, form);
    MadeBackup made;
    made.sums = false;
    putLarge(form, made);
    QCOMPARE(told(scan()), u"b complete %1 system 42 0/2000028..0/2000100 v150000 structure+"_s.arg(form));
}

void TestBaseBackup::aCopyWithoutManifestIsOnlyThat()
{
    MadeBackup made;
    made.manifest = false;
    made.write(m_place, "rsync");
    QCOMPARE(told(scan()), u"rsync complete plain system 42 0/2000028..? v150000 no manifest"_s);
    m_place.remove("rsync/global/pg_control");
    QCOMPARE(told(scan()),
        u"rsync unfinished (global/pg_control, which is copied last, is missing) plain system ? 0/2000028..? "
        "v150000 no manifest"_s);
}

void TestBaseBackup::oneThatIsStillWrittenIsRunning()
{
    MadeBackup made;
    made.manifest = false;
    made.files.erase("global/pg_control");
    made.write(m_place, "b");
    const qint64 now = 1'763'605'860 + 60;
    const Scan first = scan({}, ContentsOfOneScan, now);
    QCOMPARE(first.artifacts[0].state, ArtifactState::Running);
    const Known known = test::remembered({}, first);
    const Scan later = scan(known, ContentsOfOneScan, now + 3600);
    QCOMPARE(later.artifacts.size(), std::size_t(1));
    QCOMPARE(later.artifacts[0].state, ArtifactState::Unfinished);
    QVERIFY(scan(test::remembered(known, later), ContentsOfOneScan, now + 7200).artifacts.empty());
}

void TestBaseBackup::incrementsFindTheirParents()
{
    MadeBackup(42, "0/6000028", "0/4000028").write(m_place, "a second");
    MadeBackup(42, "0/4000028", "0/2000028").write(m_place, "first");
    Scan found = scan();
    QCOMPARE(found.artifacts[0].parent, u"first"_s);
    QCOMPARE(found.artifacts[1].parent, u"missing 0/2000028"_s);
    QCOMPARE(found.artifacts[1].method, Method::Incremental);
    Known known = test::remembered({}, found);
    MadeBackup(42).write(m_place, "full");
    found = scan(known);
    QStringList ids;
    for (const Artifact &artifact : found.artifacts)
        ids += artifact.id + u" on "_s + artifact.parent;
    QCOMPARE(ids, (QStringList { u"full on "_s, u"first on full"_s }));
    known = test::remembered(known, found);
    QVERIFY(scan(known).artifacts.empty());
    m_place.remove("full");
    found = scan(known);
    QCOMPARE(found.gone, QStringList { u"full"_s });
    QCOMPARE(found.artifacts.size(), std::size_t(1));
    QCOMPARE(found.artifacts[0].parent, u"missing 0/2000028"_s);
}

void TestBaseBackup::tablespacesBelong()
{
    MadeBackup made;
    made.files["pg_tblspc/16384/PG_15_202209061/5/16390"] = QByteArray(8192, 't');
    made.manifest = false;
    MadeBackup without = made;
    without.files.erase("pg_tblspc/16384/PG_15_202209061/5/16390");
    without.write(m_place, "b");
    m_place.file("space here/PG_15_202209061/5/16390", QByteArray(8192, 't'));
    m_place.folder("b/pg_tblspc");
    std::filesystem::create_symlink(
        m_place.path("space here").toStdString(), m_place.path("b/pg_tblspc/16384").toStdString());
    m_place.file("b/backup_manifest", made.manifestText());
    Scan found = scan();
    QCOMPARE(told(found), u"b complete plain system 42 0/2000028..0/2000100 v150000 structure+ contents+"_s);
    QCOMPARE(found.artifacts[0].tablespaces, QStringList { pathText(m_place.path("space here")) });
    m_place.remove("space here/PG_15_202209061/5/16390");
    QVERIFY(told(scan()).contains(u"pg_tblspc/16384/PG_15_202209061/5/16390 is missing"));
    MadeBackup tar = made;
    tar.files["tablespace_map"] = "16384 /srv/fast disk\n";
    m_place.clear();
    m_place.file("t/base.tar", tar.tar());
    m_place.file("t/16384.tar",
        MadeBackup::tarEntry("PG_15_202209061/5/16390", QByteArray(8192, 't')) + QByteArray(1024, '\0'));
    m_place.file("t/backup_manifest", tar.manifestText());
    found = scan();
    QCOMPARE(told(found), u"t complete tar system 42 0/2000028..0/2000100 v150000 structure+ contents+"_s);
    QCOMPARE(found.artifacts[0].tablespaces, QStringList { u"/srv/fast disk"_s });
}

void TestBaseBackup::encodedPathsAreFilesLikeOthers()
{
    MadeBackup made;
    made.version = 2;
    made.files["base/5/odd \xff name"] = "x";
    made.write(m_place, "b");
    QCOMPARE(told(scan()), u"b complete plain system 42 0/2000028..0/2000100 v150000 structure+ contents+"_s);
    m_place.remove("b/base/5/odd \xff name");
    QVERIFY(told(scan()).contains(u"base/5/odd \\xff name is missing"));
}

QTEST_GUILESS_MAIN(TestBaseBackup)
#include "tst_basebackup.moc"
