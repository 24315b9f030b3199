// apply(): what a scan tells is compared with what is kept, and the difference written.
#include "store/cataloguefields.h"
#include "store/cataloguesql.h"

#include <algorithm>
#include <span>

namespace tidemark {

namespace {

constexpr qsizetype Portion = 200;

// One statement for all rows, with an answer for rows that are there.
struct Upsert {
    QString table;
    QString columns;
    QString conflict;
};

QString replaceAll(const QString &key, const QString &columns)
{
    QStringList sets;
    for (const QString &column : columns.split(u", "_s))
        sets += u"%1 = excluded.%1"_s.arg(column);
    return u"ON CONFLICT (%1) DO UPDATE SET %2"_s.arg(key, sets.join(u", "_s));
}

Result<> write(Database &database, const Upsert &upsert, const std::vector<QVariantList> &rows)
{
    if (rows.empty())
        return {};
    const QString row = u"(%1)"_s.arg(places(rows.front().size()));
    // A round trip for each row is nothing in a file and most of the time over a network.
    const qsizetype together = database.dialect() == Dialect::Sqlite ? 1 : 100;
    const QString statement = u"INSERT INTO %1 (%2) VALUES %3 %4"_s;
    const QString one = statement.arg(upsert.table, upsert.columns, row, upsert.conflict);
    const QString many = statement.arg(
        upsert.table, upsert.columns, QStringList(together, row).join(u", "_s), upsert.conflict);
    const qsizetype whole = std::ssize(rows) / together * together;
    std::vector<QVariantList> portions;
    portions.reserve(static_cast<std::size_t>(whole / together));
    for (qsizetype i = 0; i < whole; ++i) {
        if (i % together == 0)
            portions.emplace_back();
        portions.back() += rows[static_cast<std::size_t>(i)];
    }
    if (auto done = database.batch(many, portions); !done)
        return done;
    return database.batch(one, { rows.begin() + whole, rows.end() });
}

template <class T>
T byValue(const std::optional<T> &value)
{
    return value.value_or(T {});
}

// A fraction of a thousandth and some hours of an estimate are the noise of a living store.
bool near(std::optional<Bytes> a, std::optional<Bytes> b, std::optional<Bytes> total)
{
    if (a.has_value() != b.has_value())
        return false;
    return std::abs(byValue(a).count - byValue(b).count) <= byValue(total).count / 1000;
}

bool near(const StoreUsage &a, const StoreUsage &b)
{
    const auto apart = byValue(a.estimatedFull) - byValue(b.estimatedFull);
    return a.part == b.part && a.total == b.total && near(a.used, b.used, a.total)
        && near(a.available, b.available, a.total)
        && a.estimatedFull.has_value() == b.estimatedFull.has_value()
        && std::chrono::abs(apart) <= std::chrono::hours(6);
}

bool near(const std::vector<StoreUsage> &a, const std::vector<StoreUsage> &b)
{
    return std::ranges::equal(a, b, [](const auto &one, const auto &other) { return near(one, other); });
}

// What a scan that was not whole did not tell stays as it was.
template <class T, class Key>
std::vector<T> merged(bool whole, std::vector<T> told, const std::vector<T> &kept, Key key)
{
    if (whole)
        return told;
    for (const T &one : kept) {
        if (std::ranges::none_of(told, [&](const T &other) { return key(other) == key(one); }))
            told.push_back(one);
    }
    return told;
}

class Application
{
public:
    Application(Database &database, const QString &fleet, const Scan &scan, const std::stop_token &stop)
        : m_database(database)
        , m_fleet(fleet)
        , m_scan(scan)
        , m_stop(stop)
    {
    }

    Result<> run()
    {
        using Step = Result<> (Application::*)();
        for (const Step step : { &Application::lock, &Application::findSource, &Application::artifacts,
                 &Application::archives, &Application::runs, &Application::rest }) {
            if (m_stop.stop_requested())
                return stoppedHalfway();
            if (auto done = (this->*step)(); !done)
                return done;
        }
        return {};
    }
    [[nodiscard]] const Changes &changes() const { return m_changes; }

private:
    Result<> lock();
    Result<> findSource();
    Result<> artifacts();
    Result<> archives();
    Result<> writeArchive(int ordinal, const WalArchive &told, const WalArchive *kept, bool reading);
    Result<> writeSpans(int ordinal, std::vector<WalSpan> told, const std::vector<WalSpan> &kept);
    Result<> runs();
    Result<> compareRuns(std::span<const Run> portion, std::vector<QVariantList> &rows);
    Result<> rest();

