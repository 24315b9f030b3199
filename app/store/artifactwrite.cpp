// apply(), as far as artifacts are concerned: only the pages in which something differs are written.
#include "store/artifactpages.h"
#include "store/cataloguesql.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// What a scan says of one id; gone: `told` is null.
struct Word {
    QString id;
    const Artifact *told = nullptr;
    bool gone = false;
};

// By id, the last word on each counts; one that is gone is gone, told or not.
std::vector<Word> wordsOf(const Scan &scan)
{
    std::vector<Word> words;
    words.reserve(scan.artifacts.size() + static_cast<std::size_t>(scan.gone.size()));
    for (const Artifact &artifact : scan.artifacts)
        words.push_back({ storable(artifact.id), &artifact });
    for (const QString &id : scan.gone)
        words.push_back({ storable(id), nullptr, true });
    if (!std::ranges::is_sorted(words, {}, &Word::id))
        std::ranges::stable_sort(words, {}, &Word::id);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i + 1 < words.size() && words[i + 1].id == words[i].id)
            continue;
        words[kept++] = std::move(words[i]);
    }
    words.resize(kept);
    return words;
}

class ArtifactMerge
{
public:
    ArtifactMerge(Database &database, const SourceRow &source, const std::stop_token &stop)
        : m_database(database)
        , m_source(source)
        , m_stop(stop)
    {
    }
    Result<ArtifactChanges> run(const Scan &scan);

private:
    Result<> loadGroups();
    Result<int> groupFor(const Artifact &artifact);
    Result<ArtifactRow> rowFor(const Word &word);
    Result<> addAll(std::span<const Word> words, PageWriter &writer);
    Result<> mergeAll(std::span<const Word> words, PageWriter &writer);
    Result<> mergePage(const PageHead &head, std::span<const Word> words, PageWriter &writer);
    Result<bool> mergeRow(std::vector<ArtifactRow> &rows, const ArtifactRow *before, const Word &word);

    Database &m_database;
    const SourceRow &m_source;
    const std::stop_token &m_stop;
    std::vector<PageHead> m_heads;
    QHash<ArtifactGroup, int> m_groups;
    std::map<int, qint64> m_counts; // how they change
    int m_nextGroup = 0;
    ArtifactChanges m_changes;
};

Result<> ArtifactMerge::loadGroups()
{
    const auto groups = readGroups(m_database, m_source.id);
    if (!groups)
        return tl::unexpected(groups.error());
    for (auto it = groups->cbegin(); it != groups->cend(); ++it)
        m_groups.insert(it->group, it.key());
    const auto next = m_database.value(u"SELECT coalesce(max(id), 0) + 1 FROM artifact_groups"_s);
    if (!next)
        return tl::unexpected(next.error());
    m_nextGroup = next->toInt();
    return {};
}

Result<int> ArtifactMerge::groupFor(const Artifact &artifact)
{
    const ArtifactGroup group = groupOf(artifact);
    const auto known = m_groups.constFind(group);
    if (known != m_groups.constEnd())
        return *known;
    auto done = m_database.exec(u"INSERT INTO artifact_groups (id, source, about) VALUES (?, ?, ?)"_s,
        { m_nextGroup, m_source.id, QString::fromUtf8(toJson(group)) });
    if (!done)
        return tl::unexpected(std::move(done).error());
    m_groups.insert(group, m_nextGroup);
    return m_nextGroup++;
}

Result<ArtifactRow> ArtifactMerge::rowFor(const Word &word)
{
    Artifact artifact = *word.told;
    artifact.id = word.id;
    artifact.stamp = storable(artifact.stamp);
    artifact.parent = storable(artifact.parent);
    const auto group = groupFor(artifact);
    if (!group)
        return tl::unexpected(group.error());
    return rowOf(artifact, *group);
}

