#include "store/migrations.h"
#include "store/store.h"
#include "support/samplefacts.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/fsuid.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

std::optional<Result<StoreOpened>> openStore(const QString &folder)
{
    return test::settle(makeSqliteStore(folder, {}));
}

bool keepOne(FactStore &store, const QString &name, const ServerFacts &facts)
{
    const auto kept = test::settle(store.keep(u"lab"_s, name, facts, {}));
    return kept && *kept && **kept;
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

// Everything in a folder, name and size, for "untouched".
QString listing(const QString &folder)
{
    QStringList lines;
    for (const QFileInfo &info : QDir(folder).entryInfoList(QDir::Files | QDir::Hidden, QDir::Name))
        lines += u"%1 %2"_s.arg(info.fileName()).arg(info.size());
    return lines.join(u'\n');
}

// The sqlite3 shell: another program looking at the same file.
QString sqlite(const QString &path, const QString &sql)
{
    QProcess shell;
    shell.start(u"sqlite3"_s, { path, sql });
    if (!shell.waitForFinished())
        return u"hung"_s;
    return QString::fromUtf8(shell.readAllStandardOutput() + shell.readAllStandardError()).trimmed();
}

// Ends root's passing over permissions for threads started meanwhile; nothing to do for anybody else.
class NotRoot
{
public:
    NotRoot() { setfsuid(geteuid() == 0 ? 65534 : geteuid()); }
    ~NotRoot() { setfsuid(geteuid()); }
    NotRoot(const NotRoot &) = delete;
    NotRoot &operator=(const NotRoot &) = delete;
};

class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
        : m_handler(std::signal(SIGXFSZ, SIG_IGN))
    {
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit { bytes, m_before.rlim_max };
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit()
    {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    FileSizeLimit(const FileSizeLimit &) = delete;
    FileSizeLimit &operator=(const FileSizeLimit &) = delete;

private:
    rlimit m_before {};
    void (*m_handler)(int);
};

// The newest schema this program knows.
QByteArray newest()
{
    return QByteArray::number(builtInMigrations(Dialect::Sqlite).value().size());
}

} // namespace

class TestSqliteStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsForThisPersonAlone();
    void factsOutliveTheStore();
    void walForeignKeysAndFullSynchronous();
    void whatIsNotNewIsNotWritten();
    void aSecondConsoleIsRefusedAndTheFirstGoesOn();
    void aSecondConsoleReadsACopy();
    void aCopyOfNothingOrOfAnotherVersionIsRefused();
    void anotherProgramsLockIsBusy();
    void damageIsSetAsideAndTheStoreRebuilt_data();
    void damageIsSetAsideAndTheStoreRebuilt();
    void aDamagedRowLosesOnlyItself();
    void aNewerStoreIsRefusedUntouched();
    void aNewerStoreWithALiveWalIsRefused();
    void anotherProgramsFileIsRefusedUntouched();
    void placesThatCannotBeUsed_data();
    void placesThatCannotBeUsed();
    void aReadOnlyPlaceIsSaidSo();
    void aStoreThatCannotGrowSaysSoAndRecovers();
    void closingWhileWorkRunsIsClean();
};

