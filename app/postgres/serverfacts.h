#pragma once

#include "fleet/fleetstate.h"
#include "ports/sqlsession.h"

#include <vector>

namespace tidemark {

// The questions of a probe, in the order they are asked.
enum class Question {
    Identity,
    Roles,
    Position,
    System,
    Timeline,
    Settings,
    Archiver,
    Waiting,
    Activity,
    Databases,
    Sizes,
    Slots,
    Standbys,
    Wal
};

// One for each question.
[[nodiscard]] std::vector<SqlStatement> probeStatements();

// What the answers mean. A question the role may not ask becomes a MissingRight with the GRANT that mends it;
// only without an identity is there nothing to tell.
[[nodiscard]] Result<ServerFacts> readServerFacts(
    const std::vector<Result<SqlRows>> &answers, const SqlAbout &about, Instant now);

} // namespace tidemark
