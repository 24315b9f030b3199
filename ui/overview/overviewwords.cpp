#include "overview/overviewwords.h"

#include "fleet/access.h"
#include "theme/errortext.h"
#include "widgets/figures.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

Cell pending()
{
    Cell cell;
    cell.standing = Standing::Running;
    return cell;
}

QString share(const Concern &concern)
{
    return QString::number(qRound(concern.share.value_or(0) * 100));
}

bool neverRead(const OverviewRow &row)
{
    return !row.server.facts && row.server.reach != Reach::Offline;
}

} // namespace

OverviewWords::OverviewWords(PageContext context)
    : m_context(std::move(context))
{
}

QString OverviewWords::when(Instant instant) const
{
    return tr("%1 %2", "time and zone")
        .arg(m_context.clocks->inTable(instant),
            m_context.clocks->shortZone(instant, m_context.clocks->active()));
}

QString OverviewWords::ago(Instant instant) const
{
    return agoWords(instant, m_context.clock->now());
}

QStringList OverviewWords::headers() const
{
    const QString zone = m_context.clocks->zoneWords(m_context.clock->now());
    return { tr("Cluster"), tr("Answering"), tr("WAL archiver"), tr("Access"), tr("Objectives"),
        tr("Read (%1)").arg(zone) };
}

VerdictWords OverviewWords::verdict(const Verdict &verdict) const
{
    const QString answering = tr("%1 of %n servers answer.", nullptr, verdict.total).arg(verdict.answering);
    switch (verdict.kind) {
    case VerdictKind::NoServers:
        return { Standing::Unknown, tr("No servers are in this fleet yet"),
            tr("Nothing can be said about what would be lost.") };
    case VerdictKind::NotReadYet:
        return { Standing::Running, tr("Reading %n servers", nullptr, verdict.total), answering };
    case VerdictKind::AllAnswer:
        return { Standing::Unknown,
            tr("All %n servers answer; the timeline says what can be restored", nullptr, verdict.total),
            tr("Nothing needs attention by what the servers say of "
               "themselves.") };
    case VerdictKind::Worst:
        break;
    }
    const Standing standing
        = verdict.worst->severity == Severity::Failed ? Standing::Failed : Standing::Attention;
    const QString others
        = verdict.others == 0 ? QString() : u' ' + tr("%n more need attention.", nullptr, verdict.others);
    return { standing, headline(*verdict.worst),
        answering + others + u' ' + tr("What can be restored is on the timeline.") };
}

QString OverviewWords::since(const Concern &concern) const
{
    return concern.since ? when(*concern.since) : QString();
}

QString OverviewWords::headline(const Concern &concern) const
{
    const QString name = concern.part.isEmpty() ? concern.subject : concern.subject + u':' + concern.part;
    switch (concern.kind) {
    case ConcernKind::ArchiverFailing:
        return concern.since ? tr("%1 has archived no WAL since %2").arg(name, since(concern))
                             : tr("%1 has never archived WAL, and each try fails").arg(name);
    case ConcernKind::ServerOffline:
    case ConcernKind::SourceOffline:
        return concern.since ? tr("%1 does not answer since %2").arg(name, since(concern))
                             : tr("%1 does not answer").arg(name);
    case ConcernKind::CertificateChanged:
        return tr("%1 showed another certificate than the one you confirmed").arg(name);
    case ConcernKind::AccessRefused:
        return concern.since ? tr("%1 refuses the login since %2").arg(name, since(concern))
                             : tr("%1 refuses the login").arg(name);
    case ConcernKind::DatastoreError:
        return tr("Datastore %1 cannot be read").arg(name);
    case ConcernKind::DatastoreFull:
    case ConcernKind::DatastoreFilling:
        return tr("Datastore %1 is %2 % full").arg(name, share(concern));
    case ConcernKind::DatastoreMaintenance:
        return tr("Datastore %1 is under maintenance").arg(name);
    case ConcernKind::ArchivingOff:
        return tr("%1 archives no WAL, though an RPO is promised").arg(name);
    case ConcernKind::RightsMissing:
        return tr("%1 shows only part of what Tidemark needs").arg(name);
    case ConcernKind::EnvironmentUnset:
        return tr("Nobody has said whether %1 is production").arg(name);
    case ConcernKind::ReadStale:
        return concern.since ? tr("%1 was last read at %2").arg(name, since(concern))
                             : tr("%1 is stale").arg(name);
    }
    return name;
}

