#include "timeline/scaleframe.h"

#include "theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace tidemark {

namespace {

constexpr double Grab = 6; // px around an end of the frame

} // namespace

QRectF ScaleFrame::rect(const QRectF &time, const TimeScale &whole) const
{
    const double left = time.left() + std::clamp(whole.xOf(m_shown.from()), 0.0, time.width() - 4);
    const double right = time.left() + std::clamp(whole.xOf(m_shown.to()), 4.0, time.width());
    return { left, time.top() + 1, std::max(6.0, right - left), time.height() - 2 };
}

ScaleFrame::Grip ScaleFrame::gripAt(QPointF point, const QRectF &time, const TimeScale &whole) const
{
    const QRectF frame = rect(time, whole);
    if (!time.contains(point))
        return Grip::None;
    if (std::abs(point.x() - frame.left()) < Grab)
        return Grip::Left;
    if (std::abs(point.x() - frame.right()) < Grab)
        return Grip::Right;
    return Grip::Whole;
}

std::optional<TimeScale> ScaleFrame::press(QPointF point, const QRectF &time, const TimeScale &whole)
{
    m_grip = gripAt(point, time, whole);
    m_pressedX = point.x();
    const Instant at = whole.at(m_pressedX - time.left());
    if (m_grip == Grip::Whole && !m_shown.shows(at))
        return m_shown.centred(at);
    return {};
}

std::optional<TimeScale> ScaleFrame::drag(QPointF point, const TimeScale &whole) const
{
    const auto moved = whole.across(point.x() - m_pressedX);
    const double width = m_pressedFrame.width();
    const Instant from = m_pressedFrame.from();
    const Instant to = m_pressedFrame.to();
    if (m_grip == Grip::Whole)
        return TimeScale(from + moved, to + moved, width);
    if (m_grip == Grip::Left && from + moved < to)
        return TimeScale(from + moved, to, width);
    if (m_grip == Grip::Right && to + moved > from)
        return TimeScale(from, to + moved, width);
    return {};
}

void ScaleFrame::paint(
    QPainter &painter, const Theme &theme, const QRectF &time, const TimeScale &whole) const
{
    const QRectF frame = rect(time, whole);
    QColor inside = theme.color(Token::AccTint);
    inside.setAlphaF(0.45F);
    painter.setPen(theme.color(Token::Acc));
    painter.setBrush(theme.isHighContrast() ? QBrush(Qt::NoBrush) : QBrush(inside));
    painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    for (const double x : { frame.left(), frame.right() - 3 })
        painter.fillRect(QRectF(x, frame.center().y() - 7, 3, 14), theme.color(Token::Acc));
}

} // namespace tidemark
