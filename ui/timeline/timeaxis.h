#pragma once

#include "timeline/timescale.h"

#include <QString>
#include <QTimeZone>

#include <vector>

namespace tidemark {

enum class TickUnit { Millisecond, Second, Minute, Hour, Day, Week, Month, Year };

struct Tick {
    Instant at;
    bool major = false; // a boundary of the larger unit: midnight among hours, January among months

    bool operator==(const Tick &) const = default;
};

// How an axis is divided: the finest step whose labels have room.
struct TickStep {
    TickUnit unit = TickUnit::Day;
    int count = 1; // "every 15 minutes"

    bool operator==(const TickStep &) const = default;
};
// `text`: size of the labels' font against 12 px.
[[nodiscard]] TickStep stepFor(const TimeScale &scale, double text = 1);
// Boundaries within the scale in the zone's own days, hours and months; a clock change moves them as it
// should.
[[nodiscard]] std::vector<Tick> ticks(const TimeScale &scale, TickStep step, const QTimeZone &zone);

// What the larger unit over a step is called: "Week 46, Nov 2026", "Fri 20 Nov 2026", "2026". Where the clock
// is changed within days a new one begins and names the offset.
struct AxisSection {
    Instant from;
    QString text;

    bool operator==(const AxisSection &) const = default;
};
[[nodiscard]] std::vector<AxisSection> sections(const TimeScale &scale, TickStep step, const QTimeZone &zone);
[[nodiscard]] QString tickText(Instant at, TickStep step, const QTimeZone &zone);

} // namespace tidemark
