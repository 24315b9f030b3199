#include "dumps/describe.h"
#include "dumps/dumps.h"
#include "dumps/memory.h"
#include "dumps/nights.h"
#include "dumps/reading.h"
#include "dumps/starts.h"
#include "ports/turns.h"
#include "values/pathtext.h"

#include <algorithm>
#include <mutex>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::size_t Batch = 100; // files whose ends are fetched in one go
constexpr std::size_t MostTroubles = 50;

Error stoppedError()
{
    return { ErrorKind::Cancelled, u"dumps.cancelled"_s, u"stopped as asked"_s };
}

// Other errors are those of the way there, and end the scan.
bool isOfTheFile(const Error &error)
{
    static const QStringList codes { u"host.missing"_s, u"host.denied"_s, u"host.unreadable"_s,
        u"host.not-a-file"_s, u"host.not-a-folder"_s };
    return codes.contains(error.code);
}

// What a listing hands on, on another thread.
struct Listed {
    std::mutex guard;
    std::vector<HostEntry> entries;
    std::vector<QByteArray> refused;
};

// What one scan knows of one dump.
struct Seen {
    DumpItem item;
    QString id;
    std::optional<DumpStamp> known;
    bool unchanged = false;
    bool unread = false; // it is there, but refused to be read
    std::optional<Artifact> artifact; // where it was looked at
    QString started; // in its own words
    DumpStamp stamp;
};

// One scan on its way.
struct Work {
    DumpPlace place;
    Known known;
    NoDumps before;
    NoDumps noDumps;
    std::vector<Seen> seen;
    std::shared_ptr<DumpBudget> budget;
    Scan scan;
};

bool sameContent(const Seen &one)
{
    return one.known && one.known->kind != DumpStamp::Kind::Waiting
        && one.known->content == one.item.content();
}

void plan(Work &work, const std::vector<HostEntry> &entries)
{
    for (DumpItem &item : dumpItems(entries)) {
        Seen one;
        one.id = idOf(item);
        if (const auto stamp = work.known.stamps.constFind(one.id); stamp != work.known.stamps.constEnd())
            one.known = DumpStamp::parse(*stamp);
        one.item = std::move(item);
        one.unchanged = sameContent(one);
        if (one.unchanged)
            one.stamp = *one.known;
        work.seen.push_back(std::move(one));
    }
}

void trouble(Work &work, const QByteArray &path, const Error &error)
{
    if (work.scan.troubles.size() < MostTroubles)
        work.scan.troubles.push_back(
            { work.place.source, pathText(path), work.place.clusterOf(path, {}), error });
}

// A file that is none, under a name that promises one.
void tellNoDump(Work &work, const DumpItem &item)
{
    if (promisesDump(item.path))
        trouble(work, item.path,
            { ErrorKind::Invalid, u"dumps.no-dump"_s, u"its first bytes are not those of a dump"_s });
}

DumpStamp::Kind kindOf(const Artifact &artifact, const DumpFacts &facts, const DumpBudget &budget)
{
    const bool outOfTime
        = facts.verdict == DumpFacts::Verdict::Unread && budget.left <= 0 && !facts.encrypted;
    if (artifact.state == ArtifactState::Running || outOfTime)
        return DumpStamp::Kind::Waiting;
    if (facts.cluster && artifact.state == ArtifactState::Complete)
        return DumpStamp::Kind::Cluster;
    return facts.globals && artifact.state == ArtifactState::Complete ? DumpStamp::Kind::Globals
                                                                      : DumpStamp::Kind::Dump;
}

