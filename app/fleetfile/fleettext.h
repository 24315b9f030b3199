#pragma once

#include "fleet/fleet.h"
#include "ports/fileproblem.h"
#include "ports/fleetfile.h"
#include "values/error.h"

#include <QByteArray>

namespace tidemark {

// A fleet file read as far as it goes: the fleet only when there are no problems.
struct ReadFleet {
    std::optional<Fleet> fleet;
    std::vector<FileProblem> problems; // any of them forbids the file
    std::vector<FileProblem> warnings;
};

// All mistakes of a file at once, by line. Pure; never throws.
[[nodiscard]] ReadFleet readFleet(const QByteArray &text);

// A new fleet file that reads back as the same fleet.
[[nodiscard]] QByteArray renderFleet(const Fleet &fleet);

// "line 3, column 5: unknown key "enviroment" in the cluster. Did you mean "environment"?", one to a line.
[[nodiscard]] QString problemLines(const std::vector<FileProblem> &problems);

} // namespace tidemark