QString OverviewWords::what(const Concern &concern) const
{
    switch (concern.kind) {
    case ConcernKind::ArchiverFailing:
        return concern.since ? tr("No WAL archived since %1").arg(since(concern))
                             : tr("WAL was never archived, and each try fails");
    case ConcernKind::ServerOffline:
    case ConcernKind::SourceOffline:
        return concern.since ? tr("Does not answer since %1").arg(since(concern)) : tr("Does not answer");
    case ConcernKind::CertificateChanged:
        return tr("Another certificate was shown than the one you confirmed");
    case ConcernKind::AccessRefused:
        return concern.since ? tr("Refuses the login since %1").arg(since(concern)) : tr("Refuses the login");
    case ConcernKind::DatastoreError:
        return tr("Datastore %1 cannot be read").arg(oneLine(concern.part));
    case ConcernKind::DatastoreFull:
    case ConcernKind::DatastoreFilling:
        return tr("Datastore %1 is %2 % full").arg(oneLine(concern.part), share(concern));
    case ConcernKind::DatastoreMaintenance:
        return tr("Datastore %1 is under maintenance").arg(oneLine(concern.part));
    case ConcernKind::ArchivingOff:
        return tr("WAL archiving is off, though an RPO is promised");
    case ConcernKind::RightsMissing:
        return tr("%n rights are missing", nullptr, int(concern.missing.size()));
    case ConcernKind::EnvironmentUnset:
        return tr("Environment not set; it counts as production");
    case ConcernKind::ReadStale:
        return concern.since ? tr("Last read %1").arg(ago(*concern.since)) : tr("Not read lately");
    }
    return {};
}

QString OverviewWords::evidence(const Concern &concern) const
{
    if (concern.kind == ConcernKind::ArchiverFailing)
        return concern.said.isEmpty() ? tr("the last try failed")
                                      : tr("WAL segment %1 failed").arg(concern.said);
    if (concern.kind == ConcernKind::RightsMissing) {
        QStringList names;
        for (const MissingRight &right : concern.missing)
            names.append(right.what);
        return names.join(u", "_s);
    }
    if (concern.kind == ConcernKind::CertificateChanged)
        return tr("nothing is sent to it until you confirm one");
    if (concern.kind == ConcernKind::ArchivingOff)
        return tr("archive_mode is off: only whole backups can be brought back");
    if (concern.kind == ConcernKind::EnvironmentUnset)
        return tr("the red edge and each guard depend on it");
    if (!concern.said.isEmpty())
        return concern.said;
    if (concern.kind == ConcernKind::DatastoreFull || concern.kind == ConcernKind::DatastoreFilling)
        return tr("when it is full, no backup can be written there");
    return concern.error ? concern.error->detail : QString();
}

ConcernAction OverviewWords::actionOf(const Concern &concern)
{
    switch (concern.kind) {
    case ConcernKind::ServerOffline:
    case ConcernKind::SourceOffline:
    case ConcernKind::ReadStale:
        return ConcernAction::TryNow;
    case ConcernKind::RightsMissing:
        return ConcernAction::ShowGrant;
    case ConcernKind::CertificateChanged:
    case ConcernKind::AccessRefused:
    case ConcernKind::EnvironmentUnset:
        return ConcernAction::OpenSettings;
    case ConcernKind::ArchiverFailing:
    case ConcernKind::ArchivingOff:
    case ConcernKind::DatastoreError:
    case ConcernKind::DatastoreFull:
    case ConcernKind::DatastoreFilling:
    case ConcernKind::DatastoreMaintenance:
        break;
    }
    return ConcernAction::CopyDetails;
}

QString OverviewWords::actionWords(ConcernAction action)
{
    switch (action) {
    case ConcernAction::TryNow:
        return tr("Try now");
    case ConcernAction::ShowGrant:
        return tr("Show GRANT…");
    case ConcernAction::OpenSettings:
        return tr("Open settings…");
    case ConcernAction::CopyDetails:
        break;
    }
    return tr("Copy details…");
}

QString OverviewWords::concernText(const Concern &concern) const
{
    QStringList lines { headline(concern), evidence(concern) };
    if (concern.since)
        lines.append(m_context.clocks->both(*concern.since));
    if (concern.error)
        lines.append(concern.error->code + u": "_s + concern.error->detail);
    lines.removeAll(QString());
    lines.removeDuplicates();
    return lines.join(u'\n');
}

Cell OverviewWords::concern(const Concern &concern, int column) const
{
    Cell cell;
    switch (ConcernModel::Column(column)) {
    case ConcernModel::Column::Subject:
        cell.text = oneLine(concern.subject);
        cell.detail = what(concern);
        cell.aside = oneLine(evidence(concern));
        cell.standing = concern.severity == Severity::Failed ? Standing::Failed : Standing::Attention;
        break;
    case ConcernModel::Column::What:
        cell.text = what(concern);
        cell.detail = oneLine(evidence(concern));
        cell.tip = plainTip(cell.text + u'\n' + evidence(concern));
        break;
    case ConcernModel::Column::Action:
        cell.action = actionWords(actionOf(concern));
        break;
    case ConcernModel::Column::Count:
        break;
    }
    return cell;
}

