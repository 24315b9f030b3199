#include "sources/walreading.h"

#include "sources/plainfile.h"
#include "wal/head.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qsizetype LargestHistory = 1 << 20;

QByteArray nameOf(const QByteArray &path)
{
    return path.sliced(path.lastIndexOf('/') + 1);
}

// Folders of one listing, while they come in on another thread.
struct Listed {
    QByteArray folder;
    std::vector<WalFileFound> files;
    bool live = false;

    void take(const std::vector<HostEntry> &entries)
    {
        for (const HostEntry &entry : entries) {
            const QByteArray name = nameOf(entry.path);
            if (entry.kind == EntryKind::Folder)
                live = live || name == "archive_status";
            else if (WalFileName::parse(name).kind != WalFileKind::Other)
                files.push_back({ folder + '/' + entry.path, name, entry.size, entry.modified });
        }
    }
};

QCoro::Task<Result<>> addPath(std::shared_ptr<WalFolder> folder, QByteArray path, std::stop_token stop)
{
    while (path.size() > 1 && path.endsWith('/'))
        path.chop(1);
    const auto listed = std::make_shared<Listed>();
    listed->folder = path;
    HostListing listing;
    listing.folder = path;
    listing.depth = 0;
    listing.skip = { "summaries" };
    const auto take = [listed](std::vector<HostEntry> entries) { listed->take(entries); };
    const auto done = co_await folder->host->list(listing, take, stop);
    if (!done && done.error().code == "host.not-a-folder"_L1) {
        folder->files.push_back({ path, nameOf(path), 0, {} });
        co_return Result<>();
    }
    if (!done)
        co_return tl::unexpected(done.error());
    folder->live = folder->live || listed->live || nameOf(path) == "pg_wal";
    std::ranges::sort(listed->files, {}, &WalFileFound::path);
    folder->files.insert(folder->files.end(), listed->files.begin(), listed->files.end());
    co_return Result<>();
}

QCoro::Task<Result<QByteArray>> firstBytes(
    std::shared_ptr<HostReader> host, WalFileFound file, qsizetype wanted, std::stop_token stop)
{
    const auto plain = std::make_shared<PlainFile>(file.name);
    const auto bytes = std::make_shared<QByteArray>();
    const auto sink = [bytes, wanted](QByteArrayView portion) {
        bytes->append(portion.first(std::min(portion.size(), wanted - bytes->size())));
        return bytes->size() < wanted;
    };
    const auto take = [plain, sink](QByteArrayView portion) { return plain->take(portion, sink); };
    const auto done = co_await host->stream(file.path, 0, take, stop);
    if (!done)
        co_return tl::unexpected(done.error());
    co_return *bytes;
}

QCoro::Task<Result<>> readHistories(std::shared_ptr<WalFolder> folder, std::stop_token stop)
{
    for (const WalFileFound &listed : folder->files) {
        const WalFileFound file = listed;
        const auto name = WalFileName::parse(file.name);
        if (name.kind != WalFileKind::TimelineHistory)
            continue;
        const auto bytes = co_await firstBytes(folder->host, file, LargestHistory, stop);
        if (stop.stop_requested())
            co_return tl::unexpected(bytes.error());
        auto history = bytes ? readTimelineHistory(name.timeline, *bytes) : tl::unexpected(bytes.error());
        if (history)
            folder->histories.push_back(*std::move(history));
        else
            folder->troubles.push_back({ QString::fromUtf8(file.path), WalFault::BadHistory,
                history.error().detail, name.timeline, {}, {} });
    }
    co_return Result<>();
}

// The size most segments say they have, of a few: one of them may be damaged or somebody else's.
QCoro::Task<Result<>> findSegmentSize(std::shared_ptr<WalFolder> folder, std::stop_token stop)
{
    constexpr int Enough = 3;
    std::map<std::uint32_t, int> votes;
    for (const WalFileFound &listed : folder->files) {
        const WalFileFound file = listed;
        const auto kind = WalFileName::parse(file.name).kind;
        if (kind != WalFileKind::Segment && kind != WalFileKind::Partial)
            continue;
        const auto bytes = co_await firstBytes(folder->host, file, WalHeadSize, stop);
        if (stop.stop_requested())
            co_return tl::unexpected(bytes.error());
        const auto head = bytes ? walHead(*bytes) : std::nullopt;
        if (head && ++votes[head->segmentSize] == Enough)
            break;
    }
    const auto most = std::ranges::max_element(votes, {}, [](const auto &vote) { return vote.second; });
    folder->segmentSize = most == votes.end() ? 0 : most->first;
    co_return Result<>();
}

