#pragma once

#include "values/error.h"

#include <QString>

namespace tidemark {

// An error in a person's words: what happened, and what to do next. The other side's own words
// (Error::detail) are shown below it, as they are.
struct ErrorText {
    QString sentence; // "The certificate of the backup server has changed"
    QString hint; // "Compare the fingerprint …"; may be empty
};

[[nodiscard]] ErrorText errorText(const Error &error);
// True when the code has words of its own, not only those of its kind.
[[nodiscard]] bool hasOwnText(const QString &code);

} // namespace tidemark
