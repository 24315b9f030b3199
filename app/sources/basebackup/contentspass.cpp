#include "basebackup/contentspass.h"

#include "basebackup/contents.h"
#include "basebackup/hosterror.h"
#include "toolanswer/elsewhere.h"
#include "unpack/unpacker.h"
#include "values/pathtext.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr qint64 LargestTogether = 1 << 20; // files that are read many at a time, and how many
constexpr qint64 BytesTogether = 8 << 20;
constexpr std::size_t FilesTogether = 400;
constexpr qint64 CostOfAFile = 32 << 10;

bool allHaveSums(const BackupManifest &manifest)
{
    return std::ranges::all_of(
        manifest.files, [](const auto &file) { return mayDiffer(file.path) || FileChecksum::isKnown(file); });
}

QByteArray placeOf(const BackupShape &shape, const QByteArray &folder)
{
    return folder + (shape.path.isEmpty() ? "" : "/" + shape.path) + '/';
}

// Small files come many at a time, large ones one by one in portions.
class PlainPass : public ContentsPass, public std::enable_shared_from_this<PlainPass>
{
public:
    PlainPass(const BackupShape &shape, const BackupFacts &facts, const QByteArray &folder,
        std::shared_ptr<HostReader> host, std::size_t from)
        : ContentsPass(shape, facts)
        , m_place(placeOf(shape, folder))
        , m_host(std::move(host))
        , m_next(std::min(from, facts.manifest->files.size()))
    {
    }
    [[nodiscard]] std::size_t compared() const override { return m_next; }

    [[nodiscard]] QCoro::Task<Result<bool>> goOn(
        std::shared_ptr<qint64> budget, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        while (m_next < files().size() && *budget > 0) {
            const BackupManifest::File &file = files()[m_next];
            auto done = Result<>();
            if (mayDiffer(file.path))
                ++m_next;
            else if (file.size > LargestTogether)
                done = co_await compareLarge(budget, stop);
            else
                done = co_await compareSmall(budget, stop);
            if (!done)
                co_return tl::unexpected(done.error());
        }
        const bool ended = m_next == files().size() || !m_found.none();
        if (ended)
            m_facts.contents = m_found;
        co_return ended;
    }

private:
    [[nodiscard]] const std::vector<BackupManifest::File> &files() const { return m_facts.manifest->files; }

    // As much of it as the budget allows.
    [[nodiscard]] QCoro::Task<Result<>> compareLarge(std::shared_ptr<qint64> budget, std::stop_token stop)
    {
        const auto self = shared_from_this();
        const BackupManifest::File &file = files()[m_next];
        if (!m_checksum) {
            m_checksum = std::make_shared<FileChecksum>(file);
            m_offset = 0;
        }
        const auto take = [self, budget](QByteArrayView bytes) {
            const auto some = bytes.first(std::min(bytes.size(), *budget));
            self->m_checksum->add(some);
            self->m_offset += some.size();
            *budget -= some.size();
            return *budget > 0;
        };
        const QByteArray path = m_place + file.path;
        const auto done = co_await m_host->stream(path, m_offset, take, stop);
        if (!done && ofTheWay(done.error()))
            co_return tl::unexpected(done.error());
        if (!done)
            cannotBeRead(done.error());
        else if (*budget <= 0 && m_offset < file.size)
            co_return Result<>();
        else if (!m_checksum->holds())
            differs(file);
        m_checksum.reset();
        ++m_next;
        co_return Result<>();
    }

    [[nodiscard]] std::size_t endOfBatch(qint64 budget) const
    {
        std::size_t end = m_next;
        for (qint64 bytes = 0; end < files().size() && end - m_next < FilesTogether; ++end) {
            const qint64 size = files()[end].size;
            bytes += size;
            const qint64 cost = bytes + qint64(end - m_next) * CostOfAFile;
            if (size > LargestTogether || (end > m_next && (bytes > BytesTogether || cost > budget)))
                break;
        }
        return end;
    }

    [[nodiscard]] QCoro::Task<Result<>> compareSmall(std::shared_ptr<qint64> budget, std::stop_token stop)
    {
        const auto self = shared_from_this();
        const std::size_t end = endOfBatch(*budget);
        std::vector<const BackupManifest::File *> asked;
        std::vector<HostReader::Part> parts;
        for (std::size_t i = m_next; i < end; ++i) {
            const BackupManifest::File &file = files()[i];
            if (mayDiffer(file.path))
                continue;
            asked.push_back(&file);
            parts.push_back({ m_place + file.path, 0, file.size });
            *budget -= file.size + CostOfAFile;
        }
        auto answers = co_await m_host->readMany(parts, stop);
        if (!answers)
            co_return tl::unexpected(std::move(answers).error());
        const auto comparing = elsewhere([self, asked, answers = *std::move(answers)] {
            for (std::size_t i = 0; i < asked.size(); ++i)
                self->compare(*asked[i], answers[i]);
            return true;
        });
        static_cast<void>(co_await comparing);
        m_next = end;
        co_return Result<>();
    }

    // On another thread, while nothing else goes on here.
    void compare(const BackupManifest::File &file, const Result<QByteArray> &bytes)
    {
        if (!bytes)
            return cannotBeRead(bytes.error());
        FileChecksum checksum(file);
        checksum.add(*bytes);
        if (!checksum.holds())
            differs(file);
    }
    void differs(const BackupManifest::File &file)
    {
        if (m_found.otherContent++ == 0)
            m_found.firstOtherContent = file.path;
    }
    void cannotBeRead(const Error &error)
    {
        if (m_found.unreadable.isEmpty())
            m_found.unreadable = error.detail;
    }

