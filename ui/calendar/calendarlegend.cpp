#include "calendar/calendarlegend.h"

#include "theme/accessiblerole.h"
#include "theme/glyphs.h"
#include "theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

struct Entry {
    Glyph glyph;
    QString text;
};

std::vector<Entry> entries()
{
    const auto say = [](const char *text) { return QCoreApplication::translate("CalendarLegend", text); };
    return {
        { Glyph::OkQuiet, say(QT_TRANSLATE_NOOP("CalendarLegend", "ok")) },
        { Glyph::Failed, say(QT_TRANSLATE_NOOP("CalendarLegend", "failed")) },
        { Glyph::Missed, say(QT_TRANSLATE_NOOP("CalendarLegend", "missed")) },
        { Glyph::Planned, say(QT_TRANSLATE_NOOP("CalendarLegend", "planned")) },
        { Glyph::Attention, say(QT_TRANSLATE_NOOP("CalendarLegend", "overlap")) },
        { Glyph::Running, say(QT_TRANSLATE_NOOP("CalendarLegend", "running")) },
        { Glyph::Unknown, say(QT_TRANSLATE_NOOP("CalendarLegend", "not known")) },
    };
}

// How the entries are written: in one line, or in two of smaller letters.
struct Line {
    FontRole font;
    double side; // of a glyph
    double high;

    [[nodiscard]] int widthOf(const Theme &theme, const Entry &entry) const
    {
        return int(side) + 4 + QFontMetrics(theme.font(font)).horizontalAdvance(entry.text) + theme.px(12);
    }
    [[nodiscard]] int widthOf(const Theme &theme, std::span<const Entry> some) const
    {
        int width = 0;
        for (const Entry &entry : some)
            width += widthOf(theme, entry);
        return width;
    }
};

Line oneLine(const Theme &theme)
{
    return { FontRole::Secondary, double(theme.px(14)), double(theme.px(26)) };
}

Line ofTwo(const Theme &theme)
{
    return { FontRole::Small, double(theme.px(12)), double(theme.px(16)) };
}

void paint(
    QPainter &painter, const Theme &theme, const Line &line, std::span<const Entry> entries, QPointF at)
{
    painter.setFont(theme.font(line.font));
    for (const Entry &entry : entries) {
        paintGlyph(painter, theme, entry.glyph,
            QRectF(at.x(), std::round(at.y() + (line.high - line.side) / 2), line.side, line.side));
        painter.setPen(theme.color(Token::T2));
        const int wide = line.widthOf(theme, entry);
        painter.drawText(QRectF(at.x() + line.side + 4, at.y(), wide, line.high),
            Qt::AlignLeft | Qt::AlignVCenter, entry.text);
        at.rx() += wide;
    }
}

} // namespace

CalendarLegend::CalendarLegend(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"legend"_s);
    setAccessibleRole(this, QAccessible::Graphic);
    QStringList words;
    for (const Entry &entry : entries())
        words << entry.text;
    setAccessibleName(tr("Legend: %1").arg(words.join(u", "_s)));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::of(this), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize CalendarLegend::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    return { oneLine(theme).widthOf(theme, entries()), theme.px(32) };
}

QSize CalendarLegend::minimumSizeHint() const
{
    return { 0, sizeHint().height() };
}

void CalendarLegend::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const std::vector<Entry> all = entries();
    const Line one = oneLine(theme);
    if (const int wide = one.widthOf(theme, all); wide <= width())
        return paint(painter, theme, one, all, { double(width() - wide), (height() - one.high) / 2 });
    const Line two = ofTwo(theme);
    const std::span<const Entry> upper(all.data(), (all.size() + 1) / 2);
    const std::span<const Entry> lower(all.data() + upper.size(), all.size() - upper.size());
    const int wide = std::max(two.widthOf(theme, upper), two.widthOf(theme, lower));
    const double left = std::max(0, width() - wide);
    paint(painter, theme, two, upper, { left, height() / 2.0 - two.high });
    paint(painter, theme, two, lower, { left, height() / 2.0 });
}

} // namespace tidemark
