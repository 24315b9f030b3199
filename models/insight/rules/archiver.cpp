#include "insight/rules/rules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::rules {

namespace {

// A spool may hand segments on this much later without being called broken.
constexpr std::chrono::minutes Tolerance { 5 };
// And to an archive that stands still this much later: one that stores it in two steps needs a minute.
constexpr std::chrono::seconds Handover { 90 };

void failing(const ClusterView &view, Found &found)
{
    if (!archiverFails(*view.living))
        return;
    const ArchiverFacts &archiver = *view.living->archiver;
    Finding &finding = found.add("archiver.failing", view.cluster->name);
    finding.subject = archiver.lastFailedWal;
    finding.since = archiver.lastArchivedAt;
    finding.count = archiver.failedCount;
    finding.measured = view.living->segmentsWaiting;
    putAtRisk(finding, *view.insight);
}

// Commands that succeed and do nothing.
bool doesNothing(const QString &command)
{
    static const QStringList known { u":"_s, u"true"_s, u"/bin/true"_s, u"/usr/bin/true"_s, u"exit 0"_s,
        u"test 1"_s, u"cd ."_s };
    return known.contains(QString(command).remove(u';').simplified());
}

void command(const ClusterView &view, Found &found)
{
    const ServerFacts &server = *view.living;
    if (!archives(server) || !server.archiveLibrary.isEmpty())
        return;
    const bool empty = server.archiveCommand.trimmed().isEmpty();
    const bool seen = !server.archiveCommand.isNull();
    if (!doesNothing(server.archiveCommand) && !(empty && seen))
        return;
    Finding &finding = found.add(empty ? "archiver.no-command" : "archiver.no-op", view.cluster->name);
    finding.subject = server.archiveCommand;
    putAtRisk(finding, *view.insight);
}

bool listed(const ClusterFacts &facts, const WalFileName &name)
{
    return std::any_of(facts.archives.begin(), facts.archives.end(), [&](const WalArchive &archive) {
        const auto number = name.number(archive.segmentSize);
        return number && std::any_of(archive.spans.begin(), archive.spans.end(), [&](const WalSpan &span) {
            return span.timeline == name.timeline && span.first <= *number && *number <= span.last;
        });
    });
}

// It is there, or one like it, and of no use: another finding tells.
bool troubled(const ClusterFacts &facts, const QString &segment)
{
    return std::any_of(facts.archives.begin(), facts.archives.end(), [&](const WalArchive &archive) {
        return std::any_of(archive.troubles.begin(), archive.troubles.end(),
            [&](const WalTrouble &trouble) { return trouble.name.startsWith(segment); });
    });
}

// When the oldest look into an archive of this cluster was; nothing when one was never read.
std::optional<Instant> archivesReadAt(const Scene &scene, const ClusterFacts &facts)
{
    std::optional<Instant> oldest;
    for (const WalArchive &archive : facts.archives) {
        const SourceFacts *source = scene.source(archive.source);
        if (!source || !source->readAt || source->error)
            return {};
        oldest = oldest ? std::min(oldest, source->readAt) : source->readAt;
    }
    return oldest;
}

std::optional<Instant> newestArrival(const ClusterFacts &facts)
{
    std::optional<Instant> newest;
    for (const WalArchive &archive : facts.archives)
        for (const WalSpan &span : archive.spans)
            newest = std::max(newest, span.lastArrived);
    return newest;
}

// The server was told that a segment is safe, the archive was read after that, and it is not there.
void notArchived(const Scene &scene, const ClusterView &view, Found &found)
{
    const ServerFacts &server = *view.living;
    if (!archives(server) || !server.archiver || !server.archiver->lastArchivedAt)
        return;
    const QByteArray segment = server.archiver->lastArchivedWal.toLatin1();
    const WalFileName name = WalFileName::parse(segment);
    const auto readAt = archivesReadAt(scene, *view.facts);
    if (name.kind != WalFileKind::Segment || !readAt || listed(*view.facts, name)
        || troubled(*view.facts, server.archiver->lastArchivedWal))
        return;
    const Instant archivedAt = *server.archiver->lastArchivedAt;
    const auto arrived = newestArrival(*view.facts);
    const bool givenTime = *readAt - archivedAt > Tolerance;
    const bool quietForLong = *readAt - archivedAt > Handover && (!arrived || *readAt - *arrived > Tolerance);
    if (!givenTime && !quietForLong)
        return;
    Finding &finding = found.add("wal.not-archived", view.cluster->name, view.facts->archives.front().source);
    finding.subject = server.archiver->lastArchivedWal;
    finding.since = archivedAt;
    finding.count = server.archiver->archivedCount;
    putAtRisk(finding, *view.insight);
}

// pg_receivewal and Barman take WAL by streaming; then nothing needs to be archived by the server.
bool streamed(const ClusterView &view)
{
    const auto receives = [](const StandbyFacts &standby) {
        // A standby that was given no name is called "walreceiver".
        const QString name = QString(standby.name).remove(u'_').toLower();
        return standby.state == u"streaming" && name.contains(u"receivewal"_s);
    };
    const auto &standbys = view.living->standbys;
    return std::any_of(standbys.begin(), standbys.end(), receives);
}

void modes(const ClusterView &view, Found &found)
{
    const ServerFacts &server = *view.living;
    const bool wanted = view.keepsWal() || view.objectives.rpo;
    if (server.walLevel == u"minimal" && wanted) {
        Finding &finding = found.add("server.wal-minimal", view.cluster->name);
        putAtRisk(finding, *view.insight);
        if (!view.keepsWal())
            finding.severity = Severity::Attention;
        return; // nothing can be archived from it
    }
    if (server.archiveMode == u"off" && wanted && !view.standby() && !streamed(view)) {
        Finding &finding = found.add("archiver.off", view.cluster->name);
        putAtRisk(finding, *view.insight);
        if (view.keepsWal())
            finding.severity = Severity::Failed;
    }
}

void timeout(const ClusterView &view, Found &found)
{
    const ServerFacts &server = *view.living;
    if (!view.objectives.rpo || !archives(server) || !server.archiveTimeout)
        return;
    const bool never = server.archiveTimeout->count() == 0;
    if (!never && *server.archiveTimeout <= *view.objectives.rpo)
        return;
    Finding &finding = found.add("settings.archive-timeout", view.cluster->name);
    finding.measured = double(server.archiveTimeout->count());
    finding.limit = double(view.objectives.rpo->count());
}

} // namespace

void archiver(const Scene &scene, Found &found)
{
    for (const ClusterView &view : scene.clusters()) {
        if (!view.living)
            continue;
        failing(view, found);
        command(view, found);
        modes(view, found);
        timeout(view, found);
        if (!view.facts->archives.empty())
            notArchived(scene, view, found);
    }
}

} // namespace tidemark::rules
