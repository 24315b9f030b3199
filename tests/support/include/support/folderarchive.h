#pragma once

#include "moments/archivereader.h"
#include "sources/walreading.h"

#include <QDateTime>

namespace tidemark::test {

class RealClock : public Clock
{
public:
    [[nodiscard]] Instant now() const override
    {
        return Instant::fromMicroseconds(QDateTime::currentMSecsSinceEpoch() * 1000);
    }
};

// An archive of one folder, as the only source of a cluster.
class FolderSource : public BackupSource
{
public:
    FolderSource(std::shared_ptr<HostReader> host, const QString &folder)
        : m_place { std::move(host), folder.toUtf8() }
    {
    }
    [[nodiscard]] QString name() const override { return QStringLiteral("archive"); }
    [[nodiscard]] Capabilities capabilities() const override { return { .wal = true }; }
    [[nodiscard]] QCoro::Task<Result<Scan>> scan(Known, std::stop_token) override { co_return Scan {}; }
    [[nodiscard]] QCoro::Task<Result<WalPlace>> walPlace(WalArchive, std::stop_token) override
    {
        auto place = m_place;
        co_return place;
    }

private:
    WalPlace m_place;
};

[[nodiscard]] inline ArchiveReaderParts folderParts(
    std::shared_ptr<HostReader> host, QString folder, std::shared_ptr<Catalogue> catalogue)
{
    return { .makeSource = [host, folder](const Source &,
                               const Fleet &) { return std::make_shared<FolderSource>(host, folder); },
        .catalogue = [catalogue] { return catalogue; },
        .clock = std::make_shared<RealClock>() };
}

[[nodiscard]] inline MomentQuestion questionOver(const WalFolder &opened)
{
    WalArchive archive;
    archive.source = QStringLiteral("archive");
    archive.segmentSize = opened.segmentSize;
    archive.histories = opened.histories;
    for (const WalLeg &leg : opened.plan)
        archive.spans.push_back({ leg.timeline, leg.files.front().number, leg.files.back().number, {}, {} });
    auto facts = std::make_shared<CatalogueFacts>();
    facts->clusters.push_back({ QStringLiteral("shop"), {}, {}, { archive } });
    MomentQuestion question;
    question.fleet.name = QStringLiteral("fleet");
    question.fleet.sources.push_back(
        Source { .name = QStringLiteral("archive"), .kind = SourceKind::WalArchive });
    question.cluster = QStringLiteral("shop");
    question.facts = facts;
    return question;
}

} // namespace tidemark::test
