#include "insight/facts.h"

#include <algorithm>

namespace tidemark {

namespace {

Assurance levelOf(CheckKind kind)
{
    switch (kind) {
    case CheckKind::Structure:
    case CheckKind::Pages:
        return Assurance::Structure;
    case CheckKind::Contents:
        return Assurance::Contents;
    case CheckKind::Restored:
        return Assurance::Restored;
    }
    return Assurance::Listed;
}

// A later check that saw at least as much outweighs one that failed.
bool outweighed(const Check &failed, const std::vector<Check> &checks)
{
    return std::any_of(checks.begin(), checks.end(), [&](const Check &other) {
        return other.passed && levelOf(other.kind) >= levelOf(failed.kind) && other.at && failed.at
            && *other.at > *failed.at;
    });
}

const Check *refuting(const Artifact &artifact)
{
    for (const Check &check : artifact.checks)
        if (!check.passed && check.kind != CheckKind::Pages && !outweighed(check, artifact.checks))
            return &check;
    return nullptr;
}

const Check *strongest(const Artifact &artifact)
{
    const Check *best = nullptr;
    for (const Check &check : artifact.checks)
        if (check.passed && (!best || levelOf(check.kind) > levelOf(best->kind)))
            best = &check;
    return best;
}

const Check *failedPages(const Artifact &artifact)
{
    const auto found = std::find_if(artifact.checks.begin(), artifact.checks.end(),
        [](const Check &check) { return check.kind == CheckKind::Pages && !check.passed; });
    return found == artifact.checks.end() ? nullptr : &*found;
}

QString reasonOf(const Artifact &artifact)
{
    if (!artifact.why.isEmpty())
        return artifact.why;
    if (const Check *check = refuting(artifact))
        return check->said;
    const Check *pages = failedPages(artifact);
    return pages ? pages->said : QString();
}

std::optional<Instant> assuredAt(const Artifact &artifact, Assurance assurance)
{
    const Check *check = assurance == Assurance::Refuted ? refuting(artifact) : strongest(artifact);
    return check ? check->at : std::nullopt;
}

} // namespace

Assurance assuranceOf(const Artifact &artifact)
{
    if (artifact.state == ArtifactState::Damaged || refuting(artifact))
        return Assurance::Refuted;
    const Check *best = strongest(artifact);
    return best ? levelOf(best->kind) : Assurance::Listed;
}

const ClusterFacts &CatalogueFacts::cluster(const QString &name) const
{
    static const ClusterFacts none;
    const auto found = std::find_if(
        clusters.begin(), clusters.end(), [&](const ClusterFacts &one) { return one.name == name; });
    return found == clusters.end() ? none : *found;
}

std::optional<Instant> momentOf(const ArtifactFact &artifact)
{
    const bool dump = artifact.kind == ArtifactKind::Dump || artifact.kind == ArtifactKind::Globals;
    return dump && artifact.start ? artifact.start : artifact.stop;
}

ArtifactFact factOf(const Artifact &artifact, qint32 source, std::optional<SystemId> cluster)
{
    ArtifactFact fact;
    fact.source = source;
    fact.kind = artifact.kind;
    fact.method = artifact.method;
    fact.state = artifact.state;
    fact.assurance = assuranceOf(artifact);
    fact.foreign = cluster && artifact.systemId && *cluster != *artifact.systemId;
    fact.carriesWal = artifact.carriesWal;
    fact.hasManifest = artifact.hasManifest;
    fact.withGlobals = !artifact.withGlobals.isEmpty();
    fact.held = !artifact.holds.isEmpty();
    fact.badPages = failedPages(artifact) != nullptr;
    fact.quiesced = artifact.quiesced;
    fact.assuredAt = assuredAt(artifact, fact.assurance);
    fact.start = artifact.start;
    fact.stop = artifact.stop;
    fact.startLsn = artifact.startLsn;
    fact.stopLsn = artifact.stopLsn;
    fact.timeline = artifact.timeline;
    fact.stored = artifact.stored ? artifact.stored : artifact.size;
    fact.objects = artifact.objects;
    fact.id = artifact.id;
    fact.parent = artifact.parent;
    fact.database = artifact.database;
    fact.part = artifact.part;
    fact.why = reasonOf(artifact);
    return fact;
}

} // namespace tidemark
