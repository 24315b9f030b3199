#pragma once

#include "values/instant.h"
#include "wal/lsn.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace tidemark {

// A backup_label.
struct BackupLabel {
    Lsn start;
    TimelineId timeline;
    std::optional<Instant> started; // nothing when the server's zone cannot be told for sure
    QString label;
    QString from; // primary or standby
    std::optional<Lsn> incrementalFrom;
};
[[nodiscard]] std::optional<BackupLabel> readLabel(const QByteArray &text);

// A tablespace_map: the paths, as they were on the server.
[[nodiscard]] QStringList readTablespaceMap(const QByteArray &text);

// The first bytes of pg_control.
struct ControlHead {
    SystemId systemId;
    int major = 0; // 0: of a version that is not known
};
inline constexpr qint64 ControlHeadSize = 16;
[[nodiscard]] std::optional<ControlHead> readControlHead(const QByteArray &bytes);

} // namespace tidemark
