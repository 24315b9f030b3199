#include "insight/findings.h"

#include "insight/rules/rules.h"

#include <QHash>

#include <algorithm>
#include <limits>
#include <tuple>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// Where a code stands in the table.
int placeOf(const QString &code)
{
    const FindingKind *kind = findingKind(code);
    return kind ? int(kind - findingKinds().data()) : int(findingKinds().size());
}

auto rankOf(const Finding &finding)
{
    const qint64 seconds = finding.atRisk ? finding.atRisk->count() : -1;
    const qint64 bytes = finding.bytesAtRisk ? finding.bytesAtRisk->count : -1;
    const auto since
        = finding.since ? finding.since->sinceEpoch.count() : std::numeric_limits<std::int64_t>::max();
    return std::tuple(finding.accepted.has_value(), int(finding.severity), -seconds, -bytes,
        placeOf(finding.code), since, finding.cluster, finding.source, finding.part, finding.subject);
}

} // namespace

void rankFindings(std::vector<Finding> &findings)
{
    using Rank = decltype(rankOf(Finding {}));
    std::vector<std::pair<Rank, std::size_t>> order;
    for (std::size_t at = 0; at < findings.size(); ++at)
        order.emplace_back(rankOf(findings[at]), at);
    std::sort(order.begin(), order.end());
    std::vector<Finding> sorted;
    sorted.reserve(findings.size());
    for (const auto &[rank, at] : order)
        sorted.push_back(std::move(findings[at]));
    findings = std::move(sorted);
}

std::vector<Finding> findings(const Circumstances &about)
{
    const rules::Scene scene(about);
    rules::Found found;
    rules::restorability(scene, found);
    rules::wal(scene, found);
    rules::archiver(scene, found);
    rules::baseBackups(scene, found);
    rules::dumps(scene, found);
    rules::snapshots(scene, found);
    rules::jobs(scene, found);
    rules::schedules(scene, found);
    rules::runs(scene, found);
    rules::stores(scene, found);
    rules::sources(scene, found);
    rules::servers(scene, found);
    rules::retention(scene, found);
    rules::clocks(scene, found);
    for (const ClusterInsight &cluster : about.clusters)
        found.take(timeFindings(cluster));
    std::vector<Finding> all = found.all();
    for (Finding &finding : all)
        finding.accepted = acceptanceFor(finding, about.facts.accepted, about.now);
    rankFindings(all);
    return all;
}

std::vector<Finding> findingsOfAnswers(const Fleet &fleet, const FleetState &state, Instant now)
{
    const CatalogueFacts nothing;
    const std::vector<ClusterInsight> clusters(fleet.clusters.size());
    const Circumstances about { nothing, fleet, state, clusters, now };
    const rules::Scene scene(about);
    rules::Found found;
    rules::archiver(scene, found);
    rules::stores(scene, found);
    rules::sources(scene, found);
    rules::servers(scene, found);
    rules::clocks(scene, found);
    std::vector<Finding> all = found.all();
    rankFindings(all);
    return all;
}

bool dependsOnTime(const Finding &finding)
{
    return finding.code == u"rpo.over" || finding.code == u"proof.aged";
}

std::vector<Finding> timeFindings(const ClusterInsight &cluster)
{
    rules::Found found;
    for (const ObjectiveStanding &standing : cluster.objectives) {
        if (standing.state != ObjectiveState::Broken)
            continue;
        // A gap, a lost base or nothing at all say it themselves.
        if (standing.kind == ObjectiveKind::Rpo && cluster.standing == ClusterStanding::Late) {
            Finding &finding = found.add("rpo.over", cluster.name);
            finding.since = cluster.risk.newest;
            finding.atRisk = cluster.risk.seconds;
            finding.bytesAtRisk = cluster.risk.bytes;
            finding.measured = standing.measured;
            finding.limit = double(standing.limit);
        } else if (standing.kind == ObjectiveKind::ProofAge) {
            Finding &finding = found.add("proof.aged", cluster.name);
            finding.since = standing.at;
            finding.measured = standing.measured;
            finding.limit = double(standing.limit);
        }
    }
    return found.all();
}

} // namespace tidemark
