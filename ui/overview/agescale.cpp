#include "overview/agescale.h"

#include <algorithm>
#include <cmath>

using namespace std::chrono_literals;

namespace tidemark {

namespace {

// Ages well below this are drawn evenly, well above it each doubling takes the same room.
constexpr double Bend = 20.0 * 60;
constexpr double Whole = std::chrono::seconds(AgeScale::Oldest).count();

} // namespace

double AgeScale::xOf(std::chrono::microseconds age) const
{
    const double seconds = std::clamp(double(age.count()) / 1e6, 0.0, Whole);
    return m_width * (1 - std::log1p(seconds / Bend) / std::log1p(Whole / Bend));
}

std::chrono::seconds AgeScale::ageAt(double x) const
{
    const double share = std::clamp(1 - x / m_width, 0.0, 1.0);
    return std::chrono::seconds(std::llround(std::expm1(share * std::log1p(Whole / Bend)) * Bend));
}

const std::vector<std::chrono::seconds> &AgeScale::marks()
{
    static const std::vector<std::chrono::seconds> all { Oldest, 90 * 24h, 30 * 24h, 7 * 24h, 24h, 1h, 0s };
    return all;
}

} // namespace tidemark
