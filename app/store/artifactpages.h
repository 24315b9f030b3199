#pragma once

#include "store/artifactrows.h"

#include <map>

namespace tidemark {

// The pages of a source's artifacts in the database.
struct PageHead {
    int page = 0;
    QString firstId; // the least when the page was written; pages do not overlap
    int artifacts = 0;
    Instant oldest;
    Instant newest;
};
// By firstId.
[[nodiscard]] Result<std::vector<PageHead>> readPageHeads(Database &database, int source);
// Nothing: the page is damaged.
[[nodiscard]] Result<std::optional<std::vector<ArtifactRow>>> readPage(
    Database &database, int source, int page);

// Which pages an id lies in, or would.
[[nodiscard]] std::vector<PageHead>::const_iterator pageFor(
    const std::vector<PageHead> &heads, const QString &id);

// Writes rows, which are in the order of their ids, in place of a page or as new ones. Many are cut into
// several pages.
class PageWriter
{
public:
    PageWriter(Database &database, int source, int nextPage)
        : m_database(database)
        , m_source(source)
        , m_nextPage(nextPage)
    {
    }
    [[nodiscard]] Result<> add(std::span<const ArtifactRow> rows);
    [[nodiscard]] Result<> replace(int page, std::span<const ArtifactRow> rows);

private:
    [[nodiscard]] Result<> write(int page, std::span<const ArtifactRow> rows);

    Database &m_database;
    int m_source;
    int m_nextPage;
};

// Adds to the groups' counts; a group that has none any more goes.
[[nodiscard]] Result<> changeGroupCounts(
    Database &database, int source, const std::map<int, qint64> &changes);

// The step of migration 4 that SQL cannot do.
[[nodiscard]] Result<> moveArtifactsIntoPages(Database &database);

} // namespace tidemark
