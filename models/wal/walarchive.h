#pragma once

#include "values/instant.h"
#include "wal/segment.h"

#include <vector>

namespace tidemark {

// An unbroken run of archived WAL on one timeline.
struct WalSpan {
    TimelineId timeline;
    SegmentNumber first;
    SegmentNumber last; // included
    std::optional<Instant> firstArrived; // when the archive got the file, as far as it tells
    std::optional<Instant> lastArrived;

    bool operator==(const WalSpan &) const = default;
    [[nodiscard]] std::uint64_t count() const { return last.value - first.value + 1; }
};

// What is wrong with one file of an archive. A segment that is bad is not part of any span.
enum class WalFault {
    Empty, // zero bytes
    WrongSize, // not the cluster's segment size
    Foreign, // of another system_identifier
    Misnamed, // its first page says another timeline or address
    BadPage, // header is not that of a WAL page
    BadChecksum, // a record's CRC does not hold
    Unreadable, // the storage or the decompressor refused
    BadHistory // a .history file that cannot be read
};

struct WalTrouble {
    QString name; // file name in the archive
    WalFault fault = WalFault::Empty;
    QString detail; // "300 000 of 16 777 216 bytes"
    std::optional<TimelineId> timeline;
    std::optional<SegmentNumber> number;
    std::optional<Instant> arrived;

    bool operator==(const WalTrouble &) const = default;
};

// One line of a .history file: the timeline left its parent here.
struct TimelineSwitch {
    TimelineId parent;
    Lsn at;
    QString reason;

    bool operator==(const TimelineSwitch &) const = default;
};

struct TimelineHistory {
    TimelineId timeline;
    std::vector<TimelineSwitch> switches; // oldest first; the last one is this timeline's own origin
    std::optional<Instant> arrived;

    bool operator==(const TimelineHistory &) const = default;
};

// One end of a base backup as the archive's ".backup" file tells it.
struct BackupHistoryFile {
    TimelineId timeline;
    Lsn startLsn;
    Lsn stopLsn;
    Instant stopped;
    QString label;

    bool operator==(const BackupHistoryFile &) const = default;
};

// One place that keeps WAL, whole: what a cluster left there. Spans and troubles are in the order of timeline
// and number.
struct WalArchive {
    QString source; // name in the fleet file
    QString part; // repository, stanza, server or folder within the source; may be empty
    QString cluster; // name in the fleet file, empty: not known
    std::optional<SystemId> systemId;
    std::uint32_t segmentSize = DefaultSegmentSize;
    bool listed = true; // false: only the two ends of each span are known, gaps inside are not seen
    std::vector<WalSpan> spans;
    std::vector<TimelineHistory> histories;
    std::vector<BackupHistoryFile> backupEnds;
    std::vector<WalTrouble> troubles;
    std::optional<SegmentNumber> partial; // newest ".partial", on the newest timeline
    qint64 files = 0;
    qint64 bytes = 0; // as stored
    QString checked; // adapter's own note of which segments' content it has checked; opaque

    bool operator==(const WalArchive &) const = default;
};

} // namespace tidemark
