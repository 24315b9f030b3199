#include "theme/glyphs.h"

#include "theme/drawnonce.h"
#include "theme/theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>

namespace tidemark {

namespace {

QPen roundPen(const QColor &color, qreal width)
{
    return { color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin };
}

QPen dashed(const QColor &color, qreal width, qreal on, qreal off)
{
    QPen pen(color, width, Qt::CustomDashLine, Qt::FlatCap, Qt::MiterJoin);
    pen.setDashPattern({ on / width, off / width });
    return pen;
}

// A painter on the 16 px grid, with the tokens at hand.
struct Canvas {
    QPainter &p;
    const Theme &theme;

    [[nodiscard]] QColor c(Token token) const { return theme.color(token); }
    void filled(Token token) const
    {
        p.setPen(Qt::NoPen);
        p.setBrush(c(token));
    }
    void stroked(Token token, qreal width) const
    {
        p.setPen(roundPen(c(token), width));
        p.setBrush(Qt::NoBrush);
    }
    void polyline(std::initializer_list<QPointF> points) const { p.drawPolyline(QPolygonF(points)); }
    void polygon(std::initializer_list<QPointF> points) const { p.drawPolygon(QPolygonF(points)); }
    void circle(qreal radius) const { p.drawEllipse(QPointF(8, 8), radius, radius); }
    void line(qreal x1, qreal y1, qreal x2, qreal y2) const { p.drawLine(QPointF(x1, y1), QPointF(x2, y2)); }
};

void ok(const Canvas &c)
{
    c.filled(Token::OkFill);
    c.circle(6.5);
    c.stroked(Token::Surface, 1.7);
    c.polyline({ { 5.1, 8.2 }, { 7.1, 10.2 }, { 10.9, 6.1 } });
}

void okQuiet(const Canvas &c)
{
    c.stroked(Token::Ok, 1.7);
    c.polyline({ { 4.2, 8.4 }, { 6.7, 10.9 }, { 11.8, 5.6 } });
}

void attention(const Canvas &c)
{
    c.p.setPen(roundPen(c.c(Token::WarnLine), 1.2));
    c.p.setBrush(c.c(Token::WarnFill));
    c.polygon({ { 8, 1.9 }, { 14.6, 13.5 }, { 1.4, 13.5 } });
    c.stroked(c.theme.isDark() || c.theme.isHighContrast() ? Token::Surface : Token::T1, 1.5);
    c.line(8, 6.2, 8, 9.2);
    c.line(8, 11.4, 8, 11.45);
}

void failed(const Canvas &c)
{
    c.filled(Token::FailFill);
    c.polygon({ { 5.3, 1.5 }, { 10.7, 1.5 }, { 14.5, 5.3 }, { 14.5, 10.7 }, { 10.7, 14.5 }, { 5.3, 14.5 },
        { 1.5, 10.7 }, { 1.5, 5.3 } });
    c.stroked(Token::Surface, 1.8);
    c.line(5.8, 5.8, 10.2, 10.2);
    c.line(10.2, 5.8, 5.8, 10.2);
}

void missed(const Canvas &c)
{
    c.p.setPen(dashed(c.c(Token::FailFill), 1.4, 2.4, 1.6));
    c.p.setBrush(Qt::NoBrush);
    c.p.drawRect(QRectF(2.2, 2.2, 11.6, 11.6));
    c.stroked(Token::FailFill, 1.5);
    c.line(5.6, 8, 10.4, 8);
}

void running(const Canvas &c)
{
    c.p.setPen(QPen(c.c(Token::RunTint), 2));
    c.circle(5.6);
    QPen ring(c.c(Token::RunFill), 2);
    ring.setCapStyle(Qt::FlatCap);
    c.p.setPen(ring);
    c.p.drawArc(QRectF(2.4, 2.4, 11.2, 11.2), 90 * 16, -270 * 16);
    c.filled(Token::RunFill);
    c.circle(1.9);
}

void waits(const Canvas &c)
{
    c.stroked(Token::Acc, 1.4);
    c.circle(6.1);
    c.stroked(Token::Acc, 1.6);
    c.line(6.3, 5.8, 6.3, 10.2);
    c.line(9.7, 5.8, 9.7, 10.2);
}

void due(const Canvas &c)
{
    c.p.setPen(dashed(c.c(Token::Acc), 1.4, 2.3, 1.61));
    c.p.setBrush(Qt::NoBrush);
    c.circle(6.2);
    c.stroked(Token::Acc, 1.3);
    c.polyline({ { 8, 4.9 }, { 8, 8.2 }, { 10.2, 9.6 } });
}

void stale(const Canvas &c)
{
    c.stroked(Token::T2, 1.3);
    c.circle(5.7);
    c.polyline({ { 8, 5 }, { 8, 8.1 }, { 10.1, 9.4 } });
}

void planned(const Canvas &c)
{
    c.stroked(Token::T3, 1.2);
    c.circle(5.6);
}

void cancelled(const Canvas &c)
{
    c.stroked(Token::T3, 1.3);
    c.circle(5.6);
    c.line(4.2, 11.8, 11.8, 4.2);
}

void hold(const Canvas &c)
{
    c.stroked(Token::HoldFill, 1.6);
    c.p.drawArc(QRectF(5, 2, 6, 8), 0, 180 * 16);
    c.line(5, 6, 5, 8);
    c.line(11, 6, 11, 8);
    c.filled(Token::HoldFill);
    c.p.drawRoundedRect(QRectF(3, 7, 10, 7.2), 1.2, 1.2);
}

void unknown(const Canvas &c)
{
    c.stroked(Token::T3, 1.2);
    c.p.drawRoundedRect(QRectF(2.1, 2.1, 11.8, 11.8), 2, 2);
    c.stroked(Token::T2, 1.3);
    QPainterPath mark({ 6.3, 6.5 });
    mark.cubicTo(6.3, 4.2, 9.9, 4.2, 9.8, 6.5);
    mark.cubicTo(9.8, 7.8, 8.0, 7.8, 8.0, 9.2);
    c.p.drawPath(mark);
    c.line(8, 11.2, 8, 11.25);
}

void destructive(const Canvas &c)
{
    c.p.setPen(roundPen(c.c(Token::FailFill), 1));
    c.p.setBrush(c.c(Token::FailFill));
    c.polygon({ { 8, 1.4 }, { 14.6, 8 }, { 8, 14.6 }, { 1.4, 8 } });
    c.stroked(Token::Surface, 1.6);
    c.line(8, 5, 8, 8.4);
    c.line(8, 11, 8, 11.05);
}

void paintOn(const Canvas &c, Glyph glyph)
{
    switch (glyph) {
    case Glyph::None:
        return;
    case Glyph::Ok:
        return ok(c);
    case Glyph::OkQuiet:
        return okQuiet(c);
    case Glyph::Attention:
        return attention(c);
    case Glyph::Failed:
        return failed(c);
    case Glyph::Missed:
        return missed(c);
    case Glyph::Running:
        return running(c);
    case Glyph::Waits:
        return waits(c);
    case Glyph::Due:
        return due(c);
    case Glyph::Planned:
        return planned(c);
    case Glyph::Cancelled:
        return cancelled(c);
    case Glyph::Hold:
        return hold(c);
    case Glyph::Unknown:
        return unknown(c);
    case Glyph::Destructive:
        return destructive(c);
    case Glyph::Stale:
        return stale(c);
    }
}

// A square with its lower half filled: less than the whole, more than the change.
void differential(const Canvas &c, const QColor &ink)
{
    c.p.setPen(QPen(ink, 1.3, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    c.p.setBrush(Qt::NoBrush);
    c.p.drawRect(QRectF(3.15, 3.15, 9.7, 9.7));
    c.p.fillRect(QRectF(3, 8, 10, 5), ink);
}

void star(const Canvas &c, const QColor &ink)
{
    c.p.setPen(roundPen(ink, 1.5));
    c.line(8, 2.6, 8, 13.4);
    c.line(3.3, 5.3, 12.7, 10.7);
    c.line(12.7, 5.3, 3.3, 10.7);
}

void hatchedBox(const Canvas &c, const QColor &ink)
{
    c.p.setPen(QPen(ink, 1.2, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    c.p.setBrush(Qt::NoBrush);
    c.p.drawRect(QRectF(1.6, 3.1, 12.8, 9.8));
    c.p.setClipRect(QRectF(1.6, 3.1, 12.8, 9.8), Qt::IntersectClip);
    for (qreal x = -2; x < 16; x += 4.2)
        c.line(x, 13.5, x + 11, 2.5);
}

void scissors(const Canvas &c, const QColor &ink)
{
    c.p.setPen(roundPen(ink, 1.35));
    c.p.setBrush(Qt::NoBrush);
    c.p.drawEllipse(QPointF(4, 4.4), 1.9, 1.9);
    c.p.drawEllipse(QPointF(4, 11.6), 1.9, 1.9);
    c.line(5.6, 5.5, 13.8, 11.6);
    c.line(5.6, 10.5, 13.8, 4.4);
}

void diamond(const Canvas &c, const QColor &ink, bool hollow)
{
    c.p.setPen(QPen(ink, 1.3, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    c.p.setBrush(hollow ? QBrush(Qt::NoBrush) : QBrush(ink));
    c.polygon({ { 8, 3 }, { 13, 8 }, { 8, 13 }, { 3, 8 } });
}

void plainShape(const Canvas &c, Marker marker, const QColor &ink)
{
    c.p.setPen(Qt::NoPen);
    c.p.setBrush(ink);
    if (marker == Marker::Full)
        c.p.fillRect(QRectF(3, 3, 10, 10), ink);
    else if (marker == Marker::Incremental)
        c.p.fillRect(QRectF(7, 4.5, 2, 7), ink);
    else
        c.polygon({ { 8, 3 }, { 13, 12.6 }, { 3, 12.6 } });
}

void paintOn(const Canvas &c, Marker marker, const QColor &ink, bool planned)
{
    switch (marker) {
    case Marker::Full:
    case Marker::Incremental:
    case Marker::BaseBackup:
        return plainShape(c, marker, ink);
    case Marker::Differential:
        return differential(c, ink);
    case Marker::Dump:
        return diamond(c, planned ? ink : c.c(Token::Band), planned);
    case Marker::Snapshot:
        c.p.setPen(roundPen(ink, 1.6));
        c.p.setBrush(Qt::NoBrush);
        return c.polygon(
            { { 5.1, 2.9 }, { 10.9, 2.9 }, { 13.8, 8 }, { 10.9, 13.1 }, { 5.1, 13.1 }, { 2.2, 8 } });
    case Marker::S3:
        return star(c, ink);
    case Marker::Standby:
        c.p.setPen(roundPen(ink, 1.4));
        c.p.setBrush(Qt::NoBrush);
        c.circle(5.2);
        c.p.setPen(Qt::NoPen);
        c.p.setBrush(ink);
        return c.circle(2);
    case Marker::Maintenance:
        return hatchedBox(c, planned ? ink : c.c(Token::T2));
    case Marker::Prune:
        return scissors(c, ink);
    }
}

void onGrid(QPainter &painter, const QRectF &rect)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.topLeft());
    painter.scale(rect.width() / 16, rect.height() / 16);
}

} // namespace

void paintGlyph(QPainter &painter, const Theme &theme, Glyph glyph, const QRectF &rect)
{
    painter.save();
    onGrid(painter, rect);
    paintOn(Canvas { painter, theme }, glyph);
    painter.restore();
}

template <class Paint>
static QPixmap square(int size, qreal ratio, Paint paint)
{
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(painter, QRectF(0, 0, size, size));
    return pixmap;
}

void paintMarker(QPainter &painter, const Theme &theme, Marker marker, const QRectF &rect, bool planned)
{
    painter.save();
    onGrid(painter, rect);
    paintOn(Canvas { painter, theme }, marker, theme.color(planned ? Token::T3 : Token::T1), planned);
    painter.restore();
}

QPixmap glyphPixmap(const Theme &theme, Glyph glyph, int size, qreal ratio)
{
    const auto draw = [&] {
        return square(size, ratio,
            [&](QPainter &painter, const QRectF &rect) { paintGlyph(painter, theme, glyph, rect); });
    };
    return drawnOnce(theme, QLatin1Char('g'), int(glyph), size, ratio, draw);
}

QPixmap markerPixmap(const Theme &theme, Marker marker, int size, qreal ratio)
{
    const auto draw = [&] {
        return square(size, ratio,
            [&](QPainter &painter, const QRectF &rect) { paintMarker(painter, theme, marker, rect); });
    };
    return drawnOnce(theme, QLatin1Char('m'), int(marker), size, ratio, draw);
}

Token textToken(Glyph glyph)
{
    switch (glyph) {
    case Glyph::Ok:
        return Token::Ok;
    case Glyph::Attention:
        return Token::Warn;
    case Glyph::Failed:
    case Glyph::Missed:
    case Glyph::Destructive:
        return Token::Fail;
    case Glyph::Running:
        return Token::Run;
    case Glyph::Waits:
    case Glyph::Due:
        return Token::Acc2;
    case Glyph::Hold:
        return Token::Hold;
    case Glyph::None:
    case Glyph::OkQuiet:
    case Glyph::Planned:
    case Glyph::Cancelled:
    case Glyph::Unknown:
    case Glyph::Stale:
        return Token::T2;
    }
    return Token::T2;
}

Token tintToken(Glyph glyph)
{
    switch (textToken(glyph)) {
    case Token::Ok:
        return Token::OkTint;
    case Token::Warn:
        return Token::WarnTint;
    case Token::Fail:
        return Token::FailTint;
    case Token::Run:
        return Token::RunTint;
    case Token::Hold:
        return Token::HoldTint;
    case Token::Acc2:
        return Token::AccTint;
    default:
        return Token::Sunken;
    }
}

QString glyphWords(Glyph glyph)
{
    const auto words = [](const char *text) { return QCoreApplication::translate("Glyph", text); };
    switch (glyph) {
    case Glyph::None:
        return {};
    case Glyph::Ok:
    case Glyph::OkQuiet:
        return words(QT_TRANSLATE_NOOP("Glyph", "ok"));
    case Glyph::Attention:
        return words(QT_TRANSLATE_NOOP("Glyph", "attention"));
    case Glyph::Failed:
        return words(QT_TRANSLATE_NOOP("Glyph", "failed"));
    case Glyph::Missed:
        return words(QT_TRANSLATE_NOOP("Glyph", "missing"));
    case Glyph::Running:
        return words(QT_TRANSLATE_NOOP("Glyph", "running"));
    case Glyph::Waits:
        return words(QT_TRANSLATE_NOOP("Glyph", "waits for you"));
    case Glyph::Due:
        return words(QT_TRANSLATE_NOOP("Glyph", "due"));
    case Glyph::Planned:
        return words(QT_TRANSLATE_NOOP("Glyph", "planned"));
    case Glyph::Cancelled:
        return words(QT_TRANSLATE_NOOP("Glyph", "cancelled"));
    case Glyph::Hold:
        return words(QT_TRANSLATE_NOOP("Glyph", "held"));
    case Glyph::Unknown:
        return words(QT_TRANSLATE_NOOP("Glyph", "unknown"));
    case Glyph::Destructive:
        return words(QT_TRANSLATE_NOOP("Glyph", "destructive"));
    case Glyph::Stale:
        return words(QT_TRANSLATE_NOOP("Glyph", "stale"));
    }
    return {};
}

} // namespace tidemark
