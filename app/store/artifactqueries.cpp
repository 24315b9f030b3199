// Single artifacts, and pages of them as a table shows them.
#include "insight/belonging.h"
#include "store/artifactpages.h"
#include "store/cataloguesql.h"

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

struct Shelves {
    SourceRow source;
    QHash<int, GroupRow> groups;
};

Result<std::vector<Shelves>> shelvesOf(Database &database, const QString &fleet, const QString &only)
{
    auto rows = readSources(database, fleet);
    if (!rows)
        return tl::unexpected(std::move(rows).error());
    std::vector<Shelves> shelves;
    for (SourceRow &row : *rows) {
        if (!only.isEmpty() && row.name != only)
            continue;
        auto groups = readGroups(database, row.id);
        if (!groups)
            return tl::unexpected(std::move(groups).error());
        shelves.push_back({ std::move(row), *std::move(groups) });
    }
    return shelves;
}

tl::unexpected<Error> damagedPage()
{
    return failure(ErrorKind::Invalid, u"store.damaged"_s, u"a page of the catalogue is damaged"_s);
}

// The groups whose artifacts are one cluster's.
std::set<int> groupsOf(const Fleet &fleet, const std::vector<Shelves> &all, const QString &cluster)
{
    std::vector<Census> census;
    std::vector<int> ids;
    for (qint32 i = 0; i < static_cast<qint32>(fleet.sources.size()); ++i) {
        for (const Shelves &shelves : all) {
            if (shelves.source.name != fleet.sources[static_cast<std::size_t>(i)].name)
                continue;
            for (auto it = shelves.groups.cbegin(); it != shelves.groups.cend(); ++it) {
                census.push_back({ i, { it->group.cluster, it->group.systemId }, it->artifacts });
                ids.push_back(it.key());
            }
        }
    }
    const Fleet known = identifiedByMost(fleet, census);
    std::set<int> found;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const Source &source = known.sources[static_cast<std::size_t>(census[i].source)];
        const Belonging home = belonging(known, source, census[i].told);
        if (home.cluster >= 0 && known.clusters[static_cast<std::size_t>(home.cluster)].name == cluster)
            found.insert(ids[i]);
    }
    return found;
}

// Newest first; only as many as are asked for are held.
class Newest
{
public:
    Newest(Database &database, const ArtifactQuery &query)
        : m_database(database)
        , m_query(query)
        , m_wanted(static_cast<std::size_t>(std::max(query.offset, 0))
              + static_cast<std::size_t>(std::max(query.limit, 0)))
    {
    }
    Result<std::vector<Artifact>> of(const Fleet &fleet);

private:
    struct Page {
        const Shelves *shelves;
        PageHead head;
    };
    struct Row {
        Instant at;
        const Shelves *shelves;
        ArtifactRow row;
    };
    static bool before(const Row &a, const Row &b);
    [[nodiscard]] bool asked(Instant at) const;
    Result<std::vector<Page>> pages() const;
    Result<> read(const Page &page);
    void trim();
    Result<std::vector<Artifact>> answer();

    Database &m_database;
    const ArtifactQuery &m_query;
    std::size_t m_wanted;
    std::vector<Shelves> m_shelves;
    std::set<int> m_groups; // of the cluster asked for
    std::vector<Row> m_rows;
    std::size_t m_trimAt = m_wanted;
    Instant m_oldest = Instant { std::chrono::microseconds::min() }; // of those held at the last trim
};

bool Newest::before(const Row &a, const Row &b)
{
    if (a.at != b.at)
        return a.at > b.at;
    const QString &left = a.shelves->source.name;
    const QString &right = b.shelves->source.name;
    return left != right ? left < right : a.row.id < b.row.id;
}

bool Newest::asked(Instant at) const
{
    return (!m_query.from || at >= *m_query.from) && (!m_query.to || at <= *m_query.to);
}

