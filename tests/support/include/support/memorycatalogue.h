#pragma once

#include "ports/catalogue.h"
#include "ports/sleep.h"

#include <map>

namespace tidemark::test {

// A Catalogue that remembers calls, and fails or waits as told. Its facts are what a test put there.
class MemoryCatalogue : public Catalogue
{
public:
    QCoro::Task<Result<Known>> known(QString, QString source, std::stop_token) override
    {
        called.append(QStringLiteral("known ") + source);
        co_return Known {};
    }
    QCoro::Task<Result<Changes>> apply(QString, Scan scan, std::stop_token) override
    {
        called.append(QStringLiteral("apply ") + scan.source);
        Changes changes { .added = static_cast<int>(scan.artifacts.size()) };
        if (changes.any())
            ++content.version;
        co_return changes;
    }
    QCoro::Task<Result<>> failed(QString, QString source, Instant, Error error, std::stop_token) override
    {
        called.append(QStringLiteral("failed %1 %2").arg(source, error.code));
        co_return Result<> {};
    }
    QCoro::Task<Result<std::vector<SourceReading>>> readings(QString, std::stop_token) override
    {
        auto answer = keptReadings; // co_return would move the member away
        co_return answer;
    }
    QCoro::Task<Result<CatalogueFacts>> facts(Fleet fleet, std::stop_token stop) override
    {
        called.append(QStringLiteral("facts"));
        asked = fleet;
        const bool whole = co_await sleepOr(pause, stop);
        if (!whole)
            co_return failure(ErrorKind::Cancelled, QStringLiteral("cancelled"), {});
        CatalogueFacts facts = content;
        for (const Source &source : fleet.sources)
            facts.sources.push_back({ .name = source.name });
        co_return facts;
    }
    QCoro::Task<Result<>> keepMoments(
        QString, MomentPlace, std::vector<KeptMoment> moments, Instant, std::stop_token) override
    {
        keptMoments.insert(keptMoments.end(), moments.begin(), moments.end());
        co_return Result<> {};
    }
    QCoro::Task<Result<std::vector<KeptMoment>>> moments(QString, MomentPlace, std::stop_token) override
    {
        auto answer = keptMoments;
        co_return answer;
    }
    QCoro::Task<Result<std::vector<Artifact>>> artifacts(Fleet, ArtifactQuery, std::stop_token) override
    {
        co_return std::vector<Artifact> {};
    }
    QCoro::Task<Result<std::optional<Artifact>>> artifact(QString, QString, QString, std::stop_token) override
    {
        co_return std::optional<Artifact> {};
    }
    QCoro::Task<Result<>> keep(QString, QString cluster, ServerCopy copy, std::stop_token) override
    {
        called.append(QStringLiteral("copy ") + cluster);
        copies[cluster] = copy.at;
        co_return Result<> {};
    }
    QCoro::Task<Result<std::optional<ServerCopy>>> serverCopy(
        QString, QString, std::optional<Instant>, std::stop_token) override
    {
        co_return std::optional<ServerCopy> {};
    }
    QCoro::Task<Result<QMap<QString, Instant>>> copiedAt(QString, std::stop_token) override
    {
        auto answer = copies;
        co_return answer;
    }
    QCoro::Task<Result<>> accept(QString, Acceptance acceptance, std::stop_token) override
    {
        called.append(QStringLiteral("accept ") + acceptance.key);
        content.accepted.push_back(acceptance);
        ++content.version;
        co_return Result<> {};
    }
    QCoro::Task<Result<>> withdraw(QString, QString key, std::stop_token) override
    {
        called.append(QStringLiteral("withdraw ") + key);
        std::erase_if(content.accepted, [&](const Acceptance &one) { return one.key == key; });
        ++content.version;
        co_return Result<> {};
    }
    QCoro::Task<Result<qint64>> version(QString, std::stop_token) override
    {
        const qint64 answer = content.version;
        co_return answer;
    }
    QCoro::Task<Result<std::optional<Kept>>> keptInsight(QString, std::stop_token) override
    {
        auto answer = kept;
        co_return answer;
    }
    QCoro::Task<Result<>> keepInsight(QString, Kept insight, std::stop_token) override
    {
        called.append(QStringLiteral("keep v%1").arg(insight.version));
        kept = insight;
        co_return Result<> {};
    }

    QStringList called;
    CatalogueFacts content { .version = 1 };
    Fleet asked;
    std::vector<KeptMoment> keptMoments;
    std::vector<SourceReading> keptReadings;
    std::optional<Kept> kept;
    QMap<QString, Instant> copies;
    std::chrono::milliseconds pause { 1 };
};

} // namespace tidemark::test
