#include "hosts/filebytes.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tidemark {

namespace {

constexpr qint64 Portion = 64 << 10; // stays in a core's cache while it is looked at

class File
{
public:
    // Opening a FIFO must not wait for a writer.
    explicit File(const QByteArray &path)
        : m_descriptor(::open(path.constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY))
    {
        m_problem = m_descriptor < 0 ? errno : 0;
        struct stat about {
        };
        if (m_descriptor >= 0 && fstat(m_descriptor, &about) != 0)
            m_problem = errno;
        m_regular = S_ISREG(about.st_mode);
        m_size = about.st_size;
    }
    File(const File &) = delete;
    File &operator=(const File &) = delete;
    ~File()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    [[nodiscard]] std::optional<Error> problem(const QByteArray &path) const
    {
        if (m_problem != 0)
            return hostError(m_problem, path);
        return m_regular ? std::nullopt : std::optional(notAFile(path));
    }
    [[nodiscard]] qint64 size() const { return m_size; }
    // Bytes read; 0 at the end, -1 with errno.
    qint64 read(char *to, qint64 length, qint64 offset) const
    {
        for (;;) {
            const auto count = pread(m_descriptor, to, static_cast<std::size_t>(length), offset);
            if (count >= 0 || errno != EINTR)
                return count;
        }
    }

private:
    int m_descriptor;
    int m_problem = 0;
    bool m_regular = false;
    qint64 m_size = 0;
};

} // namespace

Result<QByteArray> readPart(const QByteArray &path, qint64 offset, qint64 length)
{
    if (!path.startsWith('/'))
        return tl::unexpected(notAbsolute(path));
    const File file(path);
    if (const auto problem = file.problem(path))
        return tl::unexpected(*problem);
    QByteArray bytes(std::clamp<qint64>(file.size() - offset, 0, length), Qt::Uninitialized);
    qint64 have = 0;
    while (have < bytes.size()) {
        const qint64 count = file.read(bytes.data() + have, bytes.size() - have, offset + have);
        if (count < 0)
            return tl::unexpected(hostError(errno, path));
        if (count == 0)
            break;
        have += count;
    }
    bytes.truncate(have);
    return bytes;
}

Result<> streamFile(
    const QByteArray &path, qint64 from, const std::function<bool(QByteArrayView)> &take, Delivery &delivery)
{
    if (!path.startsWith('/'))
        return tl::unexpected(notAbsolute(path));
    const File file(path);
    if (const auto problem = file.problem(path))
        return tl::unexpected(*problem);
    QByteArray bytes(Portion, Qt::Uninitialized);
    bool more = true;
    for (qint64 offset = from; more;) {
        const qint64 count = file.read(bytes.data(), Portion, offset);
        if (count < 0)
            return tl::unexpected(hostError(errno, path));
        if (count == 0)
            break;
        if (!delivery.hand([&] { more = take(QByteArrayView(bytes.constData(), count)); }))
            return tl::unexpected(hostCancelled());
        offset += count;
    }
    return {};
}

} // namespace tidemark
