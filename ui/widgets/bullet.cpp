#include "widgets/bullet.h"

#include "theme/fills.h"
#include "theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace tidemark {

namespace {

constexpr double Objective = 0.75; // where it stands as long as the value is near
constexpr double Far = 0.45; // and where when the value is beyond the bar

} // namespace

Bullet bulletOf(const std::optional<double> &measured, const std::optional<double> &limit)
{
    Bullet bullet;
    bullet.measured = measured.has_value();
    if (!measured || !limit)
        return bullet;
    bullet.tick = Objective;
    if (*limit <= 0) { // every second counts
        bullet.tick = 0;
        bullet.over = *measured > 0 ? 1 : 0;
        return bullet;
    }
    const double share = *measured / *limit * Objective;
    if (share <= Objective) {
        bullet.fill = std::max(0.0, share);
    } else if (share <= 1) {
        bullet.fill = Objective;
        bullet.over = share;
    } else {
        bullet.tick = bullet.fill = Far;
        bullet.over = 1;
    }
    return bullet;
}

void paintBullet(QPainter &painter, const Theme &theme, const Bullet &bullet, const QRectF &rect)
{
    const bool outlined = theme.isHighContrast() || !bullet.measured;
    const QRectF frame = rect.adjusted(0.5, 0.5, -0.5, -0.5);
    if (!outlined)
        painter.fillRect(rect, theme.color(Token::Sunken));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(bullet.measured ? Token::T1 : Token::Edge), 1,
        bullet.measured ? Qt::SolidLine : Qt::DashLine));
    if (outlined)
        painter.drawRect(frame);
    const auto part = [&](double from, double to) {
        const double left = std::round(rect.left() + from * rect.width());
        return QRectF(left, rect.top(), std::round(rect.left() + to * rect.width()) - left, rect.height());
    };
    if (bullet.fill > 0 && theme.isHighContrast())
        paintFill(painter, theme, Fill::Restorable, part(0, bullet.fill));
    else if (bullet.fill > 0)
        painter.fillRect(part(0, bullet.fill), theme.color(Token::Band));
    if (bullet.over > bullet.fill)
        paintFill(painter, theme, Fill::NotRestorable, part(bullet.fill, bullet.over));
    if (bullet.tick) {
        const double x = std::min(part(0, *bullet.tick).right(), rect.right() - 2);
        painter.fillRect(QRectF(x, rect.top() - 2, 2, rect.height() + 4), theme.color(Token::T1));
    }
}

} // namespace tidemark
