#pragma once

#include <qcorotask.h>

#include <chrono>
#include <stop_token>

namespace tidemark {

// Waits, or until asked to stop. True when the whole time passed.
[[nodiscard]] QCoro::Task<bool> sleepOr(std::chrono::milliseconds duration, std::stop_token stop);

} // namespace tidemark
