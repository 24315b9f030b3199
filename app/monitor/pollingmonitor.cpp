#include "monitor/pollingmonitor.h"

#include "fleet/hostof.h"
#include "sources/walspace.h"

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

// Two hundred servers that answer at once are one piece of news.
constexpr std::chrono::milliseconds Burst { 50 };

} // namespace

PollingMonitor::PollingMonitor(Parts parts, QObject *parent)
    : FleetMonitor(parent)
    , m_parts(std::move(parts))
    , m_storing(m_parts.inFlight)
{
    m_tell.setSingleShot(true);
    m_tell.setInterval(Burst);
    connect(&m_tell, &QTimer::timeout, this, &FleetMonitor::changed);
}

void PollingMonitor::tellSoon()
{
    if (!m_tell.isActive())
        m_tell.start();
}

FleetState PollingMonitor::state() const
{
    FleetState state { .servers = {}, .backupServers = statesOf(m_backupServers) };
    for (std::size_t i = 0; i < m_servers.size(); ++i)
        state.servers.push_back(serverAt(i));
    takeNewest(state.newestAnswer, state.servers);
    takeNewest(state.newestAnswer, state.backupServers);
    return state;
}

// The disk is asked by itself, so that a machine that hangs holds up nothing its server says. What it said
// last counts only as long as it answers.
Followed<ServerFacts> PollingMonitor::serverAt(std::size_t index) const
{
    Followed<ServerFacts> server = m_servers[index]->state();
    const Followed<HostSpace> &disk = m_disks[index]->state();
    if (server.facts && disk.reach == Reach::Live)
        server.facts->walFree = disk.facts->available;
    return server;
}

void PollingMonitor::follow(Fleet fleet)
{
    m_storing.restart();
    m_fleet = std::move(fleet);
    m_servers.clear();
    m_disks.clear();
    m_backupServers.clear();
    for (const Cluster &cluster : m_fleet.clusters)
        followServer(cluster);
    for (const Source &source : m_fleet.sources) {
        if (source.kind == SourceKind::Pbs)
            followBackupServer(source);
    }
    if (!m_parts.store)
        return begin({});
    m_storing.start(m_parts.store->lastFacts(m_fleet.name, m_storing.token()),
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
void PollingMonitor::keep(const Followed<Facts> &item)
{
    if (item.reach == Reach::Live && m_parts.store) {
        m_storing.start(m_parts.store->keep(m_fleet.name, item.name, *item.facts, m_storing.token()),
            [](const Result<bool> &) {});
    }
    tellSoon();
}

void PollingMonitor::toldOfServer(std::size_t index, const Followed<ServerFacts> &server)
{
    const bool findable = m_parts.hosts && server.facts
        && walPlace(m_fleet.clusters[index], m_fleet, *server.facts).has_value();
    if (findable && !m_disks[index]->begun())
        m_disks[index]->begin({});
    keep(serverAt(index));
}

void PollingMonitor::followServer(const Cluster &cluster)
{
    const auto probe
        = [port = m_parts.servers, spec = cluster.connect, via = hostNamed(m_fleet, cluster.connect.via)](
              std::stop_token stop) { return port->probe(spec, via, std::nullopt, std::move(stop)); };
    const std::size_t index = m_servers.size();
    m_servers.push_back(std::make_unique<FollowedItem<ServerFacts>>(cluster.name, probe, m_parts.clock,
        m_parts.serverInterval, m_parts.inFlight,
        [this, index](const Followed<ServerFacts> &server) { toldOfServer(index, server); }));
    const auto space = [this, index](std::stop_token stop) {
        return walSpace(m_parts.hosts, m_fleet.clusters[index], m_fleet, *m_servers[index]->state().facts,
            std::move(stop));
    };
    m_disks.push_back(std::make_unique<FollowedItem<HostSpace>>(cluster.name, space, m_parts.clock,
        m_parts.diskInterval, m_parts.inFlight, [this](const Followed<HostSpace> &) { tellSoon(); }));
}

void PollingMonitor::followBackupServer(const Source &source)
{
    const auto probe = [port = m_parts.backupServers, source](std::stop_token stop) {
        return port->probe(source, std::nullopt, std::move(stop));
    };
    m_backupServers.push_back(std::make_unique<FollowedItem<PbsFacts>>(source.name, probe, m_parts.clock,
        m_parts.backupServerInterval, m_parts.inFlight,
        [this](const Followed<PbsFacts> &server) { keep(server); }));
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
