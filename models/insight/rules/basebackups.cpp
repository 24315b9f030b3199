#include "insight/rules/artifacts.h"
#include "insight/rules/rules.h"

#include <algorithm>

namespace tidemark::rules {

namespace {

// A backup's last segments arrive after it ended.
constexpr std::chrono::minutes WalFollows { 5 };

const char *codeOf(Unusable reason)
{
    switch (reason) {
    case Unusable::ChainBroken:
        return "base.chain-broken";
    case Unusable::WalMissing:
        return "base.wal-missing";
    case Unusable::NoPosition:
    case Unusable::NoTime:
        return "base.no-position";
    }
    return "base.no-position";
}

// Whether every archive of the cluster was read after this backup ended.
bool archivesReadSince(const Scene &scene, const ClusterView &view, const ArtifactFact &artifact)
{
    const auto &archives = view.facts->archives;
    return std::all_of(archives.begin(), archives.end(), [&](const WalArchive &archive) {
        const SourceFacts *source = scene.source(archive.source);
        return source && source->readAt && artifact.stop && *source->readAt - *artifact.stop > WalFollows;
    });
}

// Where an archive's list is not whole, or could not be read, absence says nothing.
bool absenceCounts(const Scene &scene, const ClusterView &view)
{
    for (const WalArchive &archive : view.facts->archives) {
        const SourceFacts *source = scene.source(archive.source);
        if (!archive.listed || !source || source->error)
            return false;
    }
    return !view.facts->archives.empty() || !view.keepsWal();
}

void useless(const Scene &scene, const ClusterView &view, Found &found)
{
    const Recoverability &known = view.insight->recoverability;
    std::vector<Finding> made;
    for (std::size_t at = 0; at < known.unusable.size(); ++at) {
        const ArtifactFact &artifact = view.facts->artifacts[std::size_t(known.unusable[at])];
        const char *code = codeOf(known.reasons[at]);
        if (known.reasons[at] == Unusable::WalMissing
            && (!absenceCounts(scene, view) || !archivesReadSince(scene, view, artifact)))
            continue;
        const QString source = scene.sourceName(artifact.source);
        auto same = std::find_if(made.begin(), made.end(),
            [&](const Finding &one) { return one.source == source && one.code == QLatin1StringView(code); });
        if (same == made.end()) {
            Found one;
            addAbout(scene, view, artifact, code, one).subject.clear();
            made.push_back(one.all().front());
            same = std::prev(made.end());
        }
        same->subject = artifact.id; // the newest comes last
        same->since = artifact.stop;
        same->said = artifact.parent;
        addItem(*same, artifact.id);
    }
    found.take(std::move(made));
}

bool isFolder(const ClusterView &view, const QString &source)
{
    return std::any_of(view.sources.begin(), view.sources.end(),
        [&](const Source *one) { return one->name == source && one->kind == SourceKind::BaseBackups; });
}

// Without a manifest the end of a backup is not told either.
const ArtifactFact *newestOf(const Series &series)
{
    const ArtifactFact *timed = series.newestComplete;
    return series.untimed && (!timed || series.untimed->start > timed->stop) ? series.untimed : timed;
}

// Tools that keep sums of their own need none.
void manifest(const Scene &scene, const ClusterView &view, const Series &series, Found &found)
{
    const ArtifactFact *newest = newestOf(series);
    if (newest && !newest->hasManifest && isFolder(view, scene.sourceName(series.source)))
        addAbout(scene, view, *newest, "base.no-manifest", found);
}

} // namespace

void baseBackups(const Scene &scene, Found &found)
{
    for (const ClusterView &view : scene.clusters()) {
        for (const Series &series : view.series) {
            if (series.kind != ArtifactKind::BaseBackup)
                continue;
            addFaulty(scene, view, series, series.damaged, "base.damaged", found);
            addFaulty(scene, view, series, series.refuted, "base.refuted", found);
            addFaulty(scene, view, series, series.badPages, "base.bad-pages", found);
            addFaulty(scene, view, series, series.foreign, "base.foreign", found);
            addIfNewest(scene, view, series, series.failed, "base.failed", found);
            addIfNewest(scene, view, series, series.unfinished, "base.unfinished", found);
            manifest(scene, view, series, found);
        }
        useless(scene, view, found);
    }
}

} // namespace tidemark::rules
