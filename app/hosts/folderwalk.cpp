#include "hosts/folderwalk.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <span>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace tidemark {

namespace {

constexpr std::size_t Portion = 4096;
constexpr qint64 Vanished = -1; // a size: gone since it was listed

struct Below {
    QByteArray path; // relative, empty: the folder itself
    int depth = 0;
};

class Folder
{
public:
    explicit Folder(const QByteArray &path, int flags)
    {
        const int descriptor = open(path.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
        m_stream = descriptor >= 0 ? fdopendir(descriptor) : nullptr;
        m_problem = m_stream ? 0 : errno;
    }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;
    ~Folder()
    {
        if (m_stream)
            closedir(m_stream);
    }
    // Nothing at the end, or when something went wrong.
    const dirent *next()
    {
        errno = 0;
        const dirent *entry = readdir(m_stream);
        m_problem = errno;
        return entry;
    }
    [[nodiscard]] int problem() const { return m_problem; }
    [[nodiscard]] int descriptor() const { return dirfd(m_stream); }

private:
    DIR *m_stream = nullptr;
    int m_problem = 0;
};

EntryKind kindOf(mode_t mode)
{
    if (S_ISREG(mode))
        return EntryKind::File;
    if (S_ISDIR(mode))
        return EntryKind::Folder;
    return S_ISLNK(mode) ? EntryKind::Link : EntryKind::Other;
}

bool isDots(const char *name)
{
    return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

void describe(int folder, qsizetype prefix, HostEntry &entry)
{
    struct stat about;
    if (fstatat(folder, entry.path.constData() + prefix, &about, AT_SYMLINK_NOFOLLOW) != 0) {
        entry.size = Vanished;
        return;
    }
    entry.kind = kindOf(about.st_mode);
    entry.size = about.st_size;
    entry.modified
        = Instant::fromMicroseconds(qint64(about.st_mtim.tv_sec) * 1'000'000 + about.st_mtim.tv_nsec / 1000);
}

// Asking the file system about each entry is what takes the time; a large folder is asked by two threads.
void describeAll(int folder, qsizetype prefix, std::span<HostEntry> entries)
{
    const auto describeSome = [folder, prefix](std::span<HostEntry> some) {
        for (HostEntry &entry : some)
            describe(folder, prefix, entry);
    };
    if (entries.size() < Portion)
        return describeSome(entries);
    const std::size_t half = entries.size() / 2;
    std::thread other;
    try {
        other = std::thread(describeSome, entries.first(half));
    } catch (const std::system_error &) {
        describeSome(entries.first(half));
    }
    describeSome(entries.subspan(half));
    if (other.joinable())
        other.join();
}

class Walk
{
public:
    Walk(const HostListing &listing, const std::function<void(std::vector<HostEntry>)> &take,
        Delivery &delivery)
        : m_listing(listing)
        , m_take(take)
        , m_delivery(delivery)
    {
        m_found.reserve(Portion);
    }

    Result<std::vector<QByteArray>> run()
    {
        if (const int problem = readFolder({}, 0); problem != 0)
            return tl::unexpected(hostError(problem, m_listing.folder));
        while (!m_pending.empty() && !m_unwanted) {
            const Below next = std::move(m_pending.back());
            m_pending.pop_back();
            const int problem = readFolder(next, O_NOFOLLOW);
            if (problem != 0 && problem != ENOENT)
                m_closed.push_back(next.path);
        }
        if (m_unwanted)
            return tl::unexpected(hostCancelled());
        return std::move(m_closed);
    }

private:
    int readFolder(const Below &below, int flags)
    {
        Folder folder(below.path.isEmpty() ? m_listing.folder : m_listing.folder + '/' + below.path, flags);
        if (folder.problem() != 0)
            return folder.problem();
        const QByteArray prefix = below.path.isEmpty() ? QByteArray() : below.path + '/';
        while (const dirent *entry = folder.next()) {
            if (!isDots(entry->d_name))
                m_found.push_back({ prefix + entry->d_name });
            if (m_found.size() >= Portion)
                handOn(folder.descriptor(), prefix.size(), below.depth + 1);
            if (m_unwanted)
                break;
        }
        const int problem = folder.problem();
        handOn(folder.descriptor(), prefix.size(), below.depth + 1);
        return problem;
    }

    void handOn(int folder, qsizetype prefix, int depth)
    {
        if (m_found.empty() || m_unwanted)
            return;
        describeAll(folder, prefix, m_found);
        std::erase_if(m_found, [](const HostEntry &entry) { return entry.size == Vanished; });
        for (const HostEntry &entry : m_found)
            if (entry.kind == EntryKind::Folder && entered(entry.path.sliced(prefix), depth))
                m_pending.push_back({ entry.path, depth });
        m_unwanted = !m_delivery.hand([this] { m_take(std::move(m_found)); });
        m_found = {};
        m_found.reserve(Portion);
    }

    [[nodiscard]] bool entered(const QByteArray &name, int depth) const
    {
        return (m_listing.depth == 0 || depth < m_listing.depth) && !std::ranges::count(m_listing.skip, name);
    }

    const HostListing &m_listing;
    const std::function<void(std::vector<HostEntry>)> &m_take;
    Delivery &m_delivery;
    std::vector<HostEntry> m_found;
    std::vector<Below> m_pending;
    std::vector<QByteArray> m_closed;
    bool m_unwanted = false;
};

} // namespace

Result<std::vector<QByteArray>> walkFolder(
    const HostListing &listing, const std::function<void(std::vector<HostEntry>)> &take, Delivery &delivery)
{
    if (!listing.folder.startsWith('/'))
        return tl::unexpected(notAbsolute(listing.folder));
    return Walk(listing, take, delivery).run();
}

} // namespace tidemark
