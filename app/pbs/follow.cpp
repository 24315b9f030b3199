#include "pbs/follow.h"

#include "pbs/trust.h"
#include "ports/sleep.h"

namespace tidemark::pbs {

namespace {

constexpr qint64 PageLines = 500;

bool passing(const Error &error)
{
    return error.kind == ErrorKind::Unreachable || error.kind == ErrorKind::Timeout
        || error.code == QStringLiteral("pbs.truncated");
}

// Tells the lines there are and moves the next one to ask for. True when a further page may be there.
bool tellLines(const LogPage &page, qint64 &next, const std::function<void(LogLine)> &tell)
{
    for (const LogLine &line : page.lines) {
        if (line.number < next)
            continue;
        tell(line);
        next = line.number + 1;
    }
    return static_cast<qint64>(page.lines.size()) >= PageLines;
}

} // namespace

QCoro::Task<Result<TaskEnd>> followTask(std::shared_ptr<Client> client, QString upid,
    std::function<void(LogLine)> tell, FollowLimits limits, std::stop_token stop)
{
    qint64 next = 1;
    int failures = 0;
    while (true) {
        // The state first: lines written before the end are then all there when the log is read.
        auto status = co_await client->taskStatus(upid, stop);
        Result<LogPage> page;
        bool more = status.has_value();
        while (more) {
            page = co_await client->taskLog(upid, next, PageLines, false, stop);
            more = page && tellLines(*page, next, tell);
        }
        const std::optional<Error> error = status ? std::nullopt : std::optional(status.error());
        if (status && status->end() && (page || !passing(page.error())))
            co_return *status->end();
        const bool failed = error || !page;
        const Error why = error ? *error : (page ? Error {} : page.error());
        failures = failed ? failures + 1 : 0;
        if (failed && (!passing(why) || failures > limits.patience))
            co_return tl::unexpected(why);
        const bool whole = co_await sleepOr(limits.interval, stop);
        if (!whole)
            co_return tl::unexpected(cancelledError());
    }
}

QCoro::Task<Result<std::vector<LogLine>>> wholeLog(
    std::shared_ptr<Client> client, QString upid, std::stop_token stop)
{
    std::vector<LogLine> lines;
    qint64 next = 1;
    const auto collect = [&lines](const LogLine &line) { lines.push_back(line); };
    const std::function<void(LogLine)> tell = collect;
    bool more = true;
    while (more) {
        auto page = co_await client->taskLog(upid, next, PageLines, false, stop);
        if (!page)
            co_return tl::unexpected(page.error());
        more = tellLines(*page, next, tell);
    }
    co_return lines;
}

} // namespace tidemark::pbs
