#include "barman/facts.h"

#include "toolanswer/whose.h"

#include <QDateTime>

namespace tidemark::barman {

using namespace Qt::StringLiterals;

namespace {

std::optional<qint64> idSeconds(const QString &id)
{
    const auto time = QDateTime::fromString(id.left(15), u"yyyyMMdd'T'HHmmss"_s);
    if (!time.isValid())
        return {};
    return QDateTime(time.date(), time.time(), Qt::UTC).toSecsSinceEpoch();
}

// A backup whose last WAL has not come in yet cannot be restored, and is on its way.
ArtifactState stateOf(const ListedBackup &listed, const Backup &backup, bool runs)
{
    if (listed.status == u"DONE"_s)
        return ArtifactState::Complete;
    if (listed.status == u"FAILED"_s || backup.status == u"FAILED"_s)
        return ArtifactState::Failed;
    return runs ? ArtifactState::Running : ArtifactState::Unfinished;
}

QString whyOf(const ListedBackup &listed, const Backup &backup, ArtifactState state)
{
    if (state == ArtifactState::Complete)
        return {};
    if (!backup.error.isEmpty())
        return backup.error;
    return listed.status == u"WAITING_FOR_WALS"_s || state == ArtifactState::Unfinished ? listed.status
                                                                                        : QString();
}

void addNotes(Artifact &artifact, const ListedBackup &listed)
{
    if (listed.retention.startsWith(u"KEEP:"_s))
        artifact.holds << u"keep: "_s + listed.retention.mid(5).toLower();
    else if (!listed.retention.isEmpty() && listed.retention != u"-"_s)
        artifact.notes.insert(u"retention"_s, listed.retention);
    if (!listed.name.isEmpty())
        artifact.notes.insert(u"name"_s, listed.name);
}

} // namespace

QString clusterOf(const Asker &asker, const QString &server, std::optional<SystemId> systemId)
{
    return tidemark::clusterOf(asker.source, asker.clusters, server, systemId, asker.source.stanza == server);
}

QString artifactId(const QString &server, const QString &backup)
{
    return server + u'/' + backup;
}

QString stampOf(const ListedBackup &backup, bool running)
{
    return u"%1 %2 %3 %4 %5"_s.arg(backup.status, running ? u"running"_s : u"-"_s, backup.retention)
        .arg(backup.ended)
        .arg(backup.size);
}

Artifact artifactOf(
    const Asker &asker, const Around &around, const ListedBackup &listed, const Backup &backup)
{
    const auto systemId = backup.systemId ? backup.systemId : around.systemId;
    const QString method = backup.method.isEmpty() ? around.facts.method : backup.method;
    const ArtifactState state = stateOf(listed, backup, around.runs);
    Artifact artifact { .source = asker.source.name,
        .id = artifactId(around.server, listed.id),
        .stamp = stampOf(listed, around.runs),
        .cluster = clusterOf(asker, around.server, systemId),
        .systemId = systemId,
        .method = backup.incremental ? Method::Incremental : Method::Full,
        .state = state,
        .why = whyOf(listed, backup, state),
        .start = backup.start,
        .stop = backup.stop,
        .startLsn = backup.startLsn,
        .stopLsn = backup.stopLsn,
        .timeline = backup.timeline,
        .size = backup.size ? backup.size : backup.stored,
        .stored = backup.stored,
        .part = around.server,
        .compression = backup.compression,
        .encrypted = !backup.encryption.isEmpty(),
        .hasManifest = !method.contains(u"rsync"_s),
        .tablespaces = backup.tablespaces,
        .serverVersion = backup.serverVersion,
        .location = around.server + u' ' + listed.id };
    const auto named = idSeconds(listed.id);
    if (!artifact.start && named && around.zone)
        artifact.start = Instant::fromSeconds(*named - *around.zone);
    if (!backup.parent.isEmpty())
        artifact.parent = artifactId(around.server, backup.parent);
    if (!backup.root.isEmpty() && backup.root != backup.parent && backup.root != listed.id)
        artifact.needs << artifactId(around.server, backup.root);
    if (!artifact.parent.isEmpty())
        artifact.needs << artifact.parent;
    addNotes(artifact, listed);
    return artifact;
}

void tellEmptied(Artifact &artifact)
{
    artifact.state = ArtifactState::Damaged;
    artifact.why = u"in Barman's list, and its files are not there"_s;
    artifact.stamp += EmptiedStamp;
}

Run runOf(const Artifact &artifact, const ListedBackup &listed)
{
    const RunState state = listed.ready()          ? RunState::Ok
        : artifact.state == ArtifactState::Running ? RunState::Running
                                                   : RunState::Failed;
    return { .source = artifact.source,
        .id = artifact.id,
        .kind = artifact.method == Method::Full ? u"full"_s : u"incr"_s,
        .subject = artifact.part,
        .cluster = artifact.cluster,
        .start = artifact.start.value_or(Instant {}),
        .end = artifact.stop,
        .state = state,
        .said = artifact.why,
        .artifact = artifact.id,
        .size = artifact.size };
}

std::optional<qint64> zoneOf(const QString &id, const Backup &backup)
{
    constexpr qint64 quarter = 900;
    const auto named = idSeconds(id);
    if (!named || !backup.start)
        return {};
    return qRound64(static_cast<double>(*named - backup.start->seconds()) / quarter) * quarter;
}

std::vector<WalSpan> endsOf(const QByteArray &first, const QByteArray &last, std::uint32_t segmentSize)
{
    const WalFileName from = WalFileName::parse(first);
    const WalFileName to = WalFileName::parse(last);
    const auto begin = from.number(segmentSize);
    const auto end = to.number(segmentSize);
    if (!begin || !end)
        return {};
    if (from.timeline == to.timeline && *begin <= *end)
        return { { from.timeline, *begin, *end, {}, {} } };
    return { { from.timeline, *begin, *begin, {}, {} }, { to.timeline, *end, *end, {}, {} } };
}

} // namespace tidemark::barman
