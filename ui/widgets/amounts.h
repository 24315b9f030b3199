#pragma once

#include "values/bytes.h"

#include <QString>

#include <chrono>

namespace tidemark {

// Amounts as the design writes them: the two largest units, three digits, thin spaces.
[[nodiscard]] QString durationWords(std::chrono::seconds duration); // "3 min 20 s", "3 d 5 h", "14 months"
[[nodiscard]] QString tightDuration(std::chrono::seconds duration); // "3 m 20 s"
[[nodiscard]] QString agoWords(std::chrono::seconds age); // "4 s ago"
[[nodiscard]] QString sizeWords(Bytes size); // "9.12 GB", "118 GB"
[[nodiscard]] QString countWords(qint64 count); // "6 912" with a thin space

} // namespace tidemark
