#include "fleet/access.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QStringList rolesOf(const ServerFacts &facts)
{
    QStringList roles;
    if (facts.superuser)
        roles.append(u"superuser"_s);
    else if (facts.memberOf.contains(u"pg_monitor"_s))
        roles.append(u"pg_monitor"_s);
    if (facts.mayReplicate && !facts.superuser)
        roles.append(u"replication"_s);
    return roles;
}

AccessLevel levelOf(const ServerFacts &facts)
{
    if (facts.superuser)
        return AccessLevel::Superuser;
    return facts.memberOf.contains(u"pg_monitor"_s) ? AccessLevel::Monitor : AccessLevel::Limited;
}

} // namespace

Access accessOf(const ServerFacts &facts)
{
    Access access { levelOf(facts), rolesOf(facts), {} };
    for (const MissingRight &right : facts.missing)
        if (!access.lacking.contains(right.what))
            access.lacking.append(right.what);
    return access;
}

QString grantsFor(const std::vector<MissingRight> &missing)
{
    QStringList statements;
    for (const MissingRight &right : missing)
        if (!right.grant.isEmpty() && !statements.contains(right.grant))
            statements.append(right.grant);
    return statements.join(u'\n');
}

} // namespace tidemark
