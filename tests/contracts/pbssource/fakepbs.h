#pragma once

#include "ports/pbsreader.h"
#include "ports/sleep.h"
#include "support/gate.h"

#include <memory>

namespace tidemark::test {

// A backup server in memory. Its answers come through the event loop.
class FakePbs : public PbsReader
{
public:
    PbsListing<PbsSnapshotFacts> backups;
    PbsListing<PbsTaskFacts> work;
    PbsListing<PbsJobFacts> routine;
    PbsListing<DatastoreFacts> stores;
    std::optional<Error> noSnapshots;
    std::optional<Error> noTasks;
    std::optional<Error> noJobs;
    std::optional<Error> noUsage;
    std::vector<PbsTaskFilter> filters;
    std::shared_ptr<Gate> gate = std::make_shared<Gate>();

    QCoro::Task<Result<PbsListing<DatastoreFacts>>> datastores(
        Source source, std::optional<Secret> secret, std::stop_token stop) override
    {
        return usage(std::move(source), std::move(secret), std::move(stop));
    }
    QCoro::Task<Result<PbsListing<PbsSnapshotFacts>>> snapshots(
        Source, std::optional<Secret>, std::stop_token stop) override
    {
        return answer(&backups, noSnapshots, stop);
    }
    QCoro::Task<Result<PbsListing<PbsTaskFacts>>> tasks(
        Source, std::optional<Secret>, PbsTaskFilter filter, std::stop_token stop) override
    {
        filters.push_back(filter);
        return answer(&work, noTasks, stop);
    }
    QCoro::Task<Result<PbsListing<PbsJobFacts>>> jobs(
        Source, std::optional<Secret>, std::stop_token stop) override
    {
        return answer(&routine, noJobs, stop);
    }
    QCoro::Task<Result<PbsListing<DatastoreFacts>>> usage(
        Source, std::optional<Secret>, std::stop_token stop) override
    {
        return answer(&stores, noUsage, stop);
    }

private:
    template <class T>
    QCoro::Task<Result<PbsListing<T>>> answer(
        const PbsListing<T> *listing, std::optional<Error> error, std::stop_token stop)
    {
        co_await gate->pass();
        const bool whole = co_await sleepOr(std::chrono::milliseconds(0), stop);
        if (!whole)
            co_return failure(ErrorKind::Cancelled, QStringLiteral("pbs.cancelled"), {});
        if (error)
            co_return tl::unexpected(*error);
        co_return *listing;
    }
};

inline PbsSnapshotFacts snapshotOf(const QString &group, qint64 at)
{
    return { .datastore = QStringLiteral("main"),
        .group = group,
        .time = Instant::fromSeconds(at),
        .size = Bytes { 64 << 20 },
        .owner = QStringLiteral("pve@pbs!backup"),
        .verification = QStringLiteral("ok"),
        .verifiedAt = Instant::fromSeconds(at + 3600),
        .files = { QStringLiteral("index.json.blob") } };
}

inline PbsTaskFacts taskOf(const QString &type, const QString &subject, qint64 at, PbsTaskState state)
{
    static const char *const words[] = { "", "OK", "WARNINGS: 2", "connection reset", "unknown" };
    PbsTaskFacts task { .upid = QStringLiteral("UPID:%1:%2").arg(type).arg(at),
        .type = type,
        .subject = subject,
        .user = QStringLiteral("root@pam"),
        .started = Instant::fromSeconds(at),
        .state = state,
        .status = QLatin1String(words[static_cast<int>(state)]) };
    if (state != PbsTaskState::Running)
        task.ended = Instant::fromSeconds(at + 90);
    return task;
}

} // namespace tidemark::test
