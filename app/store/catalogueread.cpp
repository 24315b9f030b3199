// What is asked of the catalogue.
#include "insight/belonging.h"
#include "store/cataloguefields.h"
#include "store/cataloguesql.h"

#include <QDateTime>

#include <algorithm>
#include <numeric>

namespace tidemark {

namespace {

constexpr auto RunsKept = std::chrono::hours(24 * 400);

// The artifacts of one group, and whose they turn out to be.
struct Shelf {
    qint32 source = 0; // index into the fleet's sources
    ArtifactGroup group;
    std::vector<ArtifactFact> artifacts;
};

// Everything of one source, before it is known whose it is.
struct Found {
    qint32 source = 0;
    std::vector<WalArchive> archives;
};

class Collection
{
public:
    Collection(Database &database, const Fleet &fleet, const std::stop_token &stop)
        : m_database(database)
        , m_fleet(fleet)
        , m_stop(stop)
    {
    }
    Result<CatalogueFacts> run();

private:
    Result<> readSourceFacts(const SourceRow &row, qint32 index);
    Result<> readShelves(const SourceRow &row, qint32 index);
    void distribute();
    void identify();

    Database &m_database;
    Fleet m_fleet;
    const std::stop_token &m_stop;
    CatalogueFacts m_facts;
    std::vector<Shelf> m_shelves;
    std::vector<Found> m_found;
};

Instant newestRead(const SourceRow &row)
{
    return std::max(row.readAt, row.triedAt).value_or(Instant {});
}

Result<> Collection::readSourceFacts(const SourceRow &row, qint32 index)
{
    SourceFacts &facts = m_facts.sources[static_cast<std::size_t>(index)];
    auto error = errorIn(row);
    if (!error)
        return tl::unexpected(std::move(error).error());
    auto lists = listsIn(row);
    if (!lists)
        return tl::unexpected(std::move(lists).error());
    auto runs = readRuns(m_database, row, newestRead(row) - RunsKept);
    if (!runs)
        return tl::unexpected(std::move(runs).error());
    auto archives = readArchives(m_database, row);
    if (!archives)
        return tl::unexpected(std::move(archives).error());
    facts = { .name = row.name,
        .readAt = row.readAt,
        .error = *std::move(error),
        .troubles = std::move(lists->troubles),
        .usage = std::move(lists->usage),
        .jobs = std::move(lists->jobs),
        .runs = *std::move(runs) };
    m_found.push_back({ index, *std::move(archives) });
    return {};
}

Result<> Collection::readShelves(const SourceRow &row, qint32 index)
{
    const auto groups = readGroups(m_database, row.id);
    if (!groups)
        return tl::unexpected(groups.error());
    QHash<int, std::size_t> shelves;
    for (auto it = groups->cbegin(); it != groups->cend(); ++it) {
        shelves.insert(it.key(), m_shelves.size());
        m_shelves.push_back({ .source = index, .group = it.value(), .artifacts = {} });
    }
    qint64 count = 0;
    auto done = m_database.each(u"SELECT %1 FROM artifacts WHERE source = ?"_s.arg(factColumns()), { row.id },
        [&](const QSqlQuery &found) {
            Shelf &shelf = m_shelves[shelves.value(groupIn(found))];
            ArtifactFact &fact = shelf.artifacts.emplace_back();
            fact.source = index;
            readFact(fact, found, shelf.group);
            return (++count & 0xfff) != 0 || !m_stop.stop_requested();
        });
    if (done && m_stop.stop_requested())
        return failure(ErrorKind::Cancelled, u"store.cancelled"_s, u"stopped halfway"_s);
    return done;
}

// Clusters without an identifier take the one most of what is kept for them carries.
void Collection::identify()
{
    std::vector<Census> census;
    for (const Shelf &shelf : m_shelves)
        census.push_back(
            { shelf.source, { shelf.group.cluster, shelf.group.systemId }, std::ssize(shelf.artifacts) });
    for (const Found &found : m_found) {
        for (const WalArchive &archive : found.archives)
            census.push_back({ found.source, { archive.cluster, archive.systemId }, 1 });
    }
    m_fleet = identifiedByMost(std::move(m_fleet), census);
}

auto orderOf(const ArtifactFact &fact)
{
    constexpr Instant last { std::chrono::microseconds::max() };
    return std::tuple(fact.stop.value_or(last), fact.start.value_or(last), fact.source);
}

// By index: a fact is moved once.
std::vector<ArtifactFact> sorted(std::vector<ArtifactFact> facts)
{
    std::vector<std::pair<std::tuple<Instant, Instant, qint32>, std::uint32_t>> order;
    order.reserve(facts.size());
    for (std::uint32_t i = 0; i < facts.size(); ++i)
        order.emplace_back(orderOf(facts[i]), i);
    std::ranges::sort(order, [&](const auto &a, const auto &b) {
        return a.first != b.first ? a.first < b.first : facts[a.second].id < facts[b.second].id;
    });
    std::vector<ArtifactFact> result;
    result.reserve(facts.size());
    for (const auto &[key, index] : order)
        result.push_back(std::move(facts[index]));
    return result;
}

void moveInto(std::vector<ArtifactFact> &target, Shelf &shelf, bool foreign)
{
    for (ArtifactFact &fact : shelf.artifacts)
        fact.foreign = foreign;
    if (target.empty())
        target = std::move(shelf.artifacts);
    else
        target.insert(target.end(), std::move_iterator(shelf.artifacts.begin()),
            std::move_iterator(shelf.artifacts.end()));
    shelf.artifacts = {};
}

void Collection::distribute()
{
    for (const Cluster &cluster : m_fleet.clusters)
        m_facts.clusters.push_back({ .name = cluster.name, .systemId = cluster.systemId });
    const auto sourceAt
        = [this](qint32 index) -> const Source & { return m_fleet.sources[static_cast<std::size_t>(index)]; };
    for (Shelf &shelf : m_shelves) {
        const Belonging home
            = belonging(m_fleet, sourceAt(shelf.source), { shelf.group.cluster, shelf.group.systemId });
        auto &target = home.cluster < 0 ? m_facts.strays
                                        : m_facts.clusters[static_cast<std::size_t>(home.cluster)].artifacts;
        moveInto(target, shelf, home.foreign);
    }
    for (Found &found : m_found) {
        for (WalArchive &archive : found.archives) {
            const Belonging home
                = belonging(m_fleet, sourceAt(found.source), { archive.cluster, archive.systemId });
            if (home.cluster >= 0)
                m_facts.clusters[static_cast<std::size_t>(home.cluster)].archives.push_back(
                    std::move(archive));
        }
    }
    for (ClusterFacts &cluster : m_facts.clusters)
        cluster.artifacts = sorted(std::move(cluster.artifacts));
    m_facts.strays = sorted(std::move(m_facts.strays));
}

Result<CatalogueFacts> Collection::run()
{
    const auto version = readVersion(m_database, m_fleet.name);
    if (!version)
        return tl::unexpected(version.error());
    m_facts.version = *version;
    auto accepted = readAcceptances(m_database, m_fleet.name);
    if (!accepted)
        return tl::unexpected(std::move(accepted).error());
    m_facts.accepted = *std::move(accepted);
    const auto rows = readSources(m_database, m_fleet.name);
    if (!rows)
        return tl::unexpected(rows.error());
    for (qint32 i = 0; i < static_cast<qint32>(m_fleet.sources.size()); ++i) {
        const QString &name = m_fleet.sources[static_cast<std::size_t>(i)].name;
        m_facts.sources.push_back({ .name = name });
        const auto row = std::ranges::find(*rows, name, &SourceRow::name);
        if (row == rows->end())
            continue;
        if (auto done = readSourceFacts(*row, i); !done)
            return tl::unexpected(std::move(done).error());
        if (auto done = readShelves(*row, i); !done)
            return tl::unexpected(std::move(done).error());
    }
    identify();
    distribute();
    return std::move(m_facts);
}

// Groups of the fleet's sources whose artifacts are the cluster's.
Result<QStringList> groupsOf(Database &database, const Fleet &fleet, const ArtifactQuery &query)
{
    const auto rows = readSources(database, fleet.name);
    if (!rows)
        return tl::unexpected(rows.error());
    struct Candidate {
        int id;
        Census census;
    };
    std::vector<Candidate> candidates;
    std::vector<Census> census;
    for (qint32 i = 0; i < static_cast<qint32>(fleet.sources.size()); ++i) {
        const auto row
            = std::ranges::find(*rows, fleet.sources[static_cast<std::size_t>(i)].name, &SourceRow::name);
        if (row == rows->end())
            continue;
        const auto groups = readGroups(database, row->id);
        if (!groups)
            return tl::unexpected(groups.error());
        const auto counts = database.rows(
            u"SELECT in_group, count(*) FROM artifacts WHERE source = ? GROUP BY in_group"_s, { row->id });
        if (!counts)
            return tl::unexpected(counts.error());
        for (const QVariantList &count : *counts) {
            const ArtifactGroup group = groups->value(count.at(0).toInt());
            census.push_back({ i, { group.cluster, group.systemId }, count.at(1).toLongLong() });
            candidates.push_back({ count.at(0).toInt(), census.back() });
        }
    }
    const Fleet known = identifiedByMost(fleet, census);
    QStringList ids;
    for (const Candidate &candidate : candidates) {
        const Source &source = known.sources[static_cast<std::size_t>(candidate.census.source)];
        const Belonging home = belonging(known, source, candidate.census.told);
        if (home.cluster >= 0 && known.clusters[static_cast<std::size_t>(home.cluster)].name == query.cluster)
            ids += QString::number(candidate.id);
    }
    return ids;
}

struct Filter {
    QStringList conditions;
    QVariantList values;
    void add(const QString &condition, const QVariant &value)
    {
        conditions += condition;
        values += value;
    }
};

Result<Filter> filterOf(Database &database, const Fleet &fleet, const ArtifactQuery &query)
{
    Filter filter;
    filter.add(u"s.fleet = ?"_s, nonNull(fleet.name));
    if (!query.source.isEmpty())
        filter.add(u"s.name = ?"_s, query.source);
    if (query.from)
        filter.add(u"coalesce(stop_at, start_at, 0) >= ?"_s, bigint(*query.from));
    if (query.to)
        filter.add(u"coalesce(stop_at, start_at, 0) <= ?"_s, bigint(*query.to));
    if (query.cluster.isEmpty())
        return filter;
    const auto groups = groupsOf(database, fleet, query);
    if (!groups)
        return tl::unexpected(groups.error());
    filter.conditions += groups->isEmpty() ? u"1 = 0"_s : u"in_group IN (%1)"_s.arg(groups->join(u", "_s));
    return filter;
}

QString qualified(const QString &columns)
{
    return u"a."_s + QString(columns).replace(u", "_s, u", a."_s);
}

Result<std::vector<Artifact>> artifactsFrom(Database &database, const Database::Rows &rows)
{
    QHash<int, QHash<int, ArtifactGroup>> groups;
    std::vector<Artifact> artifacts;
    for (const QVariantList &row : rows) {
        const int source = row.at(0).toInt();
        if (!groups.contains(source)) {
            auto read = readGroups(database, source);
            if (!read)
                return tl::unexpected(std::move(read).error());
            groups.insert(source, *std::move(read));
        }
        auto artifact = artifactFrom(row, 2, row.at(1).toString(), groups[source].value(row.at(4).toInt()));
        if (!artifact)
            return tl::unexpected(std::move(artifact).error());
        artifacts.push_back(*std::move(artifact));
    }
    return artifacts;
}

} // namespace

Result<CatalogueFacts> readCatalogue(Database &database, const Fleet &fleet, const std::stop_token &stop)
{
    return Collection(database, fleet, stop).run();
}

Result<std::vector<Artifact>> readArtifacts(
    Database &database, const Fleet &fleet, const ArtifactQuery &query)
{
    auto filter = filterOf(database, fleet, query);
    if (!filter)
        return tl::unexpected(std::move(filter).error());
    const QString sql
        = u"SELECT s.id, s.name, %1 FROM artifacts a JOIN catalogue_sources s ON s.id = a.source "
          "WHERE %2 ORDER BY coalesce(stop_at, start_at, 0) DESC, s.name, a.id LIMIT ? OFFSET ?"_s;
    filter->values << std::max(query.limit, 0) << std::max(query.offset, 0);
    const auto rows = database.rows(
        sql.arg(qualified(artifactColumns()), filter->conditions.join(u" AND "_s)), filter->values);
    if (!rows)
        return tl::unexpected(rows.error());
    return artifactsFrom(database, *rows);
}

Result<std::optional<Artifact>> readArtifact(
    Database &database, const QString &fleet, const QString &source, const QString &id)
{
    const auto rows = database.rows(
        u"SELECT s.id, s.name, %1 FROM artifacts a JOIN catalogue_sources s ON s.id = a.source "
        "WHERE s.fleet = ? AND s.name = ? AND a.id = ?"_s.arg(qualified(artifactColumns())),
        { nonNull(fleet), source, storable(id) });
    if (!rows)
        return tl::unexpected(rows.error());
    auto artifacts = artifactsFrom(database, *rows);
    if (!artifacts)
        return tl::unexpected(std::move(artifacts).error());
    return artifacts->empty() ? std::optional<Artifact>() : std::optional(std::move(artifacts->front()));
}

Result<Known> readKnown(Database &database, const QString &fleet, const QString &source)
{
    Known known;
    const auto row = readSource(database, fleet, source);
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return known;
    auto archives = readArchives(database, **row);
    if (!archives)
        return tl::unexpected(std::move(archives).error());
    known.archives = *std::move(archives);
    known.cursor = (*row)->cursor;
    auto done = database.each(u"SELECT id, stamp FROM artifacts WHERE source = ?"_s, { (*row)->id },
        [&known](const QSqlQuery &found) {
            known.stamps.insert(found.value(0).toString(), found.value(1).toString());
            return true;
        });
    if (!done)
        return tl::unexpected(std::move(done).error());
    // What still ran a week ago and later is not known to its end.
    const auto newest
        = database.rows(u"SELECT max(start_at), (SELECT min(start_at) FROM runs WHERE source = ? AND state = "
                        u"? AND start_at > "
                        "(SELECT max(start_at) FROM runs WHERE source = ?) - ?) FROM runs WHERE source = ?"_s,
            { (*row)->id, static_cast<int>(RunState::Running), (*row)->id,
                qint64 { std::chrono::microseconds(std::chrono::hours(24 * 7)).count() }, (*row)->id });
    if (!newest)
        return tl::unexpected(newest.error());
    known.newestRun = instantFrom(newest->front().at(newest->front().at(1).isNull() ? 0 : 1));
    return known;
}

Result<> noteFailure(Database &database, const QString &fleet, const SourceReading &reading)
{
    for (const auto &good : { acceptableName(fleet, true), acceptableName(reading.source) }) {
        if (!good)
            return good;
    }
    return database.transaction([&](Database &inside) -> Result<> {
        if (auto locked = lockCatalogue(inside); !locked)
            return locked;
        auto row = readSource(inside, fleet, reading.source);
        if (!row)
            return tl::unexpected(std::move(row).error());
        const QString text = QString::fromUtf8(writtenAsJson(*reading.error));
        const bool news = !*row || (*row)->error != text;
        const auto before = *row ? (*row)->triedAt : std::nullopt;
        if (!news && before && *reading.triedAt - *before <= RereadAfter)
            return {};
        auto source = *row ? Result<SourceRow>(**row) : addSource(inside, fleet, reading.source);
        if (!source)
            return tl::unexpected(std::move(source).error());
        auto done = inside.exec(u"UPDATE catalogue_sources SET tried_at = ?, error = ? WHERE id = ?"_s,
            { bigint(*reading.triedAt), text, source->id });
        return done && news ? raiseVersion(inside, fleet) : done;
    });
}

Result<std::vector<SourceReading>> readReadings(Database &database, const QString &fleet)
{
    const auto rows = readSources(database, fleet);
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<SourceReading> readings;
    for (const SourceRow &row : *rows) {
        auto error = errorIn(row);
        if (!error)
            return tl::unexpected(std::move(error).error());
        readings.push_back({ row.name, row.readAt, row.triedAt, *std::move(error) });
    }
    return readings;
}

Result<qint64> readVersion(Database &database, const QString &fleet)
{
    const auto version
        = database.value(u"SELECT version FROM catalogues WHERE fleet = ?"_s, { nonNull(fleet) });
    if (!version)
        return tl::unexpected(version.error());
    return version->toLongLong();
}

} // namespace tidemark