// Good and bad alike are only the last values once a server is silent.
Cell OverviewWords::asLastSeen(Cell cell, const OverviewRow &row)
{
    if (row.server.reach == Reach::Offline && row.server.facts)
        cell.standing = Standing::Stale;
    return cell;
}

Cell OverviewWords::cell(const OverviewRow &row, int column) const
{
    switch (OverviewModel::Column(column)) {
    case OverviewModel::Column::Cluster:
        return clusterCell(row);
    case OverviewModel::Column::Answering:
        return answeringCell(row);
    case OverviewModel::Column::Archiver:
        return asLastSeen(archiverCell(row), row);
    case OverviewModel::Column::Access:
        return asLastSeen(accessCell(row), row);
    case OverviewModel::Column::Objectives:
        return objectivesCell(row);
    case OverviewModel::Column::Read:
        return asLastSeen(readCell(row), row);
    case OverviewModel::Column::Count:
        break;
    }
    return {};
}

Cell OverviewWords::clusterCell(const OverviewRow &row) const
{
    Cell cell;
    cell.text = oneLine(row.cluster.name);
    cell.tip = plainTip(row.cluster.name);
    if (!row.server.facts) {
        cell.detail = neverRead(row) ? tr("not read yet") : tr("never read");
        return cell;
    }
    const auto size = sizeOf(*row.server.facts);
    const QString version = tr("PG %1").arg(row.server.facts->versionNumber / 10000);
    cell.detail = size ? tr("%1 · %2", "version and size").arg(version, sizeWords(*size))
                       : tr("%1 · size not told", "version").arg(version);
    return cell;
}

Cell OverviewWords::answeringCell(const OverviewRow &row) const
{
    Cell cell;
    const auto &server = row.server;
    if (server.reach == Reach::Offline) {
        cell.standing = Standing::Failed;
        cell.text = server.offlineSince
            ? tr("Not since %1").arg(m_context.clocks->inTable(*server.offlineSince))
            : tr("Does not answer");
        cell.detail = server.error ? errorText(*server.error).sentence : QString();
        if (server.nextTry)
            cell.detail = tr("next try %1").arg(ago(*server.nextTry));
        cell.tip = server.error ? plainTip(server.error->detail) : QString();
        return cell;
    }
    if (!server.facts)
        return pending();
    cell.standing = server.reach == Reach::Stale ? Standing::Attention : Standing::Quiet;
    cell.text = server.reach == Reach::Stale ? tr("Late") : tr("Answers");
    cell.detail = server.facts->inRecovery ? tr("standby") : tr("primary");
    const QString tls = server.facts->tls
        ? (server.facts->tlsVersion.isEmpty() ? tr("TLS") : server.facts->tlsVersion)
        : tr("no TLS");
    cell.detail = tr("%1, %2", "primary or standby, TLS").arg(cell.detail, tls);
    return cell;
}

Cell OverviewWords::archivingCell(const ServerFacts &facts, const Objectives &objectives) const
{
    Cell cell;
    if (!facts.archiver) {
        cell.standing = Standing::Unknown;
        cell.text = tr("Not told");
        cell.detail = tr("the role may not see it");
        return cell;
    }
    const ArchiverFacts &archiver = *facts.archiver;
    if (archiverFails(facts)) {
        cell.standing = Standing::Failed;
        cell.text = archiver.lastArchivedAt
            ? tr("Fails, last %1").arg(m_context.clocks->inTable(*archiver.lastArchivedAt))
            : tr("Fails, never archived");
        cell.detail = tr("%1 failures").arg(countWords(archiver.failedCount));
    } else if (archiver.lastArchivedAt) {
        // Older than the RPO proves nothing: there may have been nothing to archive, or it may be stuck.
        const bool proves = !objectives.rpo || facts.readAt - *archiver.lastArchivedAt <= *objectives.rpo;
        cell.standing = proves ? Standing::Quiet : Standing::Stale;
        cell.text = tr("Last %1").arg(m_context.clocks->inTable(*archiver.lastArchivedAt));
        cell.detail = ago(*archiver.lastArchivedAt);
    } else {
        cell.standing = Standing::Missing;
        cell.text = tr("Nothing yet");
        cell.detail = tr("no segment was full so far");
    }
    cell.tip = plainTip(archiver.lastArchivedWal);
    return cell;
}

