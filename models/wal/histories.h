#pragma once

#include "values/error.h"
#include "wal/walarchive.h"

namespace tidemark {

// A ".history" file. The error's detail tells the line that cannot be read.
[[nodiscard]] Result<TimelineHistory> readTimelineHistory(TimelineId timeline, const QByteArray &text);
// Whose records lie there on the way to this timeline: its own, or those of the ancestor it still was then.
[[nodiscard]] TimelineId timelineAt(const TimelineHistory &history, Lsn lsn);
// A ".backup" file; nothing when it is none. It ended when the file says so; in a zone that cannot be told
// for sure, when the archive got the file.
[[nodiscard]] std::optional<BackupHistoryFile> readBackupHistory(const QByteArray &text, Instant arrived);

// "2026-11-20 02:31:07 UTC" of a label or history file. The zone is an abbreviation of the server's own: only
// UTC, GMT and numbers can be told for sure.
[[nodiscard]] std::optional<Instant> labelTime(const QString &text);

} // namespace tidemark
