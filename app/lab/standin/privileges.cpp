#include "standin/privileges.h"

#include <QRegularExpression>

#include <algorithm>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

const QList<Role> &roles()
{
    static const QString everyStore
        = u"Datastore.Audit Datastore.Modify Datastore.Read Datastore.Verify Datastore.Backup Datastore.Prune"_s;
    static const auto words = [](const QString &text) { return text.split(u' ', Qt::SkipEmptyParts); };
    static const QList<Role> all {
        { u"Admin"_s, u"Administrator"_s,
            words(u"Sys.Audit Sys.Modify Sys.PowerManagement Datastore.Allocate Permissions.Modify "
                  u"Remote.Audit Remote.Modify Remote.Read Sys.Console Tape.Audit Tape.Modify Tape.Write "
                  u"Tape.Read Realm.Allocate "_s
                + everyStore) },
        { u"NoAccess"_s, u"Disable Access"_s, {} },
        { u"Audit"_s, u"Auditor"_s, words(u"Sys.Audit Datastore.Audit"_s) },
        { u"DatastoreAdmin"_s, u"Datastore Administrator"_s, words(everyStore) },
        { u"DatastoreReader"_s, u"Datastore Reader (inspect datastore content and do restores)"_s,
            words(u"Datastore.Audit Datastore.Read Datastore.Verify"_s) },
        { u"DatastoreBackup"_s, u"Datastore Backup (backup and restore owned backups)"_s,
            { u"Datastore.Backup"_s } },
        { u"DatastorePowerUser"_s, u"Datastore PowerUser (backup, restore and prune owned backup)"_s,
            words(u"Datastore.Backup Datastore.Prune"_s) },
        { u"DatastoreAudit"_s, u"Datastore Auditor"_s, { u"Datastore.Audit"_s } },
        { u"RemoteAudit"_s, u"Remote Auditor"_s, { u"Remote.Audit"_s } },
        { u"RemoteAdmin"_s, u"Remote Administrator"_s, words(u"Remote.Audit Remote.Modify Remote.Read"_s) },
        { u"RemoteSyncOperator"_s, u"Synchronisation operator"_s, words(u"Remote.Audit Remote.Read"_s) },
        { u"TapeAudit"_s, u"Tape Auditor"_s, { u"Tape.Audit"_s } },
        { u"TapeAdmin"_s, u"Tape Administrator"_s, words(u"Tape.Audit Tape.Modify Tape.Read Tape.Write"_s) },
        { u"TapeOperator"_s, u"Tape Operator"_s, words(u"Tape.Audit Tape.Write Tape.Read"_s) },
        { u"TapeReader"_s, u"Tape Reader"_s, words(u"Tape.Audit Tape.Read"_s) },
    };
    return all;
}

bool isSuperuser(const QString &authId)
{
    return authId == u"root@pam";
}

bool isToken(const QString &authId)
{
    return authId.contains(u'!');
}

QString userOf(const QString &authId)
{
    return authId.section(u'!', 0, 0);
}

bool ownsAs(const QString &authId, const QString &owner)
{
    return authId == owner || (!isToken(authId) && isToken(owner) && userOf(owner) == authId);
}

static QSet<QString> privilegesOf(const QString &role)
{
    for (const Role &r : roles())
        if (r.id == role)
            return { r.privileges.begin(), r.privileges.end() };
    return {};
}

// The entries of one AUTHID at one node of the tree, or nothing when there are none.
static std::optional<Rights> entriesAt(
    const State &state, const QString &authId, const QString &path, bool isTarget)
{
    std::optional<Rights> found;
    for (const AclEntry &entry : state.acl) {
        if (entry.authId != authId || entry.path != path || (!entry.propagate && !isTarget))
            continue;
        const QSet<QString> given = privilegesOf(entry.role);
        if (!found)
            found.emplace();
        found->here |= given;
        if (entry.propagate)
            found->below |= given;
    }
    return found;
}

static Rights ownRights(const State &state, const QString &authId, const QString &path)
{
    Rights rights;
    QString at = u"/"_s;
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    for (qsizetype depth = 0; depth <= parts.size(); ++depth) {
        if (depth > 0)
            at = (depth == 1 ? QString() : at) + u'/' + parts[depth - 1];
        if (const auto entries = entriesAt(state, authId, at, depth == parts.size()))
            rights = *entries;
    }
    return rights;
}

static Rights everything()
{
    const QSet<QString> all = privilegesOf(u"Admin"_s);
    return { all, all };
}

Rights rightsOn(const State &state, const QString &authId, const QString &path)
{
    if (isSuperuser(authId))
        return everything();
    Rights rights = ownRights(state, authId, path);
    if (isToken(authId)) {
        const Rights user = rightsOn(state, userOf(authId), path);
        rights.here &= user.here;
        rights.below &= user.below;
    }
    return rights;
}

bool mayAny(const State &state, const QString &authId, const QString &path, const QStringList &privileges)
{
    const QSet<QString> have = rightsOn(state, authId, path).here;
    return std::any_of(
        privileges.begin(), privileges.end(), [&](const QString &p) { return have.contains(p); });
}

bool mayAnyBelow(
    const State &state, const QString &authId, const QString &path, const QStringList &privileges)
{
    if (mayAny(state, authId, path, privileges))
        return true;
    return std::any_of(state.acl.begin(), state.acl.end(), [&](const AclEntry &entry) {
        return entry.path.startsWith(path + u'/') && mayAny(state, authId, entry.path, privileges);
    });
}

static bool enabled(const QJsonObject &attributes, qint64 now)
{
    const qint64 expire = attributes[u"expire"_s].toInteger(0);
    return attributes[u"enable"_s].toBool(true) && (expire == 0 || expire > now);
}

bool isActive(const State &state, const QString &authId, qint64 now)
{
    const auto user = state.users.find(userOf(authId));
    if (user == state.users.end() || !enabled(user->second.attributes, now))
        return false;
    if (!isToken(authId))
        return true;
    const auto token = user->second.tokens.find(authId.section(u'!', 1));
    return token != user->second.tokens.end() && enabled(token->second.attributes, now);
}

bool isAclPath(const QString &path)
{
    static const QRegularExpression known(
        uR"(^/$|^/access(/(acl|users|domains|openid(/[^/]+)?))?$|^/datastore(/.+)?$|^/remote(/.+)?$)"
        uR"(|^/system(/(certificates|disks|log|notifications|status|tasks|time|network(/[^/]+)?|services(/[^/]+)?))?$)"
        uR"(|^/tape(/(device|pool|job)(/[^/]+)?)?$)"_s);
    return known.match(path).hasMatch();
}

QString storePath(const QString &store, const QString &ns)
{
    return u"/datastore/"_s + store + (ns.isEmpty() ? QString() : u'/' + ns);
}

} // namespace tidemark::standin
