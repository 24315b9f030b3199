#include "walarchive/walarchive.h"

#include "ports/turns.h"
#include "toolanswer/whose.h"
#include "values/pathtext.h"
#include "walarchive/partreader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

class WalArchiveSource : public BackupSource, public std::enable_shared_from_this<WalArchiveSource>
{
public:
    WalArchiveSource(Source source, std::vector<Cluster> clusters, std::shared_ptr<HostReader> host,
        std::shared_ptr<Clock> clock, WalArchiveBudget budget)
        : m_source(std::move(source))
        , m_clusters(std::move(clusters))
        , m_host(std::move(host))
        , m_clock(std::move(clock))
        , m_budget(budget)
    {
    }
    [[nodiscard]] QString name() const override { return m_source.name; }
    [[nodiscard]] Capabilities capabilities() const override
    {
        return { .wal = true, .usage = true, .verify = true };
    }
    [[nodiscard]] QCoro::Task<Result<Scan>> scan(Known known, std::stop_token stop) override;
    [[nodiscard]] QCoro::Task<Result<WalPlace>> walPlace(WalArchive archive, std::stop_token) override
    {
        const QByteArray part = pathBytes(archive.part);
        co_return WalPlace { m_host, part.isEmpty() ? folder() : folder() + '/' + part };
    }

private:
    [[nodiscard]] QCoro::Task<Result<>> readParts(std::shared_ptr<FolderListing> listing,
        std::shared_ptr<Scan> scan, Known known, std::stop_token stop);
    void keep(const Known &known, const QByteArray &part, Scan &scan) const;
    void closed(const std::vector<QByteArray> &folders, const Known &known, Scan &scan,
        std::map<QByteArray, PartListing> &parts) const;
    void told(WalArchive archive, Scan &scan, bool onlyOne) const;
    [[nodiscard]] SourceTrouble trouble(const QByteArray &part, const Error &error) const;
    [[nodiscard]] QByteArray folder() const { return pathBytes(m_source.path); }

    Source m_source;
    std::vector<Cluster> m_clusters;
    std::shared_ptr<HostReader> m_host;
    std::shared_ptr<Clock> m_clock;
    WalArchiveBudget m_budget;
    std::shared_ptr<Queue> m_turns = std::make_shared<Queue>();
};

SourceTrouble WalArchiveSource::trouble(const QByteArray &part, const Error &error) const
{
    return { m_source.name, pathText(part), {}, error };
}

void WalArchiveSource::keep(const Known &known, const QByteArray &part, Scan &scan) const
{
    scan.whole = false;
    for (const WalArchive &archive : known.archives)
        if (archive.part == pathText(part))
            scan.archives.push_back(archive);
}

// What lies in a folder that may not be read is as it was known.
void WalArchiveSource::closed(const std::vector<QByteArray> &folders, const Known &known, Scan &scan,
    std::map<QByteArray, PartListing> &parts) const
{
    for (const QByteArray &folder : folders) {
        scan.whole = false;
        scan.troubles.push_back(trouble(
            folder, { ErrorKind::Denied, u"host.denied"_s, pathText(folder) + u": may not be read"_s }));
        const QByteArray part = archiveOf(folder);
        for (const WalArchive &archive : known.archives) {
            const QByteArray path = pathBytes(archive.part);
            if (path != part && path != folder && !path.startsWith(folder + '/'))
                continue;
            parts.erase(path);
            if (!std::ranges::count(scan.archives, archive.part, &WalArchive::part))
                scan.archives.push_back(archive);
        }
    }
}

void WalArchiveSource::told(WalArchive archive, Scan &scan, bool onlyOne) const
{
    archive.source = m_source.name;
    archive.cluster
        = clusterOf(m_source, m_clusters, archive.part.section(u'/', -1), archive.systemId, onlyOne);
    scan.archives.push_back(std::move(archive));
}

QCoro::Task<Result<>> WalArchiveSource::readParts(
    std::shared_ptr<FolderListing> listing, std::shared_ptr<Scan> scan, Known known, std::stop_token stop)
{
    const auto self = shared_from_this();
    QByteArrayList parts;
    for (const auto &[part, about] : listing->parts())
        parts.append(part);
    const bool onlyOne = parts.size() <= 1;
    for (const QByteArray &part : parts) {
        auto archive = co_await readPart(listing, part, folder(), m_host, m_budget, stop);
        if (archive) {
            told(*std::move(archive), *scan, onlyOne);
            continue;
        }
        if (archive.error().kind == ErrorKind::Cancelled)
            co_return tl::unexpected(std::move(archive).error());
        scan->troubles.push_back(trouble(part, archive.error()));
        keep(known, part, *scan);
    }
    co_return Result<>();
}

QCoro::Task<Result<Scan>> WalArchiveSource::scan(Known known, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto turn = co_await takeTurn(m_turns, stop);
    if (!turn)
        co_return failure(ErrorKind::Cancelled, u"host.cancelled"_s, u"cancelled"_s);
    const auto scan = std::make_shared<Scan>();
    scan->source = m_source.name;
    scan->at = m_clock->now();
    const auto listing = std::make_shared<FolderListing>(known.archives, m_budget);
    HostListing asked;
    asked.folder = folder();
    asked.depth = 0;
    const auto take = [listing](const std::vector<HostEntry> &entries) { listing->add(entries); };
    const auto closedFolders = co_await m_host->list(asked, take, stop);
    if (!closedFolders)
        co_return tl::unexpected(closedFolders.error());
    closed(*closedFolders, known, *scan, listing->parts());
    if (auto read = co_await readParts(listing, scan, known, stop); !read)
        co_return tl::unexpected(std::move(read).error());
    if (scan->archives.empty())
        told({}, *scan, true);
    std::ranges::sort(scan->archives, {}, &WalArchive::part);
    if (const auto space = co_await m_host->space(asked.folder, stop); space)
        scan->usage = { { m_source.name, {}, space->total, {}, space->available, {}, scan->at } };
    co_return *scan;
}

} // namespace

std::shared_ptr<BackupSource> makeWalArchiveSource(Source source, std::vector<Cluster> clusters,
    std::shared_ptr<HostReader> host, std::shared_ptr<Clock> clock, WalArchiveBudget budget)
{
    return std::make_shared<WalArchiveSource>(
        std::move(source), std::move(clusters), std::move(host), std::move(clock), budget);
}

} // namespace tidemark
