// Sources, groups, archives and runs: rows to values.
#include "store/cataloguefields.h"
#include "store/cataloguesql.h"

namespace tidemark {

// A list as one JSON object, so that it is read like every other value.
template <class T>
struct ListOf {
    std::vector<T> list;
};

template <class T>
void fields(auto &visit, ListOf<T> &lists)
{
    visit("list"_L1, lists.list);
}

template <class T>
void fields(auto &visit, const ListOf<T> &lists)
{
    visit("list"_L1, lists.list);
}

namespace {

template <class T>
QString written(const std::vector<T> &list)
{
    if (list.empty())
        return u""_s;
    return QString::fromUtf8(writtenAsJson(ListOf<T> { list }, true));
}

template <class T>
Result<std::vector<T>> readList(const QString &text, const QString &source)
{
    if (text.isEmpty())
        return std::vector<T> {};
    auto read = readFromJson<ListOf<T>>(text.toUtf8(), u"store.facts"_s);
    if (!read)
        return tl::unexpected(std::move(read).error());
    for (T &one : read->list)
        one.source = source;
    return std::move(read->list);
}

const QString sourceColumns
    = u"id, name, read_at, tried_at, error, scan_cursor, jobs, store_usage, troubles"_s;

SourceRow sourceFrom(const QVariantList &row)
{
    return { .id = row.at(0).toInt(),
        .name = row.at(1).toString(),
        .readAt = instantFrom(row.at(2)),
        .triedAt = instantFrom(row.at(3)),
        .error = row.at(4).toString(),
        .cursor = row.at(5).toString(),
        .jobs = row.at(6).toString(),
        .usage = row.at(7).toString(),
        .troubles = row.at(8).toString() };
}

Result<WalArchive> archiveFrom(const QVariantList &row, const QString &source)
{
    auto archive = readFromJson<WalArchive>(row.at(7).toString().toUtf8(), u"store.facts"_s);
    if (!archive)
        return archive;
    archive->source = source;
    archive->part = row.at(1).toString();
    archive->cluster = row.at(2).toString();
    archive->systemId = systemIdFrom(row.at(3));
    archive->files = row.at(4).toLongLong();
    archive->bytes = row.at(5).toLongLong();
    archive->checked = row.at(6).toString();
    return archive;
}

WalSpan spanFrom(const QSqlQuery &row)
{
    const auto number = [&row](int column) {
        return SegmentNumber { static_cast<std::uint64_t>(row.value(column).toLongLong()) };
    };
    return { .timeline = TimelineId { static_cast<std::uint32_t>(row.value(1).toLongLong()) },
        .first = number(2),
        .last = number(3),
        .firstArrived = instantFrom(row.value(4)),
        .lastArrived = instantFrom(row.value(5)) };
}

} // namespace

Result<std::vector<SourceRow>> readSources(Database &database, const QString &fleet)
{
    const auto rows = database.rows(
        u"SELECT %1 FROM catalogue_sources WHERE fleet = ? ORDER BY name"_s.arg(sourceColumns),
        { nonNull(fleet) });
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<SourceRow> sources;
    for (const QVariantList &row : *rows)
        sources.push_back(sourceFrom(row));
    return sources;
}

Result<std::optional<SourceRow>> readSource(Database &database, const QString &fleet, const QString &name)
{
    const auto rows
        = database.rows(u"SELECT %1 FROM catalogue_sources WHERE fleet = ? AND name = ?"_s.arg(sourceColumns),
            { nonNull(fleet), name });
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->empty())
        return std::optional<SourceRow>();
    return std::optional(sourceFrom(rows->front()));
}

Result<> lockCatalogue(Database &database)
{
    constexpr qint64 key = 0x7469'6465'6d61'726c; // the lock of migrations and one
    if (database.dialect() == Dialect::Sqlite)
        return {};
    return database.exec(u"SELECT pg_advisory_xact_lock(%1)"_s.arg(key));
}

Result<SourceRow> addSource(Database &database, const QString &fleet, const QString &name)
{
    const auto next = database.value(u"SELECT coalesce(max(id), 0) + 1 FROM catalogue_sources"_s);
    if (!next)
        return tl::unexpected(next.error());
    auto done = database.exec(u"INSERT INTO catalogue_sources (id, fleet, name, scan_cursor, jobs, "
                              "store_usage, troubles) VALUES (?, ?, ?, '', '', '', '')"_s,
        { next->toInt(), nonNull(fleet), name });
    if (!done)
        return tl::unexpected(std::move(done).error());
    return SourceRow { .id = next->toInt(), .name = name };
}

Result<> raiseVersion(Database &database, const QString &fleet)
{
    return database.exec(u"INSERT INTO catalogues (fleet, version) VALUES (?, 1) "
                         "ON CONFLICT (fleet) DO UPDATE SET version = catalogues.version + 1"_s,
        { nonNull(fleet) });
}

