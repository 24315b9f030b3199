#include "ssh/tunnelfolder.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr int LongestPath = 80; // socket paths hold 107 bytes, and ssh and libpq add to it
constexpr int Tries = 5; // a cleaner may take a folder in the moment between its making and its lock
const QString SocketName = u"/.s.PGSQL.5432"_s;

QStringList parents()
{
    QStringList all { qEnvironmentVariable("XDG_RUNTIME_DIR", QDir::tempPath()), u"/tmp"_s };
    all.removeDuplicates();
    return all;
}

// A lock on the folder itself, which ends with the last program that has it open; -1: another one has it.
int lockOn(const QByteArray &path)
{
    const int fd = ::open(path.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0 && ::flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    if (fd >= 0)
        ::close(fd);
    return -1;
}

bool isStill(const QByteArray &path, int fd)
{
    struct stat named {
    };
    struct stat held {
    };
    return ::lstat(path.constData(), &named) == 0 && ::fstat(fd, &held) == 0 && named.st_dev == held.st_dev
        && named.st_ino == held.st_ino;
}

// Only what a tunnel makes: a folder that holds anything else stays.
bool removeFolder(const QByteArray &path)
{
    ::unlink((path + QFile::encodeName(SocketName)).constData());
    return ::rmdir(path.constData()) == 0;
}

bool isAbandoned(const QByteArray &path)
{
    struct stat facts {
    };
    return ::lstat(path.constData(), &facts) == 0 && S_ISDIR(facts.st_mode) && facts.st_uid == ::geteuid()
        && (facts.st_mode & 0777) == 0700;
}

bool removeIfAbandoned(const QByteArray &path)
{
    if (!isAbandoned(path))
        return false;
    const int lock = lockOn(path);
    if (lock < 0)
        return false;
    const bool removed = isStill(path, lock) && removeFolder(path);
    ::close(lock);
    return removed;
}

} // namespace

std::unique_ptr<TunnelFolder> TunnelFolder::make()
{
    for (const QString &parent : parents()) {
        for (int attempt = 0; attempt < Tries; ++attempt) {
            QByteArray path = QFile::encodeName(parent) + "/tidemark-tunnel-XXXXXX";
            if (path.size() > LongestPath || !::mkdtemp(path.data()))
                break;
            const int lock = lockOn(path);
            if (lock >= 0 && isStill(path, lock))
                return std::unique_ptr<TunnelFolder>(new TunnelFolder(QFile::decodeName(path), lock));
            if (lock >= 0)
                ::close(lock);
        }
    }
    return std::unique_ptr<TunnelFolder>(new TunnelFolder({}, -1));
}

int TunnelFolder::removeAbandoned()
{
    static const QRegularExpression form(u"^tidemark-tunnel-[A-Za-z0-9]{6}$"_s);
    int removed = 0;
    for (const QString &parent : parents()) {
        const QStringList names
            = QDir(parent).entryList({ u"tidemark-tunnel-*"_s }, QDir::Dirs | QDir::Hidden | QDir::System);
        for (const QString &name : names)
            if (form.match(name).hasMatch() && removeIfAbandoned(QFile::encodeName(parent + u'/' + name)))
                ++removed;
    }
    return removed;
}

TunnelFolder::TunnelFolder(QString path, int lock)
    : m_path(std::move(path))
    , m_lock(lock)
{
}

TunnelFolder::~TunnelFolder()
{
    if (m_lock < 0)
        return;
    removeFolder(QFile::encodeName(m_path));
    ::close(m_lock);
}

QString TunnelFolder::socketFile() const
{
    return m_path + SocketName;
}

} // namespace tidemark
