#include "barman/barman.h"
#include "barman/commands.h"
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

const QString Data = QStringLiteral(TIDEMARK_TEST_DATA "/barman/");

HostOutput ended(const QByteArray &out)
{
    return { out.contains("_ERROR") ? 1 : 0, out, {} };
}

QString textAfter(const QByteArray &json, const QByteArray &key)
{
    const auto at = json.indexOf('"' + key + "\": \"");
    const auto from = at + key.size() + 5;
    return at < 0 ? QString() : QString::fromUtf8(json.mid(from, json.indexOf('"', from) - from));
}

// Which recording tells of which backup: "main 20261120T123414".
const QMap<QString, QByteArray> &backupsOf(const QString &version)
{
    static QMap<QString, QMap<QString, QByteArray>> all;
    auto &known = all[version];
    if (!known.isEmpty())
        return known;
    for (const QString &name : QDir(Data + version).entryList({ u"show-backup-*.gz"_s })) {
        const QByteArray json = gunzipped(Data + version + u'/' + name);
        const QString id = textAfter(json, "backup_id");
        const QString server = QString::fromUtf8(json.mid(2, json.indexOf('"', 2) - 2));
        // The one before its WAL was in is asked for by name below.
        if (!id.isEmpty() && !name.contains(u"waiting"_s))
            known.insert(server + u' ' + id, json);
    }
    return known;
}

// A state of one server, or of both, as the recordings have it.
struct State {
    QString list;
    QString check;
    QString server;
};

} // namespace

Q_DECLARE_METATYPE(State)

// Every recorded state of a real Barman, read by the adapter and printed whole.
class TestBarmanRecordings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRecordedState_data();
    void everyRecordedState();
    void nothingNewInTheSameStateTwice_data() { everyRecordedState_data(); }
    void nothingNewInTheSameStateTwice();
    void theWalFolderIsReadWithItsGaps();
    void aWalFolderThatMayNotBeReadLeavesTheEnds();
    void anUnknownServerIsAnErrorInItsOwnWords();
    void aBrokenProgramIsAnErrorInItsOwnWords();
    void whoTheServerIsWhilePostgresIsDown();
    void aStartedBackupBeforeTheNewestWasLeft();

private:
    static std::shared_ptr<BackupSource> sourceOver(
        std::shared_ptr<MemoryMachine> machine, const QString &server = u"main"_s);
    static std::shared_ptr<MemoryMachine> recorded(const QString &version, const State &state);
    static Scan scanned(const std::shared_ptr<BackupSource> &source, const Known &known = {});
};

