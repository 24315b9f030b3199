#pragma once

#include "timeline/lane.h"

#include <QColor>
#include <QRectF>

class QPainter;

namespace tidemark {

// A line one or more pixels wide, and one line of text.
void line(QPainter &painter, double x, double top, double bottom, const QColor &color, double width = 1);
void textOn(QPainter &painter, const QRectF &rect, const QString &text, int flags);
// Words that must be read over lines and marks stand on a plate of the ground.
void plated(
    QPainter &painter, const QRectF &rect, const QString &text, const QColor &ground, const QColor &ink);
// "2→3"; several in one place: "2→3 +4".
[[nodiscard]] QString switchText(const std::vector<LaneSwitch> &all, std::size_t first, std::size_t next);

} // namespace tidemark
