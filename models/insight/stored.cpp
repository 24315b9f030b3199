#include "insight/stored.h"

#include <algorithm>
#include <numeric>

namespace tidemark {

namespace {

// 0: today.
int daysBefore(Instant now, Instant at)
{
    return int(std::chrono::floor<std::chrono::days>(now - at).count());
}

void addArtifact(Stored &stored, const ArtifactFact &artifact, Instant now)
{
    if (!artifact.stored) {
        if (artifact.state == ArtifactState::Complete)
            ++stored.untold;
        return;
    }
    stored.total = Bytes { stored.total.value_or(Bytes {}).count + artifact.stored->count };
    const auto at = artifact.stop ? artifact.stop : artifact.start;
    if (!at || *at > now)
        return;
    const int days = daysBefore(now, *at);
    stored.knownDays = std::max(stored.knownDays, std::min(days, Stored::Days));
    if (days < Stored::Days)
        stored.made[std::size_t(Stored::Days - 1 - days)].count += artifact.stored->count;
}

} // namespace

std::optional<Bytes> Stored::perDay() const
{
    if (knownDays < 1)
        return {};
    // The oldest artifact began what is known: what was made after it belongs to the days since.
    const auto begin = made.end() - std::min(knownDays, Days);
    const auto add = [](qint64 sum, Bytes one) { return sum + one.count; };
    return Bytes { std::accumulate(begin, made.end(), qint64 { 0 }, add) / knownDays };
}

Stored storedOf(const ClusterFacts &facts, Instant now)
{
    Stored stored;
    stored.made.resize(Stored::Days);
    for (const ArtifactFact &artifact : facts.artifacts)
        addArtifact(stored, artifact, now);
    for (const WalArchive &archive : facts.archives)
        if (archive.bytes > 0)
            stored.total = Bytes { stored.total.value_or(Bytes {}).count + archive.bytes };
    return stored;
}

} // namespace tidemark
