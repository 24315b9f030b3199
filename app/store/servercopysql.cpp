// Copies of servers, and what insight concluded.
#include "store/cataloguefields.h"
#include "store/cataloguesql.h"

namespace tidemark {

namespace {

constexpr std::chrono::hours Day { 24 };
constexpr int DaysKept = 35;
constexpr int MonthsKept = 24;

qint64 dayOf(Instant at)
{
    return std::chrono::floor<std::chrono::days>(at.sinceEpoch).count();
}

// The newest of each day for five weeks, then the newest of each thirty days for two years. Those thirty days
// do not move with the time, or nothing would ever grow old.
std::vector<qint64> outdated(const std::vector<qint64> &newestFirst)
{
    std::vector<qint64> old;
    qint64 month = -1;
    for (const qint64 at : newestFirst) {
        const qint64 day = dayOf(Instant::fromMicroseconds(at));
        const qint64 age = dayOf(Instant::fromMicroseconds(newestFirst.front())) - day;
        if (age <= DaysKept)
            continue;
        if (day / 30 == month || age > MonthsKept * 30)
            old.push_back(at);
        month = day / 30;
    }
    return old;
}

Result<> prune(Database &database, const QString &fleet, const QString &cluster)
{
    const auto rows = database.rows(u"SELECT copied_at FROM server_copies WHERE fleet = ? AND cluster = ? "
                                    "ORDER BY copied_at DESC"_s,
        { nonNull(fleet), cluster });
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<qint64> times;
    for (const QVariantList &row : *rows)
        times.push_back(row.front().toLongLong());
    std::vector<QVariantList> old;
    for (const qint64 at : outdated(times))
        old.push_back({ nonNull(fleet), cluster, at });
    return database.batch(
        u"DELETE FROM server_copies WHERE fleet = ? AND cluster = ? AND copied_at = ?"_s, old);
}

} // namespace

Result<> keepServerCopy(
    Database &database, const QString &fleet, const QString &cluster, const ServerCopy &copy)
{
    for (const auto &good : { acceptableName(fleet, true), acceptableName(cluster) }) {
        if (!good)
            return good;
    }
    const QByteArray bytes = qCompress(writtenAsJson(copy, true));
    const qint64 from = dayOf(copy.at) * std::chrono::microseconds(Day).count();
    return database.transaction([&](Database &inside) {
        auto done = inside.exec(u"DELETE FROM server_copies WHERE fleet = ? AND cluster = ? "
                                "AND copied_at >= ? AND copied_at < ?"_s,
            { nonNull(fleet), cluster, from, from + qint64 { std::chrono::microseconds(Day).count() } });
        if (done)
            done = inside.exec(
                u"INSERT INTO server_copies (fleet, cluster, copied_at, copy) VALUES (?, ?, ?, ?)"_s,
                { nonNull(fleet), cluster, bigint(copy.at), bytes });
        return done ? prune(inside, fleet, cluster) : done;
    });
}

Result<std::optional<ServerCopy>> readServerCopy(
    Database &database, const QString &fleet, const QString &cluster, std::optional<Instant> before)
{
    const Instant limit = before.value_or(Instant { std::chrono::microseconds::max() });
    const auto rows = database.rows(u"SELECT copy FROM server_copies WHERE fleet = ? AND cluster = ? AND "
                                    "copied_at <= ? ORDER BY copied_at DESC LIMIT 1"_s,
        { nonNull(fleet), cluster, bigint(limit) });
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->empty())
        return std::optional<ServerCopy>();
    auto copy = readFromJson<ServerCopy>(qUncompress(rows->front().front().toByteArray()), u"store.facts"_s);
    if (!copy)
        return tl::unexpected(std::move(copy).error());
    return std::optional(*std::move(copy));
}

Result<QMap<QString, Instant>> readCopyTimes(Database &database, const QString &fleet)
{
    const auto rows = database.rows(
        u"SELECT cluster, max(copied_at) FROM server_copies WHERE fleet = ? GROUP BY cluster"_s,
        { nonNull(fleet) });
    if (!rows)
        return tl::unexpected(rows.error());
    QMap<QString, Instant> times;
    for (const QVariantList &row : *rows)
        times.insert(row.at(0).toString(), Instant::fromMicroseconds(row.at(1).toLongLong()));
    return times;
}

Result<> keepConclusions(Database &database, const QString &fleet, const Catalogue::Kept &kept)
{
    return database.exec(u"INSERT INTO conclusions (fleet, version, insight) VALUES (?, ?, ?) "
                         "ON CONFLICT (fleet) DO UPDATE SET version = excluded.version, "
                         "insight = excluded.insight"_s,
        { nonNull(fleet), kept.version, kept.bytes.isNull() ? QByteArray("") : kept.bytes });
}

Result<std::optional<Catalogue::Kept>> readConclusions(Database &database, const QString &fleet)
{
    const auto rows
        = database.rows(u"SELECT version, insight FROM conclusions WHERE fleet = ?"_s, { nonNull(fleet) });
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->empty())
        return std::optional<Catalogue::Kept>();
    return std::optional(
        Catalogue::Kept { rows->front().at(0).toLongLong(), rows->front().at(1).toByteArray() });
}

} // namespace tidemark
