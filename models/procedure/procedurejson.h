#pragma once

#include "procedure/procedure.h"
#include "values/error.h"

#include <QByteArray>

namespace tidemark {

// A procedure as a file: what `tidemarkctl recover plan --json` writes and `session run` reads. The same
// procedure gives the same bytes. What cannot be read is "procedure.unreadable", with the place.
[[nodiscard]] QByteArray procedureJson(const Procedure &procedure);
[[nodiscard]] Result<Procedure> procedureFromJson(const QByteArray &bytes);

} // namespace tidemark
