#include "standin/authentication.h"
#include "standin/routes/common.h"
#include "standin/routes/routes.h"

#include <QUrl>
#include <QUrlQuery>
#include <QUuid>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

const QString Users = u"/access/users"_s;

QString digestOfUsers(const State &state)
{
    Section section;
    for (const auto &[id, user] : state.users) {
        QJsonObject entry = user.attributes;
        for (const auto &[name, token] : user.tokens)
            entry[name] = token.attributes;
        section[id] = entry;
    }
    return digestOf(section);
}

bool mayRead(const Call &call, const QString &userId)
{
    return userOf(call.authId) == userId || mayAny(call.state(), call.authId, Users, { u"Sys.Audit"_s });
}

// A token may not do what is the user's own business.
bool mayManage(const Call &call, const QString &userId)
{
    return call.authId == userId || mayAny(call.state(), call.authId, Users, { u"Permissions.Modify"_s });
}

QJsonObject userItem(const QString &id, const User &user, bool withTokens)
{
    QJsonObject item = user.attributes;
    item[u"userid"_s] = id;
    if (!withTokens || user.tokens.empty())
        return item;
    QJsonArray tokens;
    for (const auto &[name, token] : user.tokens) {
        QJsonObject entry = token.attributes;
        entry[u"tokenid"_s] = QString(id + u'!' + name);
        tokens.append(entry);
    }
    item[u"tokens"_s] = tokens;
    return item;
}

Reply listUsers(const CallPtr &call)
{
    QJsonArray list;
    for (const auto &[id, user] : call->state().users)
        if (mayRead(*call, id))
            list.append(userItem(id, user, call->flag(u"include_tokens"_s)));
    return withDigest(list, digestOfUsers(call->state()));
}

// The user the path names, for reading or for changing.
tl::expected<User *, Reply> userFor(const Call &call, bool toChange)
{
    const QString id = call.text(u"userid"_s);
    if (toChange ? !mayManage(call, id) : !mayRead(call, id))
        return tl::unexpected(forbidden());
    const auto found = call.state().users.find(id);
    if (found == call.state().users.end())
        return tl::unexpected(refuse(u"no such user '%1'"_s.arg(id)));
    return &found->second;
}

Reply getUser(const CallPtr &call)
{
    const auto user = userFor(*call, false);
    if (!user)
        return user.error();
    return withDigest(userItem(call->text(u"userid"_s), **user, false), digestOfUsers(call->state()));
}

// Takes over what was given of these properties.
void takeProperties(const Call &call, const QStringList &names, QJsonObject &into)
{
    for (const QString &name : names)
        if (call.has(name))
            into[name] = call.params[name];
    for (const QString &name : call.list(u"delete"_s))
        into.remove(name);
}

const QStringList UserProperties { u"comment"_s, u"enable"_s, u"expire"_s, u"firstname"_s, u"lastname"_s,
    u"email"_s };
const QStringList TokenProperties { u"comment"_s, u"enable"_s, u"expire"_s };

Reply createUser(const CallPtr &call)
{
    const QString id = call->text(u"userid"_s);
    if (call->state().users.contains(id))
        return refuse(u"user '%1' already exists."_s.arg(id));
    User &user = call->state().users[id];
    takeProperties(*call, UserProperties, user.attributes);
    if (call->has(u"password"_s))
        user.passwordHash = hashSecret(call->text(u"password"_s).toUtf8());
    call->site.changed();
    return ok();
}

Reply updateUser(const CallPtr &call)
{
    const auto user = userFor(*call, true);
    if (!user)
        return user.error();
    if (call->has(u"digest"_s) && call->text(u"digest"_s) != digestOfUsers(call->state()))
        return refuse(u"detected modified configuration - file changed by other user? Try again."_s);
    takeProperties(*call, UserProperties, (*user)->attributes);
    if (call->has(u"password"_s))
        (*user)->passwordHash = hashSecret(call->text(u"password"_s).toUtf8());
    call->site.changed();
    return ok();
}

Reply deleteUser(const CallPtr &call)
{
    const auto user = userFor(*call, true);
    if (!user)
        return user.error();
    const QString id = call->text(u"userid"_s);
    call->state().users.erase(id);
    call->state().acl.removeIf([&](const AclEntry &e) { return userOf(e.authId) == id; });
    call->site.changed();
    return ok();
}

Reply listTokens(const CallPtr &call)
{
    const auto user = userFor(*call, false);
    if (!user)
        return user.error();
    QJsonArray list;
    for (const auto &[name, token] : (*user)->tokens) {
        QJsonObject item = token.attributes;
        item[u"token-name"_s] = name;
        item[u"tokenid"_s] = QString(call->text(u"userid"_s) + u'!' + name);
        list.append(item);
    }
    return withDigest(list, digestOfUsers(call->state()));
}

// The token the path names; the refusal says it does not exist.
tl::expected<Token *, Reply> tokenFor(const Call &call, bool toChange)
{
    const auto user = userFor(call, toChange);
    if (!user)
        return tl::unexpected(user.error());
    const auto found = (*user)->tokens.find(call.text(u"token-name"_s));
    if (found == (*user)->tokens.end())
        return tl::unexpected(refuse(u"token '%1' of user '%2' does not exist."_s.arg(
            call.text(u"token-name"_s), call.text(u"userid"_s))));
    return &found->second;
}

QString tokenId(const Call &call)
{
    return call.text(u"userid"_s) + u'!' + call.text(u"token-name"_s);
}

Reply getToken(const CallPtr &call)
{
    const auto token = tokenFor(*call, false);
    if (!token)
        return token.error();
    QJsonObject item = (*token)->attributes;
    item[u"tokenid"_s] = tokenId(*call);
    return withDigest(item, digestOfUsers(call->state()));
}

