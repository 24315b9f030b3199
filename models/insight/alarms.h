#pragma once

#include "insight/insight.h"

#include <map>

namespace tidemark {

// Which failed findings a person was told of: by key, with when each was last there. One that goes away and
// comes back within `ForgottenAfter` is not new.
struct ToldAlarms {
    std::map<QString, Instant> seen;
    bool any = false; // something was concluded before; at first nothing is new

    bool operator==(const ToldAlarms &) const = default;
};

inline constexpr std::chrono::minutes ForgottenAfter { 15 };

// The failed findings nobody accepted that are new, worst first; `told` becomes what is known now.
[[nodiscard]] std::vector<Finding> newAlarms(const Insight &insight, ToldAlarms &told);

// For keeping: one key to a line. What is read back counts as seen at `now`, so that a restart repeats
// nothing.
[[nodiscard]] QString toText(const ToldAlarms &told);
[[nodiscard]] ToldAlarms alarmsFromText(const QString &text, Instant now);

} // namespace tidemark
