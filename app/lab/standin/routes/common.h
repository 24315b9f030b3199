#pragma once

#include "standin/call.h"
#include "standin/privileges.h"
#include "standin/router.h"

#include <tl/expected.hpp>

namespace tidemark::standin {

const QString Enoent = QStringLiteral("ENOENT: No such file or directory");
const QString GroupParameters = QStringLiteral("backup-type*:type backup-id*:id ns:ns ");
const QString SnapshotParameters = GroupParameters + QStringLiteral("backup-time*:time ");
const QString KeepParameters = QStringLiteral(
    "keep-last:keep keep-hourly:keep keep-daily:keep keep-weekly:keep keep-monthly:keep keep-yearly:keep ");

enum class Use { Read, Write };

// The datastore if it exists and its maintenance mode and disk allow that use, else the refusal.
[[nodiscard]] tl::expected<Datastore *, Reply> openStore(Site &site, const QString &name, Use use);

// What a caller may reach in a namespace.
struct Reach {
    Datastore *store = nullptr;
    Groups *groups = nullptr;
    QString ns;
    bool ownOnly = false;
};
// "all" privileges reach every group, "own" ones those the caller owns. The call's store and ns are meant.
[[nodiscard]] tl::expected<Reach, Reply> reach(
    const Call &call, const QString &all, const QString &own, Use use);

struct Found {
    Reach where;
    Group *group = nullptr;
    Snapshot *snapshot = nullptr;
};
// The group (and snapshot) the call names. Unknown ones are refused with the text.
[[nodiscard]] tl::expected<Found, Reply> findGroup(
    const Call &call, const QString &all, const QString &own, Use use, const QString &unknown = Enoent);
[[nodiscard]] tl::expected<Found, Reply> findSnapshot(
    const Call &call, const QString &all, const QString &own, Use use, const QString &unknown = Enoent);

[[nodiscard]] QString groupPath(const Call &call); // TYPE/ID
[[nodiscard]] QString snapshotPath(const Call &call); // TYPE/ID/TIME
[[nodiscard]] QJsonObject gcStatus(const Datastore &store);
[[nodiscard]] QJsonArray filesOf(const Snapshot &snapshot);
// Removes what is not protected; true when nothing is left.
[[nodiscard]] bool emptyGroup(Group &group);
// What "maintenance-mode" says: its type and message.
struct Maintenance {
    QString type;
    QString message;
};
[[nodiscard]] Maintenance maintenanceOf(const Datastore &store);

} // namespace tidemark::standin
