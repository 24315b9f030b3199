#include "insight/rules/rules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::rules {

namespace {

constexpr std::chrono::hours LongAgo { 2 };

const char *offlineCode(const Error &error)
{
    if (isCertificateError(error))
        return "source.certificate-changed";
    if (isSecretError(error))
        return "source.no-secret";
    return isRefusal(error) ? "source.access-refused" : "source.offline";
}

// The last try failed: the backup server's own probe, or the scan.
bool unread(const SourceView &view, Found &found)
{
    const bool offline = view.pbs && view.pbs->reach == Reach::Offline;
    const auto error = offline ? view.pbs->error : view.facts ? view.facts->error : std::nullopt;
    if (!error || error->kind == ErrorKind::Cancelled)
        return false;
    Finding &finding = found.add(offlineCode(*error), {}, view.source->name);
    finding.error = error;
    finding.since = offline ? view.pbs->offlineSince : view.facts->readAt;
    return true;
}

void stale(const SourceView &view, Instant now, Found &found)
{
    if (view.facts && view.facts->readAt && now - *view.facts->readAt > LongAgo)
        found.add("source.stale", {}, view.source->name).since = view.facts->readAt;
    else if (view.pbs && view.pbs->reach == Reach::Stale && view.pbs->facts && !view.facts)
        found.add("source.stale", {}, view.source->name).since = view.pbs->facts->readAt;
}

bool ofTool(const Error &error)
{
    return (error.code.startsWith(u"pgbackrest.") || error.code.startsWith(u"barman."))
        && !error.code.endsWith(u".archive-unlisted") && error.code != u"barman.said";
}

const char *troubleCode(const Error &error)
{
    if (error.code == u"pbs.maintenance")
        return "store.maintenance";
    if (error.code == u"pbs.datastore-unreadable")
        return "store.error";
    if (isRefusal(error))
        return "source.denied";
    return ofTool(error) ? "source.tool" : "source.part-unreadable";
}

void troubles(const SourceView &view, Found &found)
{
    for (const SourceTrouble &trouble : view.facts->troubles) {
        Finding &finding = found.add(troubleCode(trouble.error), trouble.cluster, view.source->name);
        finding.subject = trouble.part.isEmpty() ? trouble.error.code : trouble.part;
        finding.part = trouble.error.code;
        finding.error = trouble.error;
        finding.said = trouble.error.detail;
    }
}

bool holds(const ClusterFacts &cluster, const CatalogueFacts &facts, const SourceFacts &source)
{
    return std::any_of(cluster.archives.begin(), cluster.archives.end(), [&](const WalArchive &archive) {
        return archive.source == source.name && (archive.files > 0 || !archive.spans.empty());
    }) || std::any_of(cluster.artifacts.begin(), cluster.artifacts.end(), [&](const ArtifactFact &artifact) {
        return &facts.sources[std::size_t(artifact.source)] == &source;
    });
}

// Read well, nothing to complain of, and nothing there: lists look empty when rights are too small.
void empty(const Scene &scene, const SourceView &view, Found &found)
{
    if (view.source->clusters.isEmpty() || !view.facts->troubles.empty() || !view.facts->readAt)
        return;
    const auto &clusters = scene.facts().clusters;
    const bool any = std::any_of(clusters.begin(), clusters.end(),
        [&](const ClusterFacts &cluster) { return holds(cluster, scene.facts(), *view.facts); });
    const auto &strays = scene.facts().strays;
    if (any || std::any_of(strays.begin(), strays.end(), [&](const ArtifactFact &artifact) {
            return scene.source(artifact.source) == view.facts;
        }))
        return;
    found.add("source.empty", {}, view.source->name).items = view.source->clusters;
}

// The scan met the same and says where.
bool deniedByScan(const SourceView &view)
{
    return view.facts
        && std::any_of(view.facts->troubles.begin(), view.facts->troubles.end(),
            [](const SourceTrouble &trouble) { return isRefusal(trouble.error); });
}

void rights(const SourceView &view, Found &found)
{
    if (!view.pbs || !view.pbs->facts || view.pbs->reach == Reach::Offline || view.pbs->facts->missing.empty()
        || deniedByScan(view))
        return;
    Finding &finding = found.add("source.rights", {}, view.source->name);
    finding.missing = view.pbs->facts->missing;
    finding.count = qint64(finding.missing.size());
}

// A source that keeps what no cluster of the fleet wrote, though it is there for one alone.
void strays(const Scene &scene, Found &found)
{
    for (const SourceView &view : scene.sources()) {
        if (!view.facts || view.source->clusters.isEmpty())
            continue;
        Finding *finding = nullptr;
        for (const ArtifactFact &artifact : scene.facts().strays)
            if (scene.source(artifact.source) == view.facts && view.source->kind != SourceKind::Pbs) {
                if (!finding)
                    finding = &found.add("source.strays", {}, view.source->name);
                addItem(*finding, artifact.id);
                finding->subject = artifact.id;
            }
    }
}

} // namespace

void sources(const Scene &scene, Found &found)
{
    for (const SourceView &view : scene.sources()) {
        rights(view, found);
        if (unread(view, found))
            continue;
        stale(view, scene.now(), found);
        if (!view.facts)
            continue;
        troubles(view, found);
        empty(scene, view, found);
    }
    strays(scene, found);
}

} // namespace tidemark::rules
