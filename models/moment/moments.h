#pragma once

#include "wal/histogram.h"
#include "wal/target.h"
#include "wal/walk.h"

#include <QString>

#include <memory>

namespace tidemark {

// What one unbroken run of archived segments told, read in one go.
struct MomentPiece {
    TimelineId timeline;
    SegmentNumber first;
    SegmentNumber last; // included
    bool whole = false; // read on from the segment before, so that what began there is told whole
    std::vector<std::pair<Instant, WalHistogram::Bucket>> seconds; // by commit time, empty ones left out
    std::vector<WalTransaction> events; // what changes definitions or many rows, by LSN
    std::vector<WalMark> marks; // restore points, switches, parameter changes, shutdowns; by LSN
    std::vector<std::uint32_t> commits; // by segment, first to last
    std::optional<WalCommit> firstCommit;
    std::optional<WalCommit> lastCommit;
    std::vector<std::uint32_t> unseen; // committed, and may have begun before this was read
    std::vector<QString> troubles; // damaged files, a sentence each; what was before the damage is told
    qint64 bytes = 0; // of WAL

    bool operator==(const MomentPiece &) const = default;
};
// Names for what was called by number, as they were where reading had not begun yet. Nothing: none is missing
// that these know.
[[nodiscard]] std::optional<MomentPiece> named(const MomentPiece &piece, const RelationNames &names);

// As they are kept; bytes of another version of Tidemark, or damaged ones, are nothing.
[[nodiscard]] QByteArray toBytes(const MomentPiece &piece);
[[nodiscard]] std::optional<MomentPiece> momentPieceFromBytes(const QByteArray &bytes);

// All that is known of a cluster's WAL by reading it. Pieces are in the order of timeline and segment and do
// not overlap; none goes on where another timeline leaves its own.
struct MomentIndex {
    QString cluster;
    std::uint32_t segmentSize = DefaultSegmentSize;
    std::vector<TimelineHistory> histories;
    std::vector<std::shared_ptr<const MomentPiece>> pieces;
    std::optional<TimelineId> timeline; // the cluster's own, nothing: no WAL
};

// How far a reading is.
struct MomentProgress {
    qint64 files = 0; // to be read in all, kept ones left out
    qint64 filesRead = 0;
    qint64 bytes = 0; // of WAL, read so far
    std::chrono::milliseconds took { 0 };
    std::optional<Instant> back; // what lies after this instant is known
};

// The pieces of one timeline and its parents as one run of history. The segment in which a parent was left is
// the child's: its copy of it has what was before.
struct MomentLine {
    TimelineId timeline;
    std::uint32_t segmentSize = DefaultSegmentSize;
    std::vector<std::shared_ptr<const MomentPiece>> pieces; // oldest first
    std::vector<WalGapBetween> gaps; // between pieces: not read, or not there

    // The timeline whose file holds that record; nothing: it was not read.
    [[nodiscard]] std::optional<TimelineId> fileOf(Lsn lsn) const;
};
[[nodiscard]] MomentLine momentLine(const MomentIndex &index, TimelineId timeline);

// Commits and rows in equal buckets from an instant on.
[[nodiscard]] std::vector<WalHistogram::Bucket> momentBuckets(
    const MomentLine &line, Instant from, std::chrono::seconds width, std::size_t count);

// An event as the page lists it.
struct MomentEvent {
    const WalTransaction *transaction = nullptr; // lives as long as its piece
    // The same was done to the same relation about this time of day on earlier days, nearly as large.
    bool usual = false;
    std::optional<Instant> usualAt; // the newest of those
    int usualDays = 0;

    [[nodiscard]] bool suspicious() const { return transaction->kind == WalClass::Destructive && !usual; }
};
// Suspicious ones first, then by time, newest first.
[[nodiscard]] std::vector<MomentEvent> momentEvents(const MomentLine &line);

// What becomes of everything when recovery stops at a target.
struct MomentChoice {
    std::optional<WalCommit> kept; // the last one, nothing: before all that was read
    std::optional<WalCommit> firstLost;
    std::vector<const WalTransaction *> undone; // suspicious ones behind the target, by LSN
    std::uint64_t lost = 0; // other commits behind it
    std::optional<Instant> lostUntil; // commit time of the newest
    std::uint64_t sameSecond = 0; // other commits in the second of the target's commit
};
// `near` are the commits around the target, as MomentReader::around tells them. `before` is where the record
// of the first commit to be lost begins, or any place behind the last one to be kept.
[[nodiscard]] MomentChoice momentChoice(const MomentLine &line, const std::vector<MomentEvent> &events,
    Lsn before, const std::vector<WalEndTold> &near);

} // namespace tidemark