void TestSqliteStore::everythingIsForThisPersonAlone()
{
    const test::TemporaryFolder folder;
    const QString place = folder.filePath(u"new/deeper"_s);
    const auto opened = openStore(place);
    QCOMPARE(test::wordsOf(opened), "ok");
    QVERIFY(keepOne(*(*opened)->store, u"a"_s, test::sampleServer()));
    QStringList modes;
    for (const QFileInfo &info : QDir(place).entryInfoList(QDir::Files, QDir::Name)) {
        struct stat about {
        };
        QCOMPARE(::stat(QFile::encodeName(info.filePath()).constData(), &about), 0);
        modes += u"%1 %2"_s.arg(info.fileName(), QString::number(about.st_mode & 07777, 8));
    }
    QCOMPARE(modes.join(u", "_s), u"store.db 600, store.db-shm 600, store.db-wal 600, store.lock 600"_s);
    QCOMPARE(QFile::permissions(place) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void TestSqliteStore::factsOutliveTheStore()
{
    const test::TemporaryFolder folder;
    {
        const auto opened = openStore(folder.path());
        QCOMPARE(test::wordsOf(opened), "ok");
        QVERIFY(keepOne(*(*opened)->store, u"a"_s, test::sampleServer()));
    }
    const auto opened = openStore(folder.path());
    QCOMPARE(test::wordsOf(opened), "ok");
    QVERIFY((*opened)->messages.empty());
    const auto kept = test::settle((*opened)->store->lastFacts(u"lab"_s, {}));
    QCOMPARE(test::wordsOf(kept), "ok");
    KeptFacts expected;
    expected.state.servers = { { .name = u"a"_s, .reach = Reach::Stale, .facts = test::sampleServer() } };
    expected.state.newestAnswer = test::sampleServer().readAt;
    QVERIFY(**kept == expected);
}

void TestSqliteStore::walForeignKeysAndFullSynchronous()
{
    const test::TemporaryFolder folder;
    const QString file = folder.filePath(u"store.db"_s);
    const auto opened = openStore(folder.path());
    QCOMPARE(test::wordsOf(opened), "ok");
    QCOMPARE(sqlite(file, u"PRAGMA journal_mode; PRAGMA user_version; PRAGMA application_id"_s),
        u"wal\n%1\n1416187243"_s.arg(QString::fromLatin1(newest())));
    // The history row goes with its server, so the shell's own switch proves the reference.
    QVERIFY(keepOne(*(*opened)->store, u"a"_s, test::sampleServer()));
    QCOMPARE(sqlite(file,
                 u"PRAGMA foreign_keys = ON; DELETE FROM server_facts; "
                 "SELECT count(*) FROM server_facts_history"_s),
        u"0"_s);
}

void TestSqliteStore::whatIsNotNewIsNotWritten()
{
    const test::TemporaryFolder folder;
    const auto opened = openStore(folder.path());
    QCOMPARE(test::wordsOf(opened), "ok");
    FactStore &store = *(*opened)->store;
    QVERIFY(keepOne(store, u"a"_s, test::sampleServer(1000)));
    const QString wal = folder.filePath(u"store.db-wal"_s);
    const QByteArray before = bytesOf(wal) + bytesOf(folder.filePath(u"store.db"_s));
    for (qint64 second = 990; second <= 1300; second += 10)
        QVERIFY(!keepOne(store, u"a"_s, test::sampleServer(second)));
    QVERIFY(test::settle(store.lastFacts(u"lab"_s, {})));
    QVERIFY(bytesOf(wal) + bytesOf(folder.filePath(u"store.db"_s)) == before);
    QVERIFY(keepOne(store, u"a"_s, test::sampleServer(1301)));
    QVERIFY(bytesOf(wal) + bytesOf(folder.filePath(u"store.db"_s)) != before);
}

void TestSqliteStore::aSecondConsoleIsRefusedAndTheFirstGoesOn()
{
    const test::TemporaryFolder folder;
    auto first = openStore(folder.path());
    QCOMPARE(test::wordsOf(first), "ok");
    const auto second = openStore(folder.path());
    QCOMPARE(test::wordsOf(second).left(13), "store.locked:");
    QVERIFY(keepOne(*(*first)->store, u"a"_s, test::sampleServer()));
    first.reset();
    QCOMPARE(test::wordsOf(openStore(folder.path())), "ok");
}

// In the middle of what the first one writes: only what is whole is there.
void TestSqliteStore::aSecondConsoleReadsACopy()
{
    const test::TemporaryFolder folder;
    auto first = openStore(folder.path());
    QVERIFY(keepOne(*(*first)->store, u"a"_s, test::sampleServer()));
    auto writing = (*first)->store->keep(u"lab"_s, u"b"_s, test::sampleServer(2000), {});
    const auto second = test::settle(makeSqliteCopy(folder.path(), {}));
    QCOMPARE(test::wordsOf(second), "ok");
    QVERIFY(test::settle(std::move(writing)).value().value());
    const QByteArray before
        = bytesOf(folder.filePath(u"store.db"_s)) + bytesOf(folder.filePath(u"store.db-wal"_s));
    const auto servers = [](const Result<StoreOpened> &store) {
        return test::settle(store->store->lastFacts(u"lab"_s, {})).value().value().state.servers.size();
    };
    const std::size_t copied = servers(*second);
    QVERIFY(copied == 1 || copied == 2);
    QVERIFY(keepOne(*(*second)->store, u"c"_s, test::sampleServer()));
    QCOMPARE(servers(*second), copied + 1);
    QCOMPARE(servers(*first), std::size_t { 2 });
    QCOMPARE(bytesOf(folder.filePath(u"store.db"_s)) + bytesOf(folder.filePath(u"store.db-wal"_s)), before);
    first.reset();
    QCOMPARE(servers(*second), copied + 1);
    QCOMPARE(test::wordsOf(openStore(folder.path())), "ok");
}

void TestSqliteStore::aCopyOfNothingOrOfAnotherVersionIsRefused()
{
    const test::TemporaryFolder folder;
    QVERIFY(test::wordsOf(test::settle(makeSqliteCopy(folder.path(), {}))).startsWith("store.cannot-open: "));
    openStore(folder.path()).reset();
    sqlite(folder.filePath(u"store.db"_s), u"DELETE FROM migrations WHERE version > 1"_s);
    QCOMPARE(test::wordsOf(test::settle(makeSqliteCopy(folder.path(), {}))),
        "store.locked: the store has version 1, this program reads " + newest());
}

void TestSqliteStore::anotherProgramsLockIsBusy()
{
    const test::TemporaryFolder folder;
    const auto opened = openStore(folder.path());
    QCOMPARE(test::wordsOf(opened), "ok");
    QProcess shell;
    shell.start(u"sqlite3"_s, { folder.filePath(u"store.db"_s) });
    shell.write("BEGIN IMMEDIATE; SELECT 'held';\n");
    QVERIFY(shell.waitForReadyRead());
    const auto kept = test::settle((*opened)->store->keep(u"lab"_s, u"a"_s, test::sampleServer(), {}));
    QCOMPARE(test::wordsOf(kept), "store.busy: database is locked");
    shell.closeWriteChannel();
    QVERIFY(shell.waitForFinished());
    QVERIFY(keepOne(*(*opened)->store, u"a"_s, test::sampleServer()));
}

void TestSqliteStore::damageIsSetAsideAndTheStoreRebuilt_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : { "text", "cut", "zeroes", "page", "schema" })
        QTest::newRow(how) << QString::fromLatin1(how);
}

