#include "timeline/timelinework.h"

#include "insight/insight.h"
#include "insight/objectives.h"
#include "ports/once.h"

#include <QThreadPool>

#include <algorithm>

namespace tidemark {

namespace {

std::vector<LaneSource> sourcesOf(const TimelineQuestion &question)
{
    std::vector<LaneSource> sources;
    for (const SourceFacts &facts : question.knowledge->facts->sources) {
        LaneSource source { facts.name, SourceKind::Other, facts.readAt };
        for (const Source &one : question.fleet.sources)
            if (one.name == facts.name)
                source.kind = one.kind;
        sources.push_back(std::move(source));
    }
    return sources;
}

} // namespace

const TimelineFacts::Of *TimelineFacts::of(const QString &cluster) const
{
    const auto found = std::find_if(
        clusters.begin(), clusters.end(), [&](const Of &one) { return one.cluster == cluster; });
    return found == clusters.end() ? nullptr : &*found;
}

const ClusterInsight *TimelineFacts::insight(const QString &cluster) const
{
    return knowledge && knowledge->insight ? knowledge->insight->cluster(cluster) : nullptr;
}

bool TimelineFacts::holdsFor(const Knowledge &other) const
{
    return knowledge && knowledge->facts == other.facts && knowledge->insight == other.insight;
}

TimelineFacts workOut(const TimelineQuestion &question)
{
    TimelineFacts made;
    made.knowledge = question.knowledge;
    const auto sources = sourcesOf(question);
    const Recoverability none;
    for (const Cluster &cluster : question.fleet.clusters) {
        const ClusterFacts &facts = question.knowledge->facts->cluster(cluster.name);
        const ClusterInsight *insight = made.insight(cluster.name);
        const Recoverability &known = insight ? insight->recoverability : none;
        auto lane = std::make_shared<Lane>(laneOf(facts, known, sources));
        lane->cluster = cluster.name;
        auto starts = std::make_shared<const StartingPoints>(
            facts, known, objectivesOf(cluster, question.fleet), question.now);
        made.clusters.push_back({ cluster.name, std::move(lane), std::move(starts) });
    }
    return made;
}

QCoro::Task<TimelineFacts> workOutAside(TimelineQuestion question)
{
    const Once<TimelineFacts> done;
    QThreadPool::globalInstance()->start([done, question] { done.settle(workOut(question)); });
    co_return co_await done;
}

void forgetAside(TimelineFacts facts)
{
    auto kept = std::make_shared<TimelineFacts>(std::move(facts));
    QThreadPool::globalInstance()->start([last = std::move(kept)]() mutable { last.reset(); });
}

QCoro::Task<std::vector<Artifact>> artifactsOf(std::shared_ptr<Catalogue> catalogue, QString fleet,
    std::vector<std::pair<QString, QString>> wanted, std::stop_token stop)
{
    std::vector<Artifact> found;
    for (const auto &[source, id] : wanted) {
        if (!catalogue)
            break;
        auto artifact = co_await catalogue->artifact(fleet, source, id, stop);
        if (artifact && *artifact)
            found.push_back(std::move(**artifact));
    }
    if (found.size() != wanted.size())
        found.clear();
    co_return found;
}

} // namespace tidemark
