#pragma once

#include "ports/hostreader.h"
#include "wal/walk.h"

#include <memory>

namespace tidemark {

// One file with a WAL name, found in a folder or named by itself.
struct WalFileFound {
    QByteArray path; // absolute
    QByteArray name; // without folder
    qint64 size = 0; // as stored
    Instant modified; // nothing of one that was named by itself
};

// What lies in some folders, before any record is read.
struct WalFolder {
    std::shared_ptr<HostReader> host;
    std::vector<WalFileFound> files;
    std::uint32_t segmentSize = 0; // 0: nothing that could be read tells
    bool live = false; // a server writes there
    std::vector<TimelineHistory> histories;
    std::vector<WalTrouble> troubles; // of history files
    std::vector<WalLeg> plan;
};

// Lists folders, all below them, and files, and plans their reading. `live`: told from what else lies there
// when it is not said.
[[nodiscard]] QCoro::Task<Result<WalFolder>> openWal(std::shared_ptr<HostReader> host,
    std::vector<QByteArray> paths, std::optional<bool> live, std::stop_token stop);

// What reading told of one file.
struct WalFileRead {
    QByteArray path;
    TimelineId timeline;
    SegmentNumber number;
    WalContents contents;

    bool operator==(const WalFileRead &) const = default;
};

struct WalReading {
    std::vector<WalFileRead> files;
    std::vector<WalGapBetween> gaps;
    WalStats stats;
    std::map<TimelineId, Lsn> lastRecords; // where the last record of each timeline begins
    std::uint64_t unreadable = 0; // records that do not add up
};

// Reads all of it in one pass, on another thread; the listener in the story is called there, one call at a
// time, and has to live until this has ended or, after a stop, as long as `keep` does. A damaged file ends
// nothing: what was before the damage is told, and reading goes on with the next.
[[nodiscard]] QCoro::Task<Result<WalReading>> readWal(
    WalFolder folder, WalStory story, std::shared_ptr<void> keep, std::stop_token stop);

} // namespace tidemark
