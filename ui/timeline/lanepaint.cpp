#include "timeline/lanepaint.h"

#include "theme/fills.h"
#include "theme/theme.h"
#include "timeline/inks.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace tidemark {

namespace {

constexpr double LeastHatched = 5; // px: in less a hatch is not seen, and the plain colour is
constexpr double LeastRounded = 40; // px: in less nobody misses round corners of what has no hatch

struct Pen {
    QPainter &painter;
    const Theme &theme;
    const TimelineScene &scene;
    QRectF area;
    const TimelinePlaces &places;

    [[nodiscard]] double x(double ofScale) const { return area.left() + ofScale; }
    [[nodiscard]] double x(Instant at) const { return x(scene.scale.xOf(at)); }
};

QRectF crisp(double left, double top, double right, double height)
{
    return { std::floor(left), top, std::max(1.0, std::floor(right) - std::floor(left)), height };
}

void paintBandWords(const Pen &pen, const QRectF &band, const QString &text)
{
    const double room = band.width() - 12;
    if (room < pen.painter.fontMetrics().horizontalAdvance(text))
        return;
    pen.painter.setPen(pen.theme.color(pen.theme.isHighContrast() ? Token::T1 : Token::OnBand));
    textOn(pen.painter, band.adjusted(8, 0, -4, 0), text, Qt::AlignLeft);
}

// Wide ones with outline and hatch, all others at once as plain rectangles.
void paintStretches(
    const Pen &pen, const std::vector<Stretch> &stretches, Fill fill, Token plain, double top, double height)
{
    const bool hatched = fill != Fill::Restorable || pen.theme.isHighContrast();
    const double least = hatched ? LeastHatched : LeastRounded;
    QVector<QRectF> narrow;
    for (const Stretch &stretch : stretches) {
        const QRectF rect = crisp(pen.x(stretch.x), top, pen.x(stretch.end), height);
        if (rect.width() < least)
            narrow.append(rect);
        else
            paintFill(pen.painter, pen.theme, fill, rect);
    }
    if (narrow.isEmpty())
        return;
    pen.painter.setRenderHint(QPainter::Antialiasing, false);
    pen.painter.setPen(Qt::NoPen);
    pen.painter.setBrush(pen.theme.color(plain));
    pen.painter.drawRects(narrow);
    pen.painter.setRenderHint(QPainter::Antialiasing);
}

void paintBand(const Pen &pen, const Lane &lane, const LaneWords &words, double top)
{
    const double height = pen.places.band;
    // What is aside can be had too, on another line than the server's.
    paintStretches(pen, foldWindows(lane.aside, pen.scene.scale), Fill::Expected, Token::Band2,
        top + height / 3, height * 2 / 3);
    const auto stretches = foldWindows(lane.windows, pen.scene.scale);
    paintStretches(pen, stretches, Fill::Restorable, Token::Band, top, height);
    pen.painter.setFont(pen.theme.font(FontRole::SmallStrong));
    for (const Stretch &stretch : stretches) {
        const QRectF band = crisp(pen.x(stretch.x), top, pen.x(stretch.end), height);
        if (band.width() > 3 * height)
            paintBandWords(pen, band.intersected(pen.area),
                words.band.arg(lane.windows[std::size_t(stretch.index)].timeline.value));
    }
    paintStretches(pen, foldGaps(lane.gaps, pen.scene.scale, pen.scene.now), Fill::NotRestorable,
        Token::FailFill, top, height);
}

void paintAside(const Pen &pen, const Lane &lane, const LaneWords &words, double top)
{
    paintStretches(pen, foldWindows(lane.aside, pen.scene.scale), Fill::Expected, Token::Band2,
        top + pen.places.text, pen.places.band);
    pen.painter.setFont(pen.theme.font(FontRole::Small));
    plated(pen.painter, QRectF(pen.area.left(), top, pen.area.width(), pen.places.text), words.aside,
        pen.theme.color(Token::Surface), pen.theme.color(Token::T2));
}

// Flags that would hide each other are one: how many switches there are.
void paintSwitches(const Pen &pen, const Lane &lane, double top)
{
    pen.painter.setFont(pen.theme.font(FontRole::Small));
    const auto &all = lane.switches;
    for (std::size_t i = 0; i < all.size();) {
        const double x = pen.x(all[i].at);
        std::size_t next = i + 1;
        while (next < all.size() && pen.x(all[next].at) < x + pen.theme.px(34))
            ++next;
        const bool shown = x > pen.area.left() - 60 && x < pen.area.right() + 30;
        const QString text = switchText(all, i, next);
        i = next;
        if (!shown)
            continue;
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
void addTicks(const Pen &pen, const Comb &comb, double middle, QVector<QRectF> &good, QVector<QRectF> &bad)
{
    const double half = pen.theme.px(comb.bad > 0 ? 7 : 4);
    const double end = std::max(comb.end, comb.x + 1);
    for (double x = comb.x; x <= end; x += 3)
        (comb.bad > 0 ? bad : good)
            .append(QRectF(std::floor(pen.x(x)), std::floor(middle - half), 1, 2 * half));
}

struct Stamp {
    QPixmap mark;
    QPixmap failed;
};

void paintMark(const Pen &pen, const Stamp &stamp, const Comb &comb, double middle)
{
    const double side = pen.places.mark;
    const QPointF corner(std::round(pen.x(comb.x) - side / 2), std::round(middle - side / 2));
    pen.painter.drawPixmap(corner, stamp.mark);
    if (comb.bad > 0)
        pen.painter.drawPixmap(corner + QPointF(std::round(side / 2), std::round(side / 2)), stamp.failed);
}

void paintRow(const Pen &pen, const MarkRow &row, double middle)
{
    const qreal ratio = pen.painter.device()->devicePixelRatioF();
    const int side = pen.places.mark;
    const Stamp stamp { markerPixmap(pen.theme, row.marker(), side, ratio),
        glyphPixmap(pen.theme, Glyph::Failed, side * 3 / 4, ratio) };
    QVector<QRectF> good;
    QVector<QRectF> bad;
    for (const Comb &comb : fold(row, pen.scene.scale)) {
        const bool single = comb.end - comb.x < 3 && row.marker() != Marker::Incremental;
        if (single) // one, or several of one moment
            paintMark(pen, stamp, comb, middle);
        else
            addTicks(pen, comb, middle, good, bad);
    }
    pen.painter.setRenderHint(QPainter::Antialiasing, false);
    pen.painter.setPen(Qt::NoPen);
    pen.painter.setBrush(pen.theme.color(Token::T1));
    pen.painter.drawRects(good);
    pen.painter.setBrush(pen.theme.color(Token::FailFill));
    pen.painter.drawRects(bad);
    pen.painter.setRenderHint(QPainter::Antialiasing);
}

void paintMarks(const Pen &pen, const Lane &lane, const LaneWords &words, const LaneStrip &strip, double top)
{
    const double middle = top + strip.height - pen.places.row / 2.0;
    for (std::size_t row = strip.first; row < strip.last; ++row)
        paintRow(pen, lane.rows[row], middle);
    if (strip.height <= pen.places.row || strip.first >= std::size_t(words.parts.size()))
        return;
    pen.painter.setFont(pen.theme.font(FontRole::Small));
    plated(pen.painter, QRectF(pen.area.left() + 4, top, pen.area.width() - 4, pen.places.text),
        words.parts[qsizetype(strip.first)], pen.theme.color(Token::Surface), pen.theme.color(Token::T2));
}

// From when it was made to when it was last seen to be there: nothing is drawn that is not known.
void paintLives(const Pen &pen, const MarkRow &row, double top)
{
    const auto source = std::size_t(row.source());
    const auto seen
        = source < pen.scene.readAt.size() ? pen.scene.readAt[source].value_or(pen.scene.now) : pen.scene.now;
    const double end = std::min(pen.x(std::min(seen, pen.scene.now)), pen.area.right() + 8);
    double y = top;
    for (std::size_t i = row.size() - livesOf(row); i < row.size(); ++i, y += pen.places.life) {
        const double x = std::max(pen.x(row.at(i)), pen.area.left() - 8);
        const bool bad = row.badWithin(i, i + 1) > 0;
        if (end <= x)
            continue;
        const double middle = std::floor(y + pen.places.life / 2.0);
        pen.painter.fillRect(
            QRectF(x, middle, end - x, bad ? 1 : 2), pen.theme.color(bad ? Token::FailFill : Token::Band));
        pen.painter.fillRect(QRectF(x, middle - 3, 2, 8), pen.theme.color(bad ? Token::FailFill : Token::T1));
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
    const QRectF plate(left, top, pen.area.right() - left, pen.places.text);
    plated(pen.painter, plate, words.note, pen.theme.color(Token::Surface), pen.theme.color(Token::Fail));
}

// A ribbon from the first held to the last of those that stand together, and the words where it begins.
void paintHeld(const Pen &pen, const Lane &lane, const LaneWords &words, double top)
{
    const double middle = top + pen.places.row / 2.0;
    const int side = pen.places.mark;
    const qreal ratio = pen.painter.device()->devicePixelRatioF();
    const QPixmap lock = glyphPixmap(pen.theme, Glyph::Hold, side, ratio);
    double wordsFrom = pen.area.right();
    for (const Comb &comb : ribbons(lane.held, pen.scene.scale, HeldTogether)) {
        const QRectF ribbon = crisp(pen.x(comb.x) - side / 2.0, middle - 3, pen.x(comb.end) + side / 2.0, 6);
        if (ribbon.width() > side + 4)
            paintFill(pen.painter, pen.theme, Fill::LegalHold, ribbon);
        const QPointF corner(std::round(pen.x(comb.x) - side / 2.0), std::round(middle - side / 2.0));
        pen.painter.fillRect(QRectF(corner, QSizeF(side, side)), pen.theme.color(Token::Surface));
        pen.painter.drawPixmap(corner, lock);
        wordsFrom = std::max(ribbon.right(), corner.x() + side) + 2;
    }
    pen.painter.setFont(pen.theme.font(FontRole::SmallStrong));
    const double wide = pen.painter.fontMetrics().horizontalAdvance(words.held) + 8;
    const double left
        = std::clamp(wordsFrom, pen.area.left() + 4, std::max(pen.area.left() + 4, pen.area.right() - wide));
    plated(pen.painter, QRectF(left, top + 3, pen.area.right() - left, pen.places.text), words.held,
        pen.theme.color(Token::Surface), pen.theme.color(Token::Hold));
}

} // namespace

void paintLane(QPainter &painter, const Theme &theme, const TimelineScene &scene, std::size_t index,
    const QRect &rect, const TimelinePlaces &places, const std::vector<LaneStrip> &strips)
{
    const Lane &lane = *scene.lanes[index];
    const LaneWords &words = scene.words[index];
    const Pen pen { painter, theme, scene, QRectF(rect), places };
    for (const LaneStrip &strip : strips) {
        const double top = rect.top() + strip.top;
        switch (strip.kind) {
        case LaneStrip::Kind::Band:
            paintBand(pen, lane, words, top);
            paintSwitches(pen, lane, top);
            break;
        case LaneStrip::Kind::Aside:
            paintAside(pen, lane, words, top);
            break;
        case LaneStrip::Kind::Note:
            paintNote(pen, lane, words, top);
            break;
        case LaneStrip::Kind::Marks:
            paintMarks(pen, lane, words, strip, top);
            break;
        case LaneStrip::Kind::Lives:
            paintLives(pen, lane.rows[strip.first], top);
            break;
        case LaneStrip::Kind::Held:
            paintHeld(pen, lane, words, top);
            break;
        }
    }
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color(Token::Sep));
}

} // namespace tidemark
