#pragma once

#include "lab/place.h"

#include <sys/types.h>

namespace tidemark::lab {

// A little business on harbor-db, so that charts move: a few small transactions every two seconds, for eight
// hours at most, and never longer than the server lives. Starting it twice starts it once.
[[nodiscard]] Result<> startTraffic(const Place &place, int port);
[[nodiscard]] Result<> stopTraffic(const Place &place);
[[nodiscard]] pid_t trafficPid(const Place &place); // 0: none

} // namespace tidemark::lab
