#pragma once

#include "ports/practicelab.h"

#include <QString>

#include <memory>

namespace tidemark {

// The lab behind the program tidemark-lab. A stop request ends the program at once; the lab takes up where it
// was when asked again. Errors carry the program's own code ("lab.busy", "lab.space" …) and words.
[[nodiscard]] std::shared_ptr<PracticeLab> makePracticeLab(const QString &programPath);

} // namespace tidemark
