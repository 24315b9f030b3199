#pragma once

#include "values/instant.h"

#include <QString>

#include <vector>

namespace tidemark {

// A person knows of one occurrence of something wrong and lets it be: a finding, a missed run, a conflict. It
// goes on being shown, as accepted; it raises no alarm any more.
struct Acceptance {
    QString key; // of the occurrence: Finding::occurrence(), occurrenceOf()
    QString reason;
    QString who;
    Instant at;

    bool operator==(const Acceptance &) const = default;
};

// The newest for this occurrence; null: nobody accepted it.
[[nodiscard]] const Acceptance *acceptanceOf(const std::vector<Acceptance> &accepted, const QString &key);

// Names of occurrences, the same from start to start.
[[nodiscard]] QString runOccurrence(const QString &schedule, Instant due);
[[nodiscard]] QString conflictOccurrence(const QString &first, const QString &second, Instant due);

} // namespace tidemark
