#include "timeline/inks.h"

#include <QPainter>

#include <cmath>

namespace tidemark {

void line(QPainter &painter, double x, double top, double bottom, const QColor &color, double width)
{
    painter.fillRect(QRectF(std::floor(x), top, width, bottom - top), color);
}

void textOn(QPainter &painter, const QRectF &rect, const QString &text, int flags)
{
    painter.drawText(rect, flags | Qt::AlignVCenter | Qt::TextSingleLine, text);
}

void plated(
    QPainter &painter, const QRectF &rect, const QString &text, const QColor &ground, const QColor &ink)
{
    if (text.isEmpty())
        return;
    const double wide = painter.fontMetrics().horizontalAdvance(text) + 8;
    const QRectF plate(rect.left(), rect.top(), std::min(wide, rect.width()), rect.height());
    painter.fillRect(plate, ground);
    painter.setPen(ink);
    const auto room = int(plate.width()) - 7;
    textOn(painter, plate.adjusted(4, 0, -3, 0), painter.fontMetrics().elidedText(text, Qt::ElideRight, room),
        Qt::AlignLeft);
}

QString switchText(const std::vector<LaneSwitch> &all, std::size_t first, std::size_t next)
{
    const QString text = QStringLiteral("%1→%2").arg(all[first].from.value).arg(all[first].to.value);
    return next - first == 1 ? text : QStringLiteral("%1 +%2").arg(text).arg(next - first - 1);
}

} // namespace tidemark