void TestSqliteStore::damageIsSetAsideAndTheStoreRebuilt()
{
    QFETCH(QString, how);
    const test::TemporaryFolder folder;
    const QString path = folder.filePath(u"store.db"_s);
    {
        const auto opened = openStore(folder.path());
        QCOMPARE(test::wordsOf(opened), "ok");
        for (int i = 0; i < 20; ++i)
            QVERIFY(keepOne(*(*opened)->store, QString::number(i), test::sampleServer()));
    }
    QByteArray bytes = bytesOf(path);
    QVERIFY(bytes.size() > 5 * 4096);
    if (how == u"text"_s)
        bytes = "this is no database\n";
    else if (how == u"cut"_s)
        bytes.truncate(bytes.size() / 2);
    else if (how == u"zeroes"_s)
        bytes.replace(0, 4096, QByteArray(4096, '\0'));
    else if (how == u"page"_s)
        bytes.replace(bytes.size() - 4096, 4096, QByteArray(4096, '\x7f'));
    else
        bytes.replace(100, 3996, QByteArray(3996, '\x55'));
    put(path, bytes);

    const auto opened = openStore(folder.path());
    QCOMPARE(test::wordsOf(opened), "ok");
    QCOMPARE((*opened)->messages.size(), std::size_t { 1 });
    static const QRegularExpression form(u"^the store was damaged \\(.+\\); it was set aside as "
                                         "(/.+/store\\.db\\.damaged-\\d{8}T\\d{6}Z) and a new one begun$"_s);
    const auto match = form.match((*opened)->messages.front());
    QVERIFY2(match.hasMatch(), qPrintable((*opened)->messages.front()));
    QVERIFY(bytesOf(match.captured(1)) == bytes);
    QVERIFY(keepOne(*(*opened)->store, u"a"_s, test::sampleServer()));
}

