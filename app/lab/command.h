#pragma once

#include "lab/lab.h"

#include <QByteArray>
#include <QStringList>

namespace tidemark::lab {

// The command line of tidemark-lab. Exit codes of `status`: 0 all run, 1 some are stopped, 2 some are broken,
// 3 not a lab. Of the others: 0 done, 1 failed, 2 wrong usage, 3 not a lab, 4 another one is at work.
[[nodiscard]] int runCommand(const QStringList &arguments);

[[nodiscard]] QByteArray statusJson(const LabStatus &status);
[[nodiscard]] QString statusText(const LabStatus &status);
[[nodiscard]] int exitCodeOf(const Error &error);
[[nodiscard]] int exitCodeOf(State state);

} // namespace tidemark::lab
