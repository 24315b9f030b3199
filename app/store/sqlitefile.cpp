#include "store/sqlitefile.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUrl>
#include <QtEndian>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr quint32 ApplicationId = 0x54694d6b; // "TiMk"
constexpr int BusyTimeoutMs = 5000;

tl::unexpected<Error> systemFailure(const QString &path)
{
    const int number = errno;
    const QString detail = path + u": "_s + qt_error_string(number);
    switch (number) {
    case EROFS:
    case EACCES:
    case EPERM:
        return failure(ErrorKind::Denied, u"store.read-only"_s, detail);
    case ENOSPC:
    case EDQUOT:
        return failure(ErrorKind::Unreachable, u"store.full"_s, detail);
    case ENOTDIR:
        return failure(ErrorKind::Invalid, u"store.folder-is-file"_s, detail);
    default:
        return failure(ErrorKind::Denied, u"store.cannot-open"_s, detail);
    }
}

Result<> makeFolder(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir())
        return {};
    if (info.exists())
        return failure(ErrorKind::Invalid, u"store.folder-is-file"_s, path);
    const QString parent = info.absolutePath();
    if (parent != path) {
        if (auto made = makeFolder(parent); !made)
            return made;
    }
    if (::mkdir(QFile::encodeName(path).constData(), 0700) != 0 && errno != EEXIST)
        return systemFailure(path);
    return {};
}

// SQLite gives its -wal and -shm files the mode of the database.
Result<> makePrivate(const QString &path)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return systemFailure(path);
    struct stat about {
    };
    const bool open = ::fstat(fd, &about) == 0 && (about.st_mode & 077) != 0;
    const bool closed = !open || ::fchmod(fd, 0600) == 0;
    auto result = closed ? Result<>() : Result<>(systemFailure(path));
    ::close(fd);
    return result;
}

enum class Look { Fresh, Ours, Damaged };

Result<Look> wrongFile(ErrorKind kind, const QString &code, const QString &detail)
{
    return failure(kind, code, detail);
}

// Reads the header alone: a store that is newer than the program, or not ours, is not even opened.
Result<Look> look(const QString &path, int newest)
{
    QFile file(path);
    if (!file.exists())
        return Look::Fresh;
    if (!file.open(QIODevice::ReadOnly))
        return wrongFile(ErrorKind::Denied, u"store.cannot-open"_s, path + u": "_s + file.errorString());
    const QByteArray header = file.read(100);
    if (header.isEmpty())
        return Look::Fresh;
    if (header.size() < 100 || !header.startsWith(QByteArray("SQLite format 3", 16)))
        return Look::Damaged;
    const auto version = qFromBigEndian<qint32>(header.constData() + 60);
    const auto application = qFromBigEndian<quint32>(header.constData() + 68);
    if (application != 0 && application != ApplicationId)
        return wrongFile(ErrorKind::Invalid, u"store.foreign"_s, path + u" belongs to another program"_s);
    if (version > newest)
        return wrongFile(ErrorKind::Conflict, u"store.newer"_s,
            u"the store has version %1, this program knows %2"_s.arg(version).arg(newest));
    return Look::Ours;
}

Result<> prepare(Database &database)
{
    for (const QString &pragma : { u"PRAGMA cell_size_check = ON"_s, u"PRAGMA trusted_schema = OFF"_s,
             u"PRAGMA foreign_keys = ON"_s, u"PRAGMA journal_mode = WAL"_s,
             // A session's journal must survive a power cut; writes are few and off the GUI thread.
             u"PRAGMA synchronous = FULL"_s }) {
        if (auto done = database.exec(pragma); !done)
            return done;
    }
    return {};
}

