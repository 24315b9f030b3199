#include "timeline/timelinepaint.h"

#include "theme/fills.h"
#include "theme/theme.h"
#include "timeline/timeaxis.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace tidemark {

namespace {

constexpr double LeastLabel = 30; // px between labels of the axis

QRectF crisp(double left, double top, double right, double height)
{
    return { std::floor(left), top, std::max(1.0, std::floor(right) - std::floor(left)), height };
}

void line(QPainter &painter, double x, double top, double bottom, const QColor &color, double width = 1)
{
    painter.fillRect(QRectF(std::floor(x), top, width, bottom - top), color);
}

void textOn(QPainter &painter, const QRectF &rect, const QString &text, int flags)
{
    painter.drawText(rect, flags | Qt::AlignVCenter | Qt::TextSingleLine, text);
}

// Words that must be read over lines and marks stand on a plate of the ground.
void plated(
    QPainter &painter, const QRectF &rect, const QString &text, const QColor &ground, const QColor &ink)
{
    const double wide = painter.fontMetrics().horizontalAdvance(text) + 8;
    const QRectF plate(rect.left(), rect.top(), std::min(wide, rect.width()), rect.height());
    painter.fillRect(plate, ground);
    painter.setPen(ink);
    textOn(painter, plate.adjusted(4, 0, -4, 0), text, Qt::AlignLeft);
}

struct Pen {
    QPainter &painter;
    const Theme &theme;
    const TimelineScene &scene;
    QRectF area;
    const TimelinePlaces &places;

    [[nodiscard]] double x(double ofScale) const { return area.left() + ofScale; }
};

void paintBandWords(const Pen &pen, const QRectF &band, const QString &text)
{
    const double room = band.width() - 12;
    if (room < pen.painter.fontMetrics().horizontalAdvance(text))
        return;
    pen.painter.setPen(pen.theme.color(pen.theme.isHighContrast() ? Token::T1 : Token::OnBand));
    textOn(pen.painter, band.adjusted(8, 0, -4, 0), text, Qt::AlignLeft);
}

void paintWindows(const Pen &pen, const Lane &lane, const LaneWords &words, double top)
{
    pen.painter.setFont(pen.theme.font(FontRole::SmallStrong));
    for (const Stretch &stretch : foldWindows(lane.windows, pen.scene.scale)) {
        const QRectF band = crisp(pen.x(stretch.x), top, pen.x(stretch.end), pen.places.band);
        paintFill(pen.painter, pen.theme, Fill::Restorable, band);
        const QRectF seen = band.intersected(pen.area);
        paintBandWords(pen, seen, words.band.arg(lane.windows[std::size_t(stretch.index)].timeline.value));
    }
    for (const Stretch &stretch : foldGaps(lane.gaps, pen.scene.scale, pen.scene.now))
        paintFill(pen.painter, pen.theme, Fill::NotRestorable,
            crisp(pen.x(stretch.x), top, pen.x(stretch.end), pen.places.band));
}

void paintSwitches(const Pen &pen, const Lane &lane, double top)
{
    pen.painter.setFont(pen.theme.font(FontRole::Small));
    for (const LaneSwitch &one : lane.switches) {
        const double x = pen.x(pen.scene.scale.xOf(one.at));
        if (x < pen.area.left() - 30 || x > pen.area.right() + 30)
            continue;
        const QString text = QStringLiteral("%1→%2").arg(one.from.value).arg(one.to.value);
        const int wide = pen.painter.fontMetrics().horizontalAdvance(text) + 8;
        const QRectF flag(std::floor(x), top - pen.theme.px(13), wide, pen.theme.px(12));
        line(pen.painter, x, flag.top(), top + pen.places.band + 2, pen.theme.color(Token::T1));
        pen.painter.setPen(pen.theme.color(Token::T1));
        pen.painter.setBrush(pen.theme.color(Token::Surface));
        pen.painter.drawRect(flag.adjusted(0.5, 0.5, -0.5, -0.5));
        textOn(pen.painter, flag, text, Qt::AlignCenter);
    }
}

// Ticks side by side; a bad one among them has the colour and the height of failure.
void paintComb(const Pen &pen, const Comb &comb, double middle)
{
    const double half = pen.theme.px(comb.bad > 0 ? 7 : 4);
    const QColor ink = pen.theme.color(comb.bad > 0 ? Token::FailFill : Token::T1);
    const double end = std::max(comb.end, comb.x + 1);
    for (double x = comb.x; x <= end; x += 3)
        line(pen.painter, pen.x(x), middle - half, middle + half, ink);
}

void paintMark(const Pen &pen, Marker marker, const Comb &comb, double middle)
{
    const double side = pen.places.mark;
    const QRectF rect(std::round(pen.x(comb.x) - side / 2), std::round(middle - side / 2), side, side);
    paintMarker(pen.painter, pen.theme, marker, rect);
    if (comb.bad > 0)
        paintGlyph(
            pen.painter, pen.theme, Glyph::Failed, rect.adjusted(side / 2, side / 2, side / 4, side / 4));
}

void paintMarks(const Pen &pen, const MarkRow &row, double middle)
{
    for (const Comb &comb : fold(row, pen.scene.scale)) {
        const bool single = comb.end - comb.x < 3 && row.marker() != Marker::Incremental;
        if (single) // one, or several of one moment
            paintMark(pen, row.marker(), comb, middle);
        else
            paintComb(pen, comb, middle);
    }
}

void paintNote(const Pen &pen, const Lane &lane, const LaneWords &words, double top)
{
    const auto stretches = foldGaps(lane.gaps, pen.scene.scale, pen.scene.now);
    if (words.note.isEmpty() || stretches.empty())
        return;
    pen.painter.setFont(pen.theme.font(FontRole::SmallStrong));
    const double wide = pen.painter.fontMetrics().horizontalAdvance(words.note) + 8;
    const double end = std::min(pen.area.right(), pen.x(stretches.back().end));
    const double left = std::max(pen.area.left() + 4, end - wide);
    const QRectF plate(left, top, pen.area.right() - left, pen.theme.px(15));
    plated(pen.painter, plate, words.note, pen.theme.color(Token::Surface), pen.theme.color(Token::Fail));
}

} // namespace

