#pragma once

#include <chrono>
#include <vector>

namespace tidemark {

// Age on a horizontal axis, logarithmic so that the last hour and the last year are both seen: now is at the
// right end, a year ago at the left one. Logical pixels.
class AgeScale
{
public:
    static constexpr std::chrono::hours Oldest { 365 * 24 };

    explicit AgeScale(double width)
        : m_width(width)
    {
    }
    [[nodiscard]] double width() const { return m_width; }
    // What is older than a year stands at the left end, what is ahead of now at the right one.
    [[nodiscard]] double xOf(std::chrono::microseconds age) const;
    [[nodiscard]] std::chrono::seconds ageAt(double x) const;

    // 1 y, 90 d, 30 d, 7 d, 1 d, 1 h, now.
    [[nodiscard]] static const std::vector<std::chrono::seconds> &marks();

private:
    double m_width;
};

} // namespace tidemark
