#include "insight/bases.h"

#include <QHash>

#include <algorithm>
#include <map>

namespace tidemark {

namespace {

bool tooOld(const ArtifactFact &artifact, const Objectives &objectives, Instant now)
{
    return objectives.proofAge && (!artifact.assuredAt || now - *artifact.assuredAt > *objectives.proofAge);
}

// Increments with all they build on. A chain is as sure as its least sure part.
class Chains
{
public:
    Chains(const std::vector<ArtifactFact> &artifacts, const Objectives &objectives, Instant now)
        : m_artifacts(artifacts)
        , m_objectives(objectives)
        , m_now(now)
        , m_known(artifacts.size(), Open)
        , m_parents(artifacts.size(), Ground)
    {
    }

    // Nothing: broken.
    std::optional<Confidence> of(qint32 index)
    {
        std::vector<qint32> path;
        qint32 at = index;
        while (at >= 0 && m_known[std::size_t(at)] == Open) {
            m_known[std::size_t(at)] = Broken; // a ring stays broken
            path.push_back(at);
            at = m_parents[std::size_t(at)] = isIncrement(at) ? parentOf(at) : Ground;
        }
        std::int8_t below = at == Ground ? std::int8_t(Confidence::Proven)
            : at < 0                     ? Broken
                                         : m_known[std::size_t(at)];
        for (auto step = path.rbegin(); step != path.rend(); ++step)
            below = m_known[std::size_t(*step)] = onTop(below, *step);
        const std::int8_t told = m_known[std::size_t(index)];
        return told == Broken ? std::nullopt : std::optional(Confidence(told));
    }
    // What an unbroken one builds on; -1: on nothing.
    qint32 parent(qint32 index) const { return m_parents[std::size_t(index)]; }

private:
    static constexpr std::int8_t Open = -1;
    static constexpr std::int8_t Broken = -2;
    static constexpr qint32 Ground = -1; // a full backup builds on nothing
    static constexpr qint32 Lost = -2;

    const ArtifactFact &fact(qint32 index) const { return m_artifacts[std::size_t(index)]; }
    bool isIncrement(qint32 index) const
    {
        return fact(index).method != Method::Full || !fact(index).parent.isEmpty();
    }
    std::int8_t onTop(std::int8_t below, qint32 index) const
    {
        const auto own = confidenceOf(fact(index), m_objectives, m_now);
        return own ? std::min(below, std::int8_t(*own)) : Broken;
    }
    bool is(qint32 candidate, const ArtifactFact &child) const
    {
        return candidate >= 0 && fact(candidate).source == child.source && fact(candidate).id == child.parent;
    }
    // Neighbours mostly share their parent, or are each other's: the index is made only when neither holds.
    qint32 parentOf(qint32 index)
    {
        const ArtifactFact &child = fact(index);
        if (child.parent.isEmpty())
            return Lost;
        if (is(m_lastParent, child))
            return m_lastParent;
        if (is(index - 1, child))
            return m_lastParent = index - 1;
        return m_lastParent = byName(child);
    }
    qint32 byName(const ArtifactFact &child)
    {
        if (m_names.isEmpty())
            for (std::size_t at = 0; at < m_artifacts.size(); ++at)
                if (m_artifacts[at].kind == ArtifactKind::BaseBackup)
                    m_names.insert({ m_artifacts[at].source, m_artifacts[at].id }, qint32(at));
        return m_names.value({ child.source, child.parent }, Lost);
    }

    const std::vector<ArtifactFact> &m_artifacts;
    const Objectives &m_objectives;
    Instant m_now;
    std::vector<std::int8_t> m_known;
    std::vector<qint32> m_parents;
    QHash<std::pair<qint32, QString>, qint32> m_names;
    qint32 m_lastParent = Lost;
};

// The stop points that archives keep beside their WAL, for backups that do not know their own.
class StopPoints
{
public:
    explicit StopPoints(const ClusterFacts &facts)
    {
        for (const WalArchive &archive : facts.archives)
            for (const BackupHistoryFile &file : archive.backupEnds)
                m_files.emplace(std::pair(file.timeline, file.startLsn), &file);
    }
    const BackupHistoryFile *of(const ArtifactFact &artifact) const
    {
        if (m_files.empty() || !artifact.timeline || !artifact.startLsn)
            return nullptr;
        const auto found = m_files.find({ *artifact.timeline, *artifact.startLsn });
        return found == m_files.end() ? nullptr : found->second;
    }

private:
    std::map<std::pair<TimelineId, Lsn>, const BackupHistoryFile *> m_files;
};

std::optional<Base> located(const ArtifactFact &artifact, qint32 index, const StopPoints &stops)
{
    Base base;
    base.artifact = index;
    const BackupHistoryFile *file = artifact.stopLsn && artifact.stop ? nullptr : stops.of(artifact);
    const auto stop = artifact.stopLsn || !file ? artifact.stopLsn : std::optional(file->stopLsn);
    const auto stopped = artifact.stop || !file ? artifact.stop : std::optional(file->stopped);
    if (!stop || !stopped || !artifact.timeline)
        return {};
    base.timeline = *artifact.timeline;
    base.stop = *stop;
    base.start = std::min(artifact.startLsn.value_or(*stop), *stop);
    base.stopped = *stopped;
    base.carriesWal = artifact.carriesWal;
    return base;
}

bool whole(const ArtifactFact &artifact)
{
    return artifact.kind == ArtifactKind::BaseBackup && artifact.state == ArtifactState::Complete
        && !artifact.foreign && artifact.assurance != Assurance::Refuted;
}

} // namespace

std::optional<Confidence> confidenceOf(
    const ArtifactFact &artifact, const Objectives &objectives, Instant now)
{
    if (artifact.state != ArtifactState::Complete || artifact.foreign)
        return {};
    switch (artifact.assurance) {
    case Assurance::Refuted:
        return {};
    case Assurance::Listed:
    case Assurance::Structure:
        return Confidence::Claimed;
    case Assurance::Contents:
        if (artifact.badPages)
            return Confidence::Claimed;
        return tooOld(artifact, objectives, now) ? Confidence::Aged : Confidence::Verified;
    case Assurance::Restored:
        return tooOld(artifact, objectives, now) ? Confidence::Aged : Confidence::Proven;
    }
    return {};
}

Bases basesOf(const ClusterFacts &facts, const Objectives &objectives, Instant now)
{
    Bases bases;
    Chains chains(facts.artifacts, objectives, now);
    const StopPoints stops(facts);
    for (std::size_t at = 0; at < facts.artifacts.size(); ++at) {
        const ArtifactFact &artifact = facts.artifacts[at];
        if (!whole(artifact))
            continue;
        const auto index = qint32(at);
        const auto confidence = chains.of(index);
        auto base = located(artifact, index, stops);
        if (!confidence)
            bases.unusable.emplace_back(index, Unusable::ChainBroken);
        else if (!base && (artifact.stop || !artifact.stopLsn))
            bases.unusable.emplace_back(index, Unusable::NoPosition);
        else if (!base)
            bases.unusable.emplace_back(index, Unusable::NoTime);
        else {
            base->confidence = *confidence;
            base->parent = chains.parent(index);
            bases.usable.push_back(*base);
        }
    }
    const auto order = [](const Base &a, const Base &b) {
        return std::tie(a.timeline, a.stop, a.artifact) < std::tie(b.timeline, b.stop, b.artifact);
    };
    if (!std::is_sorted(bases.usable.begin(), bases.usable.end(), order))
        std::sort(bases.usable.begin(), bases.usable.end(), order);
    return bases;
}

} // namespace tidemark
