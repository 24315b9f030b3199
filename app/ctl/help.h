#pragma once

#include "ctl/command.h"

namespace tidemark::ctl {

[[nodiscard]] QString programHelp();
[[nodiscard]] QString commandHelp(const Command &command);
[[nodiscard]] QString synopsis(const Command &command); // "tidemarkctl pbs tasks [--fleet FILE] … [SOURCE]"
[[nodiscard]] QString versionLine();
[[nodiscard]] QByteArray manPage(); // installer/man/tidemarkctl.1

} // namespace tidemark::ctl
