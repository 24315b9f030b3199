#include "pgbackrest/commands.h"
#include "pgbackrest/pgbackrest.h"
#include "support/expectations.h"
#include "support/jsonlines.h"
#include "support/memoryhost.h"
#include "support/printscan.h"
#include "support/settle.h"
#include "support/testclock.h"

#include <QDir>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

const QString Data = QStringLiteral(TIDEMARK_TEST_DATA "/pgbackrest/");
const QByteArray EmptyFolder = "{\".\":{\"type\":\"path\"}}";

HostOutput ended(const QByteArray &out)
{
    return { 0, out, {} };
}

// The labels of the recordings of one backup, and which file has them.
const QMap<QString, QString> &detailFiles(const QString &version)
{
    static QMap<QString, QMap<QString, QString>> files;
    auto &known = files[version];
    if (known.isEmpty())
        for (const QString &name : QDir(Data + version).entryList({ u"info-set-*.gz"_s })) {
            const QByteArray json = gunzipped(Data + version + u'/' + name);
            const auto at = json.indexOf("\"label\":\"");
            if (at >= 0)
                known[QString::fromLatin1(json.mid(at + 9, json.indexOf('\"', at + 9) - at - 9))] = name;
        }
    return known;
}

} // namespace

// Every recorded state of a real pgBackRest, read by the adapter and printed whole.
class TestPgBackRestRecordings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRecordedState_data();
    void everyRecordedState();
    void nothingNewInTheSameStateTwice_data() { everyRecordedState_data(); }
    void nothingNewInTheSameStateTwice();
    void aMissingProgramIsAnError();
    void aRefusedConfigurationIsAnErrorInItsOwnWords();
    void stanzasAreTold();
    void anArchiveWithTroubles();
    void oneRepositoryInErrorHidesNoExpiryOfTheOther();

private:
    static std::shared_ptr<BackupSource> sourceOver(
        std::shared_ptr<MemoryMachine> machine, const QString &stanza = u"demo"_s);
    static std::shared_ptr<MemoryMachine> recorded(const QString &version, const QString &name);
    static Scan scanned(const std::shared_ptr<BackupSource> &source, const Known &known = {});
};

