#pragma once

#include <QByteArray>
#include <QString>

namespace tidemark::fleetfile {

// The tables of docs/fleet.md and the schema docs/fleet.schema.json, made from the key tables the reader
// uses; a test compares them with the files.
[[nodiscard]] QString keyTables();
[[nodiscard]] QByteArray keySchema();

} // namespace tidemark::fleetfile
