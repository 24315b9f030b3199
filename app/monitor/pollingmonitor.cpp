#include "monitor/pollingmonitor.h"

#include <algorithm>

namespace tidemark {

namespace {

template <class Facts>
std::optional<Facts> factsOf(const QString &name, const std::vector<Followed<Facts>> &known)
{
    const auto before = std::ranges::find(known, name, &Followed<Facts>::name);
    return before == known.end() ? std::nullopt : before->facts;
}

template <class Items>
auto statesOf(const Items &items)
{
    using State = std::decay_t<decltype(items.front()->state())>;
    std::vector<State> states;
    states.reserve(items.size());
    for (const auto &item : items)
        states.push_back(item->state());
    return states;
}

template <class States>
void takeNewest(std::optional<Instant> &newest, const States &states)
{
    for (const auto &state : states) {
        if (state.facts && (!newest || *newest < state.facts->readAt))
            newest = state.facts->readAt;
    }
}

std::optional<Host> hostNamed(const Fleet &fleet, const QString &name)
{
    const auto host = std::ranges::find(fleet.hosts, name, &Host::name);
    if (name.isEmpty() || host == fleet.hosts.end())
        return std::nullopt;
    return *host;
}

} // namespace

PollingMonitor::PollingMonitor(Parts parts, QObject *parent)
    : FleetMonitor(parent)
    , m_parts(std::move(parts))
    , m_storing(m_parts.inFlight)
{
}

FleetState PollingMonitor::state() const
{
    FleetState state { .servers = statesOf(m_servers), .backupServers = statesOf(m_backupServers) };
    takeNewest(state.newestAnswer, state.servers);
    takeNewest(state.newestAnswer, state.backupServers);
    return state;
}

void PollingMonitor::follow(Fleet fleet)
{
    m_storing.restart();
    m_fleet = fleet.name;
    m_servers.clear();
    m_backupServers.clear();
    for (const Cluster &cluster : fleet.clusters)
        followServer(cluster, fleet);
    for (const Source &source : fleet.sources) {
        if (source.kind == SourceKind::Pbs)
            followBackupServer(source);
    }
    if (!m_parts.store)
        return begin({});
    m_storing.start(m_parts.store->lastFacts(m_fleet, m_storing.token()),
        [this](const Result<KeptFacts> &kept) { begin(kept ? kept->state : FleetState {}); });
    Q_EMIT changed();
}

void PollingMonitor::begin(const FleetState &known)
{
    for (const auto &server : m_servers)
        server->begin(factsOf(server->state().name, known.servers));
    for (const auto &server : m_backupServers)
        server->begin(factsOf(server->state().name, known.backupServers));
    Q_EMIT changed();
}

template <class Facts>
void PollingMonitor::tell(const Followed<Facts> &item)
{
    if (item.reach == Reach::Live && m_parts.store) {
        m_storing.start(m_parts.store->keep(m_fleet, item.name, *item.facts, m_storing.token()),
            [](const Result<bool> &) {});
    }
    Q_EMIT changed();
}

void PollingMonitor::followServer(const Cluster &cluster, const Fleet &fleet)
{
    const auto probe
        = [port = m_parts.servers, spec = cluster.connect, via = hostNamed(fleet, cluster.connect.via)](
              std::stop_token stop) { return port->probe(spec, via, std::nullopt, std::move(stop)); };
    m_servers.push_back(std::make_unique<FollowedItem<ServerFacts>>(cluster.name, probe, m_parts.clock,
        m_parts.serverInterval, m_parts.inFlight,
        [this](const Followed<ServerFacts> &server) { tell(server); }));
}

void PollingMonitor::followBackupServer(const Source &source)
{
    const auto probe = [port = m_parts.backupServers, source](std::stop_token stop) {
        return port->probe(source, std::nullopt, std::move(stop));
    };
    m_backupServers.push_back(std::make_unique<FollowedItem<PbsFacts>>(source.name, probe, m_parts.clock,
        m_parts.backupServerInterval, m_parts.inFlight,
        [this](const Followed<PbsFacts> &server) { tell(server); }));
}

void PollingMonitor::refreshNow()
{
    for (const auto &server : m_servers)
        server->askNow();
    for (const auto &server : m_backupServers)
        server->askNow();
}

void PollingMonitor::tryNow(QString name)
{
    for (const auto &server : m_servers) {
        if (server->state().name == name)
            server->askNow();
    }
    for (const auto &server : m_backupServers) {
        if (server->state().name == name)
            server->askNow();
    }
}

} // namespace tidemark
