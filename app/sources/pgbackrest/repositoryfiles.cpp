#include "pgbackrest/repositoryfiles.h"

#include "toolanswer/json.h"

#include <QCache>

namespace tidemark::pgbackrest {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t Portion = 10'000;
constexpr qsizetype MostKept = 64 << 20; // in memory: what is encrypted there is not written here

// Entries below one folder of the listing.
Result<std::vector<HostEntry>> entriesOf(const QByteArray &json, const QByteArray &folder)
{
    auto answer = ToolAnswer::read(json, u"pgbackrest.garbled"_s);
    if (!answer)
        return tl::unexpected(answer.error());
    std::vector<HostEntry> entries;
    const QByteArray prefix = folder + '/';
    answer->root().members([&](std::string_view path, const JsonView &entry) {
        const QByteArrayView name(path.data(), qsizetype(path.size()));
        if (!name.startsWith(prefix) || entry.text("type") != u"file"_s)
            return;
        entries.push_back({ name.sliced(prefix.size()).toByteArray(), EntryKind::File,
            entry.number("size").value_or(0), entry.seconds("time").value_or(Instant {}) });
    });
    return entries;
}

class RepositoryFiles final : public HostReader, public std::enable_shared_from_this<RepositoryFiles>
{
public:
    RepositoryFiles(std::shared_ptr<HostReader> host, Way way, QString stanza, qint64 repository)
        : m_host(std::move(host))
        , m_way(std::move(way))
        , m_stanza(std::move(stanza))
        , m_repository(repository)
    {
    }
    [[nodiscard]] QString name() const override { return m_host->name(); }
    QCoro::Task<Result<std::vector<QByteArray>>> list(
        HostListing listing, std::function<void(std::vector<HostEntry>)> take, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        const HostCommand command = m_way.listArchive(m_stanza, m_repository);
        const auto output = co_await m_host->run(command, stop);
        const auto json = answerOf(output);
        if (!json)
            co_return tl::unexpected(json.error());
        auto entries = entriesOf(*json, listing.folder);
        if (!entries)
            co_return tl::unexpected(std::move(entries).error());
        for (std::size_t from = 0; from < entries->size(); from += Portion)
            take(std::vector<HostEntry>(entries->begin() + std::ptrdiff_t(from),
                entries->begin() + std::ptrdiff_t(std::min(from + Portion, entries->size()))));
        co_return std::vector<QByteArray>();
    }
    QCoro::Task<Result<QByteArray>> read(
        QByteArray path, qint64 offset, qint64 length, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        auto whole = co_await bytesOf(path, stop);
        if (!whole)
            co_return whole;
        QByteArray part = whole->mid(offset, length);
        co_return part;
    }
    QCoro::Task<Result<std::vector<Result<QByteArray>>>> readMany(
        std::vector<Part> parts, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        std::vector<Result<QByteArray>> answers;
        for (const Part &asked : parts) {
            const Part part = asked;
            auto answer = co_await read(part.path, part.offset, part.length, stop);
            answers.push_back(std::move(answer));
        }
        co_return answers;
    }
    QCoro::Task<Result<>> stream(
        QByteArray path, qint64 from, std::function<bool(QByteArrayView)> take, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        const auto whole = co_await bytesOf(path, stop);
        if (!whole)
            co_return tl::unexpected(whole.error());
        if (from < whole->size())
            static_cast<void>(take(QByteArrayView(*whole).sliced(from)));
        co_return Result<>();
    }
    QCoro::Task<Result<HostOutput>> run(HostCommand, std::stop_token) override
    {
        co_return failure(ErrorKind::Invalid, u"host.no-program"_s, u"a repository runs no programs"_s);
    }
    QCoro::Task<Result<HostSpace>> space(QByteArray, std::stop_token) override
    {
        co_return failure(ErrorKind::Invalid, u"host.missing"_s, u"a repository tells no space"_s);
    }

private:
    QCoro::Task<Result<QByteArray>> bytesOf(QByteArray path, std::stop_token stop)
    {
        const auto self = shared_from_this();
        if (const QByteArray *kept = m_kept.object(path))
            co_return QByteArray(*kept);
        const HostCommand command = m_way.archived(m_stanza, m_repository, QString::fromUtf8(path));
        const auto output = co_await m_host->run(command, stop);
        auto bytes = answerOf(output);
        if (bytes)
            m_kept.insert(path, new QByteArray(*bytes), bytes->size());
        co_return bytes;
    }

    std::shared_ptr<HostReader> m_host;
    Way m_way;
    QString m_stanza;
    qint64 m_repository;
    QCache<QByteArray, QByteArray> m_kept { MostKept }; // what was got last, as stored and decrypted
};

} // namespace

std::shared_ptr<HostReader> makeRepositoryFiles(
    std::shared_ptr<HostReader> host, Way way, QString stanza, qint64 repository)
{
    return std::make_shared<RepositoryFiles>(std::move(host), std::move(way), std::move(stanza), repository);
}

} // namespace tidemark::pgbackrest
