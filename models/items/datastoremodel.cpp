#include "items/datastoremodel.h"

namespace tidemark {

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

std::vector<DatastoreRow> datastoreRows(const FleetState &state)
{
    std::vector<DatastoreRow> rows;
    for (const auto &one : state.backupServers) {
        if (!one.facts || one.facts->datastores.empty())
            rows.push_back({ one.name, {}, one.reach, one.error, {} });
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
