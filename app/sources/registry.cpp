#include "sources/registry.h"

#include "barman/barman.h"
#include "basebackup/basebackup.h"
#include "dumps/dumps.h"
#include "fleet/hostof.h"
#include "pbssource/pbssource.h"
#include "pgbackrest/pgbackrest.h"
#include "walarchive/walarchive.h"

#include <algorithm>

namespace tidemark {

namespace {

// Cannot be read, for a reason that is known before anything is asked.
class RefusedSource : public BackupSource
{
public:
    RefusedSource(QString name, Error why)
        : m_name(std::move(name))
        , m_why(std::move(why))
    {
    }
    [[nodiscard]] QString name() const override { return m_name; }
    [[nodiscard]] Capabilities capabilities() const override { return {}; }
    [[nodiscard]] QCoro::Task<Result<Scan>> scan(Known, std::stop_token) override
    {
        co_return tl::unexpected(m_why);
    }

private:
    QString m_name;
    Error m_why;
};

std::shared_ptr<BackupSource> pgBackRest(
    const Source &source, const Fleet &fleet, const SourceParts &parts, const Host &host)
{
    return makePgBackRestSource(source, fleet.clusters, parts.hosts->of(host), parts.clock);
}

std::shared_ptr<BackupSource> barman(
    const Source &source, const Fleet &fleet, const SourceParts &parts, const Host &host)
{
    return makeBarmanSource(source, fleet.clusters, parts.hosts->of(host), parts.clock);
}

std::shared_ptr<BackupSource> pbs(const Source &source, const Fleet &, const SourceParts &parts, const Host &)
{
    return makePbsSource(source, parts.backupLists, parts.clock);
}

std::shared_ptr<BackupSource> dumps(
    const Source &source, const Fleet &fleet, const SourceParts &parts, const Host &host)
{
    return makeDumpsSource(source, fleet, parts.hosts->of(host), parts.clock);
}

std::shared_ptr<BackupSource> walArchive(
    const Source &source, const Fleet &fleet, const SourceParts &parts, const Host &host)
{
    return makeWalArchiveSource(source, fleet.clusters, parts.hosts->of(host), parts.clock);
}

std::shared_ptr<BackupSource> baseBackups(
    const Source &source, const Fleet &fleet, const SourceParts &parts, const Host &host)
{
    return makeBaseBackupSource(source, fleet.clusters, parts.hosts->of(host), parts.clock);
}

} // namespace

const std::vector<SourceKindRow> &sourceKinds()
{
    static const std::vector<SourceKindRow> rows {
        { SourceKind::Pbs, pbs },
        { SourceKind::PgBackRest, pgBackRest },
        { SourceKind::Barman, barman },
        { SourceKind::Dumps, dumps },
        { SourceKind::BaseBackups, baseBackups },
        { SourceKind::WalArchive, walArchive },
    };
    return rows;
}

std::shared_ptr<BackupSource> makeSource(const Source &source, const Fleet &fleet, const SourceParts &parts)
{
    const auto &rows = sourceKinds();
    const auto row = std::ranges::find(rows, source.kind, &SourceKindRow::kind);
    if (row == rows.end())
        return nullptr;
    const auto host = hostOf(source, fleet);
    if (!host)
        return std::make_shared<RefusedSource>(source.name, host.error());
    return row->make(source, fleet, parts, *host);
}

} // namespace tidemark
