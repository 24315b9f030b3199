#include "insight/rules/rules.h"

#include <algorithm>

namespace tidemark::rules {

namespace {

constexpr std::chrono::seconds Skew { 60 };
constexpr std::chrono::minutes Future { 5 };

void server(const ClusterView &view, Found &found)
{
    if (!view.living || !view.living->clockAhead || std::chrono::abs(*view.living->clockAhead) <= Skew)
        return;
    Finding &finding = found.add("clock.server", view.cluster->name);
    finding.measured = double(view.living->clockAhead->count()) / 1000;
    finding.limit = double(Skew.count());
}

void artifacts(const Scene &scene, const ClusterView &view, const Series &series, std::vector<Finding> &made)
{
    if (series.future.count == 0)
        return;
    // One finding for one source, about what is furthest ahead.
    const QString source = scene.sourceName(series.source);
    const auto same = std::find_if(
        made.begin(), made.end(), [&](const Finding &finding) { return finding.source == source; });
    Found one;
    Finding &finding = same == made.end() ? one.add("clock.future", view.cluster->name, source) : *same;
    finding.count += series.future.count;
    if (!finding.until || *series.future.newest->stop > *finding.until) {
        finding.subject = series.future.newest->id;
        finding.until = series.future.newest->stop;
    }
    if (same == made.end())
        made.push_back(finding);
}

void archive(const ClusterView &view, const WalArchive &archive, Instant now, Found &found)
{
    std::optional<Instant> newest;
    for (const WalSpan &span : archive.spans)
        newest = std::max(newest, span.lastArrived);
    if (!newest || *newest <= now + Future)
        return;
    Finding &finding = found.add("clock.future", view.cluster->name, archive.source);
    finding.part = archive.part;
    finding.count = 1;
    finding.until = newest;
}

} // namespace

void clocks(const Scene &scene, Found &found)
{
    for (const ClusterView &view : scene.clusters()) {
        server(view, found);
        std::vector<Finding> made;
        for (const Series &series : view.series)
            artifacts(scene, view, series, made);
        found.take(std::move(made));
        for (const WalArchive &one : view.facts->archives)
            archive(view, one, scene.now(), found);
    }
}

} // namespace tidemark::rules
