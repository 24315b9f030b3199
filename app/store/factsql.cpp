#include "store/factsql.h"

#include "store/factsjson.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::chrono::minutes RereadAfter { 5 };
constexpr int HistoryLength = 200;

const QString &kindOf(const ServerFacts &)
{
    static const QString kind = u"server"_s;
    return kind;
}

const QString &kindOf(const PbsFacts &)
{
    static const QString kind = u"pbs"_s;
    return kind;
}

template <class Facts>
Result<Facts> factsFromJson(const QByteArray &json)
{
    if constexpr (std::is_same_v<Facts, ServerFacts>)
        return serverFactsFromJson(json);
    else
        return pbsFactsFromJson(json);
}

Result<> acceptable(const QString &name, bool mayBeEmpty = false)
{
    if ((name.isEmpty() && !mayBeEmpty) || name.contains(QChar(u'\0')) || !name.isValidUtf16())
        return failure(ErrorKind::Invalid, u"store.name"_s, u"a name is empty or holds a NUL character"_s);
    return {};
}

Result<> acceptable(const Subject &subject)
{
    auto good = acceptable(subject.fleet, true);
    return good ? acceptable(subject.name) : good;
}

// PostgreSQL takes an empty string for what it is, Qt's null string for NULL.
QString textOf(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

Instant instantOf(const QVariant &value)
{
    return Instant::fromMicroseconds(value.toLongLong());
}

template <class Facts>
void addFollowed(std::vector<Followed<Facts>> &list, const QVariantList &row, KeptFacts &kept)
{
    const QString name = row.at(1).toString();
    auto facts = factsFromJson<Facts>(row.at(3).toString().toUtf8());
    if (!facts) {
        kept.messages.push_back(
            u"the kept facts of \"%1\" cannot be read: %2"_s.arg(name, facts.error().detail));
        return;
    }
    facts->readAt = instantOf(row.at(2));
    kept.state.newestAnswer = std::max(kept.state.newestAnswer, std::optional(facts->readAt));
    list.push_back({ .name = name, .reach = Reach::Stale, .facts = *std::move(facts) });
}

template <class Facts>
QVariantList keyOf(const Subject &subject, const Facts &facts)
{
    return { textOf(subject.fleet), kindOf(facts), subject.name };
}

enum class Change { None, Reading, Standing };

template <class Facts>
Change changeFrom(const Database::Rows &kept, const Facts &facts)
{
    if (kept.empty())
        return Change::Standing;
    const Instant readAt = instantOf(kept.front().at(0));
    if (facts.readAt <= readAt)
        return Change::None;
    auto before = factsFromJson<Facts>(kept.front().at(1).toString().toUtf8());
    if (!before || standing(*before) != standing(facts))
        return Change::Standing;
    before->readAt = facts.readAt;
    return *before == facts && facts.readAt - readAt <= RereadAfter ? Change::None : Change::Reading;
}

Result<> writeFacts(Database &database, const QVariantList &key, const QVariantList &row, Change change)
{
    // The condition keeps an older answer of another console from taking the place of a newer one.
    auto done = database.exec(u"INSERT INTO server_facts (fleet, kind, name, read_at, facts) "
                              "VALUES (?, ?, ?, ?, ?) ON CONFLICT (fleet, kind, name) DO UPDATE "
                              "SET read_at = excluded.read_at, facts = excluded.facts "
                              "WHERE excluded.read_at > server_facts.read_at"_s,
        row);
    if (!done || change != Change::Standing)
        return done;
    done = database.exec(u"INSERT INTO server_facts_history (fleet, kind, name, read_at, facts) "
                         "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"_s,
        row);
    if (!done)
        return done;
    return database.exec(u"DELETE FROM server_facts_history WHERE fleet = ? AND kind = ? AND name = ? "
                         "AND read_at < (SELECT min(read_at) FROM (SELECT read_at FROM "
                         "server_facts_history WHERE fleet = ? AND kind = ? AND name = ? "
                         "ORDER BY read_at DESC LIMIT %1) AS newest)"_s.arg(HistoryLength),
        key + key);
}

template <class Facts>
Result<bool> keepAny(Database &database, const Subject &subject, const Facts &facts)
{
    if (auto good = acceptable(subject); !good)
        return tl::unexpected(std::move(good).error());
    const QVariantList key = keyOf(subject, facts);
    const auto kept = database.rows(
        u"SELECT read_at, facts FROM server_facts WHERE fleet = ? AND kind = ? AND name = ?"_s, key);
    if (!kept)
        return tl::unexpected(kept.error());
    const Change change = changeFrom(*kept, facts);
    if (change == Change::None)
        return false;
    QVariantList row = key;
    row << qint64 { facts.readAt.sinceEpoch.count() } << QString::fromUtf8(toJson(facts));
    auto written
        = database.transaction([&](Database &inside) { return writeFacts(inside, key, row, change); });
    if (!written)
        return tl::unexpected(std::move(written).error());
    return true;
}

} // namespace

