#pragma once

#include "pbs/client.h"
#include "pbs/listing.h"
#include "pbs/rights.h"

#include <algorithm>

// What a list lacks for want of a right.
namespace tidemark::pbs {

template <class T>
void demand(Listing<T> &listing, bool held, const MissingRight &right)
{
    if (held)
        return;
    listing.complete = false;
    if (std::find(listing.missing.begin(), listing.missing.end(), right) == listing.missing.end())
        listing.missing.push_back(right);
}

[[nodiscard]] inline MissingRight auditOn(const QString &what, const QString &path, const Client &client)
{
    return missingRight(what, path, QStringLiteral("DatastoreAudit"), authId(client.endpoint().auth));
}

[[nodiscard]] inline QString within(const QString &store, const QString &ns)
{
    return ns.isEmpty() ? QStringLiteral("datastore \"%1\"").arg(store)
                        : QStringLiteral("datastore \"%1\", namespace \"%2\"").arg(store, ns);
}

} // namespace tidemark::pbs
