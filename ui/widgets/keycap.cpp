#include "widgets/keycap.h"

#include "theme/theme.h"

#include <QPainter>

namespace tidemark {

int keyCapWidth(const Theme &theme, const QString &keys)
{
    return QFontMetrics(theme.font(FontRole::Small)).horizontalAdvance(keys) + theme.px(10);
}

int paintKeyCap(
    QPainter &painter, const Theme &theme, const QString &keys, QPoint anchor, Qt::AlignmentFlag end)
{
    const int width = keyCapWidth(theme, keys);
    const int height = theme.px(16);
    const int left = end == Qt::AlignRight ? anchor.x() - width : anchor.x();
    const QRect cap(left, anchor.y() - height / 2, width, height);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.color(Token::Line));
    painter.setBrush(theme.color(Token::Alt));
    painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setFont(theme.font(FontRole::Small));
    painter.setPen(theme.color(Token::T2));
    painter.drawText(cap, Qt::AlignCenter, keys);
    painter.restore();
    return width;
}

} // namespace tidemark
