#include "insight/rules/rules.h"

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

void artifacts(const Scene &scene, const ClusterView &view, const Series &series, Found &found)
{
    if (series.future.count == 0)
        return;
    Finding &finding = found.add("clock.future", view.cluster->name, scene.sourceName(series.source));
    finding.subject = series.future.newest->id;
    finding.count = series.future.count;
    finding.until = series.future.newest->stop;
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
        for (const Series &series : view.series)
            artifacts(scene, view, series, found);
        for (const WalArchive &one : view.facts->archives)
            archive(view, one, scene.now(), found);
    }
}

} // namespace tidemark::rules
