#include "moments/archivereader.h"

#include "insight/branches.h"
#include "moments/portionreader.h"
#include "ports/taskscope.h"
#include "toolanswer/elsewhere.h"
#include "unpack/zstdblock.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using PieceList = std::vector<std::shared_ptr<const MomentPiece>>;

constexpr std::chrono::hours KeptFor { 35 * 24 };
constexpr std::size_t LongestChain = 8; // portions that are read again at most

// How far an archive reaches on the youngest timeline.
std::pair<TimelineId, Lsn> reach(const WalArchive &archive)
{
    std::pair<TimelineId, Lsn> furthest;
    for (const WalSpan &span : archive.spans)
        furthest = std::max(furthest, { span.timeline, span.last.end(archive.segmentSize) });
    return furthest;
}

std::optional<WalArchive> archiveOf(const MomentQuestion &question)
{
    const WalArchive *best = nullptr;
    const ClusterFacts &facts = question.facts->cluster(question.cluster);
    for (const WalArchive &archive : facts.archives) {
        const bool ours = !facts.systemId || !archive.systemId || *facts.systemId == *archive.systemId;
        if (ours && !archive.spans.empty() && (!best || reach(*best) < reach(archive)))
            best = &archive;
    }
    return best ? std::optional(*best) : std::nullopt;
}

MomentIndex emptyIndex(const MomentQuestion &question, const WalArchive &archive)
{
    MomentIndex index;
    index.cluster = question.cluster;
    index.segmentSize = archive.segmentSize;
    index.histories = archive.histories;
    index.timeline
        = TimelineTree(question.facts->cluster(question.cluster), question.serverTimeline).current();
    if (!index.timeline)
        index.timeline = reach(archive).first;
    return index;
}

MomentPlace placeOf(const MomentQuestion &question, const WalArchive &archive)
{
    return { question.cluster, archive.systemId.value_or(SystemId {}) };
}

void put(PieceList &pieces, std::shared_ptr<const MomentPiece> piece)
{
    std::erase_if(pieces, [&](const auto &one) {
        return one->timeline == piece->timeline && one->first <= piece->last && piece->first <= one->last;
    });
    const auto place = std::ranges::upper_bound(pieces, std::pair(piece->timeline, piece->first), {},
        [](const auto &one) { return std::pair(one->timeline, one->first); });
    pieces.insert(place, std::move(piece));
}

// Damaged files may be mended, and a timeline's last segment may still grow.
bool mayBeKept(const MomentPiece &piece, const WalFolder &folder, const Portion &portion)
{
    const WalFileAt &last = folder.plan[portion.leg].files[portion.to - 1];
    return piece.troubles.empty() && last.kind == WalFileKind::Segment && !folder.live;
}

// A transaction of that number, or one that a subtransaction of it belongs to, ended there.
bool endedIn(const MomentPiece &piece, std::vector<std::uint32_t> carried)
{
    constexpr std::uint32_t NearestSubtransactions = 1024;
    std::ranges::sort(carried);
    return !carried.empty() && std::ranges::any_of(piece.unseen, [&](std::uint32_t ended) {
        const auto next = std::ranges::lower_bound(carried, ended);
        const std::uint32_t open = next == carried.end() ? carried.front() : *next; // numbers wrap around
        return open - ended < NearestSubtransactions;
    });
}

// One reading of one cluster.
struct Reading {
    MomentQuestion question;
    WalArchive archive;
    std::shared_ptr<const WalFolder> folder;
    MomentIndex index;
    MomentProgress progress;
    std::vector<Portion> read; // of the leg at hand, in the order of the log
    Instant begun;
    // Of each portion: it is in the index, or never will be; and how its reading ended.
    struct Ends {
        Once<bool> known;
        Once<Result<>> read;
    };
    std::vector<Ends> ends;
    Once<bool> newest; // nothing is behind the first one
};
using ReadingOf = std::shared_ptr<Reading>;

// What was made in the portion has its name in those behind it, which were read before.
void nameNewer(Reading &reading, const std::vector<Portion> &behind, const RelationNames &names,
    std::vector<std::shared_ptr<const MomentPiece>> &changed)
{
    const WalLeg &leg = reading.folder->plan[behind.front().leg];
    for (auto &piece : reading.index.pieces) {
        if (piece->timeline < leg.timeline || piece->first < leg.files[behind.front().from].number)
            continue;
        auto better = named(*piece, names);
        if (!better)
            continue;
        const auto before = piece;
        piece = std::make_shared<const MomentPiece>(*std::move(better));
        std::erase(changed, before);
        if (piece->troubles.empty())
            changed.push_back(piece);
    }
}

