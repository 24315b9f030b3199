#include "insight/rules/rules.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace tidemark::rules {

namespace {

constexpr double Day = 86400;

QString bare(const QString &option)
{
    return option.startsWith(u"keep-") ? option.sliced(5) : option;
}

int keptBy(const Job &job, const QString &option)
{
    for (auto one = job.keep.begin(); one != job.keep.end(); ++one)
        if (bare(one.key()) == bare(option))
            return one.value();
    return 0;
}

// How far back the slots of a prune job reach.
std::chrono::days reach(const Job &job)
{
    const auto days = [&](const QString &option, int each) { return keptBy(job, option) * each; };
    return std::chrono::days(std::max(
        { days(u"daily"_s, 1), days(u"weekly"_s, 7), days(u"monthly"_s, 30), days(u"yearly"_s, 365) }));
}

Finding &addShort(const SourceView &view, const Job &job, const RetentionPromise &promise, Found &found)
{
    Finding &finding = found.add("retention.keep-short", {}, view.source->name);
    finding.subject = promise.name;
    finding.part = job.id;
    return finding;
}

bool prunes(const Job &job)
{
    const auto some = [](int count) { return count > 0; };
    return job.kind == u"prune" && job.enabled && std::any_of(job.keep.begin(), job.keep.end(), some);
}

void against(const SourceView &view, const Job &job, const RetentionPromise &promise, Found &found)
{
    QStringList options = promise.keep.keys();
    options.sort();
    for (const QString &option : options)
        if (const int kept = keptBy(job, option); kept < promise.keep.value(option)) {
            Finding &finding = addShort(view, job, promise, found);
            finding.said = option;
            finding.measured = kept;
            finding.limit = promise.keep.value(option);
            return; // one is enough to say what to change
        }
    if (promise.duration && reach(job) < *promise.duration) {
        Finding &finding = addShort(view, job, promise, found);
        finding.said = u"days"_s;
        finding.measured = double(reach(job).count());
        finding.limit = double(promise.duration->count());
    }
}

void broken(const ClusterView &view, Found &found)
{
    for (const ObjectiveStanding &standing : view.insight->objectives) {
        if (standing.kind != ObjectiveKind::Retention || standing.state != ObjectiveState::Broken)
            continue;
        Finding &finding = found.add("retention.broken", view.cluster->name);
        finding.subject = standing.promise;
        const double unit = standing.keep.isEmpty() ? Day : 1;
        finding.part = standing.keep.isEmpty() ? u"days"_s : standing.keep;
        finding.since = standing.at;
        if (standing.measured)
            finding.measured = std::floor(double(*standing.measured) / unit);
        finding.limit = double(standing.limit) / unit;
    }
}

} // namespace

void retention(const Scene &scene, Found &found)
{
    for (const ClusterView &view : scene.clusters())
        broken(view, found);
    for (const SourceView &view : scene.sources()) {
        if (!view.facts)
            continue;
        for (const Job &job : view.facts->jobs)
            for (const RetentionPromise &promise : scene.fleet().promises)
                if (prunes(job) && promise.sources.contains(view.source->name))
                    against(view, job, promise, found);
    }
}

} // namespace tidemark::rules
