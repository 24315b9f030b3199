#pragma once

#include "fleet/fleetstate.h"

#include <QStringList>

namespace tidemark {

// What a role may see, in the order of what it is worth.
enum class AccessLevel { Limited, Monitor, Superuser };

struct Access {
    AccessLevel level = AccessLevel::Limited;
    QStringList roles; // "pg_monitor", "replication"
    QStringList lacking; // what the probe could not see, each once

    bool operator==(const Access &) const = default;
};

[[nodiscard]] Access accessOf(const ServerFacts &facts);

// Every statement that mends what is missing, each once and in the order found, ready to paste.
[[nodiscard]] QString grantsFor(const std::vector<MissingRight> &missing);

} // namespace tidemark
