#include "walarchive/partreader.h"

#include "toolanswer/elsewhere.h"
#include "unpack/unpacker.h"
#include "values/pathtext.h"
#include "wal/head.h"
#include "wal/histories.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::size_t HeadsAtOnce = 2000;
constexpr qint64 LargestSmallFile = 1 << 20;

struct Head {
    WalFile file;
    QByteArray bytes;
};

QString nameOf(const WalFile &file)
{
    return pathText(file.path.sliced(file.path.lastIndexOf('/') + 1));
}

WalTrouble troubleOf(const WalFile &file, WalFault fault, const QString &words)
{
    const bool segment = file.kind == WalFileKind::Segment;
    return { nameOf(file), fault, words, file.timeline, segment ? std::optional(file.number) : std::nullopt,
        file.arrived };
}

bool goneMeanwhile(const Error &error)
{
    return error.code == u"host.missing";
}

// Errors of the way there end the scan of this archive; those of one file are a trouble of that file.
bool ofTheFile(const Error &error)
{
    return error.code == u"host.denied" || error.code == u"host.unreadable"
        || error.code == u"host.not-a-file";
}

// One archive being read: what was found so far, and the steps that find it.
class PartReader : public std::enable_shared_from_this<PartReader>
{
public:
    PartReader(std::shared_ptr<FolderListing> listing, QByteArray part, QByteArray folder,
        std::shared_ptr<HostReader> host, WalArchiveBudget budget)
        : m_listing(std::move(listing))
        , m_part(m_listing->parts().at(part))
        , m_folder(std::move(folder))
        , m_host(std::move(host))
        , m_budget(budget)
    {
        m_archive.part = pathText(part);
        if (!m_part.isReplaced()) {
            m_checked = m_part.checked();
            m_archive.systemId = m_part.known().systemId;
        }
        m_archive.segmentSize = m_part.known().segmentSize;
        m_archive.troubles = m_part.carried();
    }

    QCoro::Task<Result<WalArchive>> read(std::stop_token stop)
    {
        const auto self = shared_from_this();
        if (auto done = co_await readHistories(stop); !done)
            co_return tl::unexpected(std::move(done).error());
        if (auto done = co_await readEnds(stop); !done)
            co_return tl::unexpected(std::move(done).error());
        if (auto done = co_await readHeads(stop); !done)
            co_return tl::unexpected(std::move(done).error());
        judgeHeads();
        if (auto done = co_await readContents(stop); !done)
            co_return tl::unexpected(std::move(done).error());
        const auto finished = elsewhere([self] { return self->finish(); });
        co_return co_await finished;
    }

private:
    [[nodiscard]] QByteArray pathOf(const WalFile &file) const { return m_folder + '/' + file.path; }

    // The whole of a small file, unpacked when it is packed.
    QCoro::Task<Result<QByteArray>> whole(WalFile file, std::stop_token stop)
    {
        const auto self = shared_from_this();
        auto bytes = co_await m_host->read(pathOf(file), 0, LargestSmallFile, stop);
        if (!bytes || !file.packed)
            co_return bytes;
        const auto unpacker = Unpacker::make(packingOf(*bytes));
        QByteArray plain;
        const auto take = [&](QByteArrayView more) {
            plain.append(more);
            return plain.size() < LargestSmallFile;
        };
        if (unpacker)
            unpacker->take(*bytes, take);
        co_return plain;
    }

    [[nodiscard]] const TimelineHistory *knownHistory(const WalFile &file) const
    {
        const auto &known = m_part.known().histories;
        const auto found = std::ranges::find(known, file.timeline, &TimelineHistory::timeline);
        return found != known.end() && found->arrived == file.arrived ? &*found : nullptr;
    }

    QCoro::Task<Result<>> readHistories(std::stop_token stop)
    {
        const auto self = shared_from_this();
        for (const WalFile &file : m_part.histories()) {
            if (const TimelineHistory *known = knownHistory(file)) {
                m_archive.histories.push_back(*known);
                continue;
            }
            const auto text = co_await whole(file, stop);
            if (!text && goneMeanwhile(text.error()))
                continue;
            if (!text && !ofTheFile(text.error()))
                co_return tl::unexpected(text.error());
            auto history = text ? readTimelineHistory(file.timeline, *text) : tl::unexpected(text.error());
            if (history) {
                history->arrived = file.arrived;
                m_archive.histories.push_back(*std::move(history));
            } else {
                m_archive.troubles.push_back(troubleOf(file, WalFault::BadHistory, history.error().detail));
            }
        }
        std::ranges::sort(m_archive.histories, {}, &TimelineHistory::timeline);
        co_return Result<>();
    }

