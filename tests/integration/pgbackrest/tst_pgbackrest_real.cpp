#include "hosts/hosts.h"
#include "lab/cluster.h"
#include "lab/vault.h"
#include "pgbackrest/pgbackrest.h"
#include "sources/walreading.h"
#include "support/printscan.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"
#include "support/testclock.h"
#include "support/waltruth.h"

#include <QDirIterator>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

// The adapter on the lab's vault-db: a real pgBackRest with full, diff and incr, asynchronous archiving.
class TestPgBackRestReal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void whatTheRepositoryHoldsIsTold();
    void nothingNewIsNothing();
    void itsWalIsRead();
    void itsWalIsReadWhereItIsEncrypted();
    void aNewBackupIsFoundAlone();
    void aDeletedSegmentIsAGap();
    void anEmptySegmentIsATrouble();
    void aHistoryFileIsRead();
    void aRepositoryThatIsAwayTakesNothingForGone();
    void aConfigurationThatIsAwayIsAnError();

private:
    [[nodiscard]] Result<QByteArray> backrest(const QStringList &words) const;
    // Archived and quiet: nothing changes until somebody works on the server again.
    void settleArchive();
    [[nodiscard]] QStringList archived() const; // segments by name, sorted
    [[nodiscard]] QString pathOf(const QString &segment) const;
    Scan scan();
    // Deleted rows of users' relations in an archive, and how many segments were read without a fault.
    [[nodiscard]] std::pair<std::uint64_t, int> deletedRows(
        std::shared_ptr<BackupSource> source, WalArchive archive) const;

    TemporaryFolder m_folder;
    std::unique_ptr<lab::Vault> m_vault;
    std::shared_ptr<HostReader> m_host = makeLocalHostReader();
    std::shared_ptr<BackupSource> m_source;
    Known m_known;
};

