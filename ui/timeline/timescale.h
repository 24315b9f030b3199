#pragma once

#include "values/instant.h"

namespace tidemark {

// Time on a horizontal axis: which instants a width of pixels shows. Logical pixels; x may lie outside.
class TimeScale
{
public:
    using Span = std::chrono::microseconds;
    static constexpr Span Shortest = std::chrono::seconds(1); // of the whole width
    static constexpr Span Longest = std::chrono::days(3653); // ten years

    TimeScale() = default;
    TimeScale(Instant from, Instant to, double width);

    [[nodiscard]] Instant from() const { return m_from; }
    [[nodiscard]] Instant to() const { return m_from + m_span; }
    [[nodiscard]] Span span() const { return m_span; }
    [[nodiscard]] double width() const { return m_width; }

    [[nodiscard]] double xOf(Instant instant) const
    {
        return double((instant - m_from).count()) * m_width / double(m_span.count());
    }
    [[nodiscard]] Instant at(double x) const;
    // What this many pixels are in time.
    [[nodiscard]] Span across(double pixels) const;
    [[nodiscard]] bool shows(Instant instant) const { return instant >= m_from && instant < to(); }

    // Each answers with another scale; the span stays within its limits.
    [[nodiscard]] TimeScale resized(double width) const;
    [[nodiscard]] TimeScale panned(double pixels) const; // positive: later times come into view
    [[nodiscard]] TimeScale zoomed(
        double factor, double anchor) const; // above 1: closer; the instant at x stays
    [[nodiscard]] TimeScale centred(Instant instant) const;

    bool operator==(const TimeScale &) const = default;

private:
    Instant m_from;
    Span m_span = std::chrono::days(28);
    double m_width = 1;
};

} // namespace tidemark
