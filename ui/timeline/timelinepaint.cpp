#include "timeline/timelinepaint.h"

#include "theme/fills.h"
#include "theme/theme.h"
#include "timeline/inks.h"
#include "timeline/timeaxis.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace tidemark {

namespace {

double textScale(const Theme &theme)
{
    return theme.font(FontRole::Secondary).pixelSize() / 12.0;
}

} // namespace

// A name that would run into the next one is left out.
static void paintSections(
    QPainter &painter, const Theme &theme, const TimelineScene &scene, TickStep step, const QRect &rect)
{
    const auto found = sections(scene.scale, step, scene.zone);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const double x = rect.left() + std::max(0.0, scene.scale.xOf(found[i].from));
        const double end
            = i + 1 < found.size() ? rect.left() + scene.scale.xOf(found[i + 1].from) : rect.right();
        if (x > rect.left())
            line(painter, x, rect.top(), rect.bottom(), theme.color(Token::Line));
        painter.setPen(theme.color(Token::T2));
        if (painter.fontMetrics().horizontalAdvance(found[i].text) + 10 < end - x)
            textOn(
                painter, QRectF(x + 5, rect.top(), end - x - 5, theme.px(18)), found[i].text, Qt::AlignLeft);
    }
}

void paintAxis(QPainter &painter, const Theme &theme, const TimelineScene &scene, const QRect &rect)
{
    painter.fillRect(rect, theme.color(Token::Surface));
    const TickStep step = stepFor(scene.scale, textScale(theme));
    const int upper = rect.top() + theme.px(20);
    const int lower = rect.top() + theme.px(39);
    painter.setFont(theme.font(FontRole::Secondary));
    paintSections(
        painter, theme, scene, step, QRect(rect.left(), upper, rect.width(), rect.bottom() - upper));
    painter.setFont(theme.font(FontRole::Secondary));
    painter.setPen(theme.color(Token::T1));
    for (const Tick &tick : ticks(scene.scale, step, scene.zone)) {
        const double x = rect.left() + scene.scale.xOf(tick.at);
        line(painter, x, lower + theme.px(14), rect.bottom(), theme.color(Token::Line));
        textOn(painter, QRectF(x + 3, lower, 80, theme.px(18)), tickText(tick.at, step, scene.zone),
            Qt::AlignLeft);
    }
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color(Token::Sep));
}

// Dotted, as what is to come is; nothing stands on it that is not known.
static void paintFuture(QPainter &painter, const Theme &theme, const QRectF &rect)
{
    painter.fillRect(rect, theme.color(Token::Future));
    painter.drawTiledPixmap(rect, hatchTile(theme, Fill::Future, painter.device()->devicePixelRatioF()));
}

void paintGrid(QPainter &painter, const Theme &theme, const TimelineScene &scene, const QRect &rect)
{
    painter.fillRect(rect, theme.color(Token::Surface));
    const double now = rect.left() + scene.scale.xOf(scene.now);
    if (now < rect.right())
        paintFuture(
            painter, theme, QRectF(rect).adjusted(std::max(0.0, std::floor(now - rect.left())), 0, 0, 0));
    const TickStep step = stepFor(scene.scale, textScale(theme));
    for (const Tick &tick : ticks(scene.scale, step, scene.zone))
        line(painter, rect.left() + scene.scale.xOf(tick.at), rect.top(), rect.bottom() + 1,
            theme.color(tick.major ? Token::Line : Token::Grid));
    if (now >= rect.left() && now < rect.right())
        line(painter, now, rect.top(), rect.bottom() + 1, theme.color(Token::T1));
}

// Pointing right while the lane is closed, down while it is open.
static void paintArrow(QPainter &painter, const Theme &theme, bool open, const QRectF &rect)
{
    const QPointF middle = rect.center();
    const double reach = theme.px(3);
    const QPolygonF shape = open ? QPolygonF { middle + QPointF(-reach, -reach / 2),
        middle + QPointF(0, reach / 2), middle + QPointF(reach, -reach / 2) }
                                 : QPolygonF { middle + QPointF(-reach / 2, -reach),
                                       middle + QPointF(reach / 2, 0), middle + QPointF(-reach / 2, reach) };
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(Token::T2), 1.35, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(shape);
}

