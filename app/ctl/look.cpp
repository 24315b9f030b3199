#include "ctl/look.h"

#include "ctl/table.h"
#include "ctl/words.h"
#include "fleet/hostof.h"
#include "insight/belonging.h"
#include "insight/findingwords.h"
#include "sources/verbs.h"
#include "sources/walspace.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

using Server = Followed<ServerFacts>;

// What a server tells is kept as well, for --offline.
QCoro::Task<Server> ask(
    Fleet fleet, Cluster cluster, Tools tools, std::shared_ptr<FactStore> store, std::stop_token stop)
{
    Server server { .name = cluster.name, .reach = Reach::Offline };
    const std::optional<Secret> named;
    const auto via = hostNamed(fleet, cluster.connect.via);
    auto facts = co_await tools.servers->probe(cluster.connect, via, named, stop);
    if (facts) {
        const auto space = co_await walSpace(tools.hosts, cluster, fleet, *facts, stop);
        if (space)
            facts->walFree = space->available;
        server.reach = Reach::Live;
        server.facts = *facts;
        [[maybe_unused]] const auto kept = co_await store->keep(fleet.name, cluster.name, *facts, stop);
    } else {
        server.error = facts.error();
        server.offlineSince = tools.clock->now();
    }
    co_return server;
}

// Of one that is silent the last facts count, as they do in the console.
void addLastKnown(Server &server, const Result<KeptFacts> &kept)
{
    if (server.facts || !kept)
        return;
    const auto last = std::ranges::find(kept->state.servers, server.name, &Server::name);
    if (last == kept->state.servers.end() || !last->facts)
        return;
    server.facts = last->facts;
    server.offlineSince = last->facts->readAt;
}

bool isConnected(const Cluster &cluster)
{
    return cluster.connect != ConnectSpec();
}

// All sources and servers at once: one that hangs does not hold up the others.
QCoro::Task<FleetState> readNow(
    std::shared_ptr<Look> look, StoreForCommands store, Tools tools, std::stop_token stop)
{
    std::vector<QCoro::Task<Result<Changes>>> scans;
    for (const Source &source : look->fleet.sources) {
        auto adapter = look->concerns(source) ? tools.makeSource(source, look->fleet) : nullptr;
        if (adapter)
            scans.push_back(refreshCatalogue(adapter, store.catalogue, look->fleet.name, tools.clock, stop));
    }
    std::vector<QCoro::Task<Server>> servers;
    for (const Cluster &cluster : look->fleet.clusters) {
        if (look->concerns(cluster.name) && isConnected(cluster))
            servers.push_back(ask(look->fleet, cluster, tools, store.facts, stop));
    }
    for (auto &scan : scans) {
        [[maybe_unused]] const auto told = co_await scan; // the catalogue tells how it went
    }
    FleetState state;
    for (auto &one : servers) {
        Server server = co_await one;
        state.servers.push_back(std::move(server));
    }
    const auto kept = co_await store.facts->lastFacts(look->fleet.name, stop);
    for (Server &server : state.servers)
        addLastKnown(server, kept);
    co_return state;
}

QCoro::Task<Result<FleetState>> lastKnown(Fleet fleet, StoreForCommands store, std::stop_token stop)
{
    if (!store.kept)
        co_return failure(ErrorKind::Conflict, u"ctl.no-store"_s,
            u"--offline needs the store: "_s + store.messages.join(u"; "_s));
    auto kept = co_await store.facts->lastFacts(fleet.name, stop);
    if (!kept)
        co_return tl::unexpected(std::move(kept).error());
    co_return std::move(kept->state);
}

bool isKnown(const Fleet &fleet, const QString &cluster)
{
    return cluster.isEmpty()
        || std::ranges::find(fleet.clusters, cluster, &Cluster::name) != fleet.clusters.end();
}

} // namespace

bool Look::concerns(const Source &source) const
{
    return cluster.isEmpty() || source.clusters.isEmpty() || source.clusters.contains(cluster);
}

QString Look::sourceName(qint32 index) const
{
    const auto i = static_cast<std::size_t>(index);
    return index >= 0 && i < facts.sources.size() ? facts.sources[i].name : QString();
}

