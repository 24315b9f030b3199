#pragma once

#include "timeline/timescale.h"

class QWheelEvent;

namespace tidemark {

constexpr double ZoomStep = 1.25; // of a key, a button, a notch of the wheel

// The wheel zooms around `anchor`; sideways, or with Shift, it moves in time.
[[nodiscard]] TimeScale wheeled(const TimeScale &scale, const QWheelEvent &event, double anchor);

} // namespace tidemark
