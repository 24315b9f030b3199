#pragma once

#include "ports/fleetcheck.h"
#include "ports/fleetfile.h"

namespace tidemark::fleetfile {

// The blocking halves of the adapter, for a thread of their own.
[[nodiscard]] Result<QByteArray> readBytes(const QString &path);
[[nodiscard]] Result<LoadedFleet> loadNow(const QString &path);
[[nodiscard]] Result<FleetRemarks> checkNow(const QString &path);
[[nodiscard]] Result<LoadedFleet> editNow(
    const QString &path, const QByteArray &before, const std::vector<FleetEdit> &edits);

} // namespace tidemark::fleetfile
