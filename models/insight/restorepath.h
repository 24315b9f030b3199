#pragma once

#include "insight/bases.h"
#include "insight/risk.h"

namespace tidemark {

// The base backups of one cluster that a window can be started from. Made once for its facts, then asked for
// one instant after the other.
class StartingPoints
{
public:
    StartingPoints() = default; // nothing is known of the artifacts
    StartingPoints(const ClusterFacts &facts, const Recoverability &recoverability,
        const Objectives &objectives, Instant now);

    [[nodiscard]] const Base *of(qint32 artifact) const; // null: it opens nothing
    // The newest one that leads to an instant of a window and is as sure as the window itself: the least WAL
    // to replay. Null: nothing is known of the one that opens it.
    [[nodiscard]] const Base *forWindow(
        const Window &window, Instant instant, std::uint32_t segmentSize) const;
    // What has to be restored, in this order: the full backup first.
    [[nodiscard]] std::vector<qint32> chainOf(qint32 artifact) const;
    // The first one on a timeline that had stopped by an instant or later.
    [[nodiscard]] const Base *stoppedFrom(TimelineId timeline, Instant instant) const;

private:
    using Range = std::pair<std::vector<Base>::const_iterator, std::vector<Base>::const_iterator>;
    [[nodiscard]] Range on(TimelineId timeline) const;

    std::vector<Base> m_bases; // by timeline and stop point
    std::vector<qint32> m_places; // in m_bases, by artifact; -1: not there
    std::vector<qint32> m_parents; // by artifact; -1: it builds on nothing
};

// WAL from one archive that is replayed on top of a base backup.
struct WalStretch {
    qint32 archive = -1; // index into ClusterFacts::archives
    TimelineId fromTimeline; // the base backup's
    TimelineId timeline; // recovery has to be sent to this one
    Lsn from;
    Lsn to; // the first position known to be as late as the instant
    QString first; // names of the segments that hold them
    QString last;
    std::uint64_t segments = 0; // no more than this

    bool operator==(const WalStretch &) const = default;
};

// Newer than what brings back the whole, but only a part of the cluster.
struct PartPath {
    Instant at;
    qint32 artifact = -1;
    Confidence confidence = Confidence::Claimed;

    bool operator==(const PartPath &) const = default;
};

// How one cluster is brought back to an instant: what one gets, from which backups, with which WAL, how sure.
struct RestorePath {
    Answer answer;
    Confidence confidence = Confidence::Claimed;
    std::vector<qint32> chain; // artifacts in the order to restore; empty: the facts are not read yet
    bool withWal = false; // WAL is replayed, any instant of a window can be had
    bool grows = false; // WAL of that window still arrives: what is lost has only not arrived yet
    std::optional<WalStretch> wal; // nothing: what one gets needs none, or the archive is not read yet
    std::optional<ArtifactKind> kind; // of what is restored last
    bool partly = false; // a dump of one database, or one without its globals; nothing brings back the whole
    bool withoutRoles = false; // all databases, by their dumps, but no globals
    std::optional<PartPath> part; // a newer one that is only a part
    std::optional<Instant> next; // the first later instant that can be had, where this one cannot

    bool operator==(const RestorePath &) const = default;
};

[[nodiscard]] RestorePath restorePath(const ClusterFacts &facts, const Recoverability &recoverability,
    const StartingPoints &starts, Instant asked);

// Of an idle server: what it says it has not written since the end of the archive is not lost.
void discountIdle(RestorePath &path, const Risk &risk, Instant asked);

} // namespace tidemark
