#pragma once

#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace tidemark {

// A duration as people write it: "15 min", "1h 30min", "30 d", "1 y" (365 days), "6 months" (30 days each).
// At most a thousand years.
[[nodiscard]] std::optional<std::chrono::seconds> parseDuration(const QString &text);
// In the largest unit that divides it; reads back as the same.
[[nodiscard]] QString durationText(std::chrono::seconds duration);

// A span of time as people tell it: its two largest neighbouring units; from two weeks on only days, from two
// months on months, from three years on years, rounded. A month is the twelfth of a year of 365.25 days.
enum class SpanUnit { Year, Month, Day, Hour, Minute, Second };
struct SpanPart {
    SpanUnit unit = SpanUnit::Second;
    qint64 count = 0;
};
[[nodiscard]] std::vector<SpanPart> roundedSpan(std::chrono::seconds span); // without its sign, never empty

} // namespace tidemark
