#include "timeline/timelinelegend.h"

#include "theme/accessiblerole.h"
#include "theme/fills.h"
#include "theme/glyphs.h"
#include "theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <optional>
#include <vector>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

struct Entry {
    std::optional<Fill> fill;
    Marker marker = Marker::Full;
    QString text;
};

std::vector<Entry> entries()
{
    const auto say = [](const char *text) { return QCoreApplication::translate("TimelineLegend", text); };
    return {
        { Fill::Restorable, {}, say(QT_TRANSLATE_NOOP("TimelineLegend", "any instant")) },
        { Fill::NotRestorable, {}, say(QT_TRANSLATE_NOOP("TimelineLegend", "not restorable")) },
        { {}, Marker::Full, say(QT_TRANSLATE_NOOP("TimelineLegend", "full")) },
        { {}, Marker::Differential, say(QT_TRANSLATE_NOOP("TimelineLegend", "diff")) },
        { {}, Marker::BaseBackup, say(QT_TRANSLATE_NOOP("TimelineLegend", "base")) },
        { {}, Marker::Incremental, say(QT_TRANSLATE_NOOP("TimelineLegend", "incr")) },
        { {}, Marker::Dump, say(QT_TRANSLATE_NOOP("TimelineLegend", "dump")) },
        { {}, Marker::Snapshot, say(QT_TRANSLATE_NOOP("TimelineLegend", "VM")) },
    };
}

struct Lengths {
    explicit Lengths(const Theme &theme)
        : fill(theme.px(22))
        , mark(theme.px(14))
        , gap(theme.px(5))
        , between(theme.px(8))
        , metrics(theme.font(FontRole::Secondary))
    {
    }
    [[nodiscard]] int of(const Entry &entry) const
    {
        return (entry.fill ? fill : mark) + gap + metrics.horizontalAdvance(entry.text);
    }

    int fill;
    int mark;
    int gap;
    int between;
    QFontMetrics metrics;
};

} // namespace

TimelineLegend::TimelineLegend(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"legend"_s);
    setAccessibleRole(this, QAccessible::Graphic);
    QStringList words;
    for (const Entry &entry : entries())
        words << entry.text;
    setAccessibleName(tr("Legend: %1").arg(words.join(u", "_s)));
    connect(&Theme::of(this), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize TimelineLegend::sizeHint() const
{
    const Lengths lengths(Theme::of(this));
    int width = 0;
    for (const Entry &entry : entries())
        width += lengths.between + lengths.of(entry);
    return { width, Theme::of(this).px(26) };
}

QSize TimelineLegend::minimumSizeHint() const
{
    return { 0, sizeHint().height() };
}

void TimelineLegend::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    const Lengths lengths(theme);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(FontRole::Secondary));
    double x = lengths.between; // from what stands before it
    for (const Entry &entry : entries()) {
        if (x + lengths.of(entry) > width())
            return;
        const double middle = height() / 2.0;
        const double wide = entry.fill ? lengths.fill : lengths.mark;
        if (entry.fill)
            paintFill(painter, theme, *entry.fill, QRectF(x, std::round(middle - 5), wide, 10));
        else
            paintMarker(painter, theme, entry.marker, QRectF(x, std::round(middle - wide / 2), wide, wide));
        painter.setPen(theme.color(Token::T2));
        const QRectF text(x + wide + lengths.gap, 0, lengths.of(entry), height());
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, entry.text);
        x += lengths.of(entry) + lengths.between;
    }
}

} // namespace tidemark
