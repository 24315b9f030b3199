#pragma once

#include "values/error.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace tidemark::pbs {

enum class Method { Get, Post, Put, Delete };

using Params = std::vector<std::pair<QString, QString>>;

// The server answers a wrong credential after 3 s and a busy job after 10 s; these limits lie above that.
constexpr std::chrono::milliseconds ReadLimit = std::chrono::seconds(45);
constexpr std::chrono::milliseconds LongLimit = std::chrono::seconds(300);

// One request of the API, before anybody knows who asks.
struct Call {
    Method method = Method::Get;
    QStringList path; // segments, not encoded
    Params params;
    QString needs {}; // "Datastore.Audit on /datastore/pbs01": told when it is refused
    std::chrono::milliseconds limit = ReadLimit;
    bool anonymous = false; // asks without a credential

    // Nothing when a segment would change the way: empty, "." or "..".
    [[nodiscard]] Result<QByteArray> encodedPath() const;
};

[[nodiscard]] QByteArray verb(Method method);
[[nodiscard]] QByteArray encoded(const Params &params); // as a form or a query
// Where a call's parameters travel: GET and DELETE in the query, the others in the body.
[[nodiscard]] bool travelsInBody(Method method);

} // namespace tidemark::pbs
