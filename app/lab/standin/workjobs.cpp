#include "standin/work.h"

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

TaskPlan pruneJobPlan(Site &site, const QJsonObject &job, const QString &authId)
{
    PruneOrder order;
    order.store = job[u"store"_s].toString();
    order.ns = job[u"ns"_s].toString();
    if (job.contains(u"max-depth"_s))
        order.maxDepth = job[u"max-depth"_s].toInt();
    order.keep = job;
    order.authId = authId;
    TaskPlan plan = pruneStorePlan(site, order);
    plan.type = u"prunejob"_s;
    plan.id = order.ns.isEmpty() ? order.store : order.store + u':' + order.ns;
    plan.steps.front().lines.prepend(u"prune job '%1'"_s.arg(job[u"id"_s].toString()));
    return plan;
}

TaskPlan verifyJobPlan(Site &site, const QJsonObject &job, const QString &authId)
{
    VerifyOrder order;
    order.store = job[u"store"_s].toString();
    order.ns = job[u"ns"_s].toString();
    order.maxDepth = job[u"max-depth"_s].toInt(7);
    order.ignoreVerified = job[u"ignore-verified"_s].toBool(true);
    if (job.contains(u"outdated-after"_s))
        order.outdatedAfter = job[u"outdated-after"_s].toInteger();
    order.authId = authId;
    TaskPlan plan = verifyPlan(site, order);
    plan.type = u"verificationjob"_s;
    plan.id = order.store + u':' + job[u"id"_s].toString();
    plan.steps.front().lines.prepend(u"Starting datastore verify job '%1'"_s.arg(*plan.id));
    return plan;
}

} // namespace

TaskPlan jobPlan(Site &site, const QString &kind, const QJsonObject &job, const QString &authId)
{
    TaskPlan plan = kind == u"prune" ? pruneJobPlan(site, job, authId)
        : kind == u"verify"          ? verifyJobPlan(site, job, authId)
                                     : pullPlan(site, job, authId);
    plan.job = kind + u'/' + job[u"id"_s].toString();
    return plan;
}

} // namespace tidemark::standin
