#include "insight/objectives.h"

#include <algorithm>
#include <set>

namespace tidemark {

namespace {

using namespace Qt::StringLiterals;
using std::chrono::days;
using std::chrono::duration_cast;
using std::chrono::seconds;

template <class T>
void tighten(std::optional<T> &own, const std::optional<T> &other)
{
    if (other && (!own || *other < *own))
        own = other;
}

ObjectiveStanding rpoStanding(seconds limit, const Risk &risk)
{
    ObjectiveStanding standing;
    standing.kind = ObjectiveKind::Rpo;
    standing.limit = limit.count();
    standing.at = risk.repositoryReadAt;
    if (risk.seconds)
        standing.measured = risk.seconds->count();
    const auto seen = risk.whenRead ? risk.whenRead : risk.seconds;
    if (risk.basis == RiskBasis::Nothing)
        standing.state = ObjectiveState::Broken;
    else if (!seen)
        standing.state = ObjectiveState::Unmeasured;
    else if (*seen > limit)
        standing.state = ObjectiveState::Broken;
    else
        standing.state = *risk.seconds > limit ? ObjectiveState::Unproven : ObjectiveState::Met;
    return standing;
}

ObjectiveStanding rtoStanding(seconds limit, const std::vector<MeasuredRestore> &restores)
{
    ObjectiveStanding standing;
    standing.kind = ObjectiveKind::Rto;
    standing.limit = limit.count();
    for (const MeasuredRestore &restore : restores)
        if (restore.passed && (!standing.at || restore.finished > *standing.at)) {
            standing.at = restore.finished;
            standing.measured = restore.took.count();
        }
    if (standing.measured)
        standing.state = *standing.measured <= standing.limit ? ObjectiveState::Met : ObjectiveState::Broken;
    return standing;
}

ObjectiveStanding proofAt(ObjectiveStanding standing, Instant now)
{
    if (!standing.at)
        return standing;
    standing.measured = duration_cast<seconds>(now - *standing.at).count();
    standing.state = *standing.measured <= standing.limit ? ObjectiveState::Met : ObjectiveState::Broken;
    return standing;
}

ObjectiveStanding proofStanding(
    seconds limit, const ClusterFacts &facts, const std::vector<MeasuredRestore> &restores, Instant now)
{
    ObjectiveStanding standing;
    standing.kind = ObjectiveKind::ProofAge;
    standing.limit = limit.count();
    for (const ArtifactFact &artifact : facts.artifacts)
        if (artifact.assurance == Assurance::Restored)
            standing.at = std::max(standing.at, artifact.assuredAt);
    for (const MeasuredRestore &restore : restores)
        if (restore.passed)
            standing.at = std::max(standing.at, std::optional(restore.finished));
    return proofAt(standing, now);
}

// The artifacts of one promise: of its sources, or of all that back the cluster up.
class Kept
{
public:
    Kept(const RetentionPromise &promise, const ClusterFacts &facts, const std::vector<SourceFacts> &sources)
        : m_facts(facts)
    {
        for (std::size_t at = 0; at < sources.size(); ++at)
            if (promise.sources.isEmpty() || promise.sources.contains(sources[at].name)) {
                m_sources.insert(qint32(at));
                earliestOf(sources[at]);
            }
        for (const ArtifactFact &artifact : facts.artifacts)
            if (counts(artifact)) {
                m_oldest = *artifact.stop;
                break;
            }
    }

    [[nodiscard]] std::optional<Instant> oldest() const { return m_oldest; }
    // Something was there before the oldest that is there now.
    [[nodiscard]] bool thinned() const { return m_oldest && m_earliest && *m_oldest - *m_earliest > days(1); }

    // Slots that hold at least one; artifacts come in the order of time.
    [[nodiscard]] qint64 slots(seconds width) const
    {
        qint64 found = 0;
        std::optional<qint64> last;
        for (const ArtifactFact &artifact : m_facts.artifacts) {
            if (!counts(artifact))
                continue;
            const qint64 slot = (*artifact.stop).seconds() / width.count();
            found += slot != last;
            last = slot;
        }
        return found;
    }
    [[nodiscard]] qint64 ofMethod(std::optional<Method> method) const
    {
        return std::count_if(m_facts.artifacts.begin(), m_facts.artifacts.end(),
            [&](const ArtifactFact &one) { return counts(one) && (!method || one.method == *method); });
    }

private:
    [[nodiscard]] bool counts(const ArtifactFact &artifact) const
    {
        return artifact.stop && artifact.state == ArtifactState::Complete && !artifact.foreign
            && artifact.kind != ArtifactKind::Globals && m_sources.contains(artifact.source);
    }
    void earliestOf(const SourceFacts &source)
    {
        for (const Run &run : source.runs)
            if (run.cluster == m_facts.name && (!m_earliest || run.start < *m_earliest))
                m_earliest = run.start;
    }