class ArchiveReader : public MomentReader, public std::enable_shared_from_this<ArchiveReader>
{
public:
    explicit ArchiveReader(ArchiveReaderParts parts)
        : m_parts(std::move(parts))
    {
    }
    QCoro::Task<Result<MomentIndex>> kept(MomentQuestion question, std::stop_token stop) override;
    QCoro::Task<Result<MomentIndex>> read(MomentQuestion question, Told told, std::stop_token stop) override;
    QCoro::Task<Result<std::vector<WalEndTold>>> around(
        MomentQuestion question, TimelineId timeline, Lsn lsn, std::stop_token stop) override;

private:
    QCoro::Task<Result<std::shared_ptr<const WalFolder>>> open(
        MomentQuestion question, WalArchive archive, std::stop_token stop);
    QCoro::Task<Result<>> readAll(
        ReadingOf reading, std::vector<Portion> portions, Told told, std::stop_token stop);
    QCoro::Task<Result<>> readOne(ReadingOf reading, Portion portion, std::size_t at, std::stop_token stop);
    QCoro::Task<Result<>> readInto(
        ReadingOf reading, Portion portion, Once<bool> newer, std::stop_token stop);
    QCoro::Task<Result<std::vector<Relation>>> namesBefore(
        ReadingOf reading, Portion portion, std::stop_token stop);
    void noteProgress(Reading &reading, const Portion &portion) const;
    QCoro::Task<Result<>> keep(
        ReadingOf reading, std::vector<std::shared_ptr<const MomentPiece>> pieces, std::stop_token stop);

    ArchiveReaderParts m_parts;
    using Place = std::pair<QString, QString>; // fleet and cluster
    std::map<Place, std::shared_ptr<const WalFolder>> m_folders; // as last listed
};

tl::unexpected<Error> noArchive(const QString &cluster)
{
    return failure(ErrorKind::NotFound, u"moment.no-archive"_s,
        u"no source of the fleet keeps WAL of %1"_s.arg(cluster));
}

QCoro::Task<Result<MomentIndex>> ArchiveReader::kept(MomentQuestion question, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto archive = archiveOf(question);
    if (!archive)
        co_return noArchive(question.cluster);
    MomentIndex index = emptyIndex(question, *archive);
    const auto catalogue = m_parts.catalogue();
    if (!catalogue)
        co_return index;
    const MomentPlace place = placeOf(question, *archive);
    const auto moments = co_await catalogue->moments(question.fleet.name, place, stop);
    if (!moments)
        co_return tl::unexpected(moments.error());
    const auto job = elsewhere([index, moments = *moments] {
        MomentIndex whole = index;
        for (const KeptMoment &one : moments)
            if (auto piece = momentPieceFromBytes(one.bytes))
                if (!isOutdated(*piece, index.histories, index.segmentSize))
                    put(whole.pieces, std::make_shared<const MomentPiece>(*std::move(piece)));
        return whole;
    });
    auto whole = co_await job;
    co_return whole;
}

QCoro::Task<Result<std::shared_ptr<const WalFolder>>> ArchiveReader::open(
    MomentQuestion question, WalArchive archive, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto source = std::ranges::find(question.fleet.sources, archive.source, &Source::name);
    const auto reader
        = source == question.fleet.sources.end() ? nullptr : m_parts.makeSource(*source, question.fleet);
    if (!reader)
        co_return noArchive(question.cluster);
    const auto place = co_await reader->walPlace(archive, stop);
    if (!place)
        co_return tl::unexpected(place.error());
    const std::vector<QByteArray> folders { place->folder };
    const std::optional<bool> live;
    auto opened = co_await openWal(place->files, folders, live, stop);
    if (!opened)
        co_return tl::unexpected(std::move(opened).error());
    auto folder = std::make_shared<const WalFolder>(*std::move(opened));
    m_folders[{ question.fleet.name, question.cluster }] = folder;
    co_return std::shared_ptr<const WalFolder>(folder);
}

