// What reading WAL told.
#include "store/cataloguefields.h"
#include "store/cataloguesql.h"

namespace tidemark {

namespace {

QVariantList placeOf(const QString &fleet, const MomentPlace &place)
{
    return { nonNull(fleet), place.cluster, QString::number(place.systemId.value) };
}

Result<> insertPiece(
    Database &database, const QString &fleet, const MomentPlace &place, const KeptMoment &kept)
{
    const QVariantList timeline { qint64 { kept.timeline.value } };
    const QVariantList ends { qint64(kept.first.value), qint64(kept.last.value) };
    const QVariantList overlap { ends.back(), ends.front() };
    auto done = database.exec(u"DELETE FROM moments WHERE fleet = ? AND cluster = ? AND system_id = ? AND "
                              "timeline = ? AND first_segment <= ? AND last_segment >= ?"_s,
        placeOf(fleet, place) + timeline + overlap);
    if (done)
        done = database.exec(
            u"INSERT INTO moments (fleet, cluster, system_id, timeline, first_segment, last_segment, "
            "newest_at, piece) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
            placeOf(fleet, place) + timeline + ends + QVariantList { bigint(kept.newest), kept.bytes });
    return done;
}

} // namespace

Result<> keepMoments(Database &database, const QString &fleet, const MomentPlace &place,
    const std::vector<KeptMoment> &kept, Instant since)
{
    for (const auto &good : { acceptableName(fleet, true), acceptableName(place.cluster) }) {
        if (!good)
            return good;
    }
    return database.transaction([&](Database &inside) {
        auto done = inside.exec(u"DELETE FROM moments WHERE fleet = ? AND cluster = ? AND newest_at < ?"_s,
            { nonNull(fleet), place.cluster, bigint(since) });
        for (const KeptMoment &one : kept)
            if (done)
                done = insertPiece(inside, fleet, place, one);
        return done;
    });
}

Result<std::vector<KeptMoment>> readMoments(
    Database &database, const QString &fleet, const MomentPlace &place)
{
    const auto rows = database.rows(
        u"SELECT timeline, first_segment, last_segment, newest_at, piece FROM moments WHERE fleet = ? "
        "AND cluster = ? AND system_id = ? ORDER BY timeline, first_segment"_s,
        placeOf(fleet, place));
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<KeptMoment> kept;
    for (const QVariantList &row : *rows)
        kept.push_back({ { row.at(0).toUInt() }, { row.at(1).toULongLong() }, { row.at(2).toULongLong() },
            Instant::fromMicroseconds(row.at(3).toLongLong()), row.at(4).toByteArray() });
    return kept;
}

} // namespace tidemark
