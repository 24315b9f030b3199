#pragma once

#include "fleetfile/fleettext.h"
#include "ports/fleetcheck.h"
#include "ports/fleetfile.h"

#include <memory>

namespace tidemark {

// The fleet file as YAML on disk. Files are read, checked and written on the thread pool; the adapters hold
// nothing and may go while a call is under way.
[[nodiscard]] std::shared_ptr<FleetFile> makeYamlFleetFile();
[[nodiscard]] std::shared_ptr<FleetCheck> makeYamlFleetCheck();

} // namespace tidemark
