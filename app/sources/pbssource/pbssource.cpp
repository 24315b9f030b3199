#include "pbssource/pbssource.h"

#include "pbssource/pbsfacts.h"
#include "pbssource/tasknews.h"
#include "ports/turns.h"
#include "toolanswer/elsewhere.h"

namespace tidemark {

using namespace Qt::StringLiterals;
using namespace pbssource;

namespace {

Error cancelled()
{
    return { ErrorKind::Cancelled, u"source.cancelled"_s, {} };
}

template <class T>
bool isCancelled(const Result<T> &result, const std::stop_token &stop)
{
    return stop.stop_requested() || (!result && result.error().kind == ErrorKind::Cancelled);
}

class PbsSource final : public BackupSource, public std::enable_shared_from_this<PbsSource>
{
public:
    PbsSource(Source source, std::shared_ptr<PbsReader> reader, std::shared_ptr<Clock> clock)
        : m_source(std::move(source))
        , m_reader(std::move(reader))
        , m_clock(std::move(clock))
    {
    }
    [[nodiscard]] QString name() const override { return m_source.name; }
    [[nodiscard]] Capabilities capabilities() const override
    {
        return { .runs = true, .jobs = true, .usage = true, .verify = true };
    }
    [[nodiscard]] QCoro::Task<Result<Scan>> scan(Known known, std::stop_token stop) override;

private:
    using Shared = std::shared_ptr<Scan>;
    QCoro::Task<Result<QStringList>> readTasks(
        Shared scan, QString cursor, std::optional<Instant> newest, std::stop_token stop);
    QCoro::Task<Result<>> readSnapshots(
        Shared scan, QHash<QString, QString> stamps, QStringList running, std::stop_token stop);
    QCoro::Task<Result<>> readJobs(Shared scan, std::stop_token stop);
    QCoro::Task<Result<>> readUsage(Shared scan, std::stop_token stop);

    // A part that cannot be read is told; the rest of the scan holds.
    void tell(const Shared &scan, const QString &part, const Error &error) const
    {
        scan->troubles.push_back({ m_source.name, part, {}, error });
    }
    template <class T>
    void tell(const Shared &scan, const PbsListing<T> &listing) const
    {
        for (const SourceTrouble &trouble : troublesOf(m_source.name, listing.missing))
            if (std::ranges::find(scan->troubles, trouble) == scan->troubles.end())
                scan->troubles.push_back(trouble);
    }

    Source m_source;
    std::shared_ptr<PbsReader> m_reader;
    std::shared_ptr<Clock> m_clock;
    std::shared_ptr<Queue> m_turns = std::make_shared<Queue>();
};

// The running backups are asked for first: a snapshot that is finished meanwhile is then simply finished.
QCoro::Task<Result<Scan>> PbsSource::scan(Known known, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto turn = co_await takeTurn(m_turns, stop);
    if (!turn)
        co_return tl::unexpected(cancelled());
    const auto scan = std::make_shared<Scan>();
    scan->source = m_source.name;
    scan->at = m_clock->now();
    const auto running = co_await readTasks(scan, known.cursor, known.newestRun, stop);
    if (!running)
        co_return tl::unexpected(running.error());
    const auto snapshots = co_await readSnapshots(scan, std::move(known.stamps), *running, stop);
    if (!snapshots)
        co_return tl::unexpected(snapshots.error());
    const auto jobs = co_await readJobs(scan, stop);
    if (!jobs)
        co_return tl::unexpected(jobs.error());
    const auto usage = co_await readUsage(scan, stop);
    if (!usage)
        co_return tl::unexpected(usage.error());
    co_return std::move(*scan);
}

QCoro::Task<Result<QStringList>> PbsSource::readTasks(
    Shared scan, QString cursor, std::optional<Instant> newest, std::stop_token stop)
{
    const auto self = shared_from_this();
    const TaskMark mark = TaskMark::parse(cursor);
    const PbsTaskFilter filter { .since = tasksSince(mark, newest, scan->at), .limit = 0 };
    auto tasks = co_await m_reader->tasks(m_source, std::nullopt, filter, stop);
    if (isCancelled(tasks, stop))
        co_return tl::unexpected(cancelled());
    scan->cursor = cursor;
    if (!tasks) {
        tell(scan, u"tasks"_s, tasks.error());
        co_return QStringList();
    }
    tell(scan, *tasks);
    struct Told {
        TaskNews news;
        QStringList running;
    };
    const Source source = m_source;
    const auto job = elsewhere([source, items = std::move(tasks->items), mark, newest] {
        return Told { newsOf(source, items, mark, newest), runningGroups(items) };
    });
    auto told = co_await job;
    scan->runs = std::move(told.news.runs);
    scan->cursor = told.news.mark.cursor();
    co_return std::move(told.running);
}

QCoro::Task<Result<>> PbsSource::readSnapshots(
    Shared scan, QHash<QString, QString> stamps, QStringList running, std::stop_token stop)
{
    const auto self = shared_from_this();
    auto listing = co_await m_reader->snapshots(m_source, std::nullopt, stop);
    if (isCancelled(listing, stop))
        co_return tl::unexpected(cancelled());
    if (!listing)
        co_return tl::unexpected(listing.error());
    tell(scan, *listing);
    scan->whole = listing->complete;
    const Source source = m_source;
    // Rows by the hundred thousand are made, compared and freed on another thread.
    const auto job
        = elsewhere([source, items = std::move(listing->items), running, stamps = std::move(stamps)] {
              return newsOf(source, items, running, stamps);
          });
    auto news = co_await job;
    scan->artifacts = std::move(news.artifacts);
    if (scan->whole)
        scan->gone = std::move(news.gone);
    co_return {};
}

QCoro::Task<Result<>> PbsSource::readJobs(Shared scan, std::stop_token stop)
{
    const auto self = shared_from_this();
    auto jobs = co_await m_reader->jobs(m_source, std::nullopt, stop);
    if (isCancelled(jobs, stop))
        co_return tl::unexpected(cancelled());
    if (!jobs) {
        tell(scan, u"jobs"_s, jobs.error());
        co_return {};
    }
    tell(scan, *jobs);
    for (const PbsJobFacts &job : jobs->items)
        scan->jobs.push_back(jobOf(m_source.name, job));
    std::ranges::sort(scan->jobs, {}, &Job::id);
    co_return {};
}

QCoro::Task<Result<>> PbsSource::readUsage(Shared scan, std::stop_token stop)
{
    const auto self = shared_from_this();
    auto stores = co_await m_reader->usage(m_source, std::nullopt, stop);
    if (isCancelled(stores, stop))
        co_return tl::unexpected(cancelled());
    if (!stores) {
        tell(scan, u"usage"_s, stores.error());
        co_return {};
    }
    tell(scan, *stores);
    for (const DatastoreFacts &store : stores->items) {
        scan->usage.push_back(usageOf(m_source.name, store, scan->at));
        if (const auto trouble = troubleOf(m_source.name, store))
            scan->troubles.push_back(*trouble);
    }
    co_return {};
}

} // namespace

std::shared_ptr<BackupSource> makePbsSource(
    Source source, std::shared_ptr<PbsReader> reader, std::shared_ptr<Clock> clock)
{
    return std::make_shared<PbsSource>(std::move(source), std::move(reader), std::move(clock));
}

} // namespace tidemark
