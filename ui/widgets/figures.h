#pragma once

#include "values/instant.h"
#include "widgets/amounts.h"

namespace tidemark {

// "4 s ago"; a moment ahead of now is "in 12 s".
[[nodiscard]] QString agoWords(Instant then, Instant now);
// A foreign text on one line: what would break or hide it (newlines, tabs, direction marks) is shown as a
// sign.
[[nodiscard]] QString oneLine(const QString &text);
// A foreign text as a tool tip: never taken for markup.
[[nodiscard]] QString plainTip(const QString &text);

} // namespace tidemark
