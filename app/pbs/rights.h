#pragma once

#include "fleet/fleetstate.h"
#include "pbs/contents.h"

#include <QString>

namespace tidemark::pbs {

// Whether a privilege holds on a path, out of what the server tells of all paths: the nearest path at or
// above decides; above, only what holds below it too.
[[nodiscard]] bool holds(const Permissions &permissions, const QString &path, const QString &privilege);

// Whether it holds on a path and on every path below that the server tells of.
[[nodiscard]] bool holdsBelow(const Permissions &permissions, const QString &path, const QString &privilege);

// The command that gives a role, its words quoted for a shell.
[[nodiscard]] MissingRight missingRight(
    const QString &what, const QString &path, const QString &role, const QString &authId);

// "/datastore/store/ns"
[[nodiscard]] QString datastorePath(const QString &store, const QString &ns = {});

} // namespace tidemark::pbs
