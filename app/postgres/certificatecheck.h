#pragma once

#include "postgres/conninfo.h"

#include <qcorotask.h>

#include <stop_token>

namespace tidemark {

// libpq says only that a certificate was not accepted. Looks at it once more, sends nothing but the request
// for TLS, and names the reason: "pg.tls-expired", "pg.tls-name" or "pg.tls-untrusted", with whose it is, who
// issued it and until when it holds. What cannot be found out leaves the error as it was.
[[nodiscard]] QCoro::Task<Error> explainTls(
    Error refused, Endpoint at, QMap<QByteArray, QByteArray> parameters, std::stop_token stop);

} // namespace tidemark
