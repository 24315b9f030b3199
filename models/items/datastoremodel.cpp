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

std::vector<DatastoreRow> datastoreRows(const Fleet &fleet, const FleetState &state)
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
    return rows;
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
