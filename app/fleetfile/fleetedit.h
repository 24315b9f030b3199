#pragma once

#include "ports/fleetfile.h"

namespace tidemark::fleetfile {

// The text with the edits made and every other byte as it was. An empty text becomes a new file. What comes
// out reads as what went in plus the edits, or it is an Error: "fleet.unknown-key", "fleet.invalid" for a
// value that is none, "fleet.cannot-edit" where the file is written in a way that cannot be changed safely.
[[nodiscard]] Result<QByteArray> editFleet(const QByteArray &before, const std::vector<FleetEdit> &edits);

} // namespace tidemark::fleetfile