QCoro::Task<Result<MomentIndex>> ArchiveReader::read(MomentQuestion question, Told told, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto reading = std::make_shared<Reading>();
    reading->question = question;
    reading->begun = m_parts.clock->now();
    auto index = co_await kept(question, stop);
    if (!index)
        co_return index;
    reading->index = *std::move(index);
    reading->archive = *archiveOf(question);
    const auto folder = co_await open(question, reading->archive, stop);
    if (!folder)
        co_return tl::unexpected(folder.error());
    reading->folder = *folder;
    reading->index.histories = reading->folder->histories;
    const auto portions = portionsOf(*reading->folder, reading->index.pieces, question.since);
    for (const Portion &portion : portions)
        reading->progress.files += qint64(portion.to - portion.from);
    told(std::make_shared<const MomentIndex>(reading->index), reading->progress);
    const auto done = co_await readAll(reading, portions, told, stop);
    if (!done)
        co_return tl::unexpected(done.error());
    MomentIndex whole = reading->index;
    co_return whole;
}

// Some at a time, each in the index before those that are older.
QCoro::Task<Result<>> ArchiveReader::readAll(
    ReadingOf reading, std::vector<Portion> portions, Told told, std::stop_token stop)
{
    const auto self = shared_from_this();
    TaskScope tasks;
    reading->ends.resize(portions.size());
    Result<> result;
    std::size_t begun = 0;
    for (std::size_t at = 0; at < std::max(begun, result ? portions.size() : 0); ++at) {
        for (; result && begun < std::min(portions.size(), at + m_parts.atOnce); ++begun)
            tasks.start(readOne(reading, portions[begun], begun, stop),
                [read = reading->ends[begun].read](Result<> ended) { read.settle(std::move(ended)); });
        const Once<Result<>> read = reading->ends[at].read;
        const auto done = co_await read;
        if (done)
            told(std::make_shared<const MomentIndex>(reading->index), reading->progress);
        else if (result)
            result = tl::unexpected(done.error());
    }
    co_return result;
}

QCoro::Task<Result<>> ArchiveReader::readOne(
    ReadingOf reading, Portion portion, std::size_t at, std::stop_token stop)
{
    const auto self = shared_from_this();
    if (at == 0)
        reading->newest.settle(true);
    const Once<bool> newer = at == 0 ? reading->newest : reading->ends[at - 1].known;
    auto done = co_await readInto(reading, portion, newer, stop);
    reading->ends[at].known.settle(done.has_value());
    co_return done;
}

// Names as they were before the portion: what was dropped later is not in a younger copy.
QCoro::Task<Result<std::vector<Relation>>> ArchiveReader::namesBefore(
    ReadingOf reading, Portion portion, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto catalogue = m_parts.catalogue();
    if (!catalogue)
        co_return std::vector<Relation>();
    const WalLeg &leg = reading->folder->plan[portion.leg];
    const WalFileAt &before = leg.files[portion.from == 0 ? 0 : portion.from - 1];
    std::optional<Instant> limit;
    if (const Instant finished = reading->folder->files[before.index].modified; finished != Instant {})
        limit = finished;
    const QString fleet = reading->question.fleet.name;
    const QString cluster = reading->question.cluster;
    auto copy = co_await catalogue->serverCopy(fleet, cluster, limit, stop);
    if (copy && !*copy && limit) {
        const std::optional<Instant> newest;
        copy = co_await catalogue->serverCopy(fleet, cluster, newest, stop);
    }
    if (!copy)
        co_return tl::unexpected(std::move(copy).error());
    std::vector<Relation> relations;
    if (*copy)
        relations = std::move((*copy)->relations);
    co_return relations;
}

QCoro::Task<Result<>> ArchiveReader::readInto(
    ReadingOf reading, Portion portion, Once<bool> newer, std::stop_token stop)
{
    const auto self = shared_from_this();
    auto &behind = reading->read;
    if (behind.empty() || behind.front().leg != portion.leg || behind.front().from != portion.to)
        behind.clear();
    behind.insert(behind.begin(), portion);

    PortionJob job;
    job.folder = reading->folder;
    job.newer = newer;
    job.portions.assign(
        behind.begin(), behind.begin() + std::ptrdiff_t(std::min(behind.size(), LongestChain)));
    const auto names = co_await namesBefore(reading, portion, stop);
    if (!names)
        co_return tl::unexpected(names.error());
    job.story = [relations = *names](WalListener &listener) {
        WalStory::Options options;
        options.zstd = unpackZstdFrame;
        WalStory story(listener, options);
        story.learn(relations);
        return story;
    };
    job.goesOn
        = [reading, ranges = job.portions](std::size_t next, const std::vector<std::uint32_t> &carried) {
              const WalLeg &leg = reading->folder->plan[ranges[next].leg];
              for (std::size_t at = next; at < ranges.size(); ++at)
                  for (const auto &piece : reading->index.pieces)
                      if (piece->timeline == leg.timeline && piece->first == leg.files[ranges[at].from].number
                          && endedIn(*piece, carried))
                          return true;
              return false;
          };
    const std::vector<Portion> read = job.portions;
    auto told = co_await readPortion(job, stop);
    if (!told)
        co_return tl::unexpected(std::move(told).error());
    std::vector<std::shared_ptr<const MomentPiece>> toKeep;
    for (std::size_t at = 0; at < told->pieces.size(); ++at) {
        const auto piece = std::make_shared<const MomentPiece>(std::move(told->pieces[at]));
        put(reading->index.pieces, piece);
        if (mayBeKept(*piece, *reading->folder, read[at]))
            toKeep.push_back(piece);
        reading->progress.bytes += piece->bytes;
    }
    nameNewer(*reading, read, told->names, toKeep);
    noteProgress(*reading, portion);
    auto kept = co_await keep(reading, toKeep, stop);
    co_return kept;
}

