#include "insight/rules/digest.h"

#include <QHash>

#include <algorithm>

namespace tidemark::rules {

namespace {

constexpr std::chrono::minutes ClockTolerance { 5 };

struct Name {
    qint32 source;
    ArtifactKind kind;
    QString database;

    bool operator==(const Name &) const = default;
};

size_t qHash(const Name &name, size_t seed = 0)
{
    return qHashMulti(seed, name.source, int(name.kind), name.database);
}

class Sorter
{
public:
    explicit Sorter(Instant now)
        : m_now(now)
    {
    }
    void take(const ArtifactFact &artifact)
    {
        Series &series = seriesFor(artifact);
        if (artifact.stop)
            series.newest = &artifact;
        if (artifact.stop && *artifact.stop > m_now + ClockTolerance)
            series.future.add(artifact);
        if (artifact.foreign)
            series.foreign.add(artifact);
        else
            byState(series, artifact);
    }
    std::vector<Series> series() { return std::move(m_series); }

private:
    // Neighbours mostly belong together.
    Series &seriesFor(const ArtifactFact &artifact)
    {
        if (m_last < m_series.size() && belongs(artifact, m_series[m_last]))
            return m_series[m_last];
        const Name name { artifact.source, artifact.kind, artifact.database };
        const auto found = m_places.constFind(name);
        if (found != m_places.constEnd()) {
            m_last = *found;
            return m_series[m_last];
        }
        m_last = m_series.size();
        m_places.insert(name, m_last);
        Series made;
        made.source = artifact.source;
        made.kind = artifact.kind;
        made.database = artifact.database;
        m_series.push_back(std::move(made));
        return m_series.back();
    }
    static bool belongs(const ArtifactFact &artifact, const Series &series)
    {
        return artifact.source == series.source && artifact.kind == series.kind
            && artifact.database == series.database;
    }
    static void byState(Series &series, const ArtifactFact &artifact)
    {
        switch (artifact.state) {
        case ArtifactState::Complete:
            return complete(series, artifact);
        case ArtifactState::Damaged:
            return series.damaged.add(artifact);
        case ArtifactState::Failed:
            return series.failed.add(artifact);
        case ArtifactState::Unfinished:
            return series.unfinished.add(artifact);
        case ArtifactState::Running:
            return;
        }
    }
    static void complete(Series &series, const ArtifactFact &artifact)
    {
        if (artifact.assurance == Assurance::Refuted)
            return series.refuted.add(artifact);
        if (artifact.badPages)
            series.badPages.add(artifact);
        if (!artifact.stop) {
            if (!series.untimed || series.untimed->start < artifact.start)
                series.untimed = &artifact;
            return;
        }
        ++series.complete;
        series.newestComplete = &artifact;
        if (artifact.assurance >= Assurance::Contents)
            ++series.verified;
        else if (!series.oldestUnverified)
            series.oldestUnverified = &artifact;
        if (artifact.stored)
            series.sizes[series.sized++ % series.sizes.size()] = artifact.stored->count;
    }

    Instant m_now;
    std::vector<Series> m_series;
    QHash<Name, std::size_t> m_places;
    std::size_t m_last = 0;
};

} // namespace

void Faulty::add(const ArtifactFact &artifact)
{
    constexpr std::size_t Most = 20;
    ++count;
    newest = &artifact;
    if (some.size() == Most)
        some.erase(some.begin());
    some.push_back(&artifact);
}

std::vector<qint64> Series::earlierSizes() const
{
    std::vector<qint64> earlier;
    const std::size_t kept = std::min(sized, sizes.size());
    for (std::size_t at = sized - kept; at + 1 < sized; ++at)
        earlier.push_back(sizes[at % sizes.size()]);
    return earlier;
}

std::vector<Series> seriesOf(const ClusterFacts &facts, Instant now)
{
    Sorter sorter(now);
    for (const ArtifactFact &artifact : facts.artifacts)
        sorter.take(artifact);
    return sorter.series();
}

} // namespace tidemark::rules