std::shared_ptr<BackupSource> TestBarmanRecordings::sourceOver(
    std::shared_ptr<MemoryMachine> machine, const QString &server)
{
    Source source { .name = u"barman"_s, .kind = SourceKind::Barman, .clusters = { u"shop"_s } };
    source.stanza = server;
    return makeBarmanSource(source, {}, std::make_shared<MemoryHost>(std::move(machine)),
        std::make_shared<TestClock>(Instant::fromSeconds(1'795'200'000)));
}

std::shared_ptr<MemoryMachine> TestBarmanRecordings::recorded(const QString &version, const State &state)
{
    const auto text
        = [&](const QString &name) { return gunzipped(Data + version + u'/' + name + u".json.gz"_s); };
    const barman::Way way;
    const auto machine = std::make_shared<MemoryMachine>();
    const QByteArray list = text(state.list);
    for (const QString &server : { u""_s, u"main"_s, u"web"_s })
        machine->program(way.listBackups(server).words, ended(list));
    for (qsizetype at = list.indexOf("backup_id"); at >= 0; at = list.indexOf("backup_id", at + 1))
        for (const QString &server : { u"main"_s, u"web"_s }) {
            const QString id = textAfter(list.mid(at - 1), "backup_id");
            const QByteArray unknown = "{\"_ERROR\": [\"Unknown backup '" + id.toUtf8() + "'\"]}";
            machine->program(way.showBackup(server, id).words,
                ended(backupsOf(version).value(server + u' ' + id, unknown)));
        }
    machine->program(way.check(u"main"_s).words, ended(text(state.check)));
    machine->program(way.showServer(u"main"_s).words, ended(text(state.server)));
    machine->program(way.check(u"web"_s).words, ended(text(u"check-web"_s)));
    machine->program(way.showServer(u"web"_s).words, ended(text(u"show-server-web"_s)));
    for (const char *server : { "main", "web" })
        machine->folder(QByteArray("/srv/lab/home/") + server + "/wals");
    return machine;
}

Scan TestBarmanRecordings::scanned(const std::shared_ptr<BackupSource> &source, const Known &known)
{
    const auto scan = settle(source->scan(known, {}));
    if (scan && *scan)
        return **scan;
    qWarning("%s", wordsOf(scan).constData());
    return {};
}

void TestBarmanRecordings::everyRecordedState_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<State>("state");
    QTest::addColumn<QString>("server");
    const std::pair<const char *, State> states[] = {
        { "no backup yet", { u"list-backup-none"_s, u"check-before-anything"_s, u"show-server"_s } },
        { "waiting for WAL", { u"list-backup-waiting"_s, u"check"_s, u"show-server"_s } },
        { "one", { u"list-backup-one"_s, u"check-ok"_s, u"show-server"_s } },
        { "three", { u"list-backup-three"_s, u"check-ok"_s, u"show-server"_s } },
        { "one kept", { u"list-backup-keep"_s, u"check-ok"_s, u"show-server"_s } },
        { "one runs", { u"list-backup-running"_s, u"check-ok"_s, u"show-server"_s } },
        { "one failed", { u"list-backup-failed"_s, u"check-after-failure"_s, u"show-server"_s } },
        { "server down", { u"list-backup-server-down"_s, u"check-server-down"_s, u"show-server-down"_s } },
        { "configuration error", { u"list-backup-one"_s, u"config-error"_s, u"show-server"_s } },
    };
    for (const QString &version : { u"3.4.0"_s, u"3.13.3"_s, u"3.20.1"_s }) {
        const QByteArray name = version.toUtf8() + ' ';
        for (const auto &[what, state] : states)
            QTest::newRow((name + what).constData()) << version << state << u"main"_s;
        QTest::newRow((name + "two servers").constData())
            << version << State { u"list-backup-all"_s, u"check-ok"_s, u"show-server"_s } << QString();
        if (version != u"3.4.0"_s)
            QTest::newRow((name + "incremental").constData())
                << version << State { u"list-backup-incremental"_s, u"check-ok"_s, u"show-server"_s }
                << u"main"_s;
    }
}

void TestBarmanRecordings::everyRecordedState()
{
    QFETCH(QString, version);
    QFETCH(State, state);
    QFETCH(QString, server);
    static std::map<QString, Expectations> expected;
    auto &texts = expected.try_emplace(version, Data + u"expected-%1.txt"_s.arg(version)).first->second;
    const QString seen = ScanPrinter::of(scanned(sourceOver(recorded(version, state), server)));
    QCOMPARE(seen, texts.of(QString::fromUtf8(QTest::currentDataTag()).section(u' ', 1), seen));
}

void TestBarmanRecordings::nothingNewInTheSameStateTwice()
{
    QFETCH(QString, version);
    QFETCH(State, state);
    QFETCH(QString, server);
    const auto source = sourceOver(recorded(version, state), server);
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

void TestBarmanRecordings::theWalFolderIsReadWithItsGaps()
{
    const auto machine = recorded(u"3.20.1"_s, { u"list-backup-one"_s, u"check-ok"_s, u"show-server"_s });
    const QByteArray wals = "/srv/lab/home/main/wals/";
    const QByteArray in = wals + "0000000100000000/0000000100000000000000";
    const auto at = [](int second) { return Instant::fromSeconds(second); };
    machine->file(in + "0E", "gz", at(10));
    machine->file(in + "0F", "gz", at(11));
    machine->file(in + "10", "", at(12));
    machine->file(in + "11", "gz", at(13));
    machine->file(in + "12.tmp", "gz", at(14));
    machine->file(in + "0E.00000028.backup", "label", at(10));
    machine->file(in + "13.partial", "half", at(15));
    machine->file(wals + "0000000200000000/000000020000000000000013", "gz", at(16));
    machine->file(wals + "00000002.history", "1\t0/1300060\tno recovery target specified\n", at(17));
    machine->file(wals + "xlog.db", "names", at(18));
    const Scan scan = scanned(sourceOver(machine));
    QCOMPARE(scan.archives.size(), std::size_t(1));
    QCOMPARE(ScanPrinter::of(scan.archives.front()),
        u"archive main cluster=shop system=7710230926988089088 segsize=1M "
        "span=00000001000000000000000E+2@1970-01-01T00:00:10Z..1970-01-01T00:00:11Z "
        "span=000000010000000000000011+1@1970-01-01T00:00:13Z..1970-01-01T00:00:13Z "
        "span=000000020000000000000013+1@1970-01-01T00:00:16Z..1970-01-01T00:00:16Z "
        "history=\"2<-1@0/1300060 no recovery target specified\" "
        "bad=\"000000010000000000000010 0 0 bytes\" partial=19 files=10/65B"_s);
}

void TestBarmanRecordings::aWalFolderThatMayNotBeReadLeavesTheEnds()
{
    const auto machine = recorded(u"3.20.1"_s, { u"list-backup-one"_s, u"check-ok"_s, u"show-server"_s });
    machine->deny("/srv/lab/home/main/wals");
    const Scan scan = scanned(sourceOver(machine));
    QCOMPARE(ScanPrinter::of(scan.archives.front()),
        u"archive main cluster=shop system=7710230926988089088 unlisted segsize=1M "
        "span=00000001000000000000000E+2"_s);
    QCOMPARE(ScanPrinter::of(scan.troubles.front()),
        u"trouble main cluster=shop barman.archive-unlisted said=\"Permission denied\""_s);
}

void TestBarmanRecordings::anUnknownServerIsAnErrorInItsOwnWords()
{
    const auto machine = std::make_shared<MemoryMachine>();
    machine->program(
        barman::Way().listBackups(u"nosuch"_s).words, ended("{\"_ERROR\": [\"Unknown server 'nosuch'\"]}"));
    const auto scan = settle(sourceOver(machine, u"nosuch"_s)->scan({}, {}));
    QCOMPARE(wordsOf(scan), QByteArray("barman.failed: Unknown server 'nosuch'"));
}

void TestBarmanRecordings::aBrokenProgramIsAnErrorInItsOwnWords()
{
    const auto machine = std::make_shared<MemoryMachine>();
    const auto command = barman::Way().listBackups(u"main"_s).words;
    machine->program(command, HostOutput { 1, {}, "PermissionError: [Errno 13] Permission denied\n" });
    auto scan = settle(sourceOver(machine)->scan({}, {}));
    QCOMPARE(wordsOf(scan), QByteArray("barman.failed: PermissionError: [Errno 13] Permission denied"));
    QCOMPARE(scan->error().kind, ErrorKind::Denied);
    machine->program(command, HostOutput { 0, "No such server", {} });
    scan = settle(sourceOver(machine)->scan({}, {}));
    QVERIFY(wordsOf(scan).startsWith("barman.garbled: not JSON"));
}

void TestBarmanRecordings::whoTheServerIsWhilePostgresIsDown()
{
    const auto machine = recorded(
        u"3.4.0"_s, { u"list-backup-server-down"_s, u"check-server-down"_s, u"show-server-down"_s });
    machine->file(
        "/srv/lab/home/main/identity.json", "{\"systemid\": \"18446744073709551615\", \"version\": \"15\"}");
    const Scan scan = scanned(sourceOver(machine));
    QVERIFY(!scan.artifacts.empty());
    QCOMPARE(scan.artifacts.front().systemId->value, ~0ull);
    QCOMPARE(scan.archives.front().systemId->value, ~0ull);
}

void TestBarmanRecordings::aStartedBackupBeforeTheNewestWasLeft()
{
    const auto machine = std::make_shared<MemoryMachine>();
    const barman::Way way;
    machine->program(way.listBackups(u"main"_s).words,
        ended("{\"main\": [{\"backup_id\": \"20261120T130000\", \"status\": \"STARTED\"},"
              "{\"backup_id\": \"20261120T120000\", \"status\": \"STARTED\"}]}"));
    for (const QString &id : { u"20261120T130000"_s, u"20261120T120000"_s })
        machine->program(way.showBackup(u"main"_s, id).words,
            ended("{\"main\": {\"backup_id\": \"" + id.toUtf8() + "\", \"status\": \"STARTED\"}}"));
    QStringList states;
    for (const Artifact &artifact : scanned(sourceOver(machine)).artifacts)
        states << ScanPrinter::of(artifact);
    QCOMPARE(states.join(u'\n'),
        u"main/20261120T120000 basebackup full unfinished cluster=shop part=main why=STARTED "
        "at=\"main 20261120T120000\"\n"
        "main/20261120T130000 basebackup full running cluster=shop part=main at=\"main 20261120T130000\""_s);
}

QTEST_GUILESS_MAIN(TestBarmanRecordings)
#include "tst_barman_recordings.moc"