    Database &m_database;
    const QString &m_fleet;
    const Scan &m_scan;
    const std::stop_token &m_stop;
    Changes m_changes;
    SourceRow m_source;
    bool m_fresh = false;
    bool m_reading = false; // the time of reading is due to be written
};

Result<> Application::lock()
{
    return lockCatalogue(m_database);
}

Result<> Application::findSource()
{
    auto found = readSource(m_database, m_fleet, m_scan.source);
    if (!found)
        return tl::unexpected(std::move(found).error());
    m_fresh = !found->has_value();
    if (*found) {
        m_source = **std::move(found);
        m_reading = !m_source.readAt || m_scan.at - *m_source.readAt > RereadAfter;
        return {};
    }
    m_reading = true;
    auto added = addSource(m_database, m_fleet, m_scan.source);
    if (!added)
        return tl::unexpected(std::move(added).error());
    m_source = *std::move(added);
    return {};
}

Result<> Application::artifacts()
{
    const auto merged = mergeArtifacts(m_database, m_source, m_scan, m_stop);
    if (!merged)
        return tl::unexpected(merged.error());
    m_changes.added = merged->added;
    m_changes.changed = merged->changed;
    m_changes.gone = merged->gone;
    return {};
}

// Spans are rows of their own, and what the adapter notes for itself is no news.
bool sameButSpans(const WalArchive &a, const WalArchive &b)
{
    return std::tie(a.part, a.cluster, a.systemId, a.segmentSize, a.listed, a.histories, a.backupEnds,
               a.troubles, a.partial, a.files, a.bytes)
        == std::tie(b.part, b.cluster, b.systemId, b.segmentSize, b.listed, b.histories, b.backupEnds,
            b.troubles, b.partial, b.files, b.bytes);
}

Result<> Application::archives()
{
    auto kept = m_fresh ? Result<std::vector<WalArchive>>(std::vector<WalArchive> {})
                        : readArchives(m_database, m_source);
    if (!kept)
        return tl::unexpected(std::move(kept).error());
    const auto told = merged(m_scan.whole, m_scan.archives, *kept,
        [](const WalArchive &archive) { return std::tie(archive.part, archive.cluster, archive.systemId); });
    for (std::size_t i = 0; i < told.size(); ++i) {
        const WalArchive *before = i < kept->size() ? &(*kept)[i] : nullptr;
        if (auto done = writeArchive(static_cast<int>(i), told[i], before, m_reading); !done)
            return done;
    }
    if (told.size() >= kept->size())
        return {};
    m_changes.archives = true;
    return m_database.exec(u"DELETE FROM wal_archives WHERE source = ? AND ordinal >= ?"_s,
        { m_source.id, static_cast<int>(told.size()) });
}

Result<> Application::writeArchive(int ordinal, const WalArchive &told, const WalArchive *kept, bool reading)
{
    const bool news = kept == nullptr || !sameButSpans(told, *kept);
    const bool spans = kept == nullptr || told.spans != kept->spans;
    const bool noted = kept != nullptr && told.checked != kept->checked && reading;
    m_changes.archives = m_changes.archives || news || spans;
    if (news || spans || noted) {
        const QString columns = u"part, cluster, system_id, files, bytes, checked, about"_s;
        const Upsert upsert { u"wal_archives"_s, u"source, ordinal, "_s + columns,
            replaceAll(u"source, ordinal"_s, columns) };
        const QVariantList row { m_source.id, ordinal, storable(nonNull(told.part)),
            storable(nonNull(told.cluster)), orNull(told.systemId), told.files, told.bytes,
            storable(nonNull(told.checked)), QString::fromUtf8(writtenAsJson(told, true)) };
        if (auto done = write(m_database, upsert, { row }); !done)
            return done;
    }
    if (!spans)
        return {};
    return writeSpans(ordinal, told.spans, kept == nullptr ? std::vector<WalSpan> {} : kept->spans);
}

Result<> Application::writeSpans(int ordinal, std::vector<WalSpan> told, const std::vector<WalSpan> &kept)
{
    const auto key = [](const WalSpan &span) { return std::tie(span.timeline, span.first); };
    std::ranges::sort(told, {}, key);
    told.erase(std::ranges::unique(told, {}, key).begin(), told.end());
    const auto number = [](SegmentNumber segment) { return static_cast<qlonglong>(segment.value); };
    const auto at = [&](const WalSpan &span) {
        return QVariantList { m_source.id, ordinal, bigint(span.timeline), number(span.first) };
    };
    std::vector<QVariantList> removed;
    for (const WalSpan &span : kept) {
        const auto still = std::ranges::lower_bound(told, key(span), {}, key);
        if (still == told.end() || key(*still) != key(span))
            removed.push_back(at(span));
    }
    std::vector<QVariantList> rows;
    for (const WalSpan &span : told) {
        const auto before = std::ranges::lower_bound(kept, key(span), {}, key);
        if (before == kept.end() || *before != span)
            rows.push_back(at(span)
                + QVariantList { number(span.last), orNull(span.firstArrived), orNull(span.lastArrived) });
    }
    auto done = m_database.batch(u"DELETE FROM wal_spans WHERE source = ? AND ordinal = ? AND timeline = ? "
                                 "AND first_segment = ?"_s,
        removed);
    if (!done)
        return done;
    const QString columns = u"last_segment, first_arrived, last_arrived"_s;
    return write(m_database,
        { u"wal_spans"_s, u"source, ordinal, timeline, first_segment, "_s + columns,
            replaceAll(u"source, ordinal, timeline, first_segment"_s, columns) },
        rows);
}

Result<> Application::compareRuns(std::span<const Run> portion, std::vector<QVariantList> &rows)
{
    QHash<QString, Run> told;
    QVariantList values { m_source.id };
    for (Run run : portion) {
        run.source = m_source.name;
        run.id = storable(run.id);
        run.kind = storable(nonNull(run.kind));
        if (!told.contains(run.id))
            values += run.id;
        told.insert(run.id, std::move(run));
    }
    const auto kept = m_database.rows(
        u"SELECT %1 FROM runs WHERE source = ? AND id IN (%2)"_s.arg(runColumns(), places(told.size())),
        values);
    if (!kept)
        return tl::unexpected(kept.error());
    for (const QVariantList &row : *kept) {
        const auto before = runFrom(row, m_source.name);
        const auto now = told.constFind(row.front().toString());
        if (before && *before == *now)
            told.erase(now);
    }
    for (const Run &run : std::as_const(told)) {
        rows.push_back({ m_source.id, run.id, run.kind, bigint(run.start), orNull(run.end),
            static_cast<int>(run.state), QString::fromUtf8(writtenAsJson(run, true)) });
    }
    return {};
}

Result<> Application::runs()
{
    const std::span<const Run> all(m_scan.runs);
    std::vector<QVariantList> rows;
    for (std::size_t from = 0; from < all.size(); from += Portion) {
        auto done = compareRuns(all.subspan(from, std::min<std::size_t>(Portion, all.size() - from)), rows);
        if (!done)
            return done;
    }
    m_changes.runs = static_cast<int>(rows.size());
    return write(m_database,
        { u"runs"_s, u"source, "_s + runColumns(), replaceAll(u"source, id"_s, runColumns().mid(4)) }, rows);
}

template <class T>
std::vector<T> ofSource(std::vector<T> list, const QString &source)
{
    for (T &one : list)
        one.source = source;
    return list;
}

Result<> Application::rest()
{
    const auto kept = listsIn(m_source);
    if (!kept)
        return tl::unexpected(kept.error());
    const bool whole = m_scan.whole;
    const auto jobs = merged(
        whole, ofSource(m_scan.jobs, m_source.name), kept->jobs, [](const Job &job) { return job.id; });
    const auto usage = merged(whole, ofSource(m_scan.usage, m_source.name), kept->usage,
        [](const StoreUsage &one) { return one.part; });
    const auto troubles = ofSource(m_scan.troubles, m_source.name);
    m_changes.rest = jobs != kept->jobs || troubles != kept->troubles || !near(usage, kept->usage)
        || !m_source.error.isEmpty() || m_fresh;
    if (!m_changes.any() && !m_reading)
        return {};
    const qlonglong at = m_scan.at.sinceEpoch.count();
    auto done = m_database.exec(u"UPDATE catalogue_sources SET read_at = ?, tried_at = ?, error = NULL, "
                                "scan_cursor = ?, jobs = ?, store_usage = ?, troubles = ? WHERE id = ?"_s,
        { at, at, storable(nonNull(m_scan.cursor)), listText(jobs), listText(usage), listText(troubles),
            m_source.id });
    return done && m_changes.any() ? raiseVersion(m_database, m_fleet) : done;
}

} // namespace

Result<Changes> applyScan(
    Database &database, const QString &fleet, const Scan &scan, const std::stop_token &stop)
{
    for (const auto &good : { acceptableName(fleet, true), acceptableName(scan.source) }) {
        if (!good)
            return tl::unexpected(good.error());
    }
    Changes changes;
    auto done = database.transaction([&](Database &inside) {
        Application application(inside, fleet, scan, stop);
        auto applied = application.run();
        changes = application.changes();
        return applied;
    });
    if (!done)
        return tl::unexpected(std::move(done).error());
    return changes;
}

} // namespace tidemark
