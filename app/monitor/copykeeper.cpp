#include "monitor/copykeeper.h"

#include "fleet/hostof.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace tidemark {

namespace {

bool isAnother(const ServerFacts &a, const ServerFacts &b)
{
    const auto essence = [](const ServerFacts &facts) {
        return std::tie(facts.systemId, facts.versionNumber, facts.timeline, facts.inRecovery,
            facts.startedAt, facts.dataDirectory, facts.walLevel, facts.archiveMode, facts.archiveCommand,
            facts.archiveLibrary, facts.memberOf);
    };
    return essence(a) != essence(b);
}

QCoro::Task<Result<>> copyInto(std::shared_ptr<ServerCopier> copier, std::shared_ptr<Catalogue> catalogue,
    QString fleet, Cluster cluster, std::optional<Host> via, std::stop_token stop)
{
    const std::optional<Secret> named;
    auto copy = co_await copier->copy(cluster.connect, via, named, stop);
    if (!copy)
        co_return tl::unexpected(std::move(copy).error());
    auto kept = co_await catalogue->keep(fleet, cluster.name, std::move(*copy), stop);
    co_return kept;
}

} // namespace

CopyKeeper::CopyKeeper(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_tasks(m_parts.inFlight)
{
    connect(m_parts.servers.get(), &FleetMonitor::changed, this, &CopyKeeper::lookAround);
}

void CopyKeeper::follow(Fleet fleet)
{
    m_tasks.restart();
    m_fleet = std::move(fleet);
    m_kept.clear();
    m_ready = m_busy = false;
    if (!m_parts.catalogue)
        return;
    m_tasks.start(m_parts.catalogue->copiedAt(m_fleet.name, m_tasks.token()),
        [this](const Result<QMap<QString, Instant>> &times) {
            if (!times)
                return;
            for (auto it = times->begin(); it != times->end(); ++it)
                m_kept[it.key()].at = it.value();
            m_ready = true;
            lookAround();
        });
}

bool CopyKeeper::isDue(const Followed<ServerFacts> &server) const
{
    if (server.reach != Reach::Live || !server.facts)
        return false;
    const Kept kept = m_kept.value(server.name);
    const Instant now = m_parts.clock->now();
    if (kept.notBefore && now < *kept.notBefore)
        return false;
    return !kept.at || now - *kept.at >= 24h || (kept.then && isAnother(*kept.then, *server.facts));
}

void CopyKeeper::lookAround()
{
    if (!m_ready || m_busy)
        return;
    const FleetState state = m_parts.servers->state();
    for (const Followed<ServerFacts> &server : state.servers) {
        const auto cluster = std::ranges::find(m_fleet.clusters, server.name, &Cluster::name);
        if (cluster != m_fleet.clusters.end() && isDue(server))
            return copy(*cluster, *server.facts);
        if (server.facts && !m_kept[server.name].then)
            m_kept[server.name].then = server.facts;
    }
}

void CopyKeeper::copy(const Cluster &cluster, const ServerFacts &facts)
{
    m_busy = true;
    const auto via = hostNamed(m_fleet, cluster.connect.via);
    m_tasks.start(copyInto(m_parts.copier, m_parts.catalogue, m_fleet.name, cluster, via, m_tasks.token()),
        [this, name = cluster.name, facts](const Result<> &kept) { copied(name, facts, kept); });
}

void CopyKeeper::copied(const QString &cluster, const ServerFacts &facts, const Result<> &kept)
{
    m_busy = false;
    const Instant now = m_parts.clock->now();
    Kept &entry = m_kept[cluster];
    if (kept)
        entry = { .at = now, .notBefore = now + 5min, .then = facts };
    else
        entry.notBefore = now + 1h;
    lookAround();
}

} // namespace tidemark
