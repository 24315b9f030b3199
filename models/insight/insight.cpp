#include "insight/insight.h"

#include "insight/dumpruns.h"
#include "insight/findings.h"
#include "insight/readings.h"

#include <algorithm>

namespace tidemark {

namespace {

const ServerFacts *livingServer(const FleetState &state, const QString &cluster)
{
    for (const auto &one : state.servers)
        if (one.name == cluster)
            return one.facts && one.reach != Reach::Offline ? &*one.facts : nullptr;
    return nullptr;
}

bool anySourceRead(const CatalogueFacts &facts, const Fleet &fleet, const QString &cluster)
{
    return std::any_of(fleet.sources.begin(), fleet.sources.end(), [&](const Source &source) {
        return source.clusters.contains(cluster)
            && std::any_of(facts.sources.begin(), facts.sources.end(),
                [&](const SourceFacts &one) { return one.name == source.name && readWholly(one); });
    });
}

// A dump of one database is a part when the server has others, and so is a run that lacks one of them.
void markParts(Recoverability &found, const ClusterFacts &facts, const Objectives &objectives,
    const ServerFacts *server, Instant now)
{
    if (!server)
        return;
    const auto there = [](const DatabaseFacts &database) {
        return database.allowsConnections && database.name != u"postgres";
    };
    const auto fact
        = [&](qint32 index) -> const ArtifactFact & { return facts.artifacts[std::size_t(index)]; };
    std::set<QString> names;
    for (const DatabaseFacts &database : server->databases)
        names.insert(database.name);
    addNewestDumps(found, facts, objectives, names, now);
    std::erase_if(found.runs, [&](const DumpRun &run) {
        return std::ranges::any_of(server->databases, [&](const DatabaseFacts &database) {
            return there(database) && std::ranges::none_of(run.artifacts, [&](qint32 index) {
                return fact(index).database == database.name;
            });
        });
    });
    if (std::ranges::count_if(server->databases, there) < 2)
        return;
    for (Point &point : found.points) {
        const ArtifactFact &artifact = fact(point.artifact);
        if (artifact.kind == ArtifactKind::Dump && !artifact.database.isEmpty())
            point.partly = true;
    }
}

std::optional<ObjectiveState> rpoState(const std::vector<ObjectiveStanding> &standings)
{
    for (const ObjectiveStanding &standing : standings)
        if (standing.kind == ObjectiveKind::Rpo)
            return standing.state;
    return {};
}

// It ended, and nothing newer is there.
bool lapsed(const Recoverability &found)
{
    return std::any_of(found.gaps.begin(), found.gaps.end(),
        [&](const Gap &gap) { return !gap.to && (!found.newest || *found.newest <= gap.from); });
}

ClusterStanding standingOf(const ClusterInsight &cluster)
{
    if (cluster.risk.basis == RiskBasis::Unknown)
        return ClusterStanding::Unread;
    if (cluster.risk.basis == RiskBasis::Nothing)
        return ClusterStanding::Nothing;
    if (lapsed(cluster.recoverability))
        return ClusterStanding::Lapsed;
    switch (rpoState(cluster.objectives).value_or(ObjectiveState::Unmeasured)) {
    case ObjectiveState::Broken:
        return ClusterStanding::Late;
    case ObjectiveState::Unproven:
        return ClusterStanding::Unproven;
    case ObjectiveState::Met:
        return ClusterStanding::Met;
    case ObjectiveState::Unmeasured:
    case ObjectiveState::Growing:
        break;
    }
    return ClusterStanding::Restorable;
}

Confidence newestConfidence(const Recoverability &found)
{
    if (const auto point = newestPoint(found); point && point->at == found.newest)
        return point->confidence;
    for (auto window = found.windows.rbegin(); window != found.windows.rend(); ++window)
        if (window->timeline == found.newestTimeline)
            return window->confidence;
    return Confidence::Claimed;
}

std::optional<Instant> newestProof(const ClusterFacts &facts)
{
    std::optional<Instant> newest;
    for (const ArtifactFact &artifact : facts.artifacts)
        if (artifact.assurance == Assurance::Restored)
            newest = std::max(newest, artifact.assuredAt);
    return newest;
}

// What was good when it was last looked at, and time alone makes no better.
ClusterStanding unproven(ClusterStanding standing)
{
    const bool good = standing == ClusterStanding::Met || standing == ClusterStanding::Restorable;
    return good ? ClusterStanding::Unproven : standing;
}

ClusterInsight clusterInsight(const Cluster &cluster, const CatalogueFacts &all, const Fleet &fleet,
    const FleetState &state, Instant now)
{
    const ClusterFacts &facts = all.cluster(cluster.name);
    const ServerFacts *server = livingServer(state, cluster.name);
    ClusterInsight insight;
    insight.name = cluster.name;
    const Objectives objectives = objectivesOf(cluster, fleet);
    insight.recoverability = recoverability(facts, objectives, server ? server->timeline : std::nullopt, now);
    markParts(insight.recoverability, facts, objectives, server, now);
    insight.risk = riskOf(
        facts, all.sources, insight.recoverability, server, anySourceRead(all, fleet, cluster.name), now);
    insight.objectives = objectiveStandings(
        cluster, fleet, facts, all.sources, insight.recoverability, insight.risk, {}, now);
    insight.standing = standingOf(insight);
    if (newestIsOutOfReach(facts, all.sources, insight.recoverability))
        insight.standing = unproven(insight.standing);
    insight.confidence = newestConfidence(insight.recoverability);
    insight.provenAt = newestProof(facts);
    insight.stored = storedOf(facts, now);
    return insight;
}

FleetVerdict verdictOf(const Insight &insight)
{
    FleetVerdict verdict;
    verdict.total = int(insight.clusters.size());
    const auto count = [&](ClusterStanding standing) {
        return int(std::count_if(insight.clusters.begin(), insight.clusters.end(),
            [&](const ClusterInsight &cluster) { return cluster.standing == standing; }));
    };
    verdict.met = count(ClusterStanding::Met);
    verdict.accepted = int(std::ranges::count_if(
        insight.findings, [](const Finding &finding) { return finding.accepted.has_value(); }));
    const int open = int(insight.findings.size()) - verdict.accepted;
    if (open > 0) {
        verdict.kind = FleetVerdict::Kind::Worst;
        verdict.worst = insight.findings.front();
        verdict.others = open - 1;
    } else if (verdict.accepted > 0)
        verdict.kind = FleetVerdict::Kind::OnlyAccepted;
    else if (verdict.total == 0)
        verdict.kind = FleetVerdict::Kind::NoClusters;
    else if (count(ClusterStanding::Unread) == verdict.total)
        verdict.kind = FleetVerdict::Kind::NotReadYet;
    else
        verdict.kind
            = verdict.met == verdict.total ? FleetVerdict::Kind::AllMet : FleetVerdict::Kind::NothingWrong;
    return verdict;
}

// Time goes on for what is at risk now.
void ageFinding(Finding &finding, const Insight &insight)
{
    const ClusterInsight *cluster = finding.atRisk ? insight.cluster(finding.cluster) : nullptr;
    if (cluster && cluster->risk.seconds)
        finding.atRisk = cluster->risk.seconds;
}

} // namespace

const ClusterInsight *Insight::cluster(const QString &name) const
{
    const auto found = std::find_if(
        clusters.begin(), clusters.end(), [&](const ClusterInsight &one) { return one.name == name; });
    return found == clusters.end() ? nullptr : &*found;
}

std::vector<Finding> Insight::findingsOf(const QString &cluster) const
{
    std::vector<Finding> own;
    std::copy_if(findings.begin(), findings.end(), std::back_inserter(own),
        [&](const Finding &finding) { return finding.cluster == cluster; });
    return own;
}

Insight insightOf(const CatalogueFacts &facts, const Fleet &fleet, const FleetState &state, Instant now)
{
    Insight insight;
    insight.at = now;
    insight.version = facts.version;
    for (const Cluster &cluster : fleet.clusters)
        insight.clusters.push_back(clusterInsight(cluster, facts, fleet, state, now));
    insight.findings = findings({ facts, fleet, state, insight.clusters, now });
    insight.verdict = verdictOf(insight);
    return insight;
}

Insight aged(Insight insight, Instant now)
{
    insight.at = now;
    for (ClusterInsight &cluster : insight.clusters) {
        cluster.risk = aged(std::move(cluster.risk), now);
        cluster.objectives = aged(std::move(cluster.objectives), cluster.risk, now);
        const bool outOfReach = cluster.standing == ClusterStanding::Unproven;
        cluster.standing = outOfReach ? unproven(standingOf(cluster)) : standingOf(cluster);
    }
    std::vector<Acceptance> accepted;
    for (const Finding &finding : insight.findings)
        if (finding.accepted)
            accepted.push_back(*finding.accepted);
    std::erase_if(insight.findings, [](const Finding &finding) { return dependsOnTime(finding); });
    for (Finding &finding : insight.findings)
        ageFinding(finding, insight);
    for (const ClusterInsight &cluster : insight.clusters) {
        auto due = timeFindings(cluster);
        insight.findings.insert(insight.findings.end(), due.begin(), due.end());
    }
    for (Finding &finding : insight.findings)
        finding.accepted = acceptanceFor(finding, accepted, now);
    rankFindings(insight.findings);
    insight.verdict = verdictOf(insight);
    return insight;
}

} // namespace tidemark