void ArchiveReader::noteProgress(Reading &reading, const Portion &portion) const
{
    const WalLeg &leg = reading.folder->plan[portion.leg];
    reading.progress.filesRead += qint64(portion.to - portion.from);
    reading.progress.took
        = std::chrono::duration_cast<std::chrono::milliseconds>(m_parts.clock->now() - reading.begun);
    const Instant back = reading.folder->files[leg.files[portion.from].index].modified;
    const auto piece = std::ranges::find_if(reading.index.pieces, [&](const auto &one) {
        return one->timeline == leg.timeline && one->first == leg.files[portion.from].number;
    });
    if (piece != reading.index.pieces.end() && (*piece)->firstCommit)
        reading.progress.back = (*piece)->firstCommit->at;
    else if (back != Instant {})
        reading.progress.back = back;
}

QCoro::Task<Result<>> ArchiveReader::keep(
    ReadingOf reading, std::vector<std::shared_ptr<const MomentPiece>> pieces, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto catalogue = m_parts.catalogue();
    if (!catalogue || pieces.empty())
        co_return Result<>();
    const Instant now = m_parts.clock->now();
    const auto job = elsewhere([pieces, now] {
        std::vector<KeptMoment> kept;
        for (const auto &piece : pieces)
            kept.push_back({ piece->timeline, piece->first, piece->last,
                piece->lastCommit ? piece->lastCommit->at : now, toBytes(*piece) });
        return kept;
    });
    const auto kept = co_await job;
    const MomentPlace place = placeOf(reading->question, reading->archive);
    auto done
        = co_await catalogue->keepMoments(reading->question.fleet.name, place, kept, now - KeptFor, stop);
    co_return done;
}

QCoro::Task<Result<std::vector<WalEndTold>>> ArchiveReader::around(
    MomentQuestion question, TimelineId timeline, Lsn lsn, std::stop_token stop)
{
    const auto self = shared_from_this();
    std::shared_ptr<const WalFolder> folder = m_folders[{ question.fleet.name, question.cluster }];
    if (!folder) {
        const auto archive = archiveOf(question);
        if (!archive)
            co_return noArchive(question.cluster);
        const WalArchive found = *archive;
        const auto opened = co_await open(question, found, stop);
        if (!opened)
            co_return tl::unexpected(opened.error());
        folder = *opened;
    }
    const std::uint32_t size = folder->segmentSize == 0 ? DefaultSegmentSize : folder->segmentSize;
    const std::uint64_t number = SegmentNumber::of(lsn, size).value;
    Portion portion;
    const auto leg = std::ranges::find(folder->plan, timeline, &WalLeg::timeline);
    if (leg != folder->plan.end()) {
        const auto isNear = [number](const WalFileAt &file) {
            return file.number.value + 1 >= number && file.number.value <= number + 1;
        };
        portion.leg = std::size_t(leg - folder->plan.begin());
        portion.from = std::size_t(std::ranges::find_if(leg->files, isNear) - leg->files.begin());
        portion.to = portion.from;
        while (portion.to < leg->files.size() && isNear(leg->files[portion.to]))
            ++portion.to;
    }
    if (portion.from == portion.to)
        co_return failure(ErrorKind::NotFound, u"moment.no-segment"_s,
            u"the archive no longer has %1"_s.arg(segmentName(timeline, { number }, size)));
    auto ends = co_await readEnds(folder, portion, stop);
    co_return ends;
}

} // namespace

std::shared_ptr<MomentReader> makeArchiveReader(ArchiveReaderParts parts)
{
    return std::make_shared<ArchiveReader>(std::move(parts));
}

} // namespace tidemark
