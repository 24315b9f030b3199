#include "insight/rules/artifacts.h"
#include "insight/rules/rules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::rules {

namespace {

// A weekly verification reaches each snapshot within this time.
constexpr std::chrono::days VerifiedWithin { 8 };

bool hasVerifyJob(const SourceFacts &source)
{
    return std::any_of(source.jobs.begin(), source.jobs.end(),
        [](const Job &job) { return job.kind == u"verify" && job.enabled && !job.schedule.isEmpty(); });
}

void unverified(const Scene &scene, const ClusterView &view, const Series &series, Found &found)
{
    const SourceFacts *source = scene.source(series.source);
    if (!source || !series.oldestUnverified || series.verified > 0)
        return;
    const bool awaited
        = hasVerifyJob(*source) && scene.now() - *series.oldestUnverified->stop < VerifiedWithin;
    if (awaited)
        return;
    Finding &finding = addAbout(scene, view, *series.oldestUnverified, "snapshot.never-verified", found);
    finding.count = series.complete;
}

// Groups the fleet file names for the cluster and that hold nothing.
void groups(const Scene &scene, const ClusterView &view, Found &found)
{
    for (const Source *source : view.sources) {
        const SourceFacts *facts = scene.source(source->name);
        if (source->kind != SourceKind::Pbs || source->groups.isEmpty() || !facts || !facts->readAt
            || !facts->troubles.empty() || source->clusters.size() != 1)
            continue;
        const bool any = std::any_of(view.series.begin(), view.series.end(),
            [&](const Series &series) { return scene.sourceName(series.source) == source->name; });
        if (any)
            continue;
        Finding &finding = found.add("snapshot.group-missing", view.cluster->name, source->name);
        finding.subject = source->groups.join(u", "_s);
        putAtRisk(finding, *view.insight);
    }
}

} // namespace

void snapshots(const Scene &scene, Found &found)
{
    for (const ClusterView &view : scene.clusters()) {
        for (const Series &series : view.series) {
            if (series.kind != ArtifactKind::VmSnapshot)
                continue;
            addFaulty(scene, view, series, series.damaged, "snapshot.damaged", found);
            addFaulty(scene, view, series, series.refuted, "snapshot.verify-failed", found);
            addIfNewest(scene, view, series, series.failed, "snapshot.failed", found);
            addIfNewest(scene, view, series, series.unfinished, "snapshot.unfinished", found);
            unverified(scene, view, series, found);
        }
        groups(scene, view, found);
    }
}

} // namespace tidemark::rules