    QByteArray m_place;
    std::shared_ptr<HostReader> m_host;
    std::size_t m_next;
    std::shared_ptr<FileChecksum> m_checksum; // of a large file that is under way
    qint64 m_offset = 0; // in it
    Differences m_found;
};

// The archives one behind the other, unpacked as they come. Without a manifest only their form is looked at.
class TarPass : public ContentsPass, public std::enable_shared_from_this<TarPass>
{
public:
    TarPass(const BackupShape &shape, const BackupFacts &facts, const QByteArray &folder,
        std::shared_ptr<HostReader> host)
        : ContentsPass(shape, facts)
        , m_folder(folder)
        , m_host(std::move(host))
    {
        if (m_facts.manifest)
            m_files = std::make_unique<ManifestFiles>(*m_facts.manifest);
        m_contents = std::make_unique<TarContents>(m_files.get());
        for (const HostEntry *entry : m_shape.tars())
            if (stemOf(*entry) != "pg_wal")
                m_archives.push_back(*entry);
    }

    [[nodiscard]] QCoro::Task<Result<bool>> goOn(
        std::shared_ptr<qint64> budget, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        while (m_next < m_archives.size() && *budget > 0) {
            auto done = co_await readArchive(budget, stop);
            if (!done)
                co_return tl::unexpected(done.error());
        }
        const bool ended = m_next == m_archives.size() || !m_contents->differences().none();
        if (ended)
            conclude();
        co_return ended;
    }

private:
    void begin(const HostEntry &entry)
    {
        const QByteArray stem = stemOf(entry);
        m_contents->beginArchive(entry.path.sliced(entry.path.lastIndexOf('/') + 1),
            stem == "base" ? QByteArray() : "pg_tblspc/" + stem + '/');
        m_packed = packingOfName(entry.path) != Packing::None;
        m_unpacker = Unpacker::make(packingOfName(entry.path));
        m_offset = 0;
        m_enough = false;
        m_begun = true;
    }

    void take(QByteArrayView bytes)
    {
        const auto sink = [this](QByteArrayView plain) { return m_contents->take(plain); };
        m_offset += bytes.size();
        m_enough = !(m_packed ? m_unpacker->take(bytes, sink) : sink(bytes));
    }

    // As much of it as the budget allows.
    [[nodiscard]] QCoro::Task<Result<>> readArchive(std::shared_ptr<qint64> budget, std::stop_token stop)
    {
        const auto self = shared_from_this();
        const HostEntry &entry = m_archives[m_next];
        if (!m_begun)
            begin(entry);
        const auto part = [self, budget](QByteArrayView bytes) {
            const auto some = bytes.first(std::min(bytes.size(), *budget));
            self->take(some);
            *budget -= some.size();
            return !self->m_enough && *budget > 0;
        };
        const QByteArray path = m_folder + '/' + entry.path;
        const auto done = co_await m_host->stream(path, m_offset, part, stop);
        if (!done && ofTheWay(done.error()))
            co_return tl::unexpected(done.error());
        if (!done)
            m_contents->differences().unreadable = done.error().detail;
        else if (!m_enough && *budget <= 0 && m_offset < entry.size)
            co_return Result<>();
        else
            m_contents->endArchive(m_packed ? m_unpacker->finish() : QString());
        m_begun = false;
        ++m_next;
        co_return Result<>();
    }

    void conclude()
    {
        for (const QByteArray &name : tellingFiles())
            if (m_contents->has(name))
                m_facts.tell(name, m_contents->small(name));
        m_facts.carriesWal = m_facts.carriesWal || m_contents->walSeen();
        m_facts.sizesOnly = false;
        Differences found = m_contents->differences();
        if (m_files && m_next == m_archives.size())
            m_files->finish(found);
        if (m_files && (allHaveSums(*m_facts.manifest) || !found.none()))
            m_facts.contents = found;
        if (m_files || !found.unreadable.isEmpty())
            m_facts.listed = found;
    }

    QByteArray m_folder;
    std::shared_ptr<HostReader> m_host;
    std::unique_ptr<ManifestFiles> m_files;
    std::unique_ptr<TarContents> m_contents;
    std::vector<HostEntry> m_archives;
    std::size_t m_next = 0;
    bool m_begun = false;
    bool m_enough = false; // more of this archive is of no use
    bool m_packed = false;
    std::shared_ptr<Unpacker> m_unpacker;
    qint64 m_offset = 0;
};

} // namespace

qint64 passCost(const BackupShape &shape)
{
    return shape.sum.bytes + (shape.tar ? 0 : shape.sum.files * CostOfAFile);
}

std::shared_ptr<ContentsPass> makeContentsPass(const BackupShape &shape, const BackupFacts &facts,
    const QByteArray &folder, const std::shared_ptr<HostReader> &host, std::size_t from)
{
    if (shape.tar)
        return shape.tarNamed("base") ? std::make_shared<TarPass>(shape, facts, folder, host) : nullptr;
    if (!facts.manifest || !facts.listed || !facts.listed->none() || !allHaveSums(*facts.manifest))
        return nullptr;
    return std::make_shared<PlainPass>(shape, facts, folder, host, from);
}

} // namespace tidemark
