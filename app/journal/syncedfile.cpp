#include "journal/syncedfile.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

tl::unexpected<Error> problem(const QString &path, int number)
{
    const QString words = path + u": "_s + QString::fromLocal8Bit(std::strerror(number));
    if (number == ENOSPC || number == EDQUOT || number == EFBIG)
        return failure(ErrorKind::Internal, u"journal.full"_s, words);
    if (number == ENOENT)
        return failure(ErrorKind::NotFound, u"journal.missing"_s, words);
    return failure(ErrorKind::Denied, u"journal.unwritable"_s, words);
}

} // namespace

SyncedFile::SyncedFile(SyncedFile &&other) noexcept
    : m_number(std::exchange(other.m_number, -1))
    , m_path(std::move(other.m_path))
{
}

SyncedFile &SyncedFile::operator=(SyncedFile &&other) noexcept
{
    std::swap(m_number, other.m_number);
    std::swap(m_path, other.m_path);
    return *this;
}

SyncedFile::~SyncedFile()
{
    if (m_number >= 0)
        ::close(m_number);
}

Result<SyncedFile> SyncedFile::open(const QString &path, int flags)
{
    SyncedFile file;
    file.m_path = path;
    file.m_number = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, 0600);
    if (file.m_number < 0)
        return problem(path, errno);
    return file;
}

bool SyncedFile::lock() const
{
    return flock(m_number, LOCK_EX | LOCK_NB) == 0;
}

Result<> SyncedFile::append(const QByteArray &bytes) const
{
    const auto begin = lseek(m_number, 0, SEEK_END);
    qsizetype written = 0;
    while (written < bytes.size()) {
        const auto count = ::write(
            m_number, bytes.constData() + written, static_cast<std::size_t>(bytes.size() - written));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            const int number = errno;
            static_cast<void>(ftruncate(m_number, begin) == 0);
            return problem(m_path, number);
        }
        written += count;
    }
    if (fdatasync(m_number) != 0)
        return problem(m_path, errno);
    return {};
}

Result<> SyncedFile::cutTo(qint64 size) const
{
    if (ftruncate(m_number, size) != 0 || fdatasync(m_number) != 0)
        return problem(m_path, errno);
    return {};
}

Result<> syncFolder(const QString &path)
{
    auto folder = SyncedFile::open(path, O_RDONLY | O_DIRECTORY);
    if (!folder)
        return tl::unexpected(std::move(folder).error());
    return folder->append({});
}

Result<> writeSynced(const QString &path, const QByteArray &bytes)
{
    auto file = SyncedFile::open(path, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file)
        return tl::unexpected(std::move(file).error());
    if (auto written = file->append(bytes); !written)
        return written;
    return syncFolder(path.section(u'/', 0, -2));
}

Result<QByteArray> readWhole(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(file.exists() ? ErrorKind::Denied : ErrorKind::NotFound,
            file.exists() ? u"journal.unreadable"_s : u"journal.missing"_s,
            path + u": "_s + file.errorString());
    return file.readAll();
}

} // namespace tidemark
