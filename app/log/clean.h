#pragma once

#include <QString>

namespace tidemark::log {

// The text as it may stand in the log: what looks like a secret is "***", control characters and others that
// could forge or hide a line are escaped, and what is beyond 8000 characters is cut. Secrets have a type that
// does not print; this is for the words of servers, libraries and commands.
[[nodiscard]] QString clean(const QString &text);

} // namespace tidemark::log
