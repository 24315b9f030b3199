#include "store/artifactpages.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::size_t PageSize = 256; // of new pages; one that grew to twice as many is cut

} // namespace

Result<std::vector<PageHead>> readPageHeads(Database &database, int source)
{
    const auto rows = database.rows(
        u"SELECT page, first_id, artifacts, oldest_at, newest_at FROM artifact_pages WHERE source = ?"_s,
        { source });
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<PageHead> heads;
    heads.reserve(rows->size());
    for (const QVariantList &row : *rows)
        heads.push_back({ row.at(0).toInt(), row.at(1).toString(), row.at(2).toInt(),
            Instant::fromMicroseconds(row.at(3).toLongLong()),
            Instant::fromMicroseconds(row.at(4).toLongLong()) });
    std::ranges::sort(heads, {}, &PageHead::firstId); // as the program orders texts
    return heads;
}

Result<std::optional<std::vector<ArtifactRow>>> readPage(Database &database, int source, int page)
{
    const auto rows = database.rows(
        u"SELECT names, facts, own FROM artifact_pages WHERE source = ? AND page = ?"_s, { source, page });
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->empty())
        return std::optional<std::vector<ArtifactRow>>();
    const QVariantList &row = rows->front();
    return unpacked({ row.at(0).toByteArray(), row.at(1).toByteArray(), row.at(2).toByteArray() });
}

std::vector<PageHead>::const_iterator pageFor(const std::vector<PageHead> &heads, const QString &id)
{
    const auto after = std::ranges::upper_bound(heads, id, {}, &PageHead::firstId);
    return after == heads.begin() ? after : std::prev(after);
}

Result<> PageWriter::write(int page, std::span<const ArtifactRow> rows)
{
    const ArtifactPage bytes = packed(rows);
    Instant oldest = timeOf(rows.front().fact);
    Instant newest = oldest;
    for (const ArtifactRow &row : rows) {
        const Instant at = timeOf(row.fact);
        oldest = std::min(oldest, at);
        newest = std::max(newest, at);
    }
    return m_database.exec(
        u"INSERT INTO artifact_pages (source, page, first_id, artifacts, oldest_at, newest_at, names, facts, "
        "own) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, page) DO UPDATE SET first_id = "
        "excluded.first_id, artifacts = excluded.artifacts, oldest_at = excluded.oldest_at, newest_at = "
        "excluded.newest_at, names = excluded.names, facts = excluded.facts, own = excluded.own"_s,
        { m_source, page, rows.front().id, static_cast<int>(rows.size()), bigint(oldest), bigint(newest),
            bytes.names, bytes.facts, bytes.own });
}

Result<> PageWriter::add(std::span<const ArtifactRow> rows)
{
    for (std::size_t from = 0; from < rows.size(); from += PageSize) {
        auto done = write(m_nextPage++, rows.subspan(from, std::min(PageSize, rows.size() - from)));
        if (!done)
            return done;
    }
    return {};
}

Result<> PageWriter::replace(int page, std::span<const ArtifactRow> rows)
{
    if (rows.empty())
        return m_database.exec(
            u"DELETE FROM artifact_pages WHERE source = ? AND page = ?"_s, { m_source, page });
    const std::size_t stay = rows.size() > 2 * PageSize ? PageSize : rows.size();
    auto done = write(page, rows.first(stay));
    return done ? add(rows.subspan(stay)) : done;
}

Result<> changeGroupCounts(Database &database, int source, const std::map<int, qint64> &changes)
{
    std::vector<QVariantList> rows;
    for (const auto &[group, change] : changes) {
        if (change != 0)
            rows.push_back({ static_cast<qlonglong>(change), group });
    }
    if (rows.empty())
        return {};
    auto done = database.batch(u"UPDATE artifact_groups SET artifacts = artifacts + ? WHERE id = ?"_s, rows);
    return done
        ? database.exec(u"DELETE FROM artifact_groups WHERE source = ? AND artifacts <= 0"_s, { source })
        : done;
}

} // namespace tidemark
