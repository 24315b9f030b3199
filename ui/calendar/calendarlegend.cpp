#include "calendar/calendarlegend.h"

#include "theme/accessiblerole.h"
#include "theme/glyphs.h"
#include "theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

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

int widthOf(const Theme &theme, const Entry &entry)
{
    const QFontMetrics metrics(theme.font(FontRole::Secondary));
    return theme.px(14) + 4 + metrics.horizontalAdvance(entry.text);
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
    int width = 0;
    for (const Entry &entry : entries())
        width += widthOf(theme, entry) + theme.px(12);
    return { width, theme.px(26) };
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
    painter.setFont(theme.font(FontRole::Secondary));
    std::vector<Entry> shown;
    int used = 0;
    for (const Entry &entry : entries()) {
        const int more = widthOf(theme, entry) + theme.px(12);
        if (used + more > width())
            break;
        used += more;
        shown.push_back(entry);
    }
    double x = width() - used;
    const double side = theme.px(14);
    for (const Entry &entry : shown) {
        paintGlyph(painter, theme, entry.glyph, QRectF(x, std::round((height() - side) / 2), side, side));
        painter.setPen(theme.color(Token::T2));
        painter.drawText(QRectF(x + side + 4, 0, widthOf(theme, entry), height()),
            Qt::AlignLeft | Qt::AlignVCenter, entry.text);
        x += widthOf(theme, entry) + theme.px(12);
    }
}

} // namespace tidemark
