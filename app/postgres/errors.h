#pragma once

#include "values/error.h"

#include <libpq-fe.h>
#include <optional>

namespace tidemark {

[[nodiscard]] Error cancelled();

// What a class of SQLSTATEs means for the caller.
[[nodiscard]] ErrorKind kindOfState(const QString &state);

// How far a connection had got when it failed.
enum class ConnectStage { Reaching, Tls, Talking, Checking };

struct ConnectFailure {
    ConnectStage stage = ConnectStage::Reaching;
    QString words; // libpq's, at verbosity "verbose", in any language
    bool needsPassword = false;
    bool socket = false;
};

// Tells refusals apart without reading translated words: by SQLSTATE, by the name of the server's function
// that gave up, by the stage, and by the system's own words for an errno.
[[nodiscard]] Error connectError(const ConnectFailure &failed);

// A failed statement. A cancel we asked for is "pg.cancelled"; one by the session's own statement timeout is
// ErrorKind::Timeout; one by somebody else is a Conflict.
struct StatementEnd {
    bool weCancelled = false;
    bool timedOut = false;
};
[[nodiscard]] Error statementError(const PGresult *result, StatementEnd end);

// The server went away in the middle of something.
[[nodiscard]] Error lostError(const QString &words);

} // namespace tidemark
