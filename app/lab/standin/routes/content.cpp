#include "standin/routes/common.h"
#include "standin/routes/routes.h"

#include <algorithm>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

QJsonObject groupItem(const Group &group)
{
    const Snapshot *newest = &group.snapshots.rbegin()->second;
    for (const auto &[time, snapshot] : group.snapshots)
        if (snapshot.finished())
            newest = &snapshot;
    QJsonArray files;
    for (const FileEntry &file : newest->files)
        files.append(file.name);
    QJsonObject item { { u"backup-type"_s, group.type }, { u"backup-id"_s, group.id },
        { u"last-backup"_s, newest->time }, { u"backup-count"_s, qint64(group.snapshots.size()) },
        { u"files"_s, files }, { u"owner"_s, group.owner } };
    if (!group.notes.isEmpty())
        item[u"comment"_s] = firstLine(group.notes);
    return item;
}

Reply listGroups(const CallPtr &call)
{
    const auto where = reach(*call, u"Datastore.Audit"_s, u"Datastore.Backup"_s, Use::Read);
    if (!where)
        return where.error();
    if (!where->groups)
        return refuse(Enoent);
    QJsonArray list;
    for (const auto &[path, group] : *where->groups)
        if (!group.owner.isEmpty() && !group.snapshots.empty()
            && (!where->ownOnly || ownsAs(call->authId, group.owner)))
            list.append(groupItem(group));
    return ok(list);
}

QJsonObject snapshotItem(const Group &group, const Snapshot &s)
{
    QJsonObject item { { u"backup-type"_s, group.type }, { u"backup-id"_s, group.id },
        { u"backup-time"_s, s.time }, { u"files"_s, filesOf(s) }, { u"protected"_s, s.isProtected } };
    if (!group.owner.isEmpty())
        item[u"owner"_s] = group.owner;
    if (!s.notes.isEmpty())
        item[u"comment"_s] = firstLine(s.notes);
    if (!s.keyFingerprint.isEmpty())
        item[u"fingerprint"_s] = s.keyFingerprint;
    if (s.verification)
        item[u"verification"_s]
            = QJsonObject { { u"upid"_s, s.verification->upid }, { u"state"_s, s.verification->state } };
    if (s.finished() && !s.badManifest) {
        qint64 size = 0;
        for (const FileEntry &file : s.files)
            size += file.size.value_or(0);
        item[u"size"_s] = size;
    }
    return item;
}

Reply listSnapshots(const CallPtr &call)
{
    const auto where = reach(*call, u"Datastore.Audit"_s, u"Datastore.Backup"_s, Use::Read);
    if (!where)
        return where.error();
    if (!where->groups)
        return refuse(Enoent);
    const auto wanted = [&](const Group &group) {
        return (!call->has(u"backup-type"_s) || call->text(u"backup-type"_s) == group.type)
            && (!call->has(u"backup-id"_s) || call->text(u"backup-id"_s) == group.id)
            && (!where->ownOnly || ownsAs(call->authId, group.owner)) && !group.owner.isEmpty();
    };
    QJsonArray list;
    for (const auto &[path, group] : *where->groups)
        if (wanted(group))
            for (const auto &[time, snapshot] : group.snapshots)
                list.append(snapshotItem(group, snapshot));
    Reply reply = ok(list);
    reply.stream = true;
    return reply;
}

Reply forgetSnapshot(const CallPtr &call)
{
    const auto where = reach(*call, u"Datastore.Modify"_s, u"Datastore.Prune"_s, Use::Write);
    if (!where)
        return where.error();
    const QString folder = where->store->folder(where->ns, snapshotPath(*call));
    const QString unknown
        = u"unable to open snapshot directory \"%1\" for locking - %2"_s.arg(folder, Enoent);
    const auto found = findSnapshot(*call, u"Datastore.Modify"_s, u"Datastore.Prune"_s, Use::Write, unknown);
    if (!found)
        return found.error();
    if (found->snapshot->inUse)
        return refuse(
            u"unable to acquire lock on snapshot directory \"%1\" - possibly running or in use"_s.arg(
                folder));
    if (found->snapshot->isProtected)
        return refuse(u"cannot remove protected snapshot"_s);
    found->group->snapshots.erase(found->snapshot->time);
    call->site.changed();
    return ok();
}

Reply forgetGroup(const CallPtr &call)
{
    const auto where = reach(*call, u"Datastore.Modify"_s, u"Datastore.Prune"_s, Use::Write);
    if (!where)
        return where.error();
    const QString unknown = u"unable to open backup group directory \"%1\" for locking - %2"_s.arg(
        where->store->folder(where->ns, groupPath(*call)), Enoent);
    const auto found = findGroup(*call, u"Datastore.Modify"_s, u"Datastore.Prune"_s, Use::Write, unknown);
    if (!found)
        return found.error();
    call->site.changed();
    if (!emptyGroup(*found->group))
        return refuse(u"group only partially deleted due to protected snapshots"_s);
    where->groups->erase(groupPath(*call));
    return ok();
}

Reply listFiles(const CallPtr &call)
{
    const auto found
        = findSnapshot(*call, u"Datastore.Audit|Datastore.Read"_s, u"Datastore.Backup"_s, Use::Read);
    return found ? ok(filesOf(*found->snapshot)) : found.error();
}

Reply changeOwner(const CallPtr &call)
{
    const auto found = findGroup(*call, u"Datastore.Modify"_s, u"Datastore.Backup"_s, Use::Write);
    if (!found)
        return found.error();
    const QString owner = call->text(u"new-owner"_s);
    if (!isActive(call->state(), owner, call->now()))
        return refuse((isToken(owner) ? u"api token '%1' is inactive or non-existent"_s
                                      : u"user '%1' is inactive or non-existent"_s)
                          .arg(owner));
    if (found->where.ownOnly && userOf(owner) != userOf(call->authId))
        return refuse(u"permission check failed - missing Datastore.Modify on %1"_s.arg(
                          storePath(call->text(u"store"_s), found->where.ns)),
            403);
    found->group->owner = owner;
    call->site.changed();
    return ok();
}

} // namespace

void addContentRoutes(Routes &r)
{
    const QString ds = u"admin/datastore/{store:store}/"_s;
    r.add(u"GET "_s + ds + u"groups"_s, u"ns:ns"_s, listGroups);
    r.add(u"DELETE "_s + ds + u"groups"_s, GroupParameters, forgetGroup);
    r.add(u"GET "_s + ds + u"snapshots"_s, u"ns:ns backup-type:type backup-id:id"_s, listSnapshots);
    r.add(u"DELETE "_s + ds + u"snapshots"_s, SnapshotParameters, forgetSnapshot);
    r.add(u"GET "_s + ds + u"files"_s, SnapshotParameters, listFiles);
    r.add(u"POST "_s + ds + u"change-owner"_s, GroupParameters + u"new-owner*:authid"_s, changeOwner);
}

} // namespace tidemark::standin
