#pragma once

#include "ports/catalogue.h"

#include <QCoreApplication>
#include <QEventLoop>

using namespace Qt::StringLiterals;

namespace tidemark::bench {

// Sleeps until the answer is there, so that the processor time is the store's alone.
template <class T>
QCoro::Task<> hand(QCoro::Task<Result<T>> task, std::optional<T> *answer, QEventLoop *loop)
{
    auto result = co_await task;
    *answer = std::move(result).value();
    loop->quit();
}

template <class T>
T answerOf(QCoro::Task<Result<T>> task)
{
    QEventLoop loop;
    std::optional<T> answer;
    const auto handed = hand(std::move(task), &answer, &loop);
    if (!answer)
        loop.exec();
    return *std::move(answer);
}

// Backups as a tool tells them: ids of thirty letters, a stamp, a check, a parent for six of seven.
inline Artifact artifactNumber(int i)
{
    Artifact made;
    made.source = u"repo"_s;
    made.id = u"vm/%1/2026-11-20T%2Z"_s.arg(2000 + i % 200).arg(i, 10, 10, QLatin1Char('0'));
    made.stamp = u"%1-ok"_s.arg(1'600'000'000 + i);
    made.cluster = u"c%1"_s.arg(i % 200);
    made.systemId = SystemId { 7'300'000'000'000'000'000ULL + static_cast<unsigned>(i % 200) };
    made.method = i % 7 == 0 ? Method::Full : Method::Incremental;
    made.start = Instant::fromSeconds(1'600'000'000 + i * 100LL);
    made.stop = Instant::fromSeconds(1'600'000'060 + i * 100LL);
    made.startLsn = Lsn { static_cast<std::uint64_t>(i) << 24 };
    made.stopLsn = Lsn { (static_cast<std::uint64_t>(i) << 24) + 256 };
    made.timeline = TimelineId { 1 };
    made.size = Bytes { 100'000'000'000 + i };
    made.stored = Bytes { 1'000'000'000 + i };
    if (i % 7 != 0)
        made.parent = u"vm/%1/2026-11-20T%2Z"_s.arg(2000 + i % 200).arg(i - i % 7, 10, 10, QLatin1Char('0'));
    made.checks = { { CheckKind::Contents, true, made.stop, u"ok"_s } };
    made.location = u"/srv/repo/"_s + made.id;
    return made;
}

inline Scan scanOf(int count)
{
    Scan scan;
    scan.source = u"repo"_s;
    scan.at = Instant::fromSeconds(1'795'000'000);
    for (int i = 0; i < count; ++i)
        scan.artifacts.push_back(artifactNumber(i));
    WalArchive archive { .source = u"repo"_s, .cluster = u"c0"_s };
    // Five segments for each artifact, broken once in a hundred segments.
    for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(count) / 20; ++i)
        archive.spans.push_back({ TimelineId { 1 }, { i * 100 }, { i * 100 + 98 },
            Instant::fromSeconds(static_cast<qint64>(i)), Instant::fromSeconds(static_cast<qint64>(i) + 9) });
    scan.archives = { archive };
    return scan;
}

inline Fleet fleetOf()
{
    Fleet fleet { .name = u"bench"_s };
    for (int i = 0; i < 200; ++i)
        fleet.clusters.push_back({ .name = u"c%1"_s.arg(i) });
    fleet.sources = { { .name = u"repo"_s } };
    return fleet;
}

} // namespace tidemark::bench
