#include "items/datastoremodel.h"

#include <algorithm>

namespace tidemark {

namespace {

bool followed(const FleetState &state, const QString &name)
{
    return std::any_of(state.backupServers.begin(), state.backupServers.end(),
        [&](const Followed<PbsFacts> &one) { return one.name == name; });
}

std::optional<Instant> readAt(const Followed<PbsFacts> &one)
{
    return one.facts ? std::optional(one.facts->readAt) : std::nullopt;
}

DatastoreFacts storeOf(const StoreUsage &usage)
{
    DatastoreFacts store;
    store.name = usage.part;
    store.total = usage.total;
    store.used = usage.used;
    if (!store.used && usage.total && usage.available)
        store.used = Bytes { usage.total->count - usage.available->count };
    store.available = usage.available;
    store.estimatedFull = usage.estimatedFull;
    return store;
}

Reach reachOf(const SourceFacts &source)
{
    return source.error ? Reach::Offline : Reach::Live;
}

} // namespace

QString DatastoreRow::key() const
{
    return source + QChar(0x1f) + (store ? store->name : QString());
}

std::vector<DatastoreRow> datastoreRows(const QString &source, const PbsFacts &facts)
{
    std::vector<DatastoreRow> rows;
    for (const DatastoreFacts &store : facts.datastores)
        rows.push_back({ source, store, Reach::Live, {}, facts.readAt });
    return rows;
}

std::vector<DatastoreRow> datastoreRows(
    const Fleet &fleet, const FleetState &state, const CatalogueFacts &facts)
{
    std::vector<DatastoreRow> rows;
    for (const Source &source : fleet.sources)
        if (source.kind == SourceKind::Pbs && !followed(state, source.name))
            rows.push_back({ source.name, {}, Reach::Never, {}, {} });
    for (const auto &one : state.backupServers) {
        if (!one.facts || one.facts->datastores.empty())
            rows.push_back({ one.name, {}, one.reach, one.error, readAt(one) });
        if (!one.facts)
            continue;
        for (const DatastoreFacts &store : one.facts->datastores)
            rows.push_back({ one.name, store, one.reach, one.error, one.facts->readAt });
    }
    for (const SourceFacts &source : facts.sources)
        if (!followed(state, source.name))
            for (const StoreUsage &usage : source.usage)
                rows.push_back({ source.name, storeOf(usage), reachOf(source), source.error, usage.at });
    return rows;
}

std::optional<std::chrono::seconds> untilMark(const DatastoreFacts &store, Instant now)
{
    const auto share = usedShare(store);
    if (!share || *share >= StoreMark || !store.estimatedFull || *store.estimatedFull <= now)
        return {};
    const double whole = double((*store.estimatedFull - now).count()) / 1e6;
    return std::chrono::seconds(qint64(whole * (StoreMark - *share) / (1 - *share)));
}

std::optional<double> usedShare(const DatastoreFacts &store)
{
    if (!store.total || !store.used || store.total->count <= 0)
        return {};
    return double(store.used->count) / double(store.total->count);
}

DatastoreModel::DatastoreModel(Words words, QObject *parent)
    : RowsModel(int(Column::Count), std::move(words), parent)
{
}

} // namespace tidemark
