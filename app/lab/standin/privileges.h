#pragma once

#include "standin/state.h"

#include <QMap>
#include <QSet>

namespace tidemark::standin {

struct Role {
    QString id;
    QString comment;
    QStringList privileges;
};

[[nodiscard]] const QList<Role> &roles();

struct Rights {
    QSet<QString> here;
    QSet<QString> below; // those that propagate
};

// What an AUTHID may do on a path: deeper entries replace, a token never has more than its user, and
// root@pam everything.
[[nodiscard]] Rights rightsOn(const State &state, const QString &authId, const QString &path);
[[nodiscard]] bool mayAny(
    const State &state, const QString &authId, const QString &path, const QStringList &privileges);
// The same on the path or on any namespace below it.
[[nodiscard]] bool mayAnyBelow(
    const State &state, const QString &authId, const QString &path, const QStringList &privileges);
[[nodiscard]] bool isSuperuser(const QString &authId);

[[nodiscard]] QString userOf(const QString &authId); // without the token's name
[[nodiscard]] bool isToken(const QString &authId);
// The owner itself, or the owner is a token of the asking user.
[[nodiscard]] bool ownsAs(const QString &authId, const QString &owner);
[[nodiscard]] bool isActive(const State &state, const QString &authId, qint64 now);
[[nodiscard]] bool isAclPath(const QString &path);
[[nodiscard]] QString storePath(const QString &store, const QString &ns = {});

} // namespace tidemark::standin