Result<std::optional<Error>> errorIn(const SourceRow &row)
{
    if (row.error.isEmpty())
        return std::optional<Error>();
    auto error = readFromJson<Error>(row.error.toUtf8(), u"store.facts"_s);
    if (!error)
        return tl::unexpected(std::move(error).error());
    return std::optional(*std::move(error));
}

Result<SourceLists> listsIn(const SourceRow &row)
{
    auto jobs = readList<Job>(row.jobs, row.name);
    if (!jobs)
        return tl::unexpected(std::move(jobs).error());
    auto usage = readList<StoreUsage>(row.usage, row.name);
    if (!usage)
        return tl::unexpected(std::move(usage).error());
    auto troubles = readList<SourceTrouble>(row.troubles, row.name);
    if (!troubles)
        return tl::unexpected(std::move(troubles).error());
    return SourceLists { *std::move(jobs), *std::move(usage), *std::move(troubles) };
}

QString listText(const std::vector<Job> &jobs)
{
    return written(jobs);
}

QString listText(const std::vector<StoreUsage> &usage)
{
    return written(usage);
}

QString listText(const std::vector<SourceTrouble> &troubles)
{
    return written(troubles);
}

Result<QHash<int, GroupRow>> readGroups(Database &database, int source)
{
    const auto rows
        = database.rows(u"SELECT id, about, artifacts FROM artifact_groups WHERE source = ?"_s, { source });
    if (!rows)
        return tl::unexpected(rows.error());
    QHash<int, GroupRow> groups;
    for (const QVariantList &row : *rows) {
        auto group = groupFromJson(row.at(1).toString().toUtf8());
        if (!group)
            return tl::unexpected(std::move(group).error());
        groups.insert(row.at(0).toInt(), { *std::move(group), row.at(2).toLongLong() });
    }
    return groups;
}

Result<std::vector<WalArchive>> readArchives(Database &database, const SourceRow &source)
{
    const auto rows = database.rows(u"SELECT ordinal, part, cluster, system_id, files, bytes, checked, about "
                                    "FROM wal_archives WHERE source = ? ORDER BY ordinal"_s,
        { source.id });
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<WalArchive> archives;
    QHash<int, std::size_t> byOrdinal;
    for (const QVariantList &row : *rows) {
        auto archive = archiveFrom(row, source.name);
        if (!archive)
            return tl::unexpected(std::move(archive).error());
        byOrdinal.insert(row.at(0).toInt(), archives.size());
        archives.push_back(*std::move(archive));
    }
    auto done = database.each(u"SELECT ordinal, timeline, first_segment, last_segment, first_arrived, "
                              "last_arrived FROM wal_spans WHERE source = ? "
                              "ORDER BY ordinal, timeline, first_segment"_s,
        { source.id }, [&](const QSqlQuery &row) {
            archives[byOrdinal.value(row.value(0).toInt())].spans.push_back(spanFrom(row));
            return true;
        });
    if (!done)
        return tl::unexpected(std::move(done).error());
    return archives;
}

const QString &runColumns()
{
    static const QString columns = u"id, kind, start_at, end_at, state, about"_s;
    return columns;
}

Result<Run> runFrom(const QVariantList &row, const QString &source)
{
    auto run = readFromJson<Run>(row.at(5).toString().toUtf8(), u"store.facts"_s);
    if (!run)
        return run;
    run->source = source;
    run->id = row.at(0).toString();
    run->kind = row.at(1).toString();
    run->start = Instant::fromMicroseconds(row.at(2).toLongLong());
    run->end = instantFrom(row.at(3));
    run->state = static_cast<RunState>(row.at(4).toInt());
    return run;
}

Result<std::vector<Run>> readRuns(Database &database, const SourceRow &source, Instant since)
{
    const auto rows = database.rows(
        u"SELECT %1 FROM runs WHERE source = ? AND start_at >= ? ORDER BY start_at, id"_s.arg(runColumns()),
        { source.id, bigint(since) });
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<Run> runs;
    runs.reserve(rows->size());
    for (const QVariantList &row : *rows) {
        auto run = runFrom(row, source.name);
        if (!run)
            return tl::unexpected(std::move(run).error());
        runs.push_back(*std::move(run));
    }
    return runs;
}

QString places(qsizetype count)
{
    return QStringList(count, u"?"_s).join(u", "_s);
}

tl::unexpected<Error> stoppedHalfway()
{
    return failure(ErrorKind::Cancelled, u"store.cancelled"_s, u"stopped halfway; nothing was changed"_s);
}

Result<> acceptableName(const QString &name, bool mayBeEmpty)
{
    if ((name.isEmpty() && !mayBeEmpty) || name.contains(QChar(u'\0')) || !name.isValidUtf16())
        return failure(ErrorKind::Invalid, u"store.name"_s, u"a name is empty or holds a NUL character"_s);
    return {};
}

QString nonNull(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

} // namespace tidemark
