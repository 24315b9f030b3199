#pragma once

#include "values/error.h"

#include <QByteArray>

namespace tidemark::pbs {

// Unpacks a body by its Content-Encoding. The server's "deflate" is raw, other servers' has a zlib header;
// both are read, and gzip too. What ends early, or grows beyond the limit, is "pbs.garbled".
[[nodiscard]] Result<QByteArray> inflate(const QByteArray &body, const QByteArray &encoding, qsizetype limit);

} // namespace tidemark::pbs