Result<std::vector<Newest::Page>> Newest::pages() const
{
    std::vector<Page> pages;
    for (const Shelves &shelves : m_shelves) {
        auto heads = readPageHeads(m_database, shelves.source.id);
        if (!heads)
            return tl::unexpected(std::move(heads).error());
        for (PageHead &head : *heads) {
            if ((!m_query.from || head.newest >= *m_query.from)
                && (!m_query.to || head.oldest <= *m_query.to))
                pages.push_back({ &shelves, std::move(head) });
        }
    }
    std::ranges::sort(pages, std::greater(), [](const Page &page) { return page.head.newest; });
    return pages;
}

void Newest::trim()
{
    std::ranges::sort(m_rows, before);
    if (m_rows.size() < m_wanted)
        return;
    m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(m_wanted), m_rows.end());
    m_oldest = m_rows.back().at;
    m_trimAt = 2 * m_wanted + 1024;
}

Result<> Newest::read(const Page &page)
{
    auto rows = readPage(m_database, page.shelves->source.id, page.head.page);
    if (!rows)
        return tl::unexpected(std::move(rows).error());
    if (!*rows)
        return damagedPage();
    for (ArtifactRow &row : **rows) {
        const Instant at = timeOf(row.fact);
        if (asked(at) && (m_query.cluster.isEmpty() || m_groups.contains(groupIn(row.fact))))
            m_rows.push_back({ at, page.shelves, std::move(row) });
    }
    return {};
}

Result<std::vector<Artifact>> Newest::answer()
{
    trim();
    std::vector<Artifact> artifacts;
    for (std::size_t i = static_cast<std::size_t>(std::max(m_query.offset, 0)); i < m_rows.size(); ++i) {
        const Row &row = m_rows[i];
        auto artifact = artifactOf(
            row.row, row.shelves->source.name, row.shelves->groups.value(groupIn(row.row.fact)).group);
        if (!artifact)
            return tl::unexpected(std::move(artifact).error());
        artifacts.push_back(*std::move(artifact));
    }
    return artifacts;
}

Result<std::vector<Artifact>> Newest::of(const Fleet &fleet)
{
    if (m_query.limit <= 0)
        return std::vector<Artifact> {};
    auto shelves = shelvesOf(m_database, fleet.name, m_query.source);
    if (!shelves)
        return tl::unexpected(std::move(shelves).error());
    m_shelves = *std::move(shelves);
    m_groups = groupsOf(fleet, m_shelves, m_query.cluster);
    auto todo = pages();
    if (!todo)
        return tl::unexpected(std::move(todo).error());
    for (const Page &page : *todo) {
        if (m_rows.size() >= m_trimAt)
            trim();
        if (m_rows.size() >= m_wanted && page.head.newest < m_oldest)
            break; // as all pages that follow
        if (auto done = read(page); !done)
            return tl::unexpected(std::move(done).error());
    }
    return answer();
}

} // namespace

Result<std::vector<Artifact>> readArtifacts(
    Database &database, const Fleet &fleet, const ArtifactQuery &query)
{
    return Newest(database, query).of(fleet);
}

Result<std::optional<Artifact>> readArtifact(
    Database &database, const QString &fleet, const QString &source, const QString &id)
{
    const auto shelves = shelvesOf(database, fleet, source);
    if (!shelves)
        return tl::unexpected(shelves.error());
    if (shelves->empty() || source.isEmpty())
        return std::optional<Artifact>();
    const SourceRow &row = shelves->front().source;
    const auto heads = readPageHeads(database, row.id);
    if (!heads)
        return tl::unexpected(heads.error());
    const auto head = pageFor(*heads, storable(id));
    if (head == heads->end())
        return std::optional<Artifact>();
    const auto rows = readPage(database, row.id, head->page);
    if (!rows)
        return tl::unexpected(rows.error());
    if (!*rows)
        return damagedPage();
    const auto found = std::ranges::find(**rows, storable(id), &ArtifactRow::id);
    if (found == (*rows)->end())
        return std::optional<Artifact>();
    auto artifact = artifactOf(*found, source, shelves->front().groups.value(groupIn(found->fact)).group);
    if (!artifact)
        return tl::unexpected(std::move(artifact).error());
    return std::optional(*std::move(artifact));
}

} // namespace tidemark
