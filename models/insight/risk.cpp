#include "insight/risk.h"

#include "fleet/answers.h"

#include <algorithm>

namespace tidemark {

namespace {

using std::chrono::duration_cast;
using std::chrono::seconds;

// An idle server notes the running transactions once behind a segment's header; no commit fits into that.
constexpr std::uint64_t IdleTail = 128;

const SourceFacts *sourceAt(const std::vector<SourceFacts> &sources, qint32 index)
{
    return index >= 0 && std::size_t(index) < sources.size() ? &sources[std::size_t(index)] : nullptr;
}

const Window *newestWindow(const Recoverability &found)
{
    for (const Window &window : found.windows)
        if (window.timeline == found.newestTimeline && window.to == found.newest)
            return &window;
    return nullptr;
}

// Where the newest restorable moment was found.
const SourceFacts *repositoryOf(
    const ClusterFacts &facts, const std::vector<SourceFacts> &sources, const Recoverability &found)
{
    if (const Window *window = newestWindow(found); window && window->archive >= 0) {
        const QString &name = facts.archives[std::size_t(window->archive)].source;
        const auto source = std::ranges::find(sources, name, &SourceFacts::name);
        return source == sources.end() ? nullptr : &*source;
    }
    const auto point = newestPoint(found);
    return point ? sourceAt(sources, facts.artifacts[std::size_t(point->artifact)].source) : nullptr;
}

RiskBasis basisOf(const Recoverability &found, bool read)
{
    if (!found.newest)
        return read ? RiskBasis::Nothing : RiskBasis::Unknown;
    const auto point = newestPoint(found);
    return found.newestLsn && !(point && point->at == *found.newest) ? RiskBasis::Wal : RiskBasis::Points;
}

void addServer(Risk &risk, const ServerFacts &server)
{
    risk.serverLsn = server.currentLsn;
    risk.serverReadAt = server.readAt;
    if (server.segmentsWaiting)
        risk.walWaiting = Bytes { *server.segmentsWaiting
            * server.walSegmentSize.value_or(Bytes { DefaultSegmentSize }).count };
    if (risk.basis != RiskBasis::Wal || !server.currentLsn || !risk.newestLsn)
        return;
    const std::uint64_t behind
        = *server.currentLsn > *risk.newestLsn ? server.currentLsn->value - risk.newestLsn->value : 0;
    risk.bytes = Bytes { qint64(behind) };
    risk.idle = behind <= IdleTail;
}

std::optional<seconds> untilFull(const ServerFacts &server, const std::optional<double> &pace)
{
    if (!archiverFails(server) || !server.walFree || !pace || *pace <= 0)
        return {};
    return seconds(qint64(double(server.walFree->count) / *pace));
}

// Work since then may be lost.
std::optional<Instant> reference(const Risk &risk)
{
    return risk.idle ? std::max(risk.newest, risk.serverReadAt) : risk.newest;
}

std::optional<seconds> sinceReference(const Risk &risk, std::optional<Instant> at)
{
    const auto from = reference(risk);
    if (!from || !at)
        return {};
    return std::max(seconds(0), duration_cast<seconds>(*at - *from));
}

const WalSpan *newestSpan(const WalArchive &archive)
{
    const WalSpan *newest = nullptr;
    for (const WalSpan &span : archive.spans)
        if (span.firstArrived && span.lastArrived && (!newest || *span.lastArrived > *newest->lastArrived))
            newest = &span;
    return newest;
}

} // namespace

std::optional<double> walPace(const ClusterFacts &facts)
{
    std::optional<double> pace;
    std::optional<Instant> newest;
    for (const WalArchive &archive : facts.archives) {
        const WalSpan *span = newestSpan(archive);
        if (!span || (newest && *span->lastArrived <= *newest))
            continue;
        const double passed = double((*span->lastArrived - *span->firstArrived).count()) / 1e6;
        if (passed < 1)
            continue;
        newest = span->lastArrived;
        pace = double(span->count() - 1) * archive.segmentSize / passed;
    }
    return pace;
}

Risk riskOf(const ClusterFacts &facts, const std::vector<SourceFacts> &sources,
    const Recoverability &recoverability, const ServerFacts *server, bool read, Instant now)
{
    Risk risk;
    risk.basis = basisOf(recoverability, read);
    risk.newest = recoverability.newest;
    risk.newestLsn = recoverability.newestLsn;
    risk.newestTimeline = recoverability.newestTimeline;
    if (const SourceFacts *repository = repositoryOf(facts, sources, recoverability))
        risk.repositoryReadAt = repository->readAt;
    risk.walPerSecond = walPace(facts);
    if (server) {
        addServer(risk, *server);
        risk.untilFull = untilFull(*server, risk.walPerSecond);
    }
    return aged(std::move(risk), now);
}

bool newestIsOutOfReach(
    const ClusterFacts &facts, const std::vector<SourceFacts> &sources, const Recoverability &found)
{
    const Window *window = newestWindow(found);
    const SourceFacts *base = nullptr;
    if (window && window->artifact >= 0)
        base = sourceAt(sources, facts.artifacts[std::size_t(window->artifact)].source);
    const SourceFacts *repository = repositoryOf(facts, sources, found);
    return (base && base->error) || (repository && repository->error);
}

Risk aged(Risk risk, Instant now)
{
    risk.seconds = sinceReference(risk, now);
    risk.whenRead = sinceReference(risk, risk.repositoryReadAt);
    return risk;
}

} // namespace tidemark