// Of a source without pages: portion by portion, so that a million are not held twice.
Result<> ArtifactMerge::addAll(std::span<const Word> words, PageWriter &writer)
{
    constexpr std::size_t portion = 1024;
    std::vector<ArtifactRow> rows;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!words[i].gone) {
            auto row = rowFor(words[i]);
            if (!row)
                return tl::unexpected(std::move(row).error());
            ++m_counts[groupIn(row->fact)];
            ++m_changes.added;
            rows.push_back(*std::move(row));
        }
        if (rows.size() < portion && i + 1 < words.size())
            continue;
        if (m_stop.stop_requested())
            return stoppedHalfway();
        if (auto done = writer.add(rows); !done)
            return done;
        rows.clear();
    }
    return {};
}

Result<> ArtifactMerge::mergeAll(std::span<const Word> words, PageWriter &writer)
{
    for (auto head = m_heads.cbegin(); head != m_heads.cend() && !words.empty(); ++head) {
        if (m_stop.stop_requested())
            return stoppedHalfway();
        const auto next = std::next(head);
        const auto end = next == m_heads.cend()
            ? words.end()
            : std::ranges::lower_bound(words, next->firstId, {}, &Word::id);
        const auto here = static_cast<std::size_t>(end - words.begin());
        if (here == 0)
            continue;
        if (auto done = mergePage(*head, words.first(here), writer); !done)
            return done;
        words = words.subspan(here);
    }
    return {};
}

Result<> ArtifactMerge::mergePage(const PageHead &head, std::span<const Word> words, PageWriter &writer)
{
    const auto kept = readPage(m_database, m_source.id, head.page);
    if (!kept)
        return tl::unexpected(kept.error());
    // What cannot be read back is not known to the source's adapter either: it tells all of it again.
    const std::vector<ArtifactRow> none;
    const std::vector<ArtifactRow> &before = *kept ? **kept : none;
    std::vector<ArtifactRow> after;
    after.reserve(before.size() + words.size());
    auto row = before.begin();
    bool differs = !*kept;
    for (const Word &word : words) {
        while (row != before.end() && row->id < word.id)
            after.push_back(*row++);
        const ArtifactRow *same = row != before.end() && row->id == word.id ? &*row++ : nullptr;
        auto changed = mergeRow(after, same, word);
        if (!changed)
            return tl::unexpected(std::move(changed).error());
        differs = differs || *changed;
    }
    after.insert(after.end(), row, before.end());
    return differs ? writer.replace(head.page, after) : Result<>();
}

// Whether it makes a difference.
Result<bool> ArtifactMerge::mergeRow(
    std::vector<ArtifactRow> &rows, const ArtifactRow *before, const Word &word)
{
    if (before != nullptr)
        --m_counts[groupIn(before->fact)];
    if (word.gone) {
        m_changes.gone += before != nullptr ? 1 : 0;
        return before != nullptr;
    }
    auto now = rowFor(word);
    if (!now)
        return tl::unexpected(std::move(now).error());
    const bool differs = before == nullptr || *before != *now;
    ++m_counts[groupIn(now->fact)];
    m_changes.added += before == nullptr ? 1 : 0;
    m_changes.changed += before != nullptr && differs ? 1 : 0;
    rows.push_back(*std::move(now));
    return differs;
}

Result<ArtifactChanges> ArtifactMerge::run(const Scan &scan)
{
    const std::vector<Word> words = wordsOf(scan);
    if (words.empty())
        return m_changes;
    auto heads = readPageHeads(m_database, m_source.id);
    if (!heads)
        return tl::unexpected(std::move(heads).error());
    m_heads = *std::move(heads);
    if (auto loaded = loadGroups(); !loaded)
        return tl::unexpected(std::move(loaded).error());
    const auto newest = std::ranges::max_element(m_heads, {}, &PageHead::page);
    PageWriter writer(m_database, m_source.id, newest == m_heads.end() ? 1 : newest->page + 1);
    auto done = m_heads.empty() ? addAll(words, writer) : mergeAll(words, writer);
    if (done)
        done = changeGroupCounts(m_database, m_source.id, m_counts);
    if (!done)
        return tl::unexpected(std::move(done).error());
    return m_changes;
}

} // namespace

Result<ArtifactChanges> mergeArtifacts(
    Database &database, const SourceRow &source, const Scan &scan, const std::stop_token &stop)
{
    return ArtifactMerge(database, source, stop).run(scan);
}

} // namespace tidemark
