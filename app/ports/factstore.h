#pragma once

#include "fleet/fleetstate.h"

#include <qcorotask.h>

#include <stop_token>
#include <vector>

namespace tidemark {

// What is kept of a fleet: every server with the last facts it told, Reach::Stale.
struct KeptFacts {
    FleetState state;
    std::vector<QString> messages; // what could not be read back, one sentence each; it stays in the store

    bool operator==(const KeptFacts &) const = default;
};

// How far a source was read, so that the next scan asks for what is new.
struct ScanState {
    QString source;
    Instant scannedAt;
    QString cursor; // the adapter's own words

    bool operator==(const ScanState &) const = default;
};

// Keeps the last facts of every server, so that the console opens with them while no server answers. Servers
// and sources are named as in the fleet file, within the fleet's own name. A name that is empty or holds a
// NUL character is ErrorKind::Invalid, "store.name".
class FactStore
{
public:
    virtual ~FactStore() = default;
    [[nodiscard]] virtual QCoro::Task<Result<KeptFacts>> lastFacts(QString fleet, std::stop_token stop) = 0;
    // True when something was written. Nothing is when the facts are older than the kept ones, or equal but
    // for the time they were read, unless the kept time is more than five minutes back.
    [[nodiscard]] virtual QCoro::Task<Result<bool>> keep(
        QString fleet, QString name, ServerFacts facts, std::stop_token stop)
        = 0;
    [[nodiscard]] virtual QCoro::Task<Result<bool>> keep(
        QString fleet, QString name, PbsFacts facts, std::stop_token stop)
        = 0;
    // The facts as they were each time more than counters, positions and sizes had changed, newest first. At
    // most 200 are kept for each server.
    [[nodiscard]] virtual QCoro::Task<Result<std::vector<ServerFacts>>> serverHistory(
        QString fleet, QString name, std::stop_token stop)
        = 0;
    [[nodiscard]] virtual QCoro::Task<Result<std::vector<ScanState>>> scans(
        QString fleet, std::stop_token stop)
        = 0;
    [[nodiscard]] virtual QCoro::Task<Result<>> keep(QString fleet, ScanState scan, std::stop_token stop) = 0;
};

} // namespace tidemark