void take(Work &work, Seen &one, DumpFacts facts, Instant now)
{
    const bool encrypted = facts.verdict == DumpFacts::Verdict::NoDump && saysEncrypted(one.item.path);
    if (encrypted) {
        facts.encrypted = true;
        facts.verdict = DumpFacts::Verdict::Unread;
        facts.words = u"its name says that it is encrypted"_s;
    }
    const bool emptyNote = facts.verdict == DumpFacts::Verdict::Empty && !promisesDump(one.item.path);
    if (facts.verdict == DumpFacts::Verdict::NoDump || emptyNote) {
        work.noDumps.add(one.item);
        tellNoDump(work, one.item);
        return;
    }
    one.artifact = describe(one.item, facts, work.place, now);
    one.started = facts.created;
    one.stamp = { kindOf(*one.artifact, facts, *work.budget), one.item.content(), {} };
}

QHash<QString, QString> pairUp(const Work &work)
{
    std::vector<NightMember> members;
    for (const Seen &one : work.seen) {
        if (!one.unchanged && !one.artifact)
            continue;
        const bool has
            = one.stamp.kind == DumpStamp::Kind::Globals || one.stamp.kind == DumpStamp::Kind::Cluster;
        members.push_back(
            { one.id, one.item.path, one.item.modified, work.place.clusterOf(one.item.path, {}), has });
    }
    return globalsOfRuns(members);
}

} // namespace