Result<> refuseForeign(Database &database)
{
    const auto application = database.value(u"PRAGMA application_id"_s);
    if (!application)
        return tl::unexpected(application.error());
    const auto tables = database.value(u"SELECT count(*) FROM sqlite_master"_s);
    if (!tables)
        return tl::unexpected(tables.error());
    if (application->toUInt() == ApplicationId)
        return {};
    if (tables->toInt() != 0)
        return failure(ErrorKind::Invalid, u"store.foreign"_s,
            database.connection().databaseName() + u" belongs to another program"_s);
    return database.exec(u"PRAGMA application_id = %1"_s.arg(ApplicationId));
}

Result<> check(Database &database)
{
    const auto words = database.rows(u"PRAGMA quick_check(1)"_s);
    if (!words)
        return tl::unexpected(words.error());
    const QString first = words->empty() ? QString() : words->front().value(0).toString();
    if (first == u"ok"_s)
        return {};
    return failure(ErrorKind::Invalid, u"store.damaged"_s, first.simplified());
}

// A migration that moved rows leaves pages that hold nothing. Without the room for a second copy the file
// stays as long as it is.
void shrink(Database &database)
{
    const auto empty = database.value(u"PRAGMA freelist_count"_s);
    const auto all = database.value(u"PRAGMA page_count"_s);
    if (empty && all && 4 * empty->toLongLong() > all->toLongLong())
        [[maybe_unused]] const auto done = database.exec(u"VACUUM"_s);
}

Result<std::unique_ptr<Database>> openFile(const QString &path, const std::vector<Migration> &migrations)
{
    if (auto made = makePrivate(path); !made)
        return tl::unexpected(std::move(made).error());
    auto database = std::make_unique<Database>(Dialect::Sqlite);
    database->connection().setDatabaseName(path);
    database->connection().setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(BusyTimeoutMs));
    auto good = database->open();
    if (good)
        good = refuseForeign(*database);
    if (good)
        good = prepare(*database);
    if (good)
        good = check(*database);
    if (!good)
        return tl::unexpected(std::move(good).error());
    auto migrated = migrate(*database, migrations);
    if (!migrated)
        return tl::unexpected(std::move(migrated).error());
    if (*migrated)
        shrink(*database);
    return database;
}

QString freeName(const QString &path)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
    const QString name = path + u".damaged-"_s + stamp;
    QString candidate = name;
    for (int i = 2; QFile::exists(candidate); ++i)
        candidate = u"%1-%2"_s.arg(name).arg(i);
    return candidate;
}

// The -wal and -shm files go with it: left behind they would be played into the new store.
Result<QString> setAside(const QString &path)
{
    const QString aside = freeName(path);
    for (const QString &part : { u""_s, u"-wal"_s, u"-shm"_s }) {
        if (QFile::exists(path + part) && !QFile::rename(path + part, aside + part))
            return failure(ErrorKind::Denied, u"store.damaged"_s,
                u"%1 is damaged and cannot be set aside as %2"_s.arg(path, aside));
    }
    return aside;
}

Result<SqliteOpened> rebuild(const QString &path, const std::vector<Migration> &migrations, QString why)
{
    auto aside = setAside(path);
    if (!aside)
        return tl::unexpected(std::move(aside).error());
    auto database = openFile(path, migrations);
    if (!database)
        return tl::unexpected(std::move(database).error());
    SqliteOpened opened;
    opened.database = *std::move(database);
    opened.messages.push_back(
        u"the store was damaged (%1); it was set aside as %2 and a new one begun"_s.arg(why, *aside));
    return opened;
}

Result<SqliteOpened> openOrRebuild(const QString &path, const std::vector<Migration> &migrations)
{
    const auto seen = look(path, static_cast<int>(migrations.size()));
    if (!seen)
        return tl::unexpected(seen.error());
    if (*seen == Look::Damaged)
        return rebuild(path, migrations, u"file is not a database"_s);
    auto database = openFile(path, migrations);
    if (!database && database.error().code == u"store.damaged"_s)
        return rebuild(path, migrations, database.error().detail);
    if (!database)
        return tl::unexpected(std::move(database).error());
    SqliteOpened opened;
    opened.database = *std::move(database);
    return opened;
}

