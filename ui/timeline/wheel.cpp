#include "timeline/wheel.h"

#include <QWheelEvent>

#include <cmath>

namespace tidemark {

TimeScale wheeled(const TimeScale &scale, const QWheelEvent &event, double anchor)
{
    const QPoint turn = event.angleDelta();
    const bool sideways
        = event.modifiers().testFlag(Qt::ShiftModifier) || std::abs(turn.x()) > std::abs(turn.y());
    if (sideways)
        return scale.panned(-(turn.x() != 0 ? turn.x() : turn.y()));
    return scale.zoomed(std::pow(ZoomStep, turn.y() / 120.0), anchor);
}

} // namespace tidemark
