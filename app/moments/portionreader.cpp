#include "moments/portionreader.h"

#include "moments/piecebuilder.h"
#include "sources/plainfile.h"
#include "toolanswer/elsewhere.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

std::uint32_t segmentSizeOf(const WalFolder &folder)
{
    return folder.segmentSize == 0 ? DefaultSegmentSize : folder.segmentSize;
}

std::vector<WalLeg> legOnly(const WalFolder &folder, std::size_t leg)
{
    return { folder.plan[leg] };
}

// What is used on the thread of the stream: lives until it has ended.
struct Reading {
    std::shared_ptr<const WalFolder> folder;
    WalWalk walk;
    std::shared_ptr<WalListener> listener;
};
using ReadingOf = std::shared_ptr<Reading>;

WalWalk::Options optionsOf(const WalFolder &folder)
{
    WalWalk::Options options;
    options.segmentSize = segmentSizeOf(folder);
    options.live = folder.live;
    return options;
}

QString troubleOf(const WalFileFound &file, const WalContents &contents, const QString &damage)
{
    const QString name = QString::fromUtf8(file.name);
    if (contents.fault)
        return u"%1: at byte %2: %3"_s.arg(name).arg(contents.fault->offset).arg(contents.fault->words);
    return damage.isEmpty() ? QString() : u"%1: %2"_s.arg(name, damage);
}

// What is wrong with the file; empty: nothing.
QCoro::Task<Result<QString>> readFile(ReadingOf reading, WalFileAt at, std::stop_token stop)
{
    const WalFileFound file = reading->folder->files[at.index];
    if (!reading->walk.begin(0, at))
        co_return QString();
    const auto plain = std::make_shared<PlainFile>(file.name);
    const auto sink = [reading](QByteArrayView bytes) { return reading->walk.take(bytes); };
    const auto take = [plain, sink](QByteArrayView bytes) { return plain->take(bytes, sink); };
    const auto host = reading->folder->host;
    const auto done = co_await host->stream(file.path, 0, take, stop);
    if (stop.stop_requested())
        co_return failure(ErrorKind::Cancelled, u"wal.stopped"_s, {});
    const WalContents contents = reading->walk.finish();
    if (!done)
        co_return tl::unexpected(done.error());
    co_return troubleOf(file, contents, plain->damage(!contents.fault && !reading->walk.isPast()));
}

bool follows(const WalLeg &leg, std::size_t at)
{
    return at < leg.files.size() && leg.files[at - 1].number.value + 1 == leg.files[at].number.value;
}

} // namespace

QCoro::Task<Result<PortionRead>> readPortion(PortionJob job, std::stop_token stop)
{
    const std::size_t legIndex = job.portions.front().leg;
    const WalLeg leg = job.folder->plan[legIndex];
    const std::uint32_t size = segmentSizeOf(*job.folder);
    const auto builder = std::make_shared<PieceBuilder>(size);
    const auto learning = elsewhere([folder = job.folder, legIndex, builder, story = job.story] {
        return std::make_shared<Reading>(Reading {
            folder, WalWalk(legOnly(*folder, legIndex), story(*builder), optionsOf(*folder)), builder });
    });
    const auto reading = co_await learning;
    PortionRead read;
    std::size_t at = 0;
    for (std::size_t index = 0; index < job.portions.size(); ++index) {
        const Portion portion = job.portions[index];
        if (index > 0 && !job.goesOn(index, reading->walk.story().carried()))
            break;
        const SegmentNumber last = leg.files[portion.to - 1].number;
        builder->begin(leg.timeline, leg.files[portion.from].number, last, index > 0);
        reading->walk.setUntil(last.end(size));
        for (at = portion.from; at < portion.to; ++at) {
            const auto trouble = co_await readFile(reading, leg.files[at], stop);
            if (!trouble)
                co_return tl::unexpected(trouble.error());
            builder->addFile(size, *trouble);
        }
        if (index == 0) {
            read.names = reading->walk.story().names();
            static_cast<void>(co_await job.newer);
        }
    }
    // A record may go on behind the last segment.
    while (follows(leg, at) && !reading->walk.isPast()) {
        const auto trouble = co_await readFile(reading, leg.files[at], stop);
        if (!trouble || !trouble->isEmpty())
            break;
        ++at;
    }
    if (stop.stop_requested())
        co_return failure(ErrorKind::Cancelled, u"wal.stopped"_s, {});
    read.pieces = builder->finish();
    co_return read;
}

namespace {

class EndsOnly : public WalListener
{
public:
    void ended(const WalEndTold &end) override { ends.push_back(end); }
    std::vector<WalEndTold> ends;
};

} // namespace

QCoro::Task<Result<std::vector<WalEndTold>>> readEnds(
    std::shared_ptr<const WalFolder> folder, Portion portion, std::stop_token stop)
{
    const auto ends = std::make_shared<EndsOnly>();
    const auto reading = std::make_shared<Reading>(Reading {
        folder, WalWalk(legOnly(*folder, portion.leg), WalStory(*ends, {}), optionsOf(*folder)), ends });
    const std::vector<WalFileAt> files = folder->plan[portion.leg].files;
    for (std::size_t at = portion.from; at < portion.to; ++at) {
        const auto trouble = co_await readFile(reading, files[at], stop);
        if (!trouble)
            co_return tl::unexpected(trouble.error());
    }
    std::vector<WalEndTold> told = std::move(ends->ends);
    co_return told;
}

} // namespace tidemark
