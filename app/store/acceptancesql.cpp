// What persons let be.
#include "store/cataloguesql.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

Result<> changeAcceptances(Database &database, const QString &fleet, const QString &key,
    const std::function<Result<>(Database &)> &change)
{
    for (const auto &good : { acceptableName(fleet, true), acceptableName(key) }) {
        if (!good)
            return good;
    }
    return database.transaction([&](Database &inside) {
        auto done = lockCatalogue(inside);
        if (done)
            done = change(inside);
        return done ? raiseVersion(inside, fleet) : done;
    });
}

} // namespace

Result<> keepAcceptance(Database &database, const QString &fleet, const Acceptance &acceptance)
{
    return changeAcceptances(database, fleet, acceptance.key, [&](Database &inside) {
        return inside.exec(
            u"INSERT INTO acceptances (fleet, occurrence, reason, who, accepted_at) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT (fleet, occurrence) DO UPDATE SET "
            "reason = excluded.reason, who = excluded.who, accepted_at = excluded.accepted_at"_s,
            { nonNull(fleet), acceptance.key, nonNull(storable(acceptance.reason)),
                nonNull(storable(acceptance.who)), bigint(acceptance.at) });
    });
}

Result<> dropAcceptance(Database &database, const QString &fleet, const QString &key)
{
    return changeAcceptances(database, fleet, key, [&](Database &inside) {
        return inside.exec(
            u"DELETE FROM acceptances WHERE fleet = ? AND occurrence = ?"_s, { nonNull(fleet), key });
    });
}

Result<std::vector<Acceptance>> readAcceptances(Database &database, const QString &fleet)
{
    const auto rows = database.rows(u"SELECT occurrence, reason, who, accepted_at FROM acceptances "
                                    "WHERE fleet = ? ORDER BY accepted_at, occurrence"_s,
        { nonNull(fleet) });
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<Acceptance> accepted;
    for (const QVariantList &row : *rows)
        accepted.push_back({ row.at(0).toString(), row.at(1).toString(), row.at(2).toString(),
            Instant::fromMicroseconds(row.at(3).toLongLong()) });
    return accepted;
}

} // namespace tidemark
