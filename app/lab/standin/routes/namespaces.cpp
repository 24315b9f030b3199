#include "standin/routes/common.h"
#include "standin/routes/routes.h"

#include <algorithm>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

qsizetype depthOf(const QString &ns)
{
    return ns.isEmpty() ? 0 : ns.count(u'/') + 1;
}

bool isWithin(const QString &ns, const QString &parent)
{
    return parent.isEmpty() || ns == parent || ns.startsWith(parent + u'/');
}

QString parentOf(const QString &ns)
{
    return ns.contains(u'/') ? ns.section(u'/', 0, -2) : QString();
}

Reply listNamespaces(const CallPtr &call)
{
    const auto store = openStore(call->site, call->text(u"store"_s), Use::Read);
    if (!store)
        return store.error();
    const QString parent = call->text(u"parent"_s);
    QStringList names { parent }; // itself, even when it does not exist
    for (const auto &[ns, groups] : (*store)->namespaces)
        if (ns != parent && isWithin(ns, parent)
            && depthOf(ns) - depthOf(parent) <= call->number(u"max-depth"_s, 7))
            names.append(ns);
    QJsonArray list;
    for (const QString &ns : names)
        if (mayAny(call->state(), call->authId, storePath(call->text(u"store"_s), ns),
                { u"Datastore.Audit"_s, u"Datastore.Modify"_s, u"Datastore.Backup"_s }))
            list.append(QJsonObject { { u"ns"_s, ns } });
    return ok(list);
}

std::optional<Reply> mayNotModify(const Call &call, const QString &parent)
{
    const QString path = storePath(call.text(u"store"_s), parent);
    if (mayAny(call.state(), call.authId, path, { u"Datastore.Modify"_s }))
        return {};
    return refuse(u"permission check failed - missing Datastore.Modify on "_s + path, 403);
}

Reply createNamespace(const CallPtr &call)
{
    const QString parent = call->text(u"parent"_s);
    if (const auto refusal = mayNotModify(*call, parent))
        return *refusal;
    const auto store = openStore(call->site, call->text(u"store"_s), Use::Write);
    if (!store)
        return store.error();
    const QString ns = (parent.isEmpty() ? QString() : parent + u'/') + call->text(u"name"_s);
    if (depthOf(ns) > 7)
        return refuse(u"namespace to deep, %1 > max 7"_s.arg(depthOf(ns)));
    if (!(*store)->namespaces.contains(parent))
        return refuse(u"cannot create new namespace, parent namespace does not exist!"_s);
    (*store)->namespaces.try_emplace(ns);
    call->site.changed();
    return ok(ns);
}

// True when nothing is left in it and below it.
bool emptyNamespace(Datastore &store, const QString &top, bool withGroups)
{
    bool allGone = true;
    for (auto &[ns, groups] : store.namespaces) {
        if (!isWithin(ns, top))
            continue;
        if (withGroups)
            for (auto it = groups.begin(); it != groups.end();)
                it = emptyGroup(it->second) ? groups.erase(it) : std::next(it);
        allGone = allGone && groups.empty();
    }
    return allGone;
}

Reply deleteNamespace(const CallPtr &call)
{
    const QString ns = call->text(u"ns"_s);
    if (const auto refusal = mayNotModify(*call, parentOf(ns)))
        return *refusal;
    const auto store = openStore(call->site, call->text(u"store"_s), Use::Write);
    if (!store)
        return store.error();
    const bool withGroups = call->flag(u"delete-groups"_s);
    if (!(*store)->namespaces.contains(ns))
        return withGroups ? refuse(Enoent) : ok();
    call->site.changed();
    if (!emptyNamespace(**store, ns, withGroups))
        return refuse(withGroups
                ? u"only partially deleted due to protected snapshots"_s
                : u"only partially deleted due to existing groups but `delete-groups` not true "_s);
    if (!ns.isEmpty())
        std::erase_if((*store)->namespaces, [&](const auto &item) { return isWithin(item.first, ns); });
    return ok();
}

} // namespace

void addNamespaceRoutes(Routes &r)
{
    const QString path = u"admin/datastore/{store:store}/namespace"_s;
    r.add(u"GET "_s + path, u"parent:ns max-depth:depth"_s, listNamespaces);
    r.add(u"POST "_s + path, u"name*:nspart parent:ns"_s, createNamespace);
    r.add(u"DELETE "_s + path, u"ns*:ns delete-groups:bool"_s, deleteNamespace);
}

} // namespace tidemark::standin
