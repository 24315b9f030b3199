#pragma once

#include "ctl/tools.h"

namespace tidemark::ctl {

// Runs that program; a stop request ends it.
[[nodiscard]] std::shared_ptr<LabProgram> makeLabProgram(const QString &program);

} // namespace tidemark::ctl