void TestSqliteStore::aDamagedRowLosesOnlyItself()
{
    const test::TemporaryFolder folder;
    const auto opened = openStore(folder.path());
    QCOMPARE(test::wordsOf(opened), "ok");
    FactStore &store = *(*opened)->store;
    QVERIFY(keepOne(store, u"bad"_s, test::sampleServer()));
    QVERIFY(keepOne(store, u"good"_s, test::sampleServer()));
    const QString file = folder.filePath(u"store.db"_s);
    QCOMPARE(sqlite(file, u"UPDATE server_facts SET facts = '{\"tls\":7}' WHERE name = 'bad'"_s), QString());
    const auto kept = test::settle(store.lastFacts(u"lab"_s, {}));
    QCOMPARE(test::wordsOf(kept), "ok");
    QCOMPARE((*kept)->messages,
        std::vector { u"the kept facts of \"bad\" cannot be read: tls is not true or false"_s });
    QCOMPARE((*kept)->state.servers.size(), std::size_t { 1 });
    QCOMPARE(sqlite(file, u"SELECT facts FROM server_facts WHERE name = 'bad'"_s), u"{\"tls\":7}"_s);
    QVERIFY(keepOne(store, u"bad"_s, test::sampleServer(1'700'000'001)));
}

void TestSqliteStore::aNewerStoreIsRefusedUntouched()
{
    const test::TemporaryFolder folder;
    const QString path = folder.filePath(u"store.db"_s);
    QCOMPARE(test::wordsOf(openStore(folder.path())), "ok");
    QCOMPARE(
        sqlite(path, u"INSERT INTO migrations VALUES (99, 'x', 0); PRAGMA user_version = 99"_s), QString());
    const QByteArray before = bytesOf(path);
    const QString files = listing(folder.path());
    QCOMPARE(test::wordsOf(openStore(folder.path())),
        "store.newer: the store has version 99, this program knows " + newest());
    QVERIFY(bytesOf(path) == before);
    QCOMPARE(listing(folder.path()), files);
}

void TestSqliteStore::aNewerStoreWithALiveWalIsRefused()
{
    const test::TemporaryFolder folder;
    const QString path = folder.filePath(u"store.db"_s);
    QCOMPARE(test::wordsOf(openStore(folder.path())), "ok");
    QProcess newer; // still open, so that the new version is in the -wal alone
    newer.start(u"sqlite3"_s, { path });
    newer.write("INSERT INTO migrations VALUES (99, 'x', 0); PRAGMA user_version = 99; SELECT 'written';\n");
    QVERIFY(newer.waitForReadyRead());
    QCOMPARE(test::wordsOf(openStore(folder.path())),
        "store.newer: the store has version 99, this program knows " + newest());
    newer.closeWriteChannel();
    QVERIFY(newer.waitForFinished());
    QCOMPARE(sqlite(path, u"SELECT max(version) FROM migrations"_s), u"99"_s);
}

void TestSqliteStore::anotherProgramsFileIsRefusedUntouched()
{
    const test::TemporaryFolder folder;
    const QString path = folder.filePath(u"store.db"_s);
    for (const QString &mark : { u"0"_s, u"77"_s }) {
        QFile::remove(path);
        QCOMPARE(sqlite(path, u"CREATE TABLE theirs (x); PRAGMA application_id = "_s + mark), QString());
        const QByteArray before = bytesOf(path);
        QCOMPARE(test::wordsOf(openStore(folder.path())),
            "store.foreign: " + path.toUtf8() + " belongs to another program");
        QVERIFY(bytesOf(path) == before);
    }
}

void TestSqliteStore::placesThatCannotBeUsed_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("folder is a file") << u"file"_s << QByteArray("store.folder-is-file");
    QTest::newRow("below a file") << u"file/below"_s << QByteArray("store.folder-is-file");
    QTest::newRow("the store is a folder") << u"taken"_s << QByteArray("store.cannot-open");
}

void TestSqliteStore::placesThatCannotBeUsed()
{
    QFETCH(QString, place);
    QFETCH(QByteArray, code);
    const test::TemporaryFolder folder;
    put(folder.filePath(u"file"_s), "text");
    QVERIFY(QDir(folder.path()).mkpath(u"taken/store.db"_s));
    QCOMPARE(test::wordsOf(openStore(folder.filePath(place))).left(code.size()), code);
    QCOMPARE(bytesOf(folder.filePath(u"file"_s)), "text");
}

void TestSqliteStore::aReadOnlyPlaceIsSaidSo()
{
    const test::TemporaryFolder folder;
    QCOMPARE(test::wordsOf(openStore(folder.path())), "ok");
    const auto readOnly = QFile::ReadOwner | QFile::ReadGroup;
    for (const QString &file : { u"store.db"_s, u"store.lock"_s })
        QVERIFY(QFile::setPermissions(folder.filePath(file), readOnly));
    const auto entered = readOnly | QFile::ExeOwner | QFile::ExeGroup;
    QVERIFY(QFile::setPermissions(folder.path(), entered));
    {
        const NotRoot notRoot;
        QCOMPARE(test::wordsOf(openStore(folder.path())).left(16), "store.read-only:");
        QCOMPARE(test::wordsOf(openStore(folder.filePath(u"new"_s))).left(16), "store.read-only:");
    }
    QVERIFY(QFile::setPermissions(folder.path(), entered | QFile::WriteOwner));
}

void TestSqliteStore::aStoreThatCannotGrowSaysSoAndRecovers()
{
    const test::TemporaryFolder folder;
    const auto opened = openStore(folder.path());
    QCOMPARE(test::wordsOf(opened), "ok");
    FactStore &store = *(*opened)->store;
    QVERIFY(keepOne(store, u"a"_s, test::sampleServer()));
    ServerFacts large = test::sampleServer(1'800'000'000);
    large.archiveCommand.fill(u'x', 200'000);
    {
        const FileSizeLimit limit(100'000);
        const auto kept = test::settle(store.keep(u"lab"_s, u"a"_s, large, {}));
        QCOMPARE(test::wordsOf(kept), "store.io: disk I/O error");
        const auto last = test::settle(store.lastFacts(u"lab"_s, {}));
        QVERIFY(*(*last)->state.servers.front().facts == test::sampleServer());
    }
    QVERIFY(keepOne(store, u"a"_s, large));
}

void TestSqliteStore::closingWhileWorkRunsIsClean()
{
    const test::TemporaryFolder folder;
    std::vector<QCoro::Task<Result<bool>>> tasks;
    {
        const auto opened = openStore(folder.path());
        QCOMPARE(test::wordsOf(opened), "ok");
        for (int i = 0; i < 20; ++i)
            tasks.push_back((*opened)->store->keep(u"lab"_s, QString::number(i), test::sampleServer(), {}));
    }
    for (auto &task : tasks)
        QCOMPARE(test::wordsOf(test::settle(std::move(task))), "ok");
    QTRY_COMPARE(test::wordsOf(openStore(folder.path())), "ok");
    const auto opened = openStore(folder.path());
    const auto kept = test::settle((*opened)->store->lastFacts(u"lab"_s, {}));
    QCOMPARE((*kept)->state.servers.size(), std::size_t { 20 });
}

QTEST_GUILESS_MAIN(TestSqliteStore)
#include "tst_sqlitestore.moc"
