#pragma once

#include "moment/moments.h"

#include <QStringList>

namespace tidemark {

// Where recovery is to end, as a person chose it.
struct MomentStop {
    enum class By { Transaction, Lsn, Time, RestorePoint };
    By by = By::Transaction;
    Lsn before; // what begins here or later does not take effect
    TimelineId timeline; // recovery goes along it
    std::optional<WalCommit> commit; // the one it stops just before; nothing: none is known there
    Instant at; // of that commit, of the typed time or of the restore point
    QString name; // of the restore point

    bool operator==(const MomentStop &) const = default;
};

// Lines of postgresql.auto.conf that make a server's recovery end there.
[[nodiscard]] QStringList recoverySettings(const MomentStop &stop);

// Commits alone, in the order of the log.
[[nodiscard]] std::vector<WalCommit> commitsOf(const std::vector<WalEndTold> &near);
// The commit before or after a place; nothing: not in what was read around it.
[[nodiscard]] std::optional<WalCommit> commitBefore(const std::vector<WalEndTold> &near, Lsn lsn);
[[nodiscard]] std::optional<WalCommit> commitFrom(const std::vector<WalEndTold> &near, Lsn lsn);
// The newest of a piece that ends before a place: the segments around it may have none.
[[nodiscard]] std::optional<WalCommit> lastCommitBefore(const MomentLine &line, Lsn lsn);
// Where recovery to just before a time ends: the first commit in the log that is not earlier.
[[nodiscard]] std::optional<WalCommit> firstNotBefore(const std::vector<WalEndTold> &near, Instant time);

// The segments in which the first commit not earlier than a time lies; nothing: all that was read is earlier.
struct SegmentRange {
    SegmentNumber first;
    SegmentNumber last;

    bool operator==(const SegmentRange &) const = default;
};
[[nodiscard]] std::optional<SegmentRange> segmentsAround(const MomentLine &line, Instant time);

// Named restore points in the order of the log.
[[nodiscard]] std::vector<const WalMark *> restorePoints(const MomentLine &line);
// How many relations the suspicious events behind a place touched.
[[nodiscard]] int relationsOf(const std::vector<const WalTransaction *> &undone);

} // namespace tidemark