TimelinePlaces::TimelinePlaces(const Theme &theme)
    : head(theme.px(197))
    , axis(theme.px(58))
    , lane(theme.px(78))
    , band(theme.px(16))
    , row(theme.px(21))
    , mark(theme.px(14))
{
}

int TimelinePlaces::heightOf(const Lane &one) const
{
    const int note = one.gaps.empty() ? 0 : row;
    const int rows = int(one.rows.size()) * row;
    return std::max(lane, (one.hasBand() ? row + band : 0) + note + rows + row);
}

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
    const TickStep step
        = stepFor(scene.scale, LeastLabel * theme.font(FontRole::Secondary).pixelSize() / 12.0);
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

void paintGrid(QPainter &painter, const Theme &theme, const TimelineScene &scene, const QRect &rect)
{
    painter.fillRect(rect, theme.color(Token::Surface));
    const double now = rect.left() + scene.scale.xOf(scene.now);
    if (now < rect.right())
        painter.fillRect(QRectF(std::max(now, double(rect.left())), rect.top(),
                             rect.right() - std::max(now, double(rect.left())) + 1, rect.height()),
            theme.color(Token::Future));
    const TickStep step
        = stepFor(scene.scale, LeastLabel * theme.font(FontRole::Secondary).pixelSize() / 12.0);
    for (const Tick &tick : ticks(scene.scale, step, scene.zone))
        line(painter, rect.left() + scene.scale.xOf(tick.at), rect.top(), rect.bottom() + 1,
            theme.color(tick.major ? Token::Line : Token::Grid));
    if (now >= rect.left() && now < rect.right())
        line(painter, now, rect.top(), rect.bottom() + 1, theme.color(Token::T1));
}

void paintLane(QPainter &painter, const Theme &theme, const TimelineScene &scene, std::size_t index,
    const QRect &rect, const TimelinePlaces &places)
{
    const Lane &lane = *scene.lanes[index];
    const LaneWords &words = scene.words[index];
    const Pen pen { painter, theme, scene, QRectF(rect), places };
    double y = rect.top() + theme.px(14);
    if (lane.hasBand()) {
        paintWindows(pen, lane, words, y);
        paintSwitches(pen, lane, y);
        y += places.band + theme.px(3);
        if (!lane.gaps.empty())
            y += places.row - theme.px(4);
    }
    for (const MarkRow &row : lane.rows) {
        paintMarks(pen, row, y + places.row / 2.0);
        y += places.row;
    }
    if (lane.hasBand())
        paintNote(pen, lane, words, rect.top() + theme.px(14) + places.band + theme.px(3));
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color(Token::Sep));
}

void paintLaneHead(
    QPainter &painter, const Theme &theme, const LaneWords &words, bool chosen, const QRect &rect)
{
    painter.fillRect(rect, theme.color(chosen ? Token::Sel : Token::Surface));
    const int pad = theme.px(16);
    const int side = theme.px(14);
    paintEnvironmentEdge(painter, theme, words.environment,
        QRectF(rect.left() + pad, rect.top() + theme.px(10), 4, theme.px(16)));
    const QRect inside = rect.adjusted(pad + theme.px(12), theme.px(8), -theme.px(10), 0);
    painter.setFont(theme.font(FontRole::Strong));
    painter.setPen(theme.color(Token::T1));
    const QRect first(inside.left(), inside.top(), inside.width() - side - 4, theme.px(20));
    textOn(painter, first, painter.fontMetrics().elidedText(words.name, Qt::ElideRight, first.width()),
        Qt::AlignLeft);
    paintGlyph(
        painter, theme, words.glyph, QRectF(inside.right() - side, inside.top() + theme.px(3), side, side));
    painter.setFont(theme.font(FontRole::Small));
    const auto under = [&](int at, const QString &text, Token ink) {
        const QRect place(inside.left(), inside.top() + theme.px(20 + 16 * at), inside.width(), theme.px(16));
        painter.setPen(theme.color(ink));
        textOn(painter, place, painter.fontMetrics().elidedText(text, Qt::ElideRight, place.width()),
            Qt::AlignLeft);
    };
    under(0, words.objectives, Token::T2);
    under(1, words.reach, words.lapsed ? Token::Fail : Token::T2);
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
