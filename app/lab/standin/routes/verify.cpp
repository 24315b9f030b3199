#include "standin/routes/common.h"
#include "standin/routes/routes.h"
#include "standin/work.h"

namespace tidemark::standin {

using namespace Qt::StringLiterals;

static Reply verify(const CallPtr &call)
{
    const auto where = reach(*call, u"Datastore.Verify"_s, u"Datastore.Backup"_s, Use::Write);
    if (!where)
        return where.error();
    const bool type = call->has(u"backup-type"_s);
    const bool id = call->has(u"backup-id"_s);
    const bool time = call->has(u"backup-time"_s);
    if (type != id || (time && !id))
        return refuse(u"parameters do not specify a backup group or snapshot"_s);
    VerifyOrder order;
    order.store = call->text(u"store"_s);
    order.ns = where->ns;
    order.maxDepth = int(call->number(u"max-depth"_s, 7));
    if (id)
        order.group = groupPath(*call);
    if (time)
        order.time = call->number(u"backup-time"_s);
    order.ignoreVerified = call->flag(u"ignore-verified"_s, true);
    if (call->has(u"outdated-after"_s))
        order.outdatedAfter = call->number(u"outdated-after"_s);
    order.authId = call->authId;
    order.ownOnly = where->ownOnly;
    return ok(call->site.tasks.start(verifyPlan(call->site, order)));
}

void addVerifyRoutes(Routes &r)
{
    r.add(u"POST admin/datastore/{store:store}/verify"_s,
        u"ns:ns backup-type:type backup-id:id backup-time:time ignore-verified:bool outdated-after:natural "
        u"max-depth:depth"_s,
        verify);
}

} // namespace tidemark::standin
