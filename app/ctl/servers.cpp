#include "ctl/commands.h"
#include "ctl/fleets.h"
#include "ctl/table.h"
#include "ctl/words.h"
#include "fleet/hostof.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

using Server = Followed<ServerFacts>;

QCoro::Task<Server> ask(Cluster cluster, std::optional<Host> via, Tools tools, std::stop_token stop)
{
    Server server;
    server.name = cluster.name;
    server.reach = Reach::Offline;
    if (cluster.connect == ConnectSpec()) {
        server.error = Error { ErrorKind::Invalid, u"fleet.no-connection"_s, u"the fleet file names none"_s };
        co_return server;
    }
    auto facts = co_await tools.servers->probe(cluster.connect, via, std::nullopt, stop);
    if (facts) {
        server.reach = Reach::Live;
        server.facts = std::move(*facts);
    } else {
        server.error = facts.error();
    }
    co_return server;
}

// The fleet with only the clusters that are asked for; an Error names the first that is not there.
Result<Fleet> narrowed(Fleet fleet, const QStringList &names)
{
    for (const QString &name : names) {
        const bool known = std::any_of(fleet.clusters.begin(), fleet.clusters.end(),
            [&](const Cluster &cluster) { return cluster.name == name; });
        if (!known)
            return failure(ErrorKind::NotFound, u"ctl.no-such-cluster"_s, u"no cluster named "_s + name);
    }
    if (!names.isEmpty())
        std::erase_if(fleet.clusters, [&](const Cluster &cluster) { return !names.contains(cluster.name); });
    if (fleet.clusters.empty())
        return failure(ErrorKind::NotFound, u"ctl.no-such-cluster"_s, u"the fleet has no clusters"_s);
    return fleet;
}

Level levelFor(const QString &name, const std::vector<Remark> &remarks)
{
    Level level = Level::Ok;
    for (const Remark &remark : remarks) {
        if (remark.subject == name)
            level = worse(level, remark.level);
    }
    return level;
}

QString archiving(const ServerFacts &facts)
{
    if (!archives(facts))
        return u"off"_s;
    return archiverFails(facts) ? u"failing"_s : u"on"_s;
}

QStringList row(const Cluster &cluster, const Server &server, Level level)
{
    const QStringList begin { safe(cluster.name), environmentWord(cluster.environment), levelWord(level) };
    if (!server.facts)
        return begin + QStringList(5, u"-"_s);
    const ServerFacts &facts = *server.facts;
    return begin
        + QStringList { safe(facts.version.section(u' ', 0, 0)),
              facts.inRecovery ? u"standby"_s : u"primary"_s,
              facts.currentLsn ? facts.currentLsn->toString() : u"-"_s, archiving(facts),
              QString::number(facts.databases.size()) };
}

QJsonValue archiverJson(const std::optional<ArchiverFacts> &archiver)
{
    if (!archiver)
        return {};
    return QJsonObject { { u"archivedCount"_s, archiver->archivedCount },
        { u"lastArchivedWal"_s, orNull(archiver->lastArchivedWal) },
        { u"lastArchivedAt"_s, orNull(archiver->lastArchivedAt) },
        { u"failedCount"_s, archiver->failedCount }, { u"lastFailedWal"_s, orNull(archiver->lastFailedWal) },
        { u"lastFailedAt"_s, orNull(archiver->lastFailedAt) } };
}

QJsonArray databasesJson(const std::vector<DatabaseFacts> &databases)
{
    QJsonArray array;
    for (const DatabaseFacts &database : databases)
        array << QJsonObject { { u"name"_s, database.name }, { u"bytes"_s, orNull(database.size) },
            { u"allowsConnections"_s, database.allowsConnections } };
    return array;
}

QJsonObject factsJson(const ServerFacts &facts)
{
    return { { u"version"_s, facts.version }, { u"versionNumber"_s, facts.versionNumber },
        { u"systemIdentifier"_s,
            facts.systemId ? QJsonValue(QString::number(facts.systemId->value)) : QJsonValue() },
        { u"timeline"_s, facts.timeline ? QJsonValue(qint64(facts.timeline->value)) : QJsonValue() },
        { u"inRecovery"_s, facts.inRecovery },
        { u"lsn"_s, facts.currentLsn ? QJsonValue(facts.currentLsn->toString()) : QJsonValue() },
        { u"startedAt"_s, orNull(facts.startedAt) }, { u"role"_s, facts.role },
        { u"superuser"_s, facts.superuser }, { u"tls"_s, facts.tls },
        { u"tlsVersion"_s, orNull(facts.tlsVersion) }, { u"dataDirectory"_s, orNull(facts.dataDirectory) },
        { u"walLevel"_s, orNull(facts.walLevel) }, { u"archiveMode"_s, orNull(facts.archiveMode) },
        { u"archiver"_s, archiverJson(facts.archiver) }, { u"databases"_s, databasesJson(facts.databases) },
        { u"missing"_s, missingJson(facts.missing) } };
}

QJsonObject serverJson(const Cluster &cluster, const Server &server, Level level)
{
    return { { u"name"_s, cluster.name }, { u"environment"_s, environmentWord(cluster.environment) },
        { u"status"_s, levelWord(level) }, { u"answers"_s, server.facts.has_value() },
        { u"facts"_s, server.facts ? QJsonValue(factsJson(*server.facts)) : QJsonValue() },
        { u"error"_s, errorJson(server.error) } };
}

Answer answerOf(const FleetState &state, const Fleet &fleet, const QString &path, Instant now)
{
    const std::vector<Remark> remarks = remarksOn(fleet, state, now);
    Answer answer;
    answer.level = worst(remarks);
    QList<QStringList> rows;
    QJsonArray list;
    qsizetype answering = 0;
    for (std::size_t i = 0; i < fleet.clusters.size(); ++i) {
        const Level level = levelFor(fleet.clusters[i].name, remarks);
        rows << row(fleet.clusters[i], state.servers[i], level);
        list << serverJson(fleet.clusters[i], state.servers[i], level);
        answering += state.servers[i].facts ? 1 : 0;
    }
    const QString summary = u"%1 of %2 servers answer"_s.arg(answering).arg(rows.size());
    const QStringList heads { u"SERVER"_s, u"ENVIRONMENT"_s, u"STATUS"_s, u"VERSION"_s, u"ROLE"_s, u"LSN"_s,
        u"ARCHIVING"_s, u"DATABASES"_s };
    answer.text
        = levelWord(answer.level) + u": "_s + summary + u'\n' + table(heads, rows) + remarkLines(remarks);
    answer.json = heading(answer.level, summary, path, now);
    answer.json[u"servers"_s] = list;
    answer.json[u"remarks"_s] = remarksJson(remarks);
    return answer;
}

} // namespace

QCoro::Task<Answer> servers(Call call, Tools tools, std::stop_token stop)
{
    const auto loaded = co_await fleetOf(call, tools, stop);
    if (!loaded)
        co_return failed(loaded.error());
    const auto fleet = narrowed(*loaded, call.operands);
    if (!fleet)
        co_return failed(fleet.error());
    std::vector<QCoro::Task<Server>> asked; // all at once: one that hangs does not hold up the others
    for (const Cluster &cluster : fleet->clusters)
        asked.push_back(ask(cluster, hostNamed(*fleet, cluster.connect.via), tools, stop));
    FleetState state;
    for (auto &one : asked) {
        Server server = co_await one;
        state.servers.push_back(std::move(server));
    }
    co_return answerOf(state, *fleet, fleetPath(call, tools), tools.clock->now());
}

} // namespace tidemark::ctl
