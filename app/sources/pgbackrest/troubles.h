#pragma once

#include "backup/scan.h"
#include "pgbackrest/info.h"

namespace tidemark::pgbackrest {

// "demo/repo1"
[[nodiscard]] QString storeOf(const Stanza &stanza, qint64 repository);

// What a stanza and its parts in the repositories say of themselves, in pgBackRest's words.
[[nodiscard]] std::vector<SourceTrouble> troublesOf(
    const Stanza &stanza, const QString &source, const QString &cluster);

// Whether every list of it can be believed, so that what is not there is gone.
[[nodiscard]] bool isWhole(const Stanza &stanza);

} // namespace tidemark::pgbackrest