struct Reader {
    WalWalk walk;
    std::shared_ptr<void> keep;
};

// False: the file lies behind the end of the log.
QCoro::Task<Result<bool>> readFile(std::shared_ptr<Reader> reader, std::shared_ptr<HostReader> host,
    WalFileFound file, std::size_t leg, WalFileAt at, std::shared_ptr<WalReading> reading,
    std::stop_token stop)
{
    if (!reader->walk.begin(leg, at))
        co_return false;
    const auto plain = std::make_shared<PlainFile>(file.name);
    const auto sink = [reader](QByteArrayView bytes) { return reader->walk.take(bytes); };
    const auto take = [plain, sink](QByteArrayView bytes) { return plain->take(bytes, sink); };
    const auto done = co_await host->stream(file.path, 0, take, stop);
    if (stop.stop_requested())
        co_return tl::unexpected(done ? Error { ErrorKind::Cancelled, u"wal.stopped"_s, {} } : done.error());
    WalContents contents = reader->walk.finish();
    const QString damage = done ? plain->damage(!contents.fault) : done.error().detail;
    if (!damage.isEmpty())
        contents.fault = WalContents::Fault { WalFault::Unreadable, contents.size, damage };
    reading->files.push_back({ file.path, reader->walk.plan()[leg].timeline, at.number, contents });
    co_return true;
}

} // namespace

QCoro::Task<Result<WalFolder>> openWal(std::shared_ptr<HostReader> host, std::vector<QByteArray> paths,
    std::optional<bool> live, std::stop_token stop)
{
    const auto folder = std::make_shared<WalFolder>();
    folder->host = host;
    for (const QByteArray &path : paths) {
        const auto added = co_await addPath(folder, path, stop);
        if (!added)
            co_return tl::unexpected(added.error());
    }
    folder->live = live.value_or(folder->live);
    if (const auto sized = co_await findSegmentSize(folder, stop); !sized)
        co_return tl::unexpected(sized.error());
    if (const auto read = co_await readHistories(folder, stop); !read)
        co_return tl::unexpected(read.error());
    std::vector<WalFileName> names;
    for (const WalFileFound &file : folder->files)
        names.push_back(WalFileName::parse(file.name));
    const std::uint32_t size = folder->segmentSize == 0 ? DefaultSegmentSize : folder->segmentSize;
    folder->plan = readingPlan(names, size, folder->histories);
    WalFolder opened = std::move(*folder);
    co_return opened;
}

QCoro::Task<Result<WalReading>> readWal(
    WalFolder folder, WalStory story, std::shared_ptr<void> keep, std::stop_token stop)
{
    WalWalk::Options options;
    options.segmentSize = folder.segmentSize == 0 ? DefaultSegmentSize : folder.segmentSize;
    options.live = folder.live;
    const auto reader
        = std::make_shared<Reader>(Reader { WalWalk(folder.plan, std::move(story), options), keep });
    const auto reading = std::make_shared<WalReading>();
    reading->gaps = gapsOf(folder.plan);
    for (std::size_t leg = 0; leg < folder.plan.size(); ++leg) {
        for (const WalFileAt &at : folder.plan[leg].files) {
            const WalFileFound file = folder.files[at.index];
            const WalFileAt place = at;
            const auto read = co_await readFile(reader, folder.host, file, leg, place, reading, stop);
            if (!read)
                co_return tl::unexpected(read.error());
            if (!*read)
                break;
        }
        const TimelineId timeline = folder.plan[leg].timeline;
        reading->lastRecords[timeline] = reader->walk.lastRecord(timeline);
    }
    reading->stats = reader->walk.stats();
    reading->unreadable = reader->walk.story().unreadable();
    WalReading done = std::move(*reading);
    co_return done;
}

} // namespace tidemark