    const ClusterFacts &m_facts;
    std::set<qint32> m_sources;
    std::optional<Instant> m_oldest;
    std::optional<Instant> m_earliest; // run that is remembered
};

std::optional<qint64> countFor(const QString &option, const Kept &kept)
{
    const QString name = option.startsWith(u"keep-") ? option.sliced(5) : option;
    if (name == u"last")
        return kept.ofMethod({});
    if (name == u"full")
        return kept.ofMethod(Method::Full);
    if (name == u"diff")
        return kept.ofMethod(Method::Differential);
    if (name == u"incr")
        return kept.ofMethod(Method::Incremental);
    if (name == u"hourly")
        return kept.slots(std::chrono::hours(1));
    if (name == u"daily")
        return kept.slots(days(1));
    if (name == u"weekly")
        return kept.slots(days(7));
    if (name == u"monthly")
        return kept.slots(days(30));
    if (name == u"yearly")
        return kept.slots(days(365));
    return {};
}

ObjectiveState promiseState(bool met, const Kept &kept)
{
    if (met)
        return ObjectiveState::Met;
    if (!kept.oldest())
        return ObjectiveState::Unmeasured;
    return kept.thinned() ? ObjectiveState::Broken : ObjectiveState::Growing;
}

// A term of some days may lack the day that is being made.
seconds slack(days term)
{
    return term >= days(3) ? seconds(days(1)) : seconds(std::chrono::hours(1));
}

void addPromise(std::vector<ObjectiveStanding> &standings, const RetentionPromise &promise, const Kept &kept,
    const Recoverability &recoverability, Instant now)
{
    ObjectiveStanding standing;
    standing.kind = ObjectiveKind::Retention;
    standing.promise = promise.name;
    if (promise.duration) {
        const auto oldest = promise.sources.isEmpty() ? recoverability.oldest : kept.oldest();
        standing.limit = seconds(*promise.duration).count();
        standing.at = oldest;
        if (oldest)
            standing.measured = duration_cast<seconds>(now - *oldest).count();
        const bool met
            = oldest && seconds(*standing.measured) + slack(*promise.duration) >= *promise.duration;
        standing.state = promiseState(met, kept);
        standings.push_back(standing);
    }
    QStringList options = promise.keep.keys();
    options.sort();
    for (const QString &option : options) {
        standing = {};
        standing.kind = ObjectiveKind::Retention;
        standing.promise = promise.name;
        standing.keep = option;
        standing.limit = promise.keep.value(option);
        standing.measured = countFor(option, kept);
        standing.at = kept.oldest();
        standing.state = standing.measured ? promiseState(*standing.measured >= standing.limit, kept)
                                           : ObjectiveState::Unmeasured;
        standings.push_back(standing);
    }
}

bool isFor(const RetentionPromise &promise, const Cluster &cluster, const Fleet &fleet)
{
    if (!promise.clusters.isEmpty())
        return promise.clusters.contains(cluster.name);
    return std::any_of(fleet.sources.begin(), fleet.sources.end(), [&](const Source &source) {
        return promise.sources.contains(source.name) && source.clusters.contains(cluster.name);
    });
}

} // namespace

Objectives objectivesOf(const Cluster &cluster, const Fleet &fleet)
{
    Objectives found;
    for (const Source &source : fleet.sources) {
        if (!source.clusters.contains(cluster.name))
            continue;
        tighten(found.rpo, source.objectives.rpo);
        tighten(found.rto, source.objectives.rto);
        tighten(found.proofAge, source.objectives.proofAge);
    }
    const Objectives &own = cluster.objectives;
    found.rpo = own.rpo ? own.rpo : found.rpo;
    found.rto = own.rto ? own.rto : found.rto;
    found.proofAge = own.proofAge ? own.proofAge : found.proofAge;
    found.availability = own.availability;
    return found;
}

std::vector<ObjectiveStanding> objectiveStandings(const Cluster &cluster, const Fleet &fleet,
    const ClusterFacts &facts, const std::vector<SourceFacts> &sources, const Recoverability &recoverability,
    const Risk &risk, const std::vector<MeasuredRestore> &restores, Instant now)
{
    const Objectives objectives = objectivesOf(cluster, fleet);
    std::vector<ObjectiveStanding> standings;
    if (objectives.rpo)
        standings.push_back(rpoStanding(*objectives.rpo, risk));
    if (objectives.rto)
        standings.push_back(rtoStanding(*objectives.rto, restores));
    if (objectives.proofAge)
        standings.push_back(proofStanding(*objectives.proofAge, facts, restores, now));
    for (const RetentionPromise &promise : fleet.promises)
        if (isFor(promise, cluster, fleet))
            addPromise(standings, promise, Kept(promise, facts, sources), recoverability, now);
    return standings;
}

std::vector<ObjectiveStanding> aged(std::vector<ObjectiveStanding> standings, const Risk &risk, Instant now)
{
    for (ObjectiveStanding &standing : standings)
        if (standing.kind == ObjectiveKind::Rpo)
            standing = rpoStanding(seconds(standing.limit), risk);
        else if (standing.kind == ObjectiveKind::ProofAge)
            standing = proofAt(standing, now);
    return standings;
}

} // namespace tidemark