Result<KeptFacts> readFacts(Database &database, const QString &fleet)
{
    const auto rows = database.rows(
        u"SELECT kind, name, read_at, facts FROM server_facts WHERE fleet = ? ORDER BY name"_s,
        { textOf(fleet) });
    if (!rows)
        return tl::unexpected(rows.error());
    KeptFacts kept;
    for (const QVariantList &row : *rows) {
        if (row.at(0).toString() == u"server"_s)
            addFollowed(kept.state.servers, row, kept);
        else
            addFollowed(kept.state.backupServers, row, kept);
    }
    return kept;
}

Result<bool> keepFacts(Database &database, const Subject &subject, const ServerFacts &facts)
{
    return keepAny(database, subject, facts);
}

Result<bool> keepFacts(Database &database, const Subject &subject, const PbsFacts &facts)
{
    return keepAny(database, subject, facts);
}

Result<std::vector<ServerFacts>> readHistory(Database &database, const Subject &subject)
{
    const auto rows = database.rows(u"SELECT facts FROM server_facts_history "
                                    "WHERE fleet = ? AND kind = ? AND name = ? ORDER BY read_at DESC"_s,
        keyOf(subject, ServerFacts {}));
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<ServerFacts> history;
    for (const QVariantList &row : *rows) {
        auto facts = serverFactsFromJson(row.front().toString().toUtf8());
        if (!facts)
            return tl::unexpected(std::move(facts).error());
        history.push_back(*std::move(facts));
    }
    return history;
}

Result<std::vector<ScanState>> readScans(Database &database, const QString &fleet)
{
    const auto rows
        = database.rows(u"SELECT name, scanned_at, scan_cursor FROM sources WHERE fleet = ? ORDER BY name"_s,
            { textOf(fleet) });
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<ScanState> scans;
    for (const QVariantList &row : *rows)
        scans.push_back({ row.at(0).toString(), instantOf(row.at(1)), row.at(2).toString() });
    return scans;
}

Result<> keepScan(Database &database, const QString &fleet, const ScanState &scan)
{
    for (const auto &good : { acceptable(Subject { fleet, scan.source }), acceptable(scan.cursor, true) }) {
        if (!good)
            return good;
    }
    return database.exec(u"INSERT INTO sources (fleet, name, scanned_at, scan_cursor) VALUES (?, ?, ?, ?) "
                         "ON CONFLICT (fleet, name) DO UPDATE SET scanned_at = excluded.scanned_at, "
                         "scan_cursor = excluded.scan_cursor "
                         "WHERE excluded.scanned_at >= sources.scanned_at"_s,
        { textOf(fleet), scan.source, qint64 { scan.scannedAt.sinceEpoch.count() }, textOf(scan.cursor) });
}

} // namespace tidemark