    // Files of this kind are small, never change and become many: only new ones are read, unless one has
    // gone.
    QCoro::Task<Result<>> readEnds(std::stop_token stop)
    {
        const auto self = shared_from_this();
        std::vector<WalFile> fresh;
        for (const WalFile &file : m_part.ends())
            if (file.arrived > m_checked.newestEnd)
                fresh.push_back(file);
        if (fresh.size() + m_part.known().backupEnds.size() == m_part.ends().size())
            m_archive.backupEnds = m_part.known().backupEnds;
        else
            fresh = m_part.ends();
        for (const WalFile &file : fresh) {
            const auto text = co_await whole(file, stop);
            if (!text && !goneMeanwhile(text.error()) && !ofTheFile(text.error()))
                co_return tl::unexpected(text.error());
            if (const auto end = text ? readBackupHistory(*text, file.arrived) : std::nullopt)
                m_archive.backupEnds.push_back(*end);
            m_checked.newestEnd = std::max(m_checked.newestEnd, file.arrived);
        }
        std::ranges::sort(m_archive.backupEnds, {},
            [](const BackupHistoryFile &end) { return std::tuple(end.timeline, end.startLsn, end.stopLsn); });
        co_return Result<>();
    }

    QCoro::Task<Result<>> readHeads(std::stop_token stop)
    {
        const auto self = shared_from_this();
        std::vector<WalFile> plain;
        std::vector<WalFile> packed;
        for (const WalFile &file : m_part.heads())
            (file.packed ? packed : plain).push_back(file);
        for (std::size_t from = 0; from < plain.size(); from += HeadsAtOnce) {
            const std::size_t to = std::min(from + HeadsAtOnce, plain.size());
            const std::vector<WalFile> some(
                plain.begin() + std::ptrdiff_t(from), plain.begin() + std::ptrdiff_t(to));
            if (auto done = co_await readPlainHeads(some, stop); !done)
                co_return tl::unexpected(std::move(done).error());
        }
        if (packed.size() > m_budget.packedHeads)
            packed.erase(packed.begin(), packed.end() - std::ptrdiff_t(m_budget.packedHeads));
        for (const WalFile &file : packed)
            if (auto done = co_await readPackedHead(file, stop); !done)
                co_return tl::unexpected(std::move(done).error());
        co_return Result<>();
    }

    QCoro::Task<Result<>> readPlainHeads(std::vector<WalFile> files, std::stop_token stop)
    {
        const auto self = shared_from_this();
        std::vector<HostReader::Part> parts;
        for (const WalFile &file : files)
            parts.push_back({ pathOf(file), 0, WalHeadSize });
        const auto heads = co_await m_host->readMany(parts, stop);
        if (!heads)
            co_return tl::unexpected(heads.error());
        for (std::size_t i = 0; i < files.size(); ++i) {
            const auto &bytes = (*heads)[i];
            if (bytes)
                m_heads.push_back({ files[i], *bytes });
            else if (auto fine = cannotRead(files[i], bytes.error()); !fine)
                co_return tl::unexpected(std::move(fine).error());
        }
        co_return Result<>();
    }

    QCoro::Task<Result<>> readPackedHead(WalFile file, std::stop_token stop)
    {
        const auto self = shared_from_this();
        const std::shared_ptr<Unpacker> unpacker = Unpacker::make(packingOfName(file.path));
        const auto head = std::make_shared<QByteArray>();
        const auto sink = [head](QByteArrayView plain) {
            head->append(plain.first(std::min(plain.size(), WalHeadSize - head->size())));
            return head->size() < WalHeadSize;
        };
        const auto take = [unpacker, sink](QByteArrayView bytes) { return unpacker->take(bytes, sink); };
        const QByteArray path = pathOf(file);
        const auto done = co_await m_host->stream(path, 0, take, stop);
        if (!done)
            co_return cannotRead(file, done.error());
        if (head->size() < WalHeadSize && !unpacker->finish().isEmpty())
            m_archive.troubles.push_back(troubleOf(file, WalFault::Unreadable, unpacker->finish()));
        else
            m_heads.push_back({ file, *head });
        co_return Result<>();
    }

    Result<> cannotRead(const WalFile &file, const Error &error)
    {
        if (ofTheFile(error))
            m_archive.troubles.push_back(troubleOf(file, WalFault::Unreadable, error.detail));
        else if (!goneMeanwhile(error))
            return tl::unexpected(error);
        return {};
    }

    // Whose WAL this is and how large its segments are: what most of the first heads say.
    void settleIdentity()
    {
        std::map<std::pair<std::uint64_t, std::uint32_t>, int> votes;
        for (const Head &head : m_heads)
            if (const auto header = walHead(head.bytes))
                ++votes[{ header->systemId, header->segmentSize }];
        const auto most = std::ranges::max_element(votes, {}, [](const auto &vote) { return vote.second; });
        if (m_part.isNew())
            m_archive.segmentSize = m_part.builder().likelySegmentSize();
        if (most == votes.end())
            return;
        if (!m_archive.systemId)
            m_archive.systemId = SystemId { most->first.first };
        if (m_part.isNew())
            m_archive.segmentSize = most->first.second;
    }