std::shared_ptr<BackupSource> TestPgBackRestRecordings::sourceOver(
    std::shared_ptr<MemoryMachine> machine, const QString &stanza)
{
    Source source { .name = u"vault"_s, .kind = SourceKind::PgBackRest, .clusters = { u"shop"_s } };
    source.stanza = stanza;
    return makePgBackRestSource(source, {}, std::make_shared<MemoryHost>(std::move(machine)),
        std::make_shared<TestClock>(Instant::fromSeconds(1'795'200'000)));
}

std::shared_ptr<MemoryMachine> TestPgBackRestRecordings::recorded(const QString &version, const QString &name)
{
    const QString folder = Data + version + u'/';
    const pgbackrest::Way way;
    const auto machine = std::make_shared<MemoryMachine>();
    machine->program(way.info(u"demo"_s).words, ended(gunzipped(folder + name)));
    for (const int repository : { 1, 2 }) {
        machine->program(way.listArchive(u"demo"_s, repository).words, ended(EmptyFolder));
        machine->program(way.listBackups(u"demo"_s, repository).words, ended(EmptyFolder));
        const auto &details = detailFiles(version);
        for (auto file = details.cbegin(); file != details.cend(); ++file)
            machine->program(
                way.backup(u"demo"_s, repository, file.key()).words, ended(gunzipped(folder + *file)));
    }
    // The listings were recorded when there were two repositories.
    if (name.startsWith(u"info-multi-repo"_s)) {
        machine->program(
            way.listArchive(u"demo"_s, 1).words, ended(gunzipped(folder + u"repo-ls-archive.json.gz"_s)));
        machine->program(
            way.listBackups(u"demo"_s, 1).words, ended(gunzipped(folder + u"repo-ls.json.gz"_s)));
    }
    return machine;
}

Scan TestPgBackRestRecordings::scanned(const std::shared_ptr<BackupSource> &source, const Known &known)
{
    const auto scan = settle(source->scan(known, {}));
    if (scan && *scan)
        return **scan;
    qWarning("%s", wordsOf(scan).constData());
    return {};
}

void TestPgBackRestRecordings::everyRecordedState_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("name");
    for (const QString &version : { u"2.45"_s, u"2.55.1"_s, u"2.60.0"_s })
        for (const QString &name : QDir(Data + version).entryList({ u"*info*.gz"_s }))
            QTest::newRow(qPrintable(version + u' ' + name.section(u'.', 0, 0))) << version << name;
}

void TestPgBackRestRecordings::everyRecordedState()
{
    QFETCH(QString, version);
    QFETCH(QString, name);
    static std::map<QString, Expectations> expected;
    auto &texts = expected.try_emplace(version, Data + u"expected-%1.txt"_s.arg(version)).first->second;
    const auto source = sourceOver(recorded(version, name));
    const QString seen = ScanPrinter::of(scanned(source));
    QCOMPARE(seen, texts.of(name.section(u'.', 0, 0), seen));
}

void TestPgBackRestRecordings::nothingNewInTheSameStateTwice()
{
    QFETCH(QString, version);
    QFETCH(QString, name);
    const auto source = sourceOver(recorded(version, name));
    const Scan first = scanned(source);
    Known known { .archives = first.archives };
    for (const Artifact &artifact : first.artifacts)
        known.stamps.insert(artifact.id, artifact.stamp);
    Scan second = scanned(source, known);
    QCOMPARE(second.artifacts.size(), std::size_t(0));
    QCOMPARE(second.runs.size(), std::size_t(0));
    second.artifacts = first.artifacts;
    second.runs = first.runs;
    QCOMPARE(ScanPrinter::of(second), ScanPrinter::of(first));
}

void TestPgBackRestRecordings::aMissingProgramIsAnError()
{
    const auto scan = settle(sourceOver(std::make_shared<MemoryMachine>())->scan({}, {}));
    QCOMPARE(wordsOf(scan), QByteArray("host.no-program: pgbackrest"));
}

void TestPgBackRestRecordings::aRefusedConfigurationIsAnErrorInItsOwnWords()
{
    const auto machine = std::make_shared<MemoryMachine>();
    const QByteArray said = "ERROR: [055]: unable to open missing file '/etc/x.conf' for read\n";
    machine->program(pgbackrest::Way().info(u"demo"_s).words, HostOutput { 55, {}, said });
    const auto scan = settle(sourceOver(machine)->scan({}, {}));
    QCOMPARE(wordsOf(scan), "pgbackrest.failed: " + said.trimmed());
    QCOMPARE(scan->error().kind, ErrorKind::NotFound);
}

// Two stanzas of one source belong to two clusters: by name, and by system identifier.
void TestPgBackRestRecordings::stanzasAreTold()
{
    const auto machine = recorded(u"2.45"_s, u"info-one-full.json.gz"_s);
    QByteArray both = gunzipped(Data + u"2.45/info-one-full.json.gz"_s);
    QByteArray other = both.mid(1, both.size() - 2);
    other.replace("\"demo\"", "\"web\"").replace("7710236969170834915", "18446744073709551615");
    both.insert(both.lastIndexOf(']'), ',' + other);
    machine->program(pgbackrest::Way().info({}).words, ended(both));
    Source source { .name = u"vault"_s, .kind = SourceKind::PgBackRest, .clusters = { u"shop"_s, u"web"_s } };
    const std::vector<Cluster> clusters { { .name = u"shop"_s,
        .systemId = SystemId { 7710236969170834915 } } };
    const auto reading = makePgBackRestSource(source, clusters, std::make_shared<MemoryHost>(machine),
        std::make_shared<TestClock>(Instant::fromSeconds(1'795'200'000)));
    QStringList told;
    for (const Artifact &artifact : scanned(reading).artifacts)
        told << u"%1 %2 %3"_s.arg(artifact.id, artifact.cluster).arg(artifact.systemId->value);
    QCOMPARE(told.join(u'\n'),
        u"demo/1/20261120-125718F shop 7710236969170834915\n"
        "web/1/20261120-125718F web 18446744073709551615"_s);
}

void TestPgBackRestRecordings::anArchiveWithTroubles()
{
    const auto machine = recorded(u"2.45"_s, u"info-one-full.json.gz"_s);
    const QByteArray sum = "-e6170ba34706ca44984bfd83208223a9b6bc7d4f";
    const QByteArray twice = "-0000000000000000000000000000000000000000";
    const QByteArray in = "15-1/0000000100000000/0000000100000000000000";
    const auto file = [](const QByteArray &path, qint64 size, qint64 time) {
        return ",\"" + path + R"(":{"type":"file","size":)" + QByteArray::number(size)
            + ",\"time\":" + QByteArray::number(time) + '}';
    };
    QByteArray listing = R"({".":{"type":"path"})";
    listing += file(in + "11" + sum + ".gz", 10, 100) + file(in + "12" + sum, 1048576, 101)
        + file(in + "13" + sum, 300000, 102) + file(in + "14" + sum + ".gz", 0, 103)
        + file(in + "15" + sum + ".gz", 9, 104) + file(in + "15" + twice + ".gz", 9, 105)
        + file(in + "16" + sum + ".gz", 9, 106) + file(in + "18" + sum + ".zst", 9, 107)
        + file(in + "17" + sum + ".zst.pgbackrest.tmp", 9, 108)
        + file(in + "1A.partial" + sum + ".gz", 9, 109)
        + file("15-1/0000000200000000/00000002000000000000001A" + sum + ".gz", 9, 110)
        + file("15-1/00000002.history", 40, 111) + file("15-1/00000003.history", 40, 112)
        + file("archive.info", 300, 1) + '}';
    const pgbackrest::Way way;
    machine->program(way.listArchive(u"demo"_s, 1).words, ended(listing));
    machine->program(way.archived(u"demo"_s, 1, u"15-1/00000002.history"_s).words,
        ended("1\t0/1A000060\tno recovery target specified\n"));
    machine->program(way.archived(u"demo"_s, 1, u"15-1/00000003.history"_s).words, ended("garbage\n"));
    const Scan scan = scanned(sourceOver(machine));
    QCOMPARE(scan.archives.size(), std::size_t(1));
    QCOMPARE(ScanPrinter::of(scan.archives.front()),
        u"archive demo/repo1/15-1 cluster=shop system=7710236969170834915 segsize=1M "
        "span=000000010000000000000011+2@1970-01-01T00:01:40Z..1970-01-01T00:01:41Z "
        "span=000000010000000000000016+1@1970-01-01T00:01:46Z..1970-01-01T00:01:46Z "
        "span=000000010000000000000018+1@1970-01-01T00:01:47Z..1970-01-01T00:01:47Z "
        "span=00000002000000000000001A+1@1970-01-01T00:01:50Z..1970-01-01T00:01:50Z "
        "history=\"2<-1@0/1A000060 no recovery target specified\" "
        "bad=\"000000010000000000000013 1 300000 of 1048576 bytes\" "
        "bad=\"000000010000000000000014 0 0 bytes\" "
        "bad=\"000000010000000000000015 6 2 files that differ for one segment\" "
        "bad=\"00000003.history 7 syntax error in history file: garbage\" partial=26 files=13/1348729B"_s);
}

void TestPgBackRestRecordings::oneRepositoryInErrorHidesNoExpiryOfTheOther()
{
    const auto machine = recorded(u"2.45"_s, u"info-multi-repo.json.gz"_s);
    const auto source = sourceOver(machine);
    const Scan first = scanned(source);
    Known known { .archives = first.archives };
    for (const Artifact &artifact : first.artifacts)
        known.stamps.insert(artifact.id, artifact.stamp);
    known.stamps.insert(u"demo/1/20261101-000000F"_s, u"old"_s); // expired since
    machine->program(pgbackrest::Way().info(u"demo"_s).words,
        ended(gunzipped(Data + u"2.45/info-wrong-passphrase.json.gz"_s)));
    const Scan second = scanned(source, known);
    QVERIFY(!second.whole);
    QCOMPARE(second.gone, QStringList { u"demo/1/20261101-000000F"_s });
    QStringList parts;
    for (const WalArchive &archive : second.archives)
        parts << archive.part;
    QCOMPARE(parts, QStringList({ u"demo/repo1/15-1"_s, u"demo/repo2/15-1"_s }));
}

QTEST_GUILESS_MAIN(TestPgBackRestRecordings)
#include "tst_pgbackrest_recordings.moc"
