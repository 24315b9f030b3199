#pragma once

#include "pbs/call.h"
#include "pbs/connections.h"
#include "values/error.h"
#include "values/instant.h"

#include <QByteArray>
#include <QUrl>
#include <qcorotask.h>

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace tidemark::pbs {

struct HttpRequest {
    Method method = Method::Get;
    QUrl url;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    std::chrono::milliseconds limit = ReadLimit;
};

struct HttpAnswer {
    int status = 0;
    QByteArray contentType;
    QByteArray body; // unpacked
    std::optional<Instant> date; // the server's clock
};

// One request over a checked connection: with a fingerprint the leaf certificate must have it, without one
// the system's authorities must trust it, and nothing is sent before that. Once another
// certificate was seen nothing is sent until the stop is lifted. Never sent twice, never
// redirected, no cookie kept. Any HTTP status is an answer; a body that ends early is not.
[[nodiscard]] QCoro::Task<Result<HttpAnswer>> exchange(
    std::shared_ptr<Connections> connections, QString fingerprint, HttpRequest request, std::stop_token stop);

// Whether the request may have reached the server without an answer coming back.
[[nodiscard]] bool connectionLost(const Error &error);

} // namespace tidemark::pbs
