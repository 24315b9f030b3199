#pragma once

#include "insight/finding.h"

#include <QStringList>

namespace tidemark::ctl {

// Text from outside on one line of a terminal: nothing in it can move the cursor or turn the line around.
[[nodiscard]] QString safe(const QString &text, int limit = 200);

[[nodiscard]] QString errorWords(const Error &error); // "cannot be reached: connection refused [pg.08006]"
[[nodiscard]] QString findingWords(const Finding &finding); // without the server's or source's name
[[nodiscard]] QString sizeWords(const std::optional<Bytes> &size); // "1.5 GiB", "-" when not told
[[nodiscard]] QString timeWords(const std::optional<Instant> &time);
[[nodiscard]] QString shareWords(const std::optional<double> &share); // "83 %"
[[nodiscard]] QString counted(qsizetype count, const QString &one); // "1 gap", "2 gaps"
[[nodiscard]] QString orDash(const QString &text);
[[nodiscard]] QString environmentWord(Environment environment);

} // namespace tidemark::ctl
