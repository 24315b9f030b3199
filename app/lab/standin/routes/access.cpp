#include "standin/authentication.h"
#include "standin/routes/common.h"
#include "standin/routes/routes.h"

#include <QJsonDocument>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

Reply loginFailed()
{
    Reply reply = refuse(u"permission check failed."_s, 401);
    reply.delayMs = 3000;
    return reply;
}

Reply ticketReply(
    const Call &call, const QString &user, const QString &data, const QString &boundTo, bool whole)
{
    return ok(QJsonObject { { u"username"_s, user },
        { u"ticket"_s, makeTicket(call.state(), data, call.now(), boundTo) },
        { u"CSRFPreventionToken"_s, whole ? makeCsrfToken(call.state(), user, call.now()) : u"invalid"_s } });
}

// The second of two steps: a code, and the ticket that asked for it.
Reply secondStep(const Call &call, const QString &name, User &user)
{
    const auto challenge
        = checkTicket(call.state(), call.text(u"tfa-challenge"_s), call.now(), ChallengeLifetime, name);
    const QString password = call.text(u"password"_s);
    if (!challenge || !challenge->startsWith(u"!tfa!") || !password.startsWith(u"totp:")
        || !takeTotp(user, password.mid(5), call.now()))
        return loginFailed();
    call.site.changed();
    return ticketReply(call, name, name, {}, true);
}

Reply createTicket(const CallPtr &call)
{
    const QString name = call->text(u"username"_s);
    const QString password = call->text(u"password"_s);
    const auto user = call->state().users.find(name);
    if (user == call->state().users.end() || !isActive(call->state(), name, call->now()))
        return loginFailed();
    if (call->has(u"tfa-challenge"_s))
        return secondStep(*call, name, user->second);
    if (password.startsWith(u"PBS:")) { // renewal
        const auto valid = checkTicket(call->state(), password, call->now(), TicketLifetime);
        return valid && *valid == name ? ticketReply(*call, name, name, {}, true) : loginFailed();
    }
    if (user->second.passwordHash.isEmpty() || user->second.passwordHash != hashSecret(password.toUtf8()))
        return loginFailed();
    if (!user->second.totp.isEmpty())
        return ticketReply(*call, name, u"!tfa!{\"totp\"%3Atrue}"_s, name, false);
    return ticketReply(*call, name, name, {}, true);
}

Reply domains(const CallPtr &)
{
    return withDigest(
        QJsonArray {
            QJsonObject { { u"realm"_s, u"pam"_s }, { u"type"_s, u"pam"_s }, { u"default"_s, true },
                { u"comment"_s, u"Linux PAM standard authentication"_s } },
            QJsonObject { { u"realm"_s, u"pbs"_s }, { u"type"_s, u"pbs"_s },
                { u"comment"_s, u"Proxmox Backup authentication server"_s } },
        },
        digestOf({}));
}

Reply listRoles(const CallPtr &)
{
    QJsonArray list;
    for (const Role &role : roles())
        list.append(QJsonObject { { u"roleid"_s, role.id }, { u"comment"_s, role.comment },
            { u"privs"_s, QJsonArray::fromStringList(role.privileges) } });
    return ok(list);
}

// Paths with an entry, and the fixed ones.
QSet<QString> knownPaths(const State &state)
{
    QSet<QString> paths { u"/"_s, u"/access"_s, u"/datastore"_s, u"/remote"_s, u"/system"_s };
    for (const AclEntry &entry : state.acl)
        paths.insert(entry.path);
    return paths;
}

QJsonObject rightsAsJson(const Rights &rights)
{
    QJsonObject result;
    for (const QString &privilege : rights.here)
        result[privilege] = rights.below.contains(privilege);
    return result;
}

// Whether another AUTHID's permissions may be asked.
bool mayAskFor(const Call &call, const QString &authId)
{
    return authId == call.authId || userOf(authId) == call.authId
        || mayAny(call.state(), call.authId, u"/access"_s, { u"Sys.Audit"_s });
}

