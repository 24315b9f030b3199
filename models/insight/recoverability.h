#pragma once

#include "fleet/fleet.h"
#include "insight/facts.h"

namespace tidemark {

// How sure a window or point is, least first. Aged: it was checked or proven, but longer ago than the
// cluster's proof age allows.
enum class Confidence { Claimed, Aged, Verified, Proven };

// Any instant from `from` up to `to` can be restored, on this timeline, starting from this artifact. Windows
// of one cluster do not overlap on one timeline; neighbours differ in confidence, archive or timeline. Stray
// branches have none.
struct Window {
    Instant from;
    Instant to;
    Lsn fromLsn;
    Lsn toLsn;
    TimelineId timeline;
    qint32 artifact = -1; // index into ClusterFacts::artifacts: the oldest one that opens it
    qint32 archive = -1; // index into ClusterFacts::archives, -1: the artifact's own WAL
    Confidence confidence = Confidence::Claimed;
    bool open = false; // WAL still arrives: it grows

    bool operator==(const Window &) const = default;
};

// One instant can be restored: a dump, a snapshot, a base backup that carries only its own WAL.
struct Point {
    Instant at;
    qint32 artifact = -1;
    Confidence confidence = Confidence::Claimed;
    bool partly = false; // a dump of one database, or one without its globals
    ArtifactKind kind = ArtifactKind::BaseBackup; // also where the artifact itself is not read yet

    bool operator==(const Point &) const = default;
};

// The dumps of one run, of every database of the cluster and with its globals: together they bring back the
// whole cluster, each database as of its own dump. The last may be of several nights, and lack the globals.
struct DumpRun {
    Instant from; // the oldest of them: what was there by then is in all
    Instant to; // the newest
    Confidence confidence = Confidence::Claimed; // of the least sure
    std::vector<qint32> artifacts; // in the order to restore: the globals, then the databases by name
    bool withRoles = true; // the globals are there

    bool operator==(const DumpRun &) const = default;
};

enum class GapCause {
    MissingWal, // segments that are not in the archive
    BadWal, // there, but not usable
    LostBase, // WAL goes on, but nothing to start from
    LostHistory // a timeline cannot be reached without its history file
};

// Between two windows, or after the last one, nothing can be restored but points.
struct Gap {
    Instant from; // last restorable instant before it
    std::optional<Instant> to; // nothing: it lasts
    GapCause cause = GapCause::MissingWal;
    TimelineId timeline;
    SegmentNumber first; // missing or bad segments
    std::uint64_t count = 0;
    qint32 archive = -1;
    QString firstName; // name of the first such segment

    bool operator==(const Gap &) const = default;
};

// A timeline as the archives tell it.
struct Branch {
    TimelineId timeline;
    std::optional<TimelineId> parent;
    std::optional<Lsn> forkedAt;
    std::optional<Instant> forkedWhen;
    QString reason;
    bool current = false; // the server is on it
    bool reachable = true; // from the current one, or an ancestor of it
    bool stray = false; // made after the one the server is on, by somebody else
    bool historyMissing = false; // its WAL is there, its .history is not

    bool operator==(const Branch &) const = default;
};

// Why an artifact that its tool calls whole opens neither window nor point.
enum class Unusable {
    NoPosition, // its LSNs or timeline are not told
    ChainBroken, // an artifact it builds on is missing or unusable
    WalMissing, // the WAL between its own start and stop is in no archive
    NoTime // when it was made is not told
};

// What one cluster can be brought back to.
struct Recoverability {
    std::vector<Window> windows; // by from
    std::vector<Point> points; // by at
    std::vector<DumpRun> runs; // by to
    std::vector<Gap> gaps; // by from
    std::vector<Gap> covered; // of single archives, where another one has what is missing
    std::vector<Branch> branches; // by timeline
    // Of windows, runs and points; a point that is a part counts where nothing brings back the whole.
    std::optional<Instant> oldest;
    std::optional<Instant> newest;
    std::optional<Lsn> newestLsn; // end of the newest contiguous WAL that a window reaches
    std::optional<TimelineId> newestTimeline; // which it is on
    std::vector<qint32> unusable; // artifacts that are whole but open nothing, by index: see Unusable
    std::vector<Unusable> reasons; // one for each of them

    bool operator==(const Recoverability &) const = default;
};

[[nodiscard]] Recoverability recoverability(const ClusterFacts &facts, const Objectives &objectives,
    std::optional<TimelineId> serverTimeline, Instant now);

// What restoring to an instant gives: the instant itself inside a window, else the nearest earlier one. What
// brings back only a part of the cluster is an answer where nothing brings back the whole.
struct Answer {
    enum class Kind { Exact, Earlier, Nothing };
    Kind kind = Kind::Nothing;
    Instant at; // what one would get
    qint32 window = -1; // index, or
    qint32 point = -1; // or
    qint32 run = -1;
    std::chrono::microseconds lost {}; // between it and the asked instant

    bool operator==(const Answer &) const = default;
};
// Whether a window holds a place in the WAL: a backup leads there, and nothing on the way is missing.
[[nodiscard]] bool leadsTo(const Recoverability &recoverability, TimelineId timeline, Lsn lsn);
[[nodiscard]] Answer answerAt(const Recoverability &recoverability, Instant asked);
// The newest single moment, of a run of dumps as well; a part only where nothing brings back the whole.
[[nodiscard]] std::optional<Point> newestPoint(const Recoverability &recoverability);
// The newest point by then that is only a part; -1: there is none.
[[nodiscard]] qint32 partAt(const Recoverability &recoverability, Instant asked);

} // namespace tidemark
