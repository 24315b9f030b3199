#include "insight/rules/artifacts.h"

namespace tidemark::rules {

Finding &addAbout(
    const Scene &scene, const ClusterView &view, const ArtifactFact &artifact, const char *code, Found &found)
{
    Finding &finding = found.add(code, view.cluster->name, scene.sourceName(artifact.source));
    finding.subject = artifact.id;
    finding.part = artifact.database;
    finding.since = artifact.stop ? artifact.stop : artifact.start;
    finding.said = artifact.why;
    return finding;
}

void addFaulty(const Scene &scene, const ClusterView &view, const Series &series, const Faulty &faulty,
    const char *code, Found &found)
{
    if (faulty.count == 0)
        return;
    Finding &finding = addAbout(scene, view, *faulty.newest, code, found);
    for (auto artifact = faulty.some.rbegin(); artifact != faulty.some.rend(); ++artifact)
        addItem(finding, (*artifact)->id);
    finding.count = faulty.count;
    // The newest of its kind cannot be restored: what it was to hold is at risk.
    if (faulty.newest == series.newest && !faulty.newest->badPages)
        putAtRisk(finding, *view.insight);
}

void addIfNewest(const Scene &scene, const ClusterView &view, const Series &series, const Faulty &faulty,
    const char *code, Found &found)
{
    if (faulty.count == 0)
        return;
    const ArtifactFact &newest = *faulty.newest;
    const auto when = newest.stop ? newest.stop : newest.start;
    const auto good = series.newestComplete ? series.newestComplete->stop : std::nullopt;
    if (when && good && *good >= *when)
        return;
    addFaulty(scene, view, series, faulty, code, found);
}

} // namespace tidemark::rules