Reply createToken(const CallPtr &call)
{
    const auto user = userFor(*call, true);
    if (!user)
        return user.error();
    const QString name = call->text(u"token-name"_s);
    if ((*user)->tokens.contains(name))
        return refuse(u"token '%1' for user '%2' already exists."_s.arg(name, call->text(u"userid"_s)));
    Token &token = (*user)->tokens[name];
    takeProperties(*call, TokenProperties, token.attributes);
    const QString secret = QUuid::createUuid().toString(QUuid::WithoutBraces);
    token.secretHash = hashSecret(secret.toLatin1());
    call->site.changed();
    return ok(QJsonObject { { u"tokenid"_s, tokenId(*call) }, { u"value"_s, secret } });
}

Reply updateToken(const CallPtr &call)
{
    const auto token = tokenFor(*call, true);
    if (!token)
        return token.error();
    takeProperties(*call, TokenProperties, (*token)->attributes);
    call->site.changed();
    return ok();
}

Reply deleteToken(const CallPtr &call)
{
    const auto token = tokenFor(*call, true);
    if (!token)
        return token.error();
    const QString id = tokenId(*call);
    call->state().users.at(call->text(u"userid"_s)).tokens.erase(call->text(u"token-name"_s));
    call->state().acl.removeIf([&](const AclEntry &e) { return e.authId == id; });
    call->site.changed();
    return ok();
}

Reply changePassword(const CallPtr &call)
{
    const auto user = userFor(*call, true);
    if (!user)
        return user.error();
    (*user)->passwordHash = hashSecret(call->text(u"password"_s).toUtf8());
    call->site.changed();
    return ok();
}

QJsonObject factorItem(const SecondFactor &factor)
{
    return { { u"id"_s, factor.id }, { u"type"_s, u"totp"_s }, { u"description"_s, factor.description },
        { u"created"_s, factor.created } };
}

Reply listFactors(const CallPtr &call)
{
    const auto user = userFor(*call, false);
    if (!user)
        return user.error();
    QJsonArray list;
    for (const SecondFactor &factor : (*user)->totp)
        list.append(factorItem(factor));
    return ok(list);
}

Reply addFactor(const CallPtr &call)
{
    const auto user = userFor(*call, true);
    if (!user)
        return user.error();
    const auto &caller = call->state().users.at(userOf(call->authId));
    if (!caller.passwordHash.isEmpty()
        && caller.passwordHash != hashSecret(call->text(u"password"_s).toUtf8()))
        return refuse(u"authentication failed"_s, 401);
    const QUrlQuery query(QUrl(call->text(u"totp"_s)).query());
    SecondFactor factor { QUuid::createUuid().toString(QUuid::WithoutBraces), call->text(u"description"_s),
        query.queryItemValue(u"secret"_s).toLatin1(), call->now(), 0 };
    User probe;
    probe.totp.append(factor);
    if (!takeTotp(probe, call->text(u"value"_s), call->now()))
        return refuse(u"failed to verify TOTP challenge"_s);
    (*user)->totp.append(factor);
    call->site.changed();
    return ok(QJsonObject { { u"id"_s, factor.id } });
}

Reply removeFactor(const CallPtr &call)
{
    const auto user = userFor(*call, true);
    if (!user)
        return user.error();
    const QString id = call->text(u"id"_s);
    if ((*user)->totp.removeIf([&](const SecondFactor &f) { return f.id == id; }) == 0)
        return refuse(u"no such tfa entry '%1/%2'"_s.arg(call->text(u"userid"_s), id), 404);
    call->site.changed();
    return ok();
}

} // namespace

void addUserRoutes(Routes &r)
{
    const QString attributes
        = u"comment:line enable:bool expire:natural firstname:name lastname:name email:name "_s;
    r.add(u"GET access/users"_s, u"include_tokens:bool"_s, listUsers);
    r.add(u"POST access/users"_s, attributes + u"userid*:userid password:newpassword"_s, createUser)
        .needs(Users, u"Permissions.Modify"_s)
        .privileged();
    const QString user = u"access/users/{userid:userid}"_s;
    r.add(u"GET "_s + user, {}, getUser);
    r.add(u"PUT "_s + user,
         attributes + u"password:newpassword digest:digest delete:[]{comment|firstname|lastname|email}"_s,
         updateUser)
        .privileged();
    r.add(u"DELETE "_s + user, u"digest:digest"_s, deleteUser).privileged();
    r.add(u"GET "_s + user + u"/token"_s, {}, listTokens);
    const QString token = user + u"/token/{token-name:id}"_s;
    const QString tokenAttributes = u"comment:line enable:bool expire:natural digest:digest "_s;
    r.add(u"GET "_s + token, {}, getToken);
    r.add(u"POST "_s + token, tokenAttributes, createToken).privileged();
    r.add(u"PUT "_s + token, tokenAttributes + u"delete:[]{comment}"_s, updateToken).privileged();
    r.add(u"DELETE "_s + token, u"digest:digest"_s, deleteToken).privileged();
    r.add(u"PUT access/password"_s, u"userid*:userid password*:newpassword confirmation-password:secret"_s,
         changePassword)
        .privileged();
    const QString tfa = u"access/tfa/{userid:userid}"_s;
    r.add(u"GET "_s + tfa, {}, listFactors);
    r.add(u"POST "_s + tfa,
         u"type*:{totp} description:line totp*:text value*:text password:secret challenge:text"_s, addFactor)
        .privileged();
    r.add(u"DELETE "_s + tfa + u"/{id:text}"_s, u"password:secret"_s, removeFactor).privileged();
}

} // namespace tidemark::standin
