// Migration 4: artifacts were rows of a table of their own.
#include "store/artifactpages.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// The columns of version 2 that became numbers of a page, in the order of PackedFact::Number.
const QString numberColumns = u"in_group, traits, start_at, stop_at, assured_at, start_lsn, stop_lsn, "
                              "timeline, size, stored, objects"_s;

ArtifactRow rowFrom(const QSqlQuery &found)
{
    ArtifactRow row;
    for (int i = 0; i < PackedFact::Numbers; ++i) {
        const QVariant value = found.value(i);
        if (!value.isNull())
            row.fact.put(static_cast<PackedFact::Number>(i), static_cast<quint64>(value.toLongLong()));
    }
    const int texts = PackedFact::Numbers;
    row.id = found.value(texts).toString();
    row.stamp = found.value(texts + 1).toString();
    row.fact.parent = found.value(texts + 2).toString();
    row.fact.reason = found.value(texts + 3).toString();
    row.own = found.value(texts + 4).toString().toUtf8();
    return row;
}

Result<> moveSource(Database &database, int source)
{
    std::vector<ArtifactRow> rows;
    std::map<int, qint64> counts;
    auto done = database.each(
        u"SELECT %1, id, stamp, parent, reason, own FROM artifacts WHERE source = ?"_s.arg(numberColumns),
        { source }, [&](const QSqlQuery &found) {
            rows.push_back(rowFrom(found));
            ++counts[groupIn(rows.back().fact)];
            return true;
        });
    if (!done)
        return done;
    std::ranges::sort(rows, {}, &ArtifactRow::id);
    done = PageWriter(database, source, 1).add(rows);
    return done ? changeGroupCounts(database, source, counts) : done;
}

} // namespace

Result<> moveArtifactsIntoPages(Database &database)
{
    const auto sources = database.rows(u"SELECT id FROM catalogue_sources"_s);
    if (!sources)
        return tl::unexpected(sources.error());
    for (const QVariantList &source : *sources) {
        if (auto done = moveSource(database, source.front().toInt()); !done)
            return done;
    }
    return database.exec(u"DROP TABLE artifacts"_s);
}

} // namespace tidemark