Reply permissions(const CallPtr &call)
{
    const QString authId = call->has(u"auth-id"_s) ? call->text(u"auth-id"_s) : call->authId;
    if (!mayAskFor(*call, authId))
        return refuse(u"not allowed to list permissions of %1"_s.arg(authId));
    QJsonObject result;
    const bool one = call->has(u"path"_s);
    for (const QString &path : one ? QSet<QString> { call->text(u"path"_s) } : knownPaths(call->state())) {
        const QJsonObject rights = rightsAsJson(rightsOn(call->state(), authId, path));
        if (!rights.isEmpty())
            result[path] = rights;
    }
    return ok(result);
}

QJsonObject aclItem(const AclEntry &entry)
{
    return { { u"path"_s, entry.path }, { u"propagate"_s, entry.propagate }, { u"roleid"_s, entry.role },
        { u"ugid"_s, entry.authId }, { u"ugid_type"_s, u"user"_s } };
}

Reply listAcl(const CallPtr &call)
{
    const bool all = mayAny(call->state(), call->authId, u"/access/acl"_s, { u"Sys.Audit"_s });
    if (!all && isToken(call->authId))
        return forbidden();
    const QString path = call->text(u"path"_s);
    const bool exact = call->flag(u"exact"_s);
    QJsonArray list;
    for (const AclEntry &entry : call->state().acl) {
        const bool fits = path.isEmpty() || entry.path == path
            || (!exact && entry.path.startsWith(path == u"/" ? path : path + u'/'));
        if (fits && (all || userOf(entry.authId) == call->authId))
            list.append(aclItem(entry));
    }
    return withDigest(list, digestOf({ { u"acl"_s, { { u"n"_s, list.size() } } } }));
}

Reply updateAcl(const CallPtr &call)
{
    const QString path = call->text(u"path"_s);
    const QString authId = call->text(u"auth-id"_s);
    const bool ownToken = isToken(authId) && userOf(authId) == call->authId;
    if (!ownToken && !mayAny(call->state(), call->authId, u"/access/acl"_s, { u"Permissions.Modify"_s }))
        return refuse(u"Unprivileged users can only modify ACL entries of their own API tokens."_s);
    if (!isAclPath(path))
        return refuse(u"invalid acl path '%1'."_s.arg(path));
    if (authId.isEmpty())
        return refuse(u"missing 'userid' or 'group' parameter."_s);
    const bool remove = call->flag(u"delete"_s);
    if (!remove && !call->state().users.contains(userOf(authId)))
        return refuse(u"no such %1."_s.arg(isToken(authId) ? u"API token"_s : u"user"_s));
    const QString role = call->text(u"role"_s);
    call->state().acl.removeIf(
        [&](const AclEntry &e) { return e.path == path && e.authId == authId && e.role == role; });
    if (!remove)
        call->state().acl.append({ path, authId, role, call->flag(u"propagate"_s, true) });
    call->site.changed();
    return ok();
}

QString roleWords()
{
    QStringList names;
    for (const Role &role : roles())
        names.append(role.id);
    return u'{' + names.join(u'|') + u'}';
}

} // namespace

void addAccessRoutes(Routes &r)
{
    r.index(u"access"_s, u"acl domains password permissions roles tfa ticket users"_s);
    r.add(u"POST access/ticket"_s,
         u"username*:userid password*:secret tfa-challenge:text path:text privs:text port:port"_s,
         createTicket)
        .world()
        .privileged();
    r.add(u"GET access/domains"_s, {}, domains).world();
    r.add(u"GET access/roles"_s, {}, listRoles);
    r.add(u"GET access/permissions"_s, u"auth-id:authid path:aclpath"_s, permissions);
    r.add(u"GET access/acl"_s, u"path:aclpath exact:bool"_s, listAcl);
    r.add(u"PUT access/acl"_s,
         u"path*:aclpath role*:%1 auth-id:authid group:text propagate:bool delete:bool digest:digest"_s.arg(
             roleWords()),
         updateAcl)
        .privileged();
}

} // namespace tidemark::standin
