#include "ctl/commands.h"
#include "ctl/fleets.h"
#include "ctl/table.h"
#include "ctl/words.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

using Server = Followed<PbsFacts>;

QCoro::Task<Server> ask(Source source, Tools tools, std::stop_token stop)
{
    Server server;
    server.name = source.name;
    server.reach = Reach::Offline;
    auto listed = co_await tools.backupLists->datastores(source, std::nullopt, stop);
    if (!listed) {
        server.error = listed.error();
        co_return server;
    }
    PbsFacts facts;
    facts.readAt = tools.clock->now();
    facts.datastores = std::move(listed->items);
    facts.missing = std::move(listed->missing);
    server.facts = std::move(facts);
    server.reach = Reach::Live;
    co_return server;
}

std::optional<double> shareOf(const DatastoreFacts &store)
{
    if (!store.used || !store.total || store.total->count <= 0)
        return {};
    return static_cast<double>(store.used->count) / static_cast<double>(store.total->count);
}

// What a finding says already of a store that works is not said twice.
void addBeyondPromise(std::vector<Remark> &remarks, const Source &source, const Server &server)
{
    if (!server.facts || !source.maxUsed)
        return;
    for (const DatastoreFacts &store : server.facts->datastores) {
        const auto share = shareOf(store);
        const bool told = store.error.isEmpty() && store.maintenance.isEmpty();
        if (share && !told && *share * 100 > *source.maxUsed)
            remarks.push_back({ Level::Warning, source.name,
                u"datastore %1 is %2 full, %3 % are allowed"_s.arg(
                    safe(store.name), shareWords(share), QString::number(*source.maxUsed)) });
    }
}

QStringList row(const Source &source, const DatastoreFacts &store)
{
    const QString state = !store.error.isEmpty() ? u"error"_s
        : !store.maintenance.isEmpty()           ? u"maintenance"_s
                                                 : u"ok"_s;
    const auto count = [](const std::optional<qint64> &n) { return n ? QString::number(*n) : u"-"_s; };
    return { safe(source.name), safe(store.name), sizeWords(store.used), sizeWords(store.total),
        shareWords(shareOf(store)), count(store.groups), count(store.snapshots),
        timeWords(store.estimatedFull), state };
}

QJsonObject storeJson(const Source &source, const DatastoreFacts &store)
{
    const auto count = [](const std::optional<qint64> &n) { return n ? QJsonValue(*n) : QJsonValue(); };
    return { { u"source"_s, source.name }, { u"name"_s, store.name }, { u"usedBytes"_s, orNull(store.used) },
        { u"totalBytes"_s, orNull(store.total) }, { u"availableBytes"_s, orNull(store.available) },
        { u"groups"_s, count(store.groups) }, { u"snapshots"_s, count(store.snapshots) },
        { u"estimatedFull"_s, orNull(store.estimatedFull) }, { u"maintenance"_s, orNull(store.maintenance) },
        { u"error"_s, orNull(store.error) } };
}

Answer answerOf(const FleetState &state, const std::vector<Source> &sources, const QString &path, Instant now)
{
    Fleet fleet;
    fleet.sources = sources;
    std::vector<Remark> remarks = remarksOn(fleet, state, now);
    QList<QStringList> rows;
    QJsonArray list;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        addBeyondPromise(remarks, sources[i], state.backupServers[i]);
        if (!state.backupServers[i].facts)
            continue;
        for (const DatastoreFacts &store : state.backupServers[i].facts->datastores) {
            rows << row(sources[i], store);
            list << storeJson(sources[i], store);
        }
    }
    Answer answer;
    answer.level = worst(remarks);
    const QString summary = u"%1 datastores of %2 backup servers"_s.arg(rows.size()).arg(sources.size());
    const QStringList heads { u"SOURCE"_s, u"DATASTORE"_s, u"USED"_s, u"TOTAL"_s, u"SHARE"_s, u"GROUPS"_s,
        u"SNAPSHOTS"_s, u"FULL ON"_s, u"STATE"_s };
    answer.text
        = levelWord(answer.level) + u": "_s + summary + u'\n' + table(heads, rows) + remarkLines(remarks);
    answer.json = heading(answer.level, summary, path, now);
    answer.json[u"datastores"_s] = list;
    answer.json[u"remarks"_s] = remarksJson(remarks);
    return answer;
}

} // namespace

QCoro::Task<Answer> pbsDatastores(Call call, Tools tools, std::stop_token stop)
{
    const auto fleet = co_await fleetOf(call, tools, stop);
    if (!fleet)
        co_return failed(fleet.error());
    const auto sources = backupServersOf(*fleet, call);
    if (!sources)
        co_return failed(sources.error());
    std::vector<QCoro::Task<Server>> asked;
    for (const Source &source : *sources)
        asked.push_back(ask(source, tools, stop));
    FleetState state;
    for (auto &one : asked) {
        Server server = co_await one;
        state.backupServers.push_back(std::move(server));
    }
    co_return answerOf(state, *sources, fleetPath(call, tools), tools.clock->now());
}

} // namespace tidemark::ctl