class DumpsSource : public BackupSource, public std::enable_shared_from_this<DumpsSource>
{
public:
    DumpsSource(
        DumpPlace place, std::shared_ptr<HostReader> reader, std::shared_ptr<Clock> clock, DumpLimits limits)
        : m_place(std::move(place))
        , m_reader(std::move(reader))
        , m_clock(std::move(clock))
        , m_limits(limits)
    {
    }
    [[nodiscard]] QString name() const override { return m_place.source; }
    [[nodiscard]] Capabilities capabilities() const override
    {
        Capabilities can;
        can.usage = true;
        return can;
    }
    [[nodiscard]] QCoro::Task<Result<Scan>> scan(Known known, std::stop_token stop) override;

private:
    [[nodiscard]] QCoro::Task<Result<>> list(std::shared_ptr<Work> work, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<>> readChanged(std::shared_ptr<Work> work, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<>> readBatch(
        std::shared_ptr<Work> work, std::vector<std::size_t> batch, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<>> readOne(
        std::shared_ptr<Work> work, std::size_t index, FileEnds ends, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<>> pair(std::shared_ptr<Work> work, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<>> tellStarts(std::shared_ptr<Work> work, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<>> usage(std::shared_ptr<Work> work, std::stop_token stop);
    static void finish(Work &work);

    DumpPlace m_place;
    std::shared_ptr<HostReader> m_reader;
    std::shared_ptr<Clock> m_clock;
    DumpLimits m_limits;
    std::shared_ptr<Queue> m_turns = std::make_shared<Queue>();
};

QCoro::Task<Result<Scan>> DumpsSource::scan(Known known, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto turn = co_await takeTurn(m_turns, stop);
    if (!turn || stop.stop_requested())
        co_return tl::unexpected(stoppedError());
    const auto work = std::make_shared<Work>();
    work->place = m_place;
    work->before = NoDumps(known.cursor);
    work->known = std::move(known);
    work->budget = std::make_shared<DumpBudget>(DumpBudget { m_limits.file, m_limits.scan });
    work->scan.source = m_place.source;
    work->scan.at = m_clock->now();
    auto listed = co_await list(work, stop);
    if (!listed)
        co_return tl::unexpected(listed.error());
    auto read = co_await readChanged(work, stop);
    if (!read)
        co_return tl::unexpected(read.error());
    auto paired = co_await pair(work, stop);
    if (!paired)
        co_return tl::unexpected(paired.error());
    auto started = co_await tellStarts(work, stop);
    if (!started)
        co_return tl::unexpected(started.error());
    auto used = co_await usage(work, stop);
    if (!used)
        co_return tl::unexpected(used.error());
    finish(*work);
    co_return std::move(work->scan);
}

QCoro::Task<Result<>> DumpsSource::list(std::shared_ptr<Work> work, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto listed = std::make_shared<Listed>();
    HostListing listing;
    listing.folder = m_place.folder;
    listing.depth = 0;
    listing.skip = { "lost+found", ".snapshot", ".zfs" };
    const std::function<void(std::vector<HostEntry>)> take = [listed](std::vector<HostEntry> portion) {
        const std::lock_guard lock(listed->guard);
        listed->entries.insert(listed->entries.end(), portion.begin(), portion.end());
    };
    auto refused = co_await m_reader->list(listing, take, stop);
    if (!refused)
        co_return tl::unexpected(refused.error());
    for (const QByteArray &folder : *refused) {
        work->scan.whole = false;
        trouble(*work, folder, { ErrorKind::Denied, u"host.denied"_s, u"the folder may not be entered"_s });
    }
    plan(*work, listed->entries);
    co_return {};
}

QCoro::Task<Result<>> DumpsSource::readChanged(std::shared_ptr<Work> work, std::stop_token stop)
{
    const auto self = shared_from_this();
    std::vector<std::size_t> batch;
    for (std::size_t i = 0; i < work->seen.size(); ++i) {
        const Seen &one = work->seen[i];
        if (work->before.has(one.item)) {
            work->noDumps.add(one.item);
            tellNoDump(*work, one.item);
        } else if (!one.unchanged) {
            batch.push_back(i);
        }
        if (batch.empty() || (batch.size() < Batch && i + 1 < work->seen.size()))
            continue;
        std::vector<std::size_t> next = std::exchange(batch, {});
        auto read = co_await readBatch(work, next, stop);
        if (!read)
            co_return tl::unexpected(read.error());
    }
    co_return {};
}

QCoro::Task<Result<>> DumpsSource::readBatch(
    std::shared_ptr<Work> work, std::vector<std::size_t> batch, std::stop_token stop)
{
    const auto self = shared_from_this();
    std::vector<HostReader::Part> parts;
    for (const std::size_t index : batch) {
        const DumpItem &item = work->seen[index].item;
        if (item.kind != DumpItem::Kind::File)
            continue;
        const QByteArray path = m_place.absolute(item.path);
        parts.push_back({ path, 0, HeadLength });
        parts.push_back({ path, std::max<qint64>(0, item.size - TailLength), TailLength });
    }
    std::vector<Result<QByteArray>> got;
    if (!parts.empty()) {
        auto answers = co_await m_reader->readMany(parts, stop);
        if (!answers)
            co_return tl::unexpected(answers.error());
        got = std::move(*answers);
    }
    std::size_t next = 0;
    for (const std::size_t index : batch) {
        FileEnds ends;
        if (work->seen[index].item.kind == DumpItem::Kind::File && next + 1 < got.size()) {
            ends = { got[next].value_or(QByteArray()), got[next + 1].value_or(QByteArray()) };
            next += 2;
        }
        auto read = co_await readOne(work, index, ends, stop);
        if (!read)
            co_return tl::unexpected(read.error());
    }
    co_return {};
}

QCoro::Task<Result<>> DumpsSource::readOne(
    std::shared_ptr<Work> work, std::size_t index, FileEnds ends, std::stop_token stop)
{
    const auto self = shared_from_this();
    const DumpItem item = work->seen[index].item;
    const QByteArray path = m_place.absolute(item.path);
    Result<DumpFacts> facts;
    if (item.kind == DumpItem::Kind::File)
        facts = co_await readFile(m_reader, path, item.size, ends, work->budget, stop);
    else
        facts = co_await readFolder(m_reader, path, item, stop);
    if (stop.stop_requested())
        co_return tl::unexpected(stoppedError());
    if (facts) {
        take(*work, work->seen[index], *facts, work->scan.at);
        co_return {};
    }
    const Error &error = facts.error();
    if (!isOfTheFile(error))
        co_return tl::unexpected(error);
    if (error.code == u"host.missing"_s) {
        work->scan.whole = false; // it was there a moment ago: the next scan will tell
        co_return {};
    }
    work->seen[index].unread = true;
    trouble(*work, item.path, error);
    co_return {};
}

// A dump that has got other globals than before is told anew, and read again for that if need be.
QCoro::Task<Result<>> DumpsSource::pair(std::shared_ptr<Work> work, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto globals = pairUp(*work);
    const bool partly = !work->scan.whole || std::ranges::any_of(work->seen, &Seen::unread);
    for (std::size_t i = 0; i < work->seen.size(); ++i) {
        const std::optional<DumpStamp> known = work->seen[i].known;
        QString own = globals.value(work->seen[i].id);
        if (own.isEmpty() && known && partly)
            own = known->globals; // they may lie where nothing could be read
        if (work->seen[i].unchanged && work->seen[i].stamp.globals != own) {
            const FileEnds ends;
            auto read = co_await readOne(work, i, ends, stop);
            if (!read)
                co_return tl::unexpected(read.error());
        }
        Seen &one = work->seen[i];
        one.stamp.globals = own;
        if (one.artifact)
            one.artifact->withGlobals = own;
    }
    co_return {};
}

// A machine that cannot tell its clock leaves the starts unknown.
QCoro::Task<Result<>> DumpsSource::tellStarts(std::shared_ptr<Work> work, std::stop_token stop)
{
    const auto self = shared_from_this();
    QStringList asked;
    for (const Seen &one : work->seen)
        if (const auto said = SaidStart::parse(one.started); one.artifact && said && !said->exactly())
            asked.append(said->wall);
    asked.removeDuplicates();
    const auto walls = std::make_shared<HostWalls>();
    if (!asked.isEmpty()) {
        const HostCommand question = HostWalls::question(asked);
        const auto answer = co_await m_reader->run(question, stop);
        if (stop.stop_requested())
            co_return tl::unexpected(stoppedError());
        if (answer)
            walls->take(*answer);
    }
    for (Seen &one : work->seen)
        if (one.artifact)
            setStart(*one.artifact, one.started, *walls);
    co_return {};
}

QCoro::Task<Result<>> DumpsSource::usage(std::shared_ptr<Work> work, std::stop_token stop)
{
    const auto self = shared_from_this();
    auto space = co_await m_reader->space(m_place.folder, stop);
    if (stop.stop_requested())
        co_return tl::unexpected(stoppedError());
    if (!space)
        co_return {};
    StoreUsage usage;
    usage.source = m_place.source;
    usage.part = QString::fromUtf8(space->fileSystem);
    usage.total = space->total;
    usage.available = space->available;
    usage.used = Bytes { space->total.count - space->available.count };
    usage.at = work->scan.at;
    work->scan.usage = { usage };
    co_return {};
}

void DumpsSource::finish(Work &work)
{
    QSet<QString> there;
    for (Seen &one : work.seen) {
        if (!one.unchanged && !one.unread && !one.artifact)
            continue;
        there.insert(one.id);
        if (!one.artifact)
            continue;
        one.artifact->stamp = one.stamp.text();
        if (work.known.stamps.value(one.id) != one.artifact->stamp)
            work.scan.artifacts.push_back(std::move(*one.artifact));
    }
    for (auto known = work.known.stamps.keyBegin(); work.scan.whole && known != work.known.stamps.keyEnd();
         ++known)
        if (!there.contains(*known))
            work.scan.gone.append(*known);
    work.scan.gone.sort();
    work.scan.cursor = work.noDumps.cursor();
}

std::shared_ptr<BackupSource> makeDumpsSource(const Source &source, const Fleet &fleet,
    std::shared_ptr<HostReader> reader, std::shared_ptr<Clock> clock, DumpLimits limits)
{
    return std::make_shared<DumpsSource>(
        DumpPlace::of(source, fleet), std::move(reader), std::move(clock), limits);
}

} // namespace tidemark
