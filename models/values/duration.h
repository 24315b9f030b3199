#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace tidemark {

// A duration as people write it: "15 min", "1h 30min", "30 d", "1 y" (365 days), "6 months" (30 days each).
// At most a thousand years.
[[nodiscard]] std::optional<std::chrono::seconds> parseDuration(const QString &text);
// In the largest unit that divides it; reads back as the same.
[[nodiscard]] QString durationText(std::chrono::seconds duration);

} // namespace tidemark
