#pragma once

#include "pbs/call.h"
#include "pbs/exchange.h"

#include <map>
#include <optional>

namespace tidemark::pbs {

// The typed error of an answer that is none: by status, by the server's words and, for /api2/extjs, by what
// its envelope says. Nothing when the call succeeded. docs/pbs.md lists the codes.
[[nodiscard]] std::optional<Error> faultOf(const HttpAnswer &answer, const QString &needs = {});

// What a "pbs.parameter" error says of each parameter.
[[nodiscard]] std::map<QString, QString> parameterErrors(const Error &error);

// Which right a "pbs.permission" error misses, where it says so: one of the privileges, on the path.
struct NeededRight {
    QStringList privileges;
    QString path;
    bool operator==(const NeededRight &) const = default;
};
[[nodiscard]] std::optional<NeededRight> neededRight(const Error &error);

} // namespace tidemark::pbs
