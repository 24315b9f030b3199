#pragma once

#include "insight/facts.h"

namespace tidemark {

// Whether what is not there is known to be missing: the source was read, and neither rights nor the tool
// itself kept a part back.
[[nodiscard]] bool readWholly(const SourceFacts &source);

} // namespace tidemark
