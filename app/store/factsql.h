#pragma once

#include "ports/factstore.h"
#include "store/database.h"

namespace tidemark {

// Whose facts: a server or source of a fleet.
struct Subject {
    QString fleet;
    QString name;
};

// The statements of FactStore, for the worker; each blocks until the database has answered.
[[nodiscard]] Result<KeptFacts> readFacts(Database &database, const QString &fleet);
[[nodiscard]] Result<bool> keepFacts(Database &database, const Subject &subject, const ServerFacts &facts);
[[nodiscard]] Result<bool> keepFacts(Database &database, const Subject &subject, const PbsFacts &facts);
[[nodiscard]] Result<std::vector<ServerFacts>> readHistory(Database &database, const Subject &subject);
[[nodiscard]] Result<std::vector<ScanState>> readScans(Database &database, const QString &fleet);
[[nodiscard]] Result<> keepScan(Database &database, const QString &fleet, const ScanState &scan);

} // namespace tidemark