// Tables of the same version have the same columns in the same order.
Result<> copyTables(Database &database, int newest)
{
    const auto version = database.value(u"SELECT max(version) FROM kept.migrations"_s);
    if (!version)
        return tl::unexpected(version.error());
    if (version->toInt() != newest)
        return failure(ErrorKind::Conflict, u"store.locked"_s,
            u"the store has version %1, this program reads %2"_s.arg(version->toInt()).arg(newest));
    const auto tables = database.rows(
        u"SELECT name FROM kept.sqlite_master WHERE type = 'table' AND name NOT IN ('migrations')"_s);
    if (!tables)
        return tl::unexpected(tables.error());
    for (const QVariantList &table : *tables) {
        const QString name = table.front().toString();
        auto copied = database.exec(u"INSERT INTO main.%1 SELECT * FROM kept.%1"_s.arg(name));
        if (!copied)
            return copied;
    }
    return {};
}

} // namespace

Result<std::unique_ptr<WriterLock>> WriterLock::take(const QString &path)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return systemFailure(path);
    std::unique_ptr<WriterLock> lock(new WriterLock(fd));
    if (::flock(fd, LOCK_EX | LOCK_NB) == 0)
        return lock;
    if (errno == EWOULDBLOCK)
        return failure(ErrorKind::Conflict, u"store.locked"_s, path + u" is held by another Tidemark"_s);
    return systemFailure(path);
}

WriterLock::~WriterLock()
{
    ::close(m_fd);
}

Result<std::unique_ptr<Database>> openInMemory(const std::vector<Migration> &migrations)
{
    auto database = std::make_unique<Database>(Dialect::Sqlite);
    database->connection().setDatabaseName(u":memory:"_s);
    database->connection().setConnectOptions(
        u"QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=%1"_s.arg(BusyTimeoutMs));
    if (auto opened = database->open(); !opened)
        return tl::unexpected(std::move(opened).error());
    if (auto migrated = migrate(*database, migrations); !migrated)
        return tl::unexpected(std::move(migrated).error());
    return database;
}

Result<std::unique_ptr<Database>> copySqlite(const QString &folder, const std::vector<Migration> &migrations)
{
    const QString path = QDir::cleanPath(QFileInfo(folder).absoluteFilePath()) + u"/store.db"_s;
    const int newest = static_cast<int>(migrations.size());
    const auto seen = look(path, newest);
    if (!seen)
        return tl::unexpected(seen.error());
    if (*seen != Look::Ours)
        return failure(ErrorKind::NotFound, u"store.cannot-open"_s, path + u" holds no store yet"_s);
    auto opened = openInMemory(migrations);
    if (!opened)
        return opened;
    Database &database = **opened;
    const QString url = QString::fromLatin1(QUrl::fromLocalFile(path).toEncoded()) + u"?mode=ro"_s;
    auto done = database.exec(u"ATTACH DATABASE ? AS kept"_s, { url });
    if (done)
        done = database.transaction([&](Database &inside) { return copyTables(inside, newest); });
    if (done)
        done = database.exec(u"DETACH DATABASE kept"_s);
    if (done)
        done = database.exec(u"PRAGMA foreign_keys = ON"_s);
    if (!done)
        return tl::unexpected(std::move(done).error());
    return opened;
}

Result<SqliteOpened> openSqlite(const QString &folder, const std::vector<Migration> &migrations)
{
    const QString path = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    if (auto made = makeFolder(path); !made)
        return tl::unexpected(std::move(made).error());
    auto lock = WriterLock::take(path + u"/store.lock"_s);
    if (!lock)
        return tl::unexpected(std::move(lock).error());
    auto opened = openOrRebuild(path + u"/store.db"_s, migrations);
    if (opened)
        opened->lock = *std::move(lock);
    return opened;
}

} // namespace tidemark
