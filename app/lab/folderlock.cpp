#include "lab/place.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QThread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace tidemark::lab {

namespace {

// The folder itself is locked: no file is left, and children do not inherit it.
int openFolder(const QString &folder)
{
    return open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

// While we waited, the folder may have been removed and made anew.
bool isStillThere(int fd, const QString &folder)
{
    struct stat held {
    };
    struct stat named {
    };
    return fstat(fd, &held) == 0 && stat(QFile::encodeName(folder).constData(), &named) == 0
        && held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

} // namespace

FolderLock::~FolderLock()
{
    if (m_fd >= 0)
        close(m_fd);
}

Result<> FolderLock::take(const QString &folder, int waitSeconds)
{
    // Not less than a moment: `status` looks whether the lock is held by taking it.
    const QDeadlineTimer deadline(std::max(300, waitSeconds * 1000));
    for (;;) {
        m_fd = openFolder(folder);
        if (m_fd < 0)
            return failure(ErrorKind::NotFound, u"lab.folder"_s, folder + u": "_s + qt_error_string());
        if (flock(m_fd, LOCK_EX | LOCK_NB) == 0 && isStillThere(m_fd, folder))
            return {};
        close(m_fd);
        m_fd = -1;
        if (deadline.hasExpired())
            return failure(ErrorKind::Conflict, u"lab.busy"_s,
                u"another tidemark-lab is at work in %1; wait for it to end, or use --wait"_s.arg(folder));
        QThread::msleep(50);
    }
}

bool FolderLock::isTaken(const QString &folder)
{
    const int fd = openFolder(folder);
    const bool taken = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0;
    if (fd >= 0)
        close(fd);
    return taken;
}

} // namespace tidemark::lab