Cell OverviewWords::archiverCell(const OverviewRow &row) const
{
    if (neverRead(row))
        return pending();
    Cell cell;
    if (!row.server.facts) {
        cell.standing = Standing::Unknown;
        cell.text = tr("Not known");
        return cell;
    }
    const ServerFacts &facts = *row.server.facts;
    if (archives(facts))
        return archivingCell(facts, row.cluster.objectives);
    cell.standing = facts.inRecovery || !row.cluster.objectives.rpo ? Standing::None : Standing::Attention;
    cell.text = facts.archiveMode == u"off" ? tr("Off") : tr("Not here");
    cell.detail = facts.inRecovery ? tr("the primary archives") : tr("only whole backups help");
    if (facts.archiveMode.isEmpty()) {
        cell.standing = Standing::Unknown;
        cell.text = tr("Not told");
        cell.detail.clear();
    }
    return cell;
}

Cell OverviewWords::accessCell(const OverviewRow &row) const
{
    if (neverRead(row))
        return pending();
    Cell cell;
    if (!row.server.facts) {
        cell.standing = Standing::Unknown;
        cell.text = tr("Not known");
        return cell;
    }
    const Access access = accessOf(*row.server.facts);
    if (access.lacking.isEmpty()) {
        cell.standing = Standing::Quiet;
        cell.text = access.roles.isEmpty() ? tr("All it needs") : access.roles.join(u", "_s);
        cell.detail = tr("as %1").arg(oneLine(row.server.facts->role));
        return cell;
    }
    cell.standing = Standing::Attention;
    cell.text = access.level == AccessLevel::Limited ? tr("pg_monitor missing")
                                                     : tr("%n missing", nullptr, int(access.lacking.size()));
    cell.action = tr("Show GRANT…");
    cell.tip = plainTip(access.lacking.join(u'\n'));
    return cell;
}

Cell OverviewWords::objectivesCell(const OverviewRow &row) const
{
    Cell cell;
    const Objectives &objectives = row.cluster.objectives;
    QStringList parts;
    if (objectives.rpo)
        parts.append(tr("RPO %1").arg(durationWords(*objectives.rpo)));
    if (objectives.rto)
        parts.append(tr("RTO %1").arg(durationWords(*objectives.rto)));
    cell.text = parts.join(u" · "_s);
    if (objectives.proofAge)
        cell.detail = tr("proven every %1").arg(durationWords(*objectives.proofAge));
    if (cell.text.isEmpty() && cell.detail.isEmpty()) {
        cell.standing = Standing::Missing;
        cell.text = tr("None declared");
        cell.detail = tr("nothing to measure against");
    } else if (cell.text.isEmpty()) {
        cell.text = tr("No RPO, no RTO");
    } else if (cell.detail.isEmpty()) {
        cell.detail = tr("no proof age");
    }
    return cell;
}

Cell OverviewWords::readCell(const OverviewRow &row) const
{
    if (neverRead(row))
        return pending();
    Cell cell;
    if (!row.server.facts) {
        cell.text = tr("Never");
        return cell;
    }
    cell.text = m_context.clocks->inTable(row.server.facts->readAt);
    cell.detail = ago(row.server.facts->readAt);
    cell.standing = row.server.reach == Reach::Stale ? Standing::Attention : Standing::None;
    return cell;
}

Cell OverviewWords::datastore(const DatastoreRow &row, int column) const
{
    Cell cell;
    if (column == int(DatastoreModel::Column::Name)) {
        cell.text = oneLine(row.store ? row.source + u' ' + row.store->name : row.source);
        cell.tip = plainTip(cell.text);
        return cell;
    }
    if (!row.store) {
        const bool offline = row.reach == Reach::Offline;
        cell.standing = offline ? Standing::Failed : row.readAt ? Standing::Missing : Standing::Running;
        if (column == int(DatastoreModel::Column::Used))
            cell.text = offline ? tr("does not answer")
                : row.readAt    ? tr("shows no datastore")
                                : tr("reading…");
        return cell;
    }
    const DatastoreFacts &store = *row.store;
    if (column == int(DatastoreModel::Column::Full)) {
        if (store.estimatedFull)
            cell.text = durationWords(std::chrono::duration_cast<std::chrono::seconds>(
                *store.estimatedFull - m_context.clock->now()));
        return cell;
    }
    if (!store.error.isEmpty()) {
        cell.standing = Standing::Failed;
        cell.text = oneLine(store.error);
    } else if (store.used && store.total) {
        cell.bar = usedShare(store);
        cell.text = sizeWords(*store.used);
        cell.aside = tr("of %1").arg(sizeWords(*store.total));
    } else {
        cell.standing = Standing::Unknown;
        cell.text = tr("usage not told");
    }
    cell.tip = plainTip(store.maintenance);
    return cell;
}

} // namespace tidemark
