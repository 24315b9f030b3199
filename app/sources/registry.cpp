#include "sources/registry.h"

#include "barman/barman.h"
#include "basebackup/basebackup.h"
#include "dumps/dumps.h"
#include "pbssource/pbssource.h"
#include "pgbackrest/pgbackrest.h"
#include "walarchive/walarchive.h"

#include <algorithm>

namespace tidemark {

namespace {

std::shared_ptr<BackupSource> pgBackRest(const Source &source, const Fleet &fleet, const SourceParts &parts)
{
    return makePgBackRestSource(source, fleet.clusters, readerOf(source, fleet, parts), parts.clock);
}

std::shared_ptr<BackupSource> barman(const Source &source, const Fleet &fleet, const SourceParts &parts)
{
    return makeBarmanSource(source, fleet.clusters, readerOf(source, fleet, parts), parts.clock);
}

std::shared_ptr<BackupSource> pbs(const Source &source, const Fleet &, const SourceParts &parts)
{
    return makePbsSource(source, parts.backupLists, parts.clock);
}

std::shared_ptr<BackupSource> dumps(const Source &source, const Fleet &fleet, const SourceParts &parts)
{
    return makeDumpsSource(source, fleet, readerOf(source, fleet, parts), parts.clock);
}

std::shared_ptr<BackupSource> walArchive(const Source &source, const Fleet &fleet, const SourceParts &parts)
{
    return makeWalArchiveSource(source, fleet.clusters, readerOf(source, fleet, parts), parts.clock);
}

std::shared_ptr<BackupSource> baseBackups(const Source &source, const Fleet &fleet, const SourceParts &parts)
{
    return makeBaseBackupSource(source, fleet.clusters, readerOf(source, fleet, parts), parts.clock);
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
    return row == rows.end() ? nullptr : row->make(source, fleet, parts);
}

std::shared_ptr<HostReader> readerOf(const Source &source, const Fleet &fleet, const SourceParts &parts)
{
    const auto host = std::ranges::find(fleet.hosts, source.host, &Host::name);
    const bool here = source.host.isEmpty() || host == fleet.hosts.end();
    return parts.hosts->of(here ? Host {} : *host);
}

} // namespace tidemark
