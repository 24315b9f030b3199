#pragma once

#include <array>
#include <chrono>
#include <cstddef>

namespace tidemark {

// How long to wait before the next try, after so many failed ones in a row: 2, 5, 15, 30, then 60 seconds.
[[nodiscard]] constexpr std::chrono::seconds backoff(int failed)
{
    using std::chrono::seconds;
    constexpr std::array steps { seconds(2), seconds(5), seconds(15), seconds(30), seconds(60) };
    if (failed <= 1)
        return steps.front();
    const auto index = static_cast<std::size_t>(failed) - 1;
    return index < steps.size() ? steps.at(index) : steps.back();
}

} // namespace tidemark
