#include "standin/routes/common.h"

#include <QUrl>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

Maintenance maintenanceOf(const Datastore &store)
{
    Maintenance result;
    for (const QString &part : store.config[u"maintenance-mode"_s].toString().split(u',')) {
        if (part.startsWith(u"message="))
            result.message = QUrl::fromPercentEncoding(part.mid(8).remove(u'"').toUtf8());
        else
            result.type = part.startsWith(u"type=") ? part.mid(5) : part;
    }
    return result;
}

tl::expected<Datastore *, Reply> openStore(Site &site, const QString &name, Use use)
{
    const auto found = site.state.stores.find(name);
    if (found == site.state.stores.end())
        return tl::unexpected(refuse(u"no such datastore '%1'"_s.arg(name)));
    Datastore &store = found->second;
    const Maintenance mode = maintenanceOf(store);
    if (!mode.type.isEmpty() && (mode.type != u"read-only" || use == Use::Write))
        return tl::unexpected(
            refuse(u"datastore '%1' is in %2 maintenance mode: %3"_s.arg(name, mode.type, mode.message)));
    if (store.broken)
        return tl::unexpected(refuse(
            u"unable to open chunk store '%1' at \"%2/.chunks\" - No such file or directory (os error 2)"_s
                .arg(name, store.path())));
    return &store;
}

tl::expected<Reach, Reply> reach(const Call &call, const QString &all, const QString &own, Use use)
{
    const QString name = call.text(u"store"_s);
    Reach result;
    result.ns = call.text(u"ns"_s);
    const QString path = storePath(name, result.ns);
    if (!mayAny(call.state(), call.authId, path, all.split(u'|'))) {
        const QString wanted = own.isEmpty() ? all : all + u'|' + own;
        if (own.isEmpty() || !mayAny(call.state(), call.authId, path, own.split(u'|')))
            return tl::unexpected(
                refuse(u"permission check failed - missing %1 on %2"_s.arg(wanted, path), 403));
        result.ownOnly = true;
    }
    const auto store = openStore(call.site, name, use);
    if (!store)
        return tl::unexpected(store.error());
    result.store = *store;
    const auto space = result.store->namespaces.find(result.ns);
    result.groups = space == result.store->namespaces.end() ? nullptr : &space->second;
    return result;
}

QString groupPath(const Call &call)
{
    return call.text(u"backup-type"_s) + u'/' + call.text(u"backup-id"_s);
}

QString snapshotPath(const Call &call)
{
    return groupPath(call) + u'/' + isoTime(call.number(u"backup-time"_s));
}

tl::expected<Found, Reply> findGroup(
    const Call &call, const QString &all, const QString &own, Use use, const QString &unknown)
{
    const auto where = reach(call, all, own, use);
    if (!where)
        return tl::unexpected(where.error());
    Group *group = where->store->group(where->ns, groupPath(call));
    if (!group)
        return tl::unexpected(refuse(unknown));
    if (where->ownOnly && !ownsAs(call.authId, group->owner))
        return tl::unexpected(
            refuse(u"backup owner check failed (%1 != %2)"_s.arg(call.authId, group->owner)));
    return Found { *where, group, nullptr };
}

tl::expected<Found, Reply> findSnapshot(
    const Call &call, const QString &all, const QString &own, Use use, const QString &unknown)
{
    auto found = findGroup(call, all, own, use, unknown);
    if (!found)
        return found;
    const auto snapshot = found->group->snapshots.find(call.number(u"backup-time"_s));
    if (snapshot == found->group->snapshots.end())
        return tl::unexpected(refuse(unknown));
    found->snapshot = &snapshot->second;
    return found;
}

QJsonObject gcStatus(const Datastore &store)
{
    QJsonObject status { { u"upid"_s, QJsonValue() } };
    for (const QString &name :
        { u"disk-bytes"_s, u"disk-chunks"_s, u"index-data-bytes"_s, u"index-file-count"_s, u"pending-bytes"_s,
            u"pending-chunks"_s, u"removed-bad"_s, u"removed-bytes"_s, u"removed-chunks"_s, u"still-bad"_s })
        status[name] = 0;
    for (auto it = store.gc.begin(); it != store.gc.end(); ++it)
        status[it.key()] = it.value();
    return status;
}

QJsonArray filesOf(const Snapshot &snapshot)
{
    QJsonArray files;
    for (const FileEntry &file : snapshot.files) {
        QJsonObject item { { u"filename"_s, file.name } };
        if (!file.cryptMode.isEmpty())
            item[u"crypt-mode"_s] = file.cryptMode;
        if (file.size)
            item[u"size"_s] = *file.size;
        files.append(item);
    }
    return files;
}

bool emptyGroup(Group &group)
{
    std::erase_if(group.snapshots, [](const auto &item) { return !item.second.isProtected; });
    return group.snapshots.empty();
}

} // namespace tidemark::standin
