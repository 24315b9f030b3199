#pragma once

#include "fleet/fleet.h"
#include "fleet/fleetstate.h"
#include "insight/facts.h"
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

// Backup servers as they tell of themselves, then the stores of the other sources as they were last read.
[[nodiscard]] std::vector<DatastoreRow> datastoreRows(
    const Fleet &fleet, const FleetState &state, const CatalogueFacts &facts);
[[nodiscard]] std::vector<DatastoreRow> datastoreRows(const QString &source, const PbsFacts &facts);

// The part of the store that is used, 0…1; nothing when the server does not tell.
[[nodiscard]] std::optional<double> usedShare(const DatastoreFacts &store);

// From here on a store is filling up: it is marked there, and a finding says so.
constexpr double StoreMark = 0.85;
// Until the mark is reached, if the store fills evenly until the date that it reckons with itself; nothing
// when it has none, or is beyond the mark.
[[nodiscard]] std::optional<std::chrono::seconds> untilMark(const DatastoreFacts &store, Instant now);

class DatastoreModel : public RowsModel<DatastoreRow>
{
    Q_OBJECT

public:
    enum class Column { Name, Used, Full, Count };
    explicit DatastoreModel(Words words, QObject *parent = nullptr);
};

} // namespace tidemark
