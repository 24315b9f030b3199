#pragma once

#include "values/error.h"
#include "wal/walarchive.h"

#include <QByteArray>

namespace tidemark {

// A ".history" file: one line for each timeline left, oldest first.
[[nodiscard]] Result<TimelineHistory> parseHistory(TimelineId timeline, const QByteArray &text);

} // namespace tidemark
