#pragma once

#include "timeline/timescale.h"

#include <QRectF>

#include <optional>

class QPainter;

namespace tidemark {

class Theme;

// A frame over an overview that shows which part of its time another scale shows. It is dragged, or its ends;
// a press elsewhere brings it there. `time` is where the overview's scale `whole` lies.
class ScaleFrame
{
public:
    enum class Grip { None, Left, Right, Whole };

    void show(const TimeScale &shown) { m_shown = shown; }
    [[nodiscard]] const TimeScale &shown() const { return m_shown; }
    [[nodiscard]] Grip gripAt(QPointF point, const QRectF &time, const TimeScale &whole) const;
    // Each answers with the scale that is wanted then.
    [[nodiscard]] std::optional<TimeScale> press(QPointF point, const QRectF &time, const TimeScale &whole);
    void hold() { m_pressedFrame = m_shown; } // after the answer to a press was shown
    void letGo() { m_grip = Grip::None; }
    [[nodiscard]] std::optional<TimeScale> drag(QPointF point, const TimeScale &whole) const;
    [[nodiscard]] QRectF rect(const QRectF &time, const TimeScale &whole) const;
    void paint(QPainter &painter, const Theme &theme, const QRectF &time, const TimeScale &whole) const;

private:
    TimeScale m_shown;
    TimeScale m_pressedFrame;
    double m_pressedX = 0;
    Grip m_grip = Grip::None;
};

} // namespace tidemark
