#include "timeline/timescale.h"

#include <algorithm>
#include <cmath>

namespace tidemark {

namespace {

TimeScale::Span limited(TimeScale::Span span)
{
    return std::clamp(span, TimeScale::Shortest, TimeScale::Longest);
}

} // namespace

TimeScale::TimeScale(Instant from, Instant to, double width)
    : m_from(from)
    , m_span(limited(to - from))
    , m_width(std::max(1.0, width))
{
}

Instant TimeScale::at(double x) const
{
    return m_from + across(x);
}

TimeScale::Span TimeScale::across(double pixels) const
{
    return Span(std::llround(pixels * double(m_span.count()) / m_width));
}

TimeScale TimeScale::resized(double width) const
{
    TimeScale other = *this;
    other.m_width = std::max(1.0, width);
    return other;
}

TimeScale TimeScale::panned(double pixels) const
{
    TimeScale other = *this;
    other.m_from = m_from + across(pixels);
    return other;
}

TimeScale TimeScale::zoomed(double factor, double anchor) const
{
    TimeScale other = *this;
    other.m_span = limited(Span(std::llround(double(m_span.count()) / factor)));
    const double share = anchor / m_width;
    other.m_from = at(anchor) - Span(std::llround(share * double(other.m_span.count())));
    return other;
}

TimeScale TimeScale::centred(Instant instant) const
{
    TimeScale other = *this;
    other.m_from = instant - m_span / 2;
    return other;
}

} // namespace tidemark
