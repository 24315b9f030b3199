#pragma once

#include "items/cell.h"
#include "theme/tokens.h"

namespace tidemark {

// The colour of the words of what a cell means: coloured only where something is wrong.
[[nodiscard]] Token wordsToken(Standing standing);
// True where the words carry weight: attention and failure.
[[nodiscard]] bool isLoud(Standing standing);

} // namespace tidemark
