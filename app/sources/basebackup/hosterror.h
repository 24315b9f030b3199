#pragma once

#include "values/error.h"

namespace tidemark {

// Errors of the way there; what one file says of itself is a fact of the backup.
[[nodiscard]] inline bool ofTheWay(const Error &error)
{
    return !error.code.startsWith(u"host.") || error.kind == ErrorKind::Cancelled
        || error.kind == ErrorKind::Timeout || error.code == u"host.sudo" || error.code == u"host.no-shell"
        || error.code == u"host.cut-off";
}

} // namespace tidemark