    // Numbers were told by the size that was known before; it may be another one.
    [[nodiscard]] WalFile renumbered(WalFile file) const
    {
        const QByteArray name = file.path.sliced(file.path.lastIndexOf('/') + 1);
        if (const auto number = WalFileName::parse(name).number(m_archive.segmentSize))
            file.number = *number;
        return file;
    }

    void judgeHeads()
    {
        settleIdentity();
        if (m_archive.segmentSize != m_part.known().segmentSize) {
            m_checked.heads = {};
            m_checked.contents = {};
            for (WalTrouble &trouble : m_archive.troubles)
                if (trouble.number)
                    trouble.number = WalFileName::parse(trouble.name.toUtf8()).number(m_archive.segmentSize);
        }
        for (const Head &head : m_heads) {
            const WalFile file = renumbered(head.file);
            const auto history
                = std::ranges::find(m_archive.histories, file.timeline, &TimelineHistory::timeline);
            const WalExpectation expected { m_archive.systemId, file.timeline, file.number,
                m_archive.segmentSize };
            const auto fault = checkWalHead(
                head.bytes, expected, history == m_archive.histories.end() ? nullptr : &*history);
            const bool wrongSize = !file.packed && file.size != m_archive.segmentSize;
            if (fault && !wrongSize) // the listing tells of a size that is wrong
                m_archive.troubles.push_back(troubleOf(file, fault->fault, fault->words));
            m_checked.heads.insert(file.timeline, file.number);
        }
        m_heads.clear();
    }

    [[nodiscard]] bool isBad(const WalFile &file) const
    {
        return std::ranges::any_of(m_archive.troubles, [&](const WalTrouble &trouble) {
            return trouble.timeline == file.timeline && trouble.number == file.number;
        });
    }

    QCoro::Task<Result<>> readContents(std::stop_token stop)
    {
        const auto self = shared_from_this();
        const auto check = std::make_shared<WalContentsCheck>();
        for (const WalFile &listed : m_part.contents()) {
            const WalFile file = renumbered(listed);
            const bool wrongSize = !file.packed && file.size != m_archive.segmentSize;
            if (wrongSize || isBad(file))
                continue;
            if (auto done = co_await readContent(file, check, stop); !done)
                co_return tl::unexpected(std::move(done).error());
        }
        co_return Result<>();
    }

    QCoro::Task<Result<>> readContent(
        WalFile file, std::shared_ptr<WalContentsCheck> check, std::stop_token stop)
    {
        const auto self = shared_from_this();
        WalExpectation expected;
        expected.systemId = m_archive.systemId;
        expected.timeline = file.timeline;
        expected.number = file.number;
        expected.segmentSize = m_archive.segmentSize;
        check->begin(expected);
        const std::shared_ptr<Unpacker> unpacker = Unpacker::make(packingOfName(file.path));
        const auto sink = [check](QByteArrayView plain) { return check->take(plain); };
        const auto take = [packed = file.packed, unpacker, sink](QByteArrayView bytes) {
            return packed ? unpacker->take(bytes, sink) : sink(bytes);
        };
        const QByteArray path = pathOf(file);
        const auto done = co_await m_host->stream(path, 0, take, stop);
        const WalContents contents = check->finish();
        if (!done)
            co_return cannotRead(file, done.error());
        const QString damage = file.packed ? unpacker->damage() : QString();
        if (!damage.isEmpty())
            m_archive.troubles.push_back(troubleOf(file, WalFault::Unreadable, damage));
        else if (contents.fault)
            m_archive.troubles.push_back(troubleOf(file, contents.fault->fault,
                u"at byte %1: %2"_s.arg(contents.fault->offset).arg(contents.fault->words)));
        m_checked.contents.insert(file.timeline, file.number);
        co_return Result<>();
    }

    // On another thread.
    Result<WalArchive> finish()
    {
        m_part.builder().finish(m_archive);
        SegmentSet listed;
        for (const WalSpan &span : m_archive.spans)
            listed.insert(span.timeline, span.first, span.last);
        for (const WalTrouble &trouble : m_archive.troubles)
            if (trouble.timeline && trouble.number)
                listed.insert(*trouble.timeline, *trouble.number);
        m_checked.heads = m_checked.heads.with(listed);
        m_checked.contents = m_checked.contents.with(listed);
        m_archive.checked = m_checked.toString();
        return m_archive;
    }

    std::shared_ptr<FolderListing> m_listing;
    PartListing &m_part;
    QByteArray m_folder;
    std::shared_ptr<HostReader> m_host;
    WalArchiveBudget m_budget;
    WalChecked m_checked;
    WalArchive m_archive;
    std::vector<Head> m_heads;
};

} // namespace

QCoro::Task<Result<WalArchive>> readPart(std::shared_ptr<FolderListing> listing, QByteArray part,
    QByteArray folder, std::shared_ptr<HostReader> host, WalArchiveBudget budget, std::stop_token stop)
{
    const auto reader = std::make_shared<PartReader>(listing, part, folder, host, budget);
    auto archive = co_await reader->read(stop);
    co_return archive;
}

} // namespace tidemark
