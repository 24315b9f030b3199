#pragma once

#include "fleet/fleet.h"
#include "fleet/fleetstate.h"
#include "items/rowsmodel.h"

namespace tidemark {

// One datastore, or a backup server that told of none.
struct DatastoreRow {
    QString source;
    std::optional<DatastoreFacts> store;
    Reach reach = Reach::Never;
    std::optional<Error> error;
    std::optional<Instant> readAt;

    bool operator==(const DatastoreRow &) const = default;
    [[nodiscard]] QString key() const;
};

[[nodiscard]] std::vector<DatastoreRow> datastoreRows(const Fleet &fleet, const FleetState &state);
[[nodiscard]] std::vector<DatastoreRow> datastoreRows(const QString &source, const PbsFacts &facts);

// The part of the store that is used, 0…1; nothing when the server does not tell.
[[nodiscard]] std::optional<double> usedShare(const DatastoreFacts &store);

class DatastoreModel : public RowsModel<DatastoreRow>
{
    Q_OBJECT

public:
    enum class Column { Name, Used, Full, Count };
    explicit DatastoreModel(Words words, QObject *parent = nullptr);
};

} // namespace tidemark