void TestPgBackRestReal::initTestCase()
{
    const QString folder = m_folder.filePath(u"lab"_s);
    QVERIFY(lab::makeNotedFolder(folder));
    const auto place = lab::makePlace(folder, lab::postgresBinaries());
    QVERIFY2(place, wordsOf(std::optional(place)).constData());
    m_vault = std::make_unique<lab::Vault>(*place);
    const auto up = m_vault->bringUp([](const QString &) {});
    QVERIFY2(up, wordsOf(std::optional(up)).constData());
    Source source { .name = u"vault"_s, .kind = SourceKind::PgBackRest, .clusters = { u"vault-db"_s } };
    source.config = m_vault->configuration();
    source.stanza = u"vault"_s;
    m_source = makePgBackRestSource(
        source, {}, m_host, std::make_shared<TestClock>(Instant::fromSeconds(1'795'200'000)));
    settleArchive();
}

void TestPgBackRestReal::cleanupTestCase()
{
    if (m_vault) {
        (void)m_vault->end();
        (void)m_vault->remove();
    }
}

Result<QByteArray> TestPgBackRestReal::backrest(const QStringList &words) const
{
    return lab::run(u"pgbackrest"_s,
        QStringList { u"--config="_s + m_vault->configuration(), u"--stanza=vault"_s } + words);
}

void TestPgBackRestReal::settleArchive()
{
    const auto cluster = m_vault->cluster();
    QVERIFY(cluster.psql(u"select pg_switch_wal()"_s));
    const auto wanted = cluster.psql(
        u"select pg_walfile_name(pg_current_wal_lsn() - case when pg_current_wal_lsn() - '0/0'::pg_lsn "
        "> 16777216 then 16777216 else 0 end)"_s);
    QVERIFY(wanted);
    QTRY_VERIFY_WITH_TIMEOUT(archived().contains(wanted->trimmed()), 30'000);
}

QStringList TestPgBackRestReal::archived() const
{
    QStringList names;
    QDirIterator files(m_vault->folder() + u"/repo/archive/vault"_s, { u"*-*"_s }, QDir::Files,
        QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        if (files.fileName().size() > 64)
            names << files.fileName().left(24);
    }
    names.sort();
    return names;
}

QString TestPgBackRestReal::pathOf(const QString &segment) const
{
    QDirIterator files(m_vault->folder() + u"/repo/archive/vault"_s, { segment + u"-*"_s }, QDir::Files,
        QDirIterator::Subdirectories);
    return files.hasNext() ? files.next() : QString();
}

Scan TestPgBackRestReal::scan()
{
    const auto found = settle(m_source->scan(m_known, {}), std::chrono::seconds(60));
    if (!found || !*found) {
        qWarning("%s", wordsOf(found).constData());
        return {};
    }
    for (const QString &id : (*found)->gone)
        m_known.stamps.remove(id);
    for (const Artifact &artifact : (*found)->artifacts)
        m_known.stamps.insert(artifact.id, artifact.stamp);
    m_known.archives = (*found)->archives;
    return **found;
}

void TestPgBackRestReal::whatTheRepositoryHoldsIsTold()
{
    const Scan first = scan();
    QVERIFY(first.whole);
    QCOMPARE(ScanPrinter::of(Scan { .troubles = first.troubles }), u"whole\n"_s);
    const auto system = m_vault->cluster().psql(u"select system_identifier from pg_control_system()"_s);
    const auto now = m_vault->cluster().psql(u"select extract(epoch from now())::bigint"_s);
    QVERIFY(system && now);
    QCOMPARE(first.artifacts.size(), std::size_t(3));
    for (const Artifact &artifact : first.artifacts) {
        QCOMPARE(QString::number(artifact.systemId->value), system->trimmed());
        QCOMPARE(artifact.cluster, u"vault-db"_s);
        QVERIFY(*artifact.start <= *artifact.stop && *artifact.startLsn < *artifact.stopLsn);
        QVERIFY(std::abs(artifact.stop->seconds() - now->trimmed().toLongLong()) < 600);
        QVERIFY(artifact.size->count > 1'000'000 && artifact.stored->count > 0);
    }
    const auto &full = first.artifacts.at(0);
    const auto &diff = first.artifacts.at(1);
    const auto &incr = first.artifacts.at(2);
    QCOMPARE(full.method, Method::Full);
    QCOMPARE(diff.method, Method::Differential);
    QCOMPARE(incr.method, Method::Incremental);
    QCOMPARE(diff.parent, full.id);
    QCOMPARE(incr.parent, diff.id);
    QCOMPARE(incr.needs, QStringList({ full.id, diff.id }));
    const WalArchive &archive = first.archives.at(0);
    const QStringList names = archived();
    QVERIFY(archive.listed);
    QCOMPARE(archive.segmentSize, DefaultSegmentSize);
    QCOMPARE(archive.spans.size(), std::size_t(1));
    QCOMPARE(
        segmentName(archive.spans[0].timeline, archive.spans[0].first, DefaultSegmentSize), names.first());
    QCOMPARE(segmentName(archive.spans[0].timeline, archive.spans[0].last, DefaultSegmentSize), names.last());
    QVERIFY(std::abs(archive.spans[0].lastArrived->seconds() - now->trimmed().toLongLong()) < 600);
    QVERIFY(first.usage.at(0).used->count > full.stored->count);
}

void TestPgBackRestReal::nothingNewIsNothing()
{
    const auto before = m_known.archives;
    const Scan second = scan();
    QVERIFY(second.artifacts.empty() && second.runs.empty() && second.gone.isEmpty());
    QVERIFY(second.archives == before);
}

std::pair<std::uint64_t, int> TestPgBackRestReal::deletedRows(
    std::shared_ptr<BackupSource> source, WalArchive archive) const
{
    const auto minute = std::chrono::minutes(1);
    const auto place = settle(source->walPlace(archive, {}), minute);
    if (!place || !*place)
        return {};
    const auto folder = settle(openWal((*place)->files, { (*place)->folder }, {}, {}), minute);
    const auto told = std::make_shared<WalTold>();
    const auto read
        = folder && *folder ? settle(readWal(**folder, WalStory(*told, {}), told, {}), minute) : std::nullopt;
    if (!read || !*read)
        return {};
    std::pair<std::uint64_t, int> found;
    for (const WalEndTold &end : told->ends)
        found.first += end.deleted;
    for (const WalFileRead &file : (*read)->files)
        found.second += file.contents.fault ? 0 : 1;
    return found;
}

void TestPgBackRestReal::itsWalIsRead()
{
    const auto before = deletedRows(m_source, m_known.archives.front());
    const qsizetype segments = archived().size();
    QCOMPARE(before.second, int(segments));
    QVERIFY(m_vault->cluster().psql(u"create table lost as select generate_series(1, 4321) as n"_s));
    const auto name = m_vault->cluster().psql(u"delete from lost; select pg_walfile_name(pg_switch_wal())"_s);
    QVERIFY(name);
    QTRY_VERIFY_WITH_TIMEOUT(archived().contains(name->trimmed().section(u'\n', -1)), 30'000);
    const auto after = deletedRows(m_source, m_known.archives.front());
    QCOMPARE(after.first, before.first + 4321);
    QVERIFY(after.second > before.second);
    QCOMPARE(after.second, int(archived().size()));
    static_cast<void>(scan());
}

// A second repository of the same server, whose files nobody can read without its key.
void TestPgBackRestReal::itsWalIsReadWhereItIsEncrypted()
{
    const QString folder = m_folder.filePath(u"crypt"_s);
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(QFile::setPermissions(folder, QFile::Permissions(0x7777)));
    QFile theirs(m_vault->configuration());
    QVERIFY(theirs.open(QIODevice::ReadOnly));
    const QByteArray plain = theirs.readAll();
    const QByteArray ours = m_vault->folder().toUtf8() + "/repo";
    QVERIFY(plain.contains("repo1-path=" + ours));
    QFile file(folder + u"/pgbackrest.conf"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(plain).replace("repo1-path=" + ours,
        "repo1-path=" + folder.toUtf8() + "/repo\nrepo1-cipher-type=aes-256-cbc\nrepo1-cipher-pass=geheim"));
    file.close();
    const auto run = [&](const QStringList &words) {
        return lab::run(u"pgbackrest"_s,
            QStringList { u"--config="_s + file.fileName(), u"--stanza=vault"_s, u"--no-archive-async"_s }
                + words);
    };
    const auto made = lab::run(
        u"pgbackrest"_s, { u"--config="_s + file.fileName(), u"--stanza=vault"_s, u"stanza-create"_s });
    QVERIFY2(made, wordsOf(std::optional(made)).constData());
    QVERIFY(m_vault->cluster().psql(u"create table gone as select generate_series(1, 777) as n"_s));
    const auto name = m_vault->cluster().psql(u"delete from gone; select pg_walfile_name(pg_switch_wal())"_s);
    QVERIFY(name);
    const QString segment = name->trimmed().section(u'\n', -1);
    const auto pushed
        = run({ u"archive-push"_s, m_vault->cluster().dataDirectory() + u"/pg_wal/"_s + segment });
    QVERIFY2(pushed, wordsOf(std::optional(pushed)).constData());
    Source source { .name = u"crypt"_s, .kind = SourceKind::PgBackRest, .clusters = { u"vault-db"_s } };
    source.config = file.fileName();
    const auto reader = makePgBackRestSource(
        source, {}, m_host, std::make_shared<TestClock>(Instant::fromSeconds(1'795'200'000)));
    const auto scan = settle(reader->scan({}, {}), std::chrono::minutes(1));
    QVERIFY2(scan && *scan, wordsOf(scan).constData());
    QCOMPARE((*scan)->archives.size(), std::size_t(1));
    QCOMPARE(deletedRows(reader, (*scan)->archives.front()), std::pair(std::uint64_t(777), 1));
}

void TestPgBackRestReal::aNewBackupIsFoundAlone()
{
    const auto made = backrest({ u"--type=incr"_s, u"--annotation=ticket=OPS-17 \"é\""_s, u"backup"_s });
    const bool annotated = made.has_value();
    if (!annotated)
        QVERIFY2(false, wordsOf(std::optional(made)).constData());
    settleArchive();
    const Scan next = scan();
    QCOMPARE(next.artifacts.size(), std::size_t(1));
    QCOMPARE(next.runs.size(), std::size_t(1));
    QCOMPARE(next.artifacts[0].method, Method::Incremental);
    QCOMPARE(next.artifacts[0].notes.value(u"ticket"_s), u"OPS-17 \"é\""_s);
    QVERIFY(m_known.stamps.contains(next.artifacts[0].parent));
}

void TestPgBackRestReal::aDeletedSegmentIsAGap()
{
    const QStringList names = archived();
    QVERIFY(names.size() >= 5);
    const QString lost = names.at(names.size() / 2);
    const QString path = pathOf(lost);
    QVERIFY(QFile::rename(path, m_folder.filePath(u"aside"_s)));
    const WalArchive archive = scan().archives.at(0);
    QVERIFY(QFile::rename(m_folder.filePath(u"aside"_s), path));
    QCOMPARE(archive.spans.size(), std::size_t(2));
    QCOMPARE(segmentName(archive.spans[0].timeline, { archive.spans[0].last.value + 1 }, DefaultSegmentSize),
        lost);
    QCOMPARE(archive.spans[0].last.value + 2, archive.spans[1].first.value);
    QCOMPARE(scan().archives.at(0).spans.size(), std::size_t(1));
}

void TestPgBackRestReal::anEmptySegmentIsATrouble()
{
    const QStringList names = archived();
    const QString path = pathOf(names.at(1));
    QVERIFY(QFile::rename(path, m_folder.filePath(u"aside"_s)));
    QFile empty(path);
    QVERIFY(empty.open(QIODevice::WriteOnly));
    empty.close();
    const WalArchive archive = scan().archives.at(0);
    QVERIFY(empty.remove() && QFile::rename(m_folder.filePath(u"aside"_s), path));
    QCOMPARE(archive.troubles.size(), std::size_t(1));
    QCOMPARE(archive.troubles[0].name, names.at(1));
    QCOMPARE(archive.troubles[0].fault, WalFault::Empty);
    QCOMPARE(archive.spans.size(), std::size_t(2));
}

// What a test restore that archived into production leaves behind.
void TestPgBackRestReal::aHistoryFileIsRead()
{
    const QString id = QDir(m_vault->folder() + u"/repo/archive/vault"_s).entryList({ u"*-1"_s }).value(0);
    QFile history(m_vault->folder() + u"/repo/archive/vault/%1/00000002.history"_s.arg(id));
    QVERIFY(history.open(QIODevice::WriteOnly));
    history.write("1\t0/3000000\tbefore 2026-11-20 12:00:00+00\n");
    history.close();
    const WalArchive archive = scan().archives.at(0);
    QCOMPARE(archive.histories.size(), std::size_t(1));
    QCOMPARE(archive.histories[0].switches.at(0).at.toString(), u"0/3000000"_s);
    QVERIFY(archive.histories[0].arrived.has_value());
    QVERIFY(history.remove());
}

void TestPgBackRestReal::aRepositoryThatIsAwayTakesNothingForGone()
{
    const Known before = m_known;
    const QString repo = m_vault->folder() + u"/repo"_s;
    QVERIFY(QFile::rename(repo, repo + u".away"_s));
    const Scan blind = scan();
    QVERIFY(QFile::rename(repo + u".away"_s, repo));
    QVERIFY(!blind.whole && blind.gone.isEmpty());
    QCOMPARE(ScanPrinter::of(blind.troubles.at(0)),
        u"trouble vault/repo1 cluster=vault-db pgbackrest.missing-stanza said=\"missing stanza path\""_s);
    QVERIFY(m_known.archives == before.archives);
    const Scan again = scan();
    QVERIFY(again.whole && again.artifacts.empty());
}

void TestPgBackRestReal::aConfigurationThatIsAwayIsAnError()
{
    Source source { .name = u"vault"_s, .kind = SourceKind::PgBackRest };
    source.config = u"/nowhere/it's.conf"_s;
    const auto nothing = makePgBackRestSource(
        source, {}, m_host, std::make_shared<TestClock>(Instant::fromSeconds(1'795'200'000)));
    const auto found = settle(nothing->scan({}, {}), std::chrono::seconds(20));
    QCOMPARE(wordsOf(found),
        QByteArray(
            "pgbackrest.failed: ERROR: [055]: unable to open missing file '/nowhere/it's.conf' for read"));
    QCOMPARE(found->error().kind, ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(TestPgBackRestReal)
#include "tst_pgbackrest_real.moc"
