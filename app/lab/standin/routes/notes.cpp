#include "standin/routes/common.h"
#include "standin/routes/routes.h"

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

const QString Audit = u"Datastore.Audit"_s;
const QString Modify = u"Datastore.Modify"_s;
const QString Backup = u"Datastore.Backup"_s;

// PBS names the manifest it could not load.
QString noManifest(const Call &call)
{
    const auto store = call.state().stores.find(call.text(u"store"_s));
    if (store == call.state().stores.end())
        return Enoent;
    return u"unable to load blob '\"%1/index.json.blob\"' - No such file or directory (os error 2)"_s.arg(
        store->second.folder(call.text(u"ns"_s), snapshotPath(call)));
}

Reply getNotes(const CallPtr &call)
{
    const auto found = findSnapshot(*call, Audit, Backup, Use::Read, noManifest(*call));
    return found ? ok(found->snapshot->notes) : found.error();
}

Reply putNotes(const CallPtr &call)
{
    const QString unknown = u"unable to update manifest blob - "_s + noManifest(*call);
    const auto found = findSnapshot(*call, Modify, Backup, Use::Write, unknown);
    if (!found)
        return found.error();
    found->snapshot->notes = call->text(u"notes"_s);
    call->site.changed();
    return ok();
}

Reply getGroupNotes(const CallPtr &call)
{
    const auto found = findGroup(*call, Audit, Backup, Use::Read);
    return found ? ok(found->group->notes) : found.error();
}

Reply putGroupNotes(const CallPtr &call)
{
    const auto found = findGroup(*call, Modify, Backup, Use::Write);
    if (!found)
        return found.error();
    found->group->notes = call->text(u"notes"_s);
    call->site.changed();
    return ok();
}

Reply getProtected(const CallPtr &call)
{
    const auto found = findSnapshot(*call, Audit, Backup, Use::Read);
    return found ? ok(found->snapshot->isProtected) : found.error();
}

Reply putProtected(const CallPtr &call)
{
    const auto found = findSnapshot(*call, Modify, Backup, Use::Write);
    if (!found)
        return found.error();
    found->snapshot->isProtected = call->flag(u"protected"_s);
    call->site.changed();
    return ok();
}

} // namespace

void addNoteRoutes(Routes &r)
{
    const QString ds = u"admin/datastore/{store:store}/"_s;
    r.add(u"GET "_s + ds + u"notes"_s, SnapshotParameters, getNotes);
    r.add(u"PUT "_s + ds + u"notes"_s, SnapshotParameters + u"notes*:text"_s, putNotes);
    r.add(u"GET "_s + ds + u"group-notes"_s, GroupParameters, getGroupNotes);
    r.add(u"PUT "_s + ds + u"group-notes"_s, GroupParameters + u"notes*:text"_s, putGroupNotes);
    r.add(u"GET "_s + ds + u"protected"_s, SnapshotParameters, getProtected);
    r.add(u"PUT "_s + ds + u"protected"_s, SnapshotParameters + u"protected*:bool"_s, putProtected);
}

} // namespace tidemark::standin
