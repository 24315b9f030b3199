#include "items/readoutmodel.h"

#include <algorithm>

namespace tidemark {

namespace {

bool opens(const ArtifactFact &artifact, const Window &window, Instant asked)
{
    return artifact.kind == ArtifactKind::BaseBackup && artifact.state == ArtifactState::Complete
        && !artifact.foreign && artifact.assurance != Assurance::Refuted && artifact.stop
        && *artifact.stop <= asked && *artifact.stop >= window.from
        && artifact.timeline.value_or(window.timeline) == window.timeline;
}

// The newest backup before the instant: the least WAL to replay. The window's own one where there is no
// newer.
qint32 baseFor(const ClusterFacts &facts, const Window &window, Instant asked)
{
    for (auto i = qint32(facts.artifacts.size()) - 1; i >= 0; --i)
        if (opens(facts.artifacts[std::size_t(i)], window, asked))
            return i;
    return window.artifact;
}

std::optional<Instant> nextAfter(const Recoverability &known, Instant asked)
{
    std::optional<Instant> best;
    const auto offer = [&](Instant at) {
        if (at > asked && (!best || at < *best))
            best = at;
    };
    for (const Window &window : known.windows)
        offer(window.from);
    for (const Point &point : known.points)
        offer(point.at);
    return best;
}

} // namespace

ReadoutRow readout(
    const Cluster &cluster, const ClusterFacts &facts, const Recoverability &recoverability, Instant asked)
{
    ReadoutRow row;
    row.cluster = cluster.name;
    row.environment = cluster.environment;
    row.objectives = cluster.objectives;
    row.known = true;
    row.answer = answerAt(recoverability, asked);
    qint32 artifact = -1;
    if (row.answer.window >= 0) {
        const Window &window = recoverability.windows[std::size_t(row.answer.window)];
        artifact = baseFor(facts, window, row.answer.at);
        row.withWal = true;
        row.grows = window.open;
        row.confidence = window.confidence;
    } else if (row.answer.point >= 0) {
        const Point &point = recoverability.points[std::size_t(row.answer.point)];
        artifact = point.artifact;
        row.confidence = point.confidence;
    }
    if (artifact >= 0 && std::size_t(artifact) < facts.artifacts.size())
        row.from = facts.artifacts[std::size_t(artifact)];
    if (row.answer.kind != Answer::Kind::Exact)
        row.next = nextAfter(recoverability, asked);
    return row;
}

ReadoutModel::ReadoutModel(Words words, QObject *parent)
    : RowsModel(int(Column::Count), std::move(words), parent)
{
}

} // namespace tidemark