void paintLaneHead(
    QPainter &painter, const Theme &theme, const LaneWords &words, HeadState state, const QRect &rect)
{
    painter.fillRect(rect, theme.color(state.chosen ? Token::Sel : Token::Surface));
    const int pad = theme.px(22);
    const int side = theme.px(14);
    paintArrow(painter, theme, state.open,
        QRectF(rect.left() + theme.px(6), rect.top() + theme.px(10), side, theme.px(16)));
    paintEnvironmentEdge(painter, theme, words.environment,
        QRectF(rect.left() + pad, rect.top() + theme.px(10), 4, theme.px(16)));
    const QRect inside = rect.adjusted(pad + theme.px(10), theme.px(8), -theme.px(10), 0);
    painter.setFont(theme.font(FontRole::Strong));
    painter.setPen(theme.color(Token::T1));
    const QRect first(inside.left(), inside.top(), inside.width() - side - 4, theme.px(20));
    textOn(painter, first, painter.fontMetrics().elidedText(words.name, Qt::ElideRight, first.width()),
        Qt::AlignLeft);
    paintGlyph(
        painter, theme, words.glyph, QRectF(inside.right() - side, inside.top() + theme.px(3), side, side));
    painter.setFont(theme.font(FontRole::Small));
    int at = 0;
    const auto under = [&](const QString &text, Token ink) {
        const QRect place(inside.left(), inside.top() + theme.px(20 + 16 * at), inside.width(), theme.px(16));
        if (text.isEmpty() || place.bottom() >= rect.bottom())
            return;
        ++at;
        painter.setPen(theme.color(ink));
        textOn(painter, place, painter.fontMetrics().elidedText(text, Qt::ElideRight, place.width()),
            Qt::AlignLeft);
    };
    under(words.objectives, Token::T2);
    under(words.reach, words.lapsed ? Token::Fail : Token::T2);
    under(words.counts, Token::T2);
    painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.color(Token::Sep));
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color(Token::Sep));
}

void paintCursor(QPainter &painter, const Theme &theme, const TimelineScene &scene, const QRect &rect)
{
    const double x = rect.left() + scene.scale.xOf(scene.cursor);
    if (x >= rect.left() && x <= rect.right())
        line(painter, x - 1, rect.top(), rect.bottom() + 1, theme.color(Token::Acc), 2);
}

void paintFlags(QPainter &painter, const Theme &theme, const TimelineScene &scene, const QRect &axis)
{
    painter.setFont(theme.font(FontRole::SmallStrong));
    const int height = theme.px(18);
    const auto wide = [&](const QString &text) { return painter.fontMetrics().horizontalAdvance(text) + 16; };
    const double nowX = axis.left() + scene.scale.xOf(scene.now);
    if (nowX >= axis.left() && nowX <= axis.right()) {
        const QRectF flag(nowX, axis.top() + 1, wide(scene.nowText), height);
        painter.fillRect(flag, theme.color(Token::T1));
        painter.setPen(theme.color(Token::Surface));
        textOn(painter, flag, scene.nowText, Qt::AlignCenter);
        painter.setPen(theme.color(Token::T2));
        const QRectF beside(flag.right() + 8, flag.top(), axis.right() - flag.right() - 8, height);
        if (beside.width() > painter.fontMetrics().horizontalAdvance(scene.futureText))
            textOn(painter, beside, scene.futureText, Qt::AlignLeft);
    }
    const double x = axis.left() + scene.scale.xOf(scene.cursor);
    if (x < axis.left() || x > axis.right())
        return;
    const double width = wide(scene.cursorText);
    const double left = x - width < axis.left() ? x - 1 : x - width + 1;
    const QRectF flag(left, axis.top() + 1, width, height);
    painter.fillRect(flag, theme.color(Token::AccFill));
    painter.setPen(theme.color(Token::OnAcc));
    textOn(painter, flag, scene.cursorText, Qt::AlignCenter);
    line(painter, x - 1, flag.bottom(), axis.bottom() + 1, theme.color(Token::Acc), 2);
}

} // namespace tidemark
