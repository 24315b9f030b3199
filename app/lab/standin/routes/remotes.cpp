#include "standin/routes/common.h"
#include "standin/routes/routes.h"
#include "standin/work.h"

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

QJsonObject shown(QJsonObject remote)
{
    remote.remove(u"password"_s);
    return remote;
}

Section &remotes(const Call &call)
{
    return call.state().config[u"remote"_s];
}

tl::expected<QJsonObject *, Reply> remoteFor(const Call &call)
{
    const auto found = remotes(call).find(call.text(u"name"_s));
    if (found == remotes(call).end())
        return tl::unexpected(refuse(u"no such remote '%1'"_s.arg(call.text(u"name"_s))));
    return &found->second;
}

Reply list(const CallPtr &call)
{
    QJsonArray result;
    for (const auto &[name, remote] : remotes(*call))
        if (mayAny(call->state(), call->authId, u"/remote/"_s + name, { u"Remote.Audit"_s }))
            result.append(shown(remote));
    return withDigest(result, digestOf(remotes(*call)));
}

Reply get(const CallPtr &call)
{
    const auto remote = remoteFor(*call);
    return remote ? withDigest(shown(**remote), digestOf(remotes(*call))) : remote.error();
}

Reply create(const CallPtr &call)
{
    const QString name = call->text(u"name"_s);
    if (remotes(*call).contains(name)) {
        Reply reply = refuse({});
        reply.parameterErrors = { { u"name"_s, u"remote '%1' already exists."_s.arg(name) } };
        return reply;
    }
    remotes(*call)[name] = call->params;
    call->site.changed();
    return ok();
}

Reply update(const CallPtr &call)
{
    const auto remote = remoteFor(*call);
    if (!remote)
        return remote.error();
    if (call->has(u"digest"_s) && call->text(u"digest"_s) != digestOf(remotes(*call)))
        return refuse(u"detected modified configuration - file changed by other user? Try again."_s);
    for (const QString &name : call->list(u"delete"_s))
        (*remote)->remove(name);
    for (auto it = call->params.begin(); it != call->params.end(); ++it)
        if (it.key() != u"digest" && it.key() != u"delete")
            (**remote)[it.key()] = it.value();
    call->site.changed();
    return ok();
}

Reply removeRemote(const CallPtr &call)
{
    const auto remote = remoteFor(*call);
    if (!remote)
        return remote.error();
    remotes(*call).erase(call->text(u"name"_s));
    call->site.changed();
    return ok();
}

// Asks the other side, which is this server or nobody.
template <class Look>
Reply scan(const CallPtr &call, Look look)
{
    const auto remote = remoteFor(*call);
    if (!remote)
        return remote.error();
    if (remoteEnd(call->site, **remote) == RemoteEnd::Self)
        return look();
    return refuse(u"failed to scan remote '%1' - remote connection to '%2' failed - %3"_s.arg(
                      call->text(u"name"_s), (**remote)[u"host"_s].toString(), connectionError(**remote)),
        500);
}

Reply scanStores(const CallPtr &call)
{
    return scan(call, [&] {
        QJsonArray result;
        for (const auto &[name, store] : call->state().stores) {
            QJsonObject item { { u"store"_s, name }, { u"comment"_s, store.config[u"comment"_s] } };
            if (!store.config.contains(u"comment"_s))
                item[u"comment"_s] = QJsonValue();
            if (store.config.contains(u"maintenance-mode"_s))
                item[u"maintenance"_s] = store.config[u"maintenance-mode"_s];
            result.append(item);
        }
        return ok(result);
    });
}

// Asks this very server again, as whoever the remote's configuration logs in as.
Reply askSelf(const CallPtr &call, const QString &path, const QJsonObject &params)
{
    Call other { call->site, (*remoteFor(*call))->value(u"auth-id"_s).toString(), params, "GET", {} };
    static const std::unique_ptr<Routes> routes = [] {
        auto made = std::make_unique<Routes>();
        addContentRoutes(*made);
        addNamespaceRoutes(*made);
        return made;
    }();
    const QStringList parts { u"admin"_s, u"datastore"_s, params[u"store"_s].toString(), path };
    return routes->find("GET", parts)->handler()(std::make_shared<Call>(other));
}

Reply scanNamespaces(const CallPtr &call)
{
    return scan(call, [&] {
        return askSelf(call, u"namespace"_s, { { u"store"_s, call->text(u"store"_s) } });
    });
}

Reply scanGroups(const CallPtr &call)
{
    return scan(call, [&] {
        return askSelf(call, u"groups"_s,
            { { u"store"_s, call->text(u"store"_s) }, { u"ns"_s, call->text(u"namespace"_s) } });
    });
}

} // namespace

void addRemoteRoutes(Routes &r)
{
    const QString optional = u"port:port fingerprint:fingerprint comment:line "_s;
    r.add(u"GET config/remote"_s, {}, list);
    r.add(u"POST config/remote"_s, optional + u"name*:job host*:host auth-id*:authid password*:secret"_s,
         create)
        .needs(u"/remote"_s, u"Remote.Modify"_s)
        .privileged();
    const QString one = u" config/remote/{name:job}"_s;
    r.add(u"GET"_s + one, {}, get).needs(u"/remote/{name}"_s, u"Remote.Audit"_s);
    r.add(u"PUT"_s + one,
         optional
             + u"host:host auth-id:authid password:secret digest:digest delete:[]{comment|fingerprint|port}"_s,
         update)
        .needs(u"/remote/{name}"_s, u"Remote.Modify"_s)
        .privileged();
    r.add(u"DELETE"_s + one, u"digest:digest"_s, removeRemote)
        .needs(u"/remote/{name}"_s, u"Remote.Modify"_s)
        .privileged();
    r.add(u"GET"_s + one + u"/scan"_s, {}, scanStores).needs(u"/remote/{name}"_s, u"Remote.Audit"_s);
    r.add(u"GET"_s + one + u"/scan/{store:store}/namespaces"_s, {}, scanNamespaces)
        .needs(u"/remote/{name}"_s, u"Remote.Audit"_s);
    r.add(u"GET"_s + one + u"/scan/{store:store}/groups"_s, u"namespace:ns"_s, scanGroups)
        .needs(u"/remote/{name}"_s, u"Remote.Audit"_s);
}

} // namespace tidemark::standin
