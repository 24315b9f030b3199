#pragma once

#include <QRectF>

#include <optional>

class QPainter;

namespace tidemark {

class Theme;

// A value against its objective as a bar, in shares of its width: filled up to the value, hatched beyond the
// objective, with a tick at the objective.
struct Bullet {
    double fill = 0;
    double over = 0; // end of the hatch; not more than fill: none
    std::optional<double> tick;
    bool measured = true; // false: an empty, dashed bar

    bool operator==(const Bullet &) const = default;
};
// Nothing measured: dashed. Nothing to measure against: no tick. A value far beyond the objective fills the
// bar, and the objective moves to the left.
[[nodiscard]] Bullet bulletOf(const std::optional<double> &measured, const std::optional<double> &limit);

void paintBullet(QPainter &painter, const Theme &theme, const Bullet &bullet, const QRectF &rect);

} // namespace tidemark
