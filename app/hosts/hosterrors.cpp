#include "hosts/hosterrors.h"

#include "values/pathtext.h"

#include <cerrno>
#include <cstring>

using namespace Qt::StringLiterals;

namespace tidemark {

Error hostCancelled()
{
    return { ErrorKind::Cancelled, u"host.cancelled"_s, u"cancelled"_s };
}

Error hostError(int number, const QByteArray &path)
{
    const QString words = pathText(path) + u": "_s + QString::fromLocal8Bit(std::strerror(number));
    switch (number) {
    case ENOENT:
        return { ErrorKind::NotFound, u"host.missing"_s, words };
    case EACCES:
    case EPERM:
        return { ErrorKind::Denied, u"host.denied"_s, words };
    case ENOTDIR:
        return { ErrorKind::Invalid, u"host.not-a-folder"_s, words };
    default:
        return { ErrorKind::Protocol, u"host.unreadable"_s, words };
    }
}

Error notAFile(const QByteArray &path)
{
    return { ErrorKind::Invalid, u"host.not-a-file"_s, pathText(path) + u": not a regular file"_s };
}

Error notAbsolute(const QByteArray &path)
{
    return { ErrorKind::Invalid, u"host.not-absolute"_s, pathText(path) + u": not an absolute path"_s };
}

Error tooMuchOutput(qint64 most)
{
    return { ErrorKind::Protocol, u"host.too-much"_s, u"more than %1 bytes"_s.arg(most) };
}

Error outOfTime(const QString &words)
{
    return { ErrorKind::Timeout, u"host.timeout"_s, words };
}

} // namespace tidemark
