#pragma once

#include "fleet/setup.h"
#include "ports/fleetfile.h"

namespace tidemark {

// A backup server while a person connects it: "pbs01.lan:8007" becomes a URL with scheme and port; nothing
// when it is none.
[[nodiscard]] std::optional<QString> pbsUrl(const QString &typed);

// What must be written so that a new fleet file of that name holds these servers and this source.
[[nodiscard]] std::vector<FleetEdit> editsFor(
    const QString &name, const std::vector<SetupServer> &servers, const std::optional<Source> &source);

} // namespace tidemark
