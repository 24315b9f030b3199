#include "recovery/recoverbase.h"

#include "wal/segment.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

template <class Named>
const Named *named(const std::vector<Named> &all, const QString &name)
{
    const auto found = std::ranges::find(all, name, &Named::name);
    return found == all.end() ? nullptr : &*found;
}

bool leadsTo(const ArtifactFact &fact, const WalTarget &target)
{
    const bool whole = fact.kind == ArtifactKind::BaseBackup && fact.method == Method::Full
        && fact.state == ArtifactState::Complete && !fact.foreign && fact.stopLsn;
    if (!whole || fact.timeline != target.timeline)
        return false;
    if (target.kind == WalTarget::Kind::Lsn)
        return *fact.stopLsn < target.lsn;
    return target.kind != WalTarget::Kind::Time || !fact.stop || *fact.stop < target.at;
}

} // namespace

std::optional<RecoverBase> recoverBase(
    const CatalogueFacts &facts, const Fleet &fleet, const QString &cluster, const WalTarget &target)
{
    const ClusterFacts &known = facts.cluster(cluster);
    const ArtifactFact *best = nullptr;
    RecoverBase base;
    for (const ArtifactFact &fact : known.artifacts) {
        const Source *source = named(fleet.sources, facts.sources[std::size_t(fact.source)].name);
        if (!source || source->kind != SourceKind::BaseBackups || !leadsTo(fact, target)
            || (best && *fact.stopLsn < *best->stopLsn))
            continue;
        best = &fact;
        base.artifact = fact.id;
        base.from = *source;
    }
    if (!best)
        return {};
    if (const Host *host = named(fleet.hosts, base.from.host))
        base.host = *host;
    for (const WalArchive &archive : known.archives) {
        const Source *source = named(fleet.sources, archive.source);
        if (!source || source->kind != SourceKind::WalArchive || source->host != base.from.host)
            continue;
        const bool whole = archive.part.isEmpty() || archive.part == "."_L1;
        base.walFolder = whole ? source->path : source->path + u'/' + archive.part;
        base.segmentSize = archive.segmentSize;
    }
    return base;
}

QString lastSegment(
    const WalTarget &exact, const std::optional<WalPrediction> &prediction, std::uint32_t segmentSize)
{
    Lsn last = exact.lsn;
    if (exact.kind != WalTarget::Kind::Lsn)
        last = prediction && prediction->last ? prediction->last->lsn : Lsn();
    return segmentName(exact.timeline, SegmentNumber::of(last, segmentSize), segmentSize);
}

QString usualBinaries(int serverVersion)
{
    return serverVersion > 0 ? u"/usr/lib/postgresql/%1/bin"_s.arg(serverVersion / 10000) : QString();
}

} // namespace tidemark
