#include "monitor/pollingmonitor.h"

#include <algorithm>

namespace tidemark {

namespace {

template <class Facts>
Followed<Facts> startingFrom(const QString &name, const std::vector<Followed<Facts>> &known)
{
    const auto before = std::ranges::find(known, name, &Followed<Facts>::name);
    if (before == known.end() || !before->facts)
        return { .name = name };
    return { .name = name, .reach = Reach::Stale, .facts = before->facts };
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
    const FleetState known = m_parts.lastKnown ? m_parts.lastKnown() : FleetState {};
    m_servers.clear();
    m_backupServers.clear();
    for (const Cluster &cluster : fleet.clusters)
        followServer(cluster, fleet, known);
    for (const Source &source : fleet.sources) {
        if (source.kind == SourceKind::Pbs)
            followBackupServer(source, known);
    }
    Q_EMIT changed();
}

void PollingMonitor::followServer(const Cluster &cluster, const Fleet &fleet, const FleetState &known)
{
    const auto probe
        = [port = m_parts.servers, spec = cluster.connect, via = hostNamed(fleet, cluster.connect.via)](
              std::stop_token stop) { return port->probe(spec, via, std::nullopt, std::move(stop)); };
    const auto told = [this](const Followed<ServerFacts> &server) {
        if (server.reach == Reach::Live && m_parts.keepServer)
            m_parts.keepServer(server.name, *server.facts);
        Q_EMIT changed();
    };
    m_servers.push_back(std::make_unique<FollowedItem<ServerFacts>>(startingFrom(cluster.name, known.servers),
        probe, m_parts.clock, m_parts.serverInterval, m_parts.inFlight, told));
}

void PollingMonitor::followBackupServer(const Source &source, const FleetState &known)
{
    const auto probe = [port = m_parts.backupServers, source](std::stop_token stop) {
        return port->probe(source, std::nullopt, std::move(stop));
    };
    const auto told = [this](const Followed<PbsFacts> &server) {
        if (server.reach == Reach::Live && m_parts.keepBackupServer)
            m_parts.keepBackupServer(server.name, *server.facts);
        Q_EMIT changed();
    };
    m_backupServers.push_back(
        std::make_unique<FollowedItem<PbsFacts>>(startingFrom(source.name, known.backupServers), probe,
            m_parts.clock, m_parts.backupServerInterval, m_parts.inFlight, told));
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
