#include "insight/rules/rules.h"

using namespace Qt::StringLiterals;

namespace tidemark::rules {

namespace {

constexpr qint64 MuchWal = qint64 { 1 } << 30;
constexpr std::chrono::hours FullSoon { 24 };

const char *offlineCode(const std::optional<Error> &error)
{
    if (error && isSecretError(*error))
        return "server.no-secret";
    return error && isRefusal(*error) ? "server.access-refused" : "server.offline";
}

void reach(const ClusterView &view, Found &found)
{
    const Followed<ServerFacts> &server = *view.server;
    if (server.reach == Reach::Offline) {
        Finding &finding = found.add(offlineCode(server.error), view.cluster->name);
        if (server.facts) // never an answer: nothing is known of when that began
            finding.since = server.offlineSince;
        finding.error = server.error;
    } else if (server.reach == Reach::Stale && server.facts) {
        Finding &finding = found.add("server.stale", view.cluster->name);
        finding.since = server.facts->readAt;
        finding.error = server.error;
    }
}

void rights(const ClusterView &view, Found &found)
{
    if (view.living->missing.empty())
        return;
    Finding &finding = found.add("server.rights", view.cluster->name);
    finding.missing = view.living->missing;
    finding.count = qint64(finding.missing.size());
}

void identity(const ClusterView &view, Found &found)
{
    const auto expected = view.cluster->systemId ? view.cluster->systemId : view.facts->systemId;
    if (!expected || !view.living->systemId || *expected == *view.living->systemId)
        return;
    Finding &finding = found.add("server.foreign", view.cluster->name);
    finding.subject = QString::number(view.living->systemId->value);
    finding.said = QString::number(expected->value);
}

void slots(const ClusterView &view, Found &found)
{
    for (const SlotFacts &slot : view.living->slots) {
        const bool lost = slot.state == u"lost" || slot.state == u"unreserved";
        const bool holds = !slot.active && slot.keeps && slot.keeps->count > MuchWal;
        if (!lost && !holds)
            continue;
        Finding &finding = found.add(lost ? "slot.lost" : "slot.holds-wal", view.cluster->name);
        finding.subject = slot.name;
        finding.said = slot.state;
        if (slot.keeps)
            finding.measured = double(slot.keeps->count);
    }
}

void filling(const ClusterView &view, Instant now, Found &found)
{
    const auto &left = view.insight->risk.untilFull;
    if (!left || *left > FullSoon)
        return;
    Finding &finding = found.add("server.wal-filling", view.cluster->name);
    finding.until = now + *left;
    finding.measured = view.insight->risk.walPerSecond;
    finding.limit = double(view.living->walFree->count);
}

} // namespace

void servers(const Scene &scene, Found &found)
{
    for (const ClusterView &view : scene.clusters()) {
        if (view.cluster->environment == Environment::Unset)
            found.add("cluster.environment", view.cluster->name);
        if (view.server)
            reach(view, found);
        if (!view.living)
            continue;
        rights(view, found);
        identity(view, found);
        slots(view, found);
        filling(view, scene.now(), found);
    }
}

} // namespace tidemark::rules
