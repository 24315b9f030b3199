#pragma once

#include "moment/moments.h"
#include "ports/momentreader.h"

namespace tidemark {

using NearTold = Result<std::vector<WalEndTold>>;

// The commits around the first one that is not earlier than a time, found by halving what was
// read; none: all that was read is earlier.
[[nodiscard]] QCoro::Task<NearTold> aroundTime(std::shared_ptr<MomentReader> reader, MomentQuestion question,
    MomentLine line, Instant time, std::stop_token stop);

} // namespace tidemark
