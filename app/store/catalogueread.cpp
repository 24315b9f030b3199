// What is asked of the catalogue.
#include "insight/belonging.h"
#include "store/cataloguefields.h"
#include "store/cataloguesql.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace tidemark {

namespace {

constexpr auto RunsKept = std::chrono::hours(24 * 400);

// A group, and whose it turns out to be.
struct Shelf {
    qint32 source = 0; // index into the fleet's sources
    int id = 0;
    GroupRow row;
    std::vector<ArtifactFact> *place = nullptr;
    bool foreign = false;
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
    void identify();
    void distribute();
    Result<> readArtifacts(const SourceRow &row, qint32 index);
    bool readPage(const QByteArray &names, const QByteArray &facts, const QHash<int, const Shelf *> &shelves);
    void sort();

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

// The adapter is told nothing of what they hold, and so tells it again.
SourceTrouble damagedPages(const QString &source, int count)
{
    return { source, {}, {},
        { ErrorKind::Invalid, u"store.damaged"_s,
            u"%1 pages of the catalogue are damaged; the next reading of the source makes them anew"_s.arg(
                count) } };
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
    for (auto it = groups->cbegin(); it != groups->cend(); ++it)
        m_shelves.push_back({ .source = index, .id = it.key(), .row = it.value() });
    return {};
}

// Clusters without an identifier take the one most of what is kept for them carries.
void Collection::identify()
{
    std::vector<Census> census;
    for (const Shelf &shelf : m_shelves)
        census.push_back(
            { shelf.source, { shelf.row.group.cluster, shelf.row.group.systemId }, shelf.row.artifacts });
    for (const Found &found : m_found) {
        for (const WalArchive &archive : found.archives)
            census.push_back({ found.source, { archive.cluster, archive.systemId }, 1 });
    }
    m_fleet = identifiedByMost(std::move(m_fleet), census);
}

// By stop, then start; those without a time last.
auto orderOf(const ArtifactFact &fact)
{
    constexpr Instant last { std::chrono::microseconds::max() };
    return std::tuple(fact.stop.value_or(last), fact.start.value_or(last), fact.source);
}

bool before(const ArtifactFact &a, const ArtifactFact &b)
{
    const auto first = orderOf(a);
    const auto second = orderOf(b);
    return first != second ? first < second : a.id < b.id;
}

// By index: a fact is moved once, and not at all when they lie in order already.
std::vector<ArtifactFact> sorted(std::vector<ArtifactFact> facts)
{
    if (std::ranges::is_sorted(facts, before))
        return facts;
    std::vector<std::uint32_t> order(facts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) { return before(facts[a], facts[b]); });
    std::vector<ArtifactFact> result;
    result.reserve(facts.size());
    for (const std::uint32_t index : order)
        result.push_back(std::move(facts[index]));
    return result;
}

void Collection::distribute()
{
    for (const Cluster &cluster : m_fleet.clusters)
        m_facts.clusters.push_back({ .name = cluster.name, .systemId = cluster.systemId });
    const auto sourceAt
        = [this](qint32 index) -> const Source & { return m_fleet.sources[static_cast<std::size_t>(index)]; };
    std::map<std::vector<ArtifactFact> *, qint64> counts;
    for (Shelf &shelf : m_shelves) {
        const ArtifactGroup &group = shelf.row.group;
        const Belonging home = belonging(m_fleet, sourceAt(shelf.source), { group.cluster, group.systemId });
        shelf.place = home.cluster < 0 ? &m_facts.strays
                                       : &m_facts.clusters[static_cast<std::size_t>(home.cluster)].artifacts;
        shelf.foreign = home.foreign;
        counts[shelf.place] += shelf.row.artifacts;
    }
    for (const auto &[place, count] : counts)
        place->reserve(static_cast<std::size_t>(count));
    for (Found &found : m_found) {
        for (WalArchive &archive : found.archives) {
            const Belonging home
                = belonging(m_fleet, sourceAt(found.source), { archive.cluster, archive.systemId });
            if (home.cluster >= 0)
                m_facts.clusters[static_cast<std::size_t>(home.cluster)].archives.push_back(
                    std::move(archive));
        }
    }
}

bool Collection::readPage(
    const QByteArray &names, const QByteArray &facts, const QHash<int, const Shelf *> &shelves)
{
    NamesReader name(names, NamesReader::Stamps::Skip);
    FactsReader fact(facts);
    const Shelf *shelf = nullptr; // neighbours are often of one group
    while (name.next() && fact.next()) {
        const int group = groupIn(fact.fact());
        if (shelf == nullptr || shelf->id != group)
            shelf = shelves.value(group);
        if (shelf == nullptr)
            return false;
        ArtifactFact &made = shelf->place->emplace_back();
        made.source = shelf->source;
        made.id = name.id();
        made.foreign = shelf->foreign;
        readFact(made, fact.fact(), shelf->row.group);
    }
    return name.isGood() && fact.isGood();
}

Result<> Collection::readArtifacts(const SourceRow &row, qint32 index)
{
    QHash<int, const Shelf *> shelves;
    for (const Shelf &shelf : m_shelves) {
        if (shelf.source == index)
            shelves.insert(shelf.id, &shelf);
    }
    int damaged = 0;
    auto done = m_database.each(u"SELECT names, facts FROM artifact_pages WHERE source = ?"_s, { row.id },
        [&](const QSqlQuery &page) {
            damaged += readPage(page.value(0).toByteArray(), page.value(1).toByteArray(), shelves) ? 0 : 1;
            return !m_stop.stop_requested();
        });
    if (done && m_stop.stop_requested())
        return failure(ErrorKind::Cancelled, u"store.cancelled"_s, u"stopped halfway"_s);
    if (damaged > 0)
        m_facts.sources[static_cast<std::size_t>(index)].troubles.push_back(damagedPages(row.name, damaged));
    return done;
}

void Collection::sort()
{
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
    std::vector<std::pair<const SourceRow *, qint32>> known;
    for (qint32 i = 0; i < static_cast<qint32>(m_fleet.sources.size()); ++i) {
        const QString &name = m_fleet.sources[static_cast<std::size_t>(i)].name;
        m_facts.sources.push_back({ .name = name });
        const auto row = std::ranges::find(*rows, name, &SourceRow::name);
        if (row != rows->end())
            known.emplace_back(&*row, i);
    }
    const auto each = [&](Result<> (Collection::*part)(const SourceRow &, qint32)) -> Result<> {
        for (const auto &[row, index] : known) {
            if (auto done = (this->*part)(*row, index); !done)
                return done;
        }
        return {};
    };
    auto done = each(&Collection::readSourceFacts);
    if (done)
        done = each(&Collection::readShelves);
    if (!done)
        return tl::unexpected(std::move(done).error());
    // Whose the groups are is known before the first artifact: each is read into its place.
    identify();
    distribute();
    if (done = each(&Collection::readArtifacts); !done)
        return tl::unexpected(std::move(done).error());
    sort();
    return std::move(m_facts);
}

} // namespace

Result<CatalogueFacts> readCatalogue(Database &database, const Fleet &fleet, const std::stop_token &stop)
{
    return Collection(database, fleet, stop).run();
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
    const auto count = database.value(
        u"SELECT coalesce(sum(artifacts), 0) FROM artifact_pages WHERE source = ?"_s, { (*row)->id });
    if (!count)
        return tl::unexpected(count.error());
    known.stamps.reserve(count->toLongLong());
    auto done = database.each(u"SELECT names FROM artifact_pages WHERE source = ?"_s, { (*row)->id },
        [&known](const QSqlQuery &found) {
            const QByteArray names = found.value(0).toByteArray();
            NamesReader name(names, NamesReader::Stamps::Read);
            while (name.next())
                known.stamps.insert(name.id(), name.stamp());
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