QCoro::Task<Result<Look>> look(Call call, Tools tools, std::stop_token stop)
{
    auto fleet = co_await fleetOf(call, tools, stop);
    if (!fleet)
        co_return tl::unexpected(std::move(fleet).error());
    const auto result = std::make_shared<Look>();
    result->fleet = std::move(*fleet);
    result->path = fleetPath(call, tools);
    result->cluster = call.operands.value(0);
    if (!isKnown(result->fleet, result->cluster))
        co_return failure(
            ErrorKind::NotFound, u"ctl.no-such-cluster"_s, u"no cluster named "_s + result->cluster);
    auto store = co_await tools.openStore(stop);
    if (!store)
        co_return tl::unexpected(std::move(store).error());
    if (call.has(u"offline"_s)) {
        auto kept = co_await lastKnown(result->fleet, *store, stop);
        if (!kept)
            co_return tl::unexpected(std::move(kept).error());
        result->state = std::move(*kept);
        for (const QString &message : store->messages)
            result->remarks.push_back({ Level::Ok, u"store"_s, message });
    } else {
        FleetState now = co_await readNow(result, *store, tools, stop);
        result->state = std::move(now);
    }
    const Fleet known = identified(result->fleet, result->state);
    auto readings = co_await store->catalogue->readings(known.name, stop);
    if (!readings)
        co_return tl::unexpected(std::move(readings).error());
    auto facts = co_await store->catalogue->facts(known, stop);
    if (!facts)
        co_return tl::unexpected(std::move(facts).error());
    result->readings = std::move(*readings);
    result->facts = std::move(*facts);
    result->catalogue = store->catalogue;
    result->now = tools.clock->now();
    result->insight = insightOf(result->facts, known, result->state, result->now);
    Look answer = std::move(*result);
    co_return answer;
}

Answer answerOf(const Look &look, Shown shown)
{
    Answer answer;
    answer.level = worst(shown.remarks);
    answer.text = levelWord(answer.level) + u": "_s + shown.summary + u'\n' + table(shown.heads, shown.rows)
        + remarkLines(shown.remarks);
    answer.json = heading(answer.level, shown.summary, look.path, look.now);
    answer.json[shown.key] = shown.list;
    answer.json[u"remarks"_s] = remarksJson(shown.remarks);
    return answer;
}

Level alarmOf(const Finding &finding)
{
    if (finding.accepted)
        return losesMore(finding) ? Level::Warning : Level::Ok;
    return finding.severity == Severity::Failed ? Level::Critical : Level::Warning;
}

Level levelOf(ClusterStanding standing)
{
    switch (standing) {
    case ClusterStanding::Nothing:
    case ClusterStanding::Lapsed:
    case ClusterStanding::Late:
        return Level::Critical;
    case ClusterStanding::Unread:
        return Level::Unknown;
    case ClusterStanding::Unproven:
        return Level::Warning;
    case ClusterStanding::Restorable:
    case ClusterStanding::Met:
        return Level::Ok;
    }
    return Level::Unknown;
}

QString standingWord(ClusterStanding standing)
{
    switch (standing) {
    case ClusterStanding::Nothing:
        return u"nothing"_s;
    case ClusterStanding::Lapsed:
        return u"lapsed"_s;
    case ClusterStanding::Late:
        return u"late"_s;
    case ClusterStanding::Unread:
        return u"unread"_s;
    case ClusterStanding::Unproven:
        return u"unproven"_s;
    case ClusterStanding::Restorable:
        return u"restorable"_s;
    case ClusterStanding::Met:
        return u"met"_s;
    }
    return {};
}

QString confidenceWord(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Claimed:
        return u"claimed"_s;
    case Confidence::Aged:
        return u"aged"_s;
    case Confidence::Verified:
        return u"verified"_s;
    case Confidence::Proven:
        return u"proven"_s;
    }
    return {};
}

QString artifactKindWord(ArtifactKind kind)
{
    switch (kind) {
    case ArtifactKind::BaseBackup:
        return u"base backup"_s;
    case ArtifactKind::Dump:
        return u"dump"_s;
    case ArtifactKind::Globals:
        return u"globals"_s;
    case ArtifactKind::VmSnapshot:
        return u"vm snapshot"_s;
    }
    return {};
}

QJsonValue consistencyJson(const ArtifactFact &artifact)
{
    if (artifact.kind != ArtifactKind::VmSnapshot)
        return {};
    switch (artifact.quiesced) {
    case Quiesced::CrashConsistent:
        return u"crash-consistent"_s;
    case Quiesced::GuestFrozen:
        return u"frozen"_s;
    case Quiesced::Unknown:
        break;
    }
    return u"unknown"_s;
}

QString consistencyWords(const ArtifactFact &artifact)
{
    const QString word = consistencyJson(artifact).toString();
    if (word == u"crash-consistent") // a guest agent may have frozen it, which the server does not tell
        return u"crash or better"_s;
    return word.isEmpty() ? u"-"_s : word == u"unknown" ? u"not told"_s : word;
}

QString secondsWords(const std::optional<std::chrono::seconds> &span)
{
    return span ? plainFormats().duration(*span) : u"-"_s;
}

QJsonValue acceptedJson(const std::optional<Acceptance> &accepted)
{
    if (!accepted)
        return {};
    return QJsonObject { { u"reason"_s, accepted->reason }, { u"who"_s, accepted->who },
        { u"at"_s, accepted->at.toIso() } };
}

QJsonValue orNull(const std::optional<std::chrono::seconds> &span)
{
    return span ? QJsonValue(qint64 { span->count() }) : QJsonValue();
}

QJsonValue orNull(const std::optional<Lsn> &lsn)
{
    return lsn ? QJsonValue(lsn->toString()) : QJsonValue();
}

} // namespace tidemark::ctl
