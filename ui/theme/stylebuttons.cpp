#include "theme/style.h"
#include "theme/styleparts.h"
#include "theme/theme.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::parts {

namespace {

struct Look {
    QColor fill;
    QColor outline;
    QColor ink;
};

ButtonKind kindOf(const QWidget *button)
{
    return button ? ButtonKind(button->property("buttonKind").toInt()) : ButtonKind::Normal;
}

bool isSmall(const QWidget *button)
{
    return button && button->property("small").toBool();
}

// Hover and press are one shade toward the text each.
QColor pressed(const QColor &color, const QStyleOption &option, const QColor &ink)
{
    const bool down = option.state & (QStyle::State_Sunken);
    const bool over = option.state & QStyle::State_MouseOver;
    const double part = down ? 0.16 : over ? 0.06 : 0.0;
    return QColor::fromRgbF(float(color.redF() * (1 - part) + ink.redF() * part),
        float(color.greenF() * (1 - part) + ink.greenF() * part),
        float(color.blueF() * (1 - part) + ink.blueF() * part), color.alphaF());
}

Look disabledLook(const Theme &theme, ButtonKind kind)
{
    if (kind == ButtonKind::Link || kind == ButtonKind::Quiet)
        return { Qt::transparent, Qt::transparent, theme.color(Token::T3) };
    return { theme.color(Token::Alt), theme.color(Token::Sep), theme.color(Token::T3) };
}

Look lookOf(const Theme &theme, const QStyleOption &option, ButtonKind kind)
{
    if (!(option.state & QStyle::State_Enabled))
        return disabledLook(theme, kind);
    const bool focused = option.state & QStyle::State_HasFocus;
    const QColor ink = theme.color(Token::T1);
    switch (kind) {
    case ButtonKind::Primary: {
        const QColor fill
            = pressed(theme.color(Token::AccFill), option, theme.isDark() ? Qt::white : Qt::black);
        return { fill, theme.isHighContrast() ? ink : fill, theme.color(Token::OnAcc) };
    }
    case ButtonKind::Destructive: {
        const QColor fill
            = pressed(theme.color(Token::Danger), option, theme.isDark() ? Qt::white : Qt::black);
        return { fill, theme.isHighContrast() ? ink : fill, theme.color(Token::OnDanger) };
    }
    case ButtonKind::Link:
        return { Qt::transparent, Qt::transparent, theme.color(Token::Acc) };
    case ButtonKind::Quiet: {
        const bool shown = option.state & (QStyle::State_MouseOver | QStyle::State_On | QStyle::State_Sunken);
        const QColor fill = shown ? pressed(theme.color(Token::Win), option, ink) : QColor(Qt::transparent);
        return { fill, focused ? theme.color(Token::Acc) : QColor(Qt::transparent), ink };
    }
    case ButtonKind::Normal:
        break;
    }
    const bool on = option.state & QStyle::State_On;
    return { on ? theme.color(Token::AccTint) : pressed(theme.color(Token::Ctl), option, ink),
        theme.color(focused ? Token::Acc : Token::Line), on ? theme.color(Token::Acc2) : ink };
}

bool isStrong(ButtonKind kind)
{
    return kind == ButtonKind::Primary || kind == ButtonKind::Destructive || kind == ButtonKind::Link;
}

int padding(const Theme &theme, const QWidget *button)
{
    return kindOf(button) == ButtonKind::Link ? theme.px(2) : theme.px(isSmall(button) ? 9 : 11);
}

void label(QPainter &painter, const QStyleOption &option, const QString &text, const QIcon &icon,
    const QSize &iconSize, const QRect &rect, bool tail)
{
    const int gap = icon.isNull() || text.isEmpty() ? 0 : 7;
    const int textWidth = painter.fontMetrics().horizontalAdvance(text.split(u'&').join(QString()));
    const int iconWidth = icon.isNull() ? 0 : iconSize.width();
    int x = rect.left() + (rect.width() - iconWidth - gap - textWidth) / 2;
    const auto mode = option.state & QStyle::State_Enabled ? QIcon::Normal : QIcon::Disabled;
    const QRect textRect(tail ? x : x + iconWidth + gap, rect.top(), textWidth + 1, rect.height());
    const int iconX = tail ? x + textWidth + gap : x;
    const QRect iconRect(
        iconX, rect.top() + (rect.height() - iconSize.height()) / 2, iconSize.width(), iconSize.height());
    if (!icon.isNull())
        icon.paint(&painter, QStyle::visualRect(option.direction, rect, iconRect), Qt::AlignCenter, mode);
    painter.drawText(QStyle::visualRect(option.direction, rect, textRect),
        Qt::AlignCenter | Qt::TextSingleLine | Qt::TextShowMnemonic, text);
}

QSize contentSize(const QFont &font, const QString &text, const QIcon &icon, const QSize &iconSize)
{
    const QFontMetrics metrics(font);
    const int words = metrics.size(Qt::TextShowMnemonic, text).width();
    const int gap = icon.isNull() || text.isEmpty() ? 0 : 7;
    return { words + gap + (icon.isNull() ? 0 : iconSize.width()), metrics.height() };
}

} // namespace

Qt::PenStyle outlineStyle(const Theme &theme, const QStyleOption &option)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    return theme.isHighContrast() && !enabled ? Qt::DashLine : Qt::SolidLine;
}

void box(QPainter &painter, const QRectF &rect, const QColor &fill, const QColor &outline, qreal radius,
    Qt::PenStyle line)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, radius > 0);
    painter.setPen(outline.alpha() ? QPen(outline, 1, line) : QPen(Qt::NoPen));
    painter.setBrush(fill);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.restore();
}

void icon(QPainter &painter, const Theme &theme, const QString &name, const QColor &color, const QRect &rect)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    painter.drawPixmap(rect.topLeft(), theme.iconPixmap(name, color, rect.width(), ratio));
}

QFont buttonFont(const Theme &theme, const QWidget *button)
{
    QFont font = theme.font(isSmall(button) ? FontRole::Secondary : FontRole::Interface);
    if (isStrong(kindOf(button)))
        font.setWeight(QFont::DemiBold);
    return font;
}

void pushButton(
    QPainter &painter, const Theme &theme, const QStyleOptionButton &option, const QWidget *widget)
{
    const Look look = lookOf(theme, option, kindOf(widget));
    box(painter, option.rect, look.fill, look.outline, 4, outlineStyle(theme, option));
    painter.setFont(buttonFont(theme, widget));
    painter.setPen(look.ink);
    const bool tail = widget && widget->property("iconAtEnd").toBool();
    label(painter, option, option.text, option.icon, option.iconSize, option.rect, tail);
    if (kindOf(widget) == ButtonKind::Link && option.state & QStyle::State_MouseOver) {
        const QRectF words = option.rect.adjusted(theme.px(2), 0, -theme.px(2), -theme.px(5));
        painter.drawLine(
            QPointF(words.left(), words.bottom() + 0.5), QPointF(words.right(), words.bottom() + 0.5));
    }
}

QSize pushButtonSize(const Theme &theme, const QStyleOptionButton &option, const QWidget *widget)
{
    const QSize content = contentSize(buttonFont(theme, widget), option.text, option.icon, option.iconSize);
    const int height = theme.px(isSmall(widget) ? 22 : 26);
    const int menu = option.features & QStyleOptionButton::HasMenu ? 16 : 0;
    return { content.width() + 2 * padding(theme, widget) + menu, std::max(height, content.height() + 4) };
}

namespace {

// Where a tool button stands in a row of segments.
QString segmentOf(const QWidget *widget)
{
    return widget ? widget->property("segment").toString() : QString();
}

// Neighbours share one line: each segment but the first starts one pixel further left than its fill.
void segmentPanel(QPainter &painter, const Theme &theme, const QStyleOption &option, const QString &place)
{
    const bool on = option.state & QStyle::State_On;
    const QRectF rect = QRectF(option.rect)
                            .adjusted(place == "first"_L1 || place == "only"_L1 ? 0 : -8, 0,
                                place == "last"_L1 || place == "only"_L1 ? 0 : 8, 0);
    const QColor ground
        = pressed(theme.color(on ? Token::AccTint : Token::Ctl), option, theme.color(Token::T1));
    painter.save();
    painter.setClipRect(option.rect);
    box(painter, rect, ground, theme.color(Token::Line));
    if (place == "middle"_L1 || place == "last"_L1)
        painter.fillRect(
            QRect(option.rect.left(), option.rect.top(), 1, option.rect.height()), theme.color(Token::Line));
    if (on && theme.isHighContrast())
        painter.fillRect(QRectF(option.rect.left() + 2, option.rect.bottom() - 3, option.rect.width() - 4, 2),
            theme.color(Token::Acc));
    painter.restore();
}

QFont toolFont(const Theme &theme, const QWidget *widget, bool on)
{
    QFont font = theme.font(isSmall(widget) ? FontRole::Secondary : FontRole::Interface);
    if (!segmentOf(widget).isEmpty()) {
        font = theme.font(FontRole::Secondary);
        font.setPixelSize(theme.px(12) + 1);
        font.setWeight(on ? QFont::DemiBold : QFont::Normal);
    }
    return font;
}

QColor segmentInk(const Theme &theme, const QStyleOption &option)
{
    if (!(option.state & QStyle::State_Enabled))
        return theme.color(Token::T3);
    return theme.color(option.state & QStyle::State_On ? Token::Acc2 : Token::T2);
}

} // namespace

void toolButton(
    QPainter &painter, const Theme &theme, const QStyleOptionToolButton &option, const QWidget *widget)
{
    const QString place = segmentOf(widget);
    const bool raised = !(option.state & QStyle::State_AutoRaise);
    const ButtonKind kind = raised ? kindOf(widget) : ButtonKind::Quiet;
    const Look look = lookOf(theme, option, kind);
    if (place.isEmpty())
        box(painter, option.rect, look.fill, look.outline, 4, outlineStyle(theme, option));
    else
        segmentPanel(painter, theme, option, place);
    painter.setFont(toolFont(theme, widget, option.state & QStyle::State_On));
    painter.setPen(place.isEmpty() ? look.ink : segmentInk(theme, option));
    const bool words = option.toolButtonStyle != Qt::ToolButtonIconOnly;
    const bool pictured = option.toolButtonStyle != Qt::ToolButtonTextOnly;
    label(painter, option, words ? option.text : QString(), pictured ? option.icon : QIcon(), option.iconSize,
        option.rect, false);
}

QSize toolButtonSize(const Theme &theme, const QStyleOptionToolButton &option, const QWidget *widget)
{
    const bool words = option.toolButtonStyle != Qt::ToolButtonIconOnly && !option.text.isEmpty();
    const bool pictured = option.toolButtonStyle != Qt::ToolButtonTextOnly;
    const QSize content = contentSize(toolFont(theme, widget, true), words ? option.text : QString(),
        pictured ? option.icon : QIcon(), option.iconSize);
    const int height = std::max(theme.px(isSmall(widget) ? 22 : 26), content.height() + 6);
    return { words ? content.width() + theme.px(22) : height, height };
}

void checkBox(QPainter &painter, const Theme &theme, const QStyleOption &option)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool on = option.state & QStyle::State_On;
    const bool some = option.state & QStyle::State_NoChange;
    const QRectF all(option.rect);
    const qreal side = std::min(all.width(), all.height());
    const QRectF square(
        std::round(all.center().x() - side / 2), std::round(all.center().y() - side / 2), side, side);
    const QColor fill = theme.color(!enabled ? Token::Alt : on || some ? Token::AccFill : Token::Ctl);
    const QColor outline = theme.color(!enabled ? Token::Line : on || some ? Token::AccFill : Token::Edge);
    box(painter, square, fill, option.state & QStyle::State_HasFocus ? theme.color(Token::Acc) : outline, 3);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(square.topLeft());
    painter.scale(side / 15, side / 15);
    painter.setPen(QPen(enabled ? theme.color(Token::OnAcc) : theme.color(Token::T3), 1.8, Qt::SolidLine,
        Qt::RoundCap, Qt::RoundJoin));
    if (on)
        painter.drawPolyline(QPolygonF { { 3.8, 7.8 }, { 6.4, 10.3 }, { 11.2, 4.9 } });
    else if (some)
        painter.drawLine(QPointF(4, 7.5), QPointF(11, 7.5));
    painter.restore();
}

void radioButton(QPainter &painter, const Theme &theme, const QStyleOption &option)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool on = option.state & QStyle::State_On;
    const QRectF circle = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ring = theme.color(!enabled ? Token::Line : on ? Token::AccFill : Token::Edge);
    const qreal width = on ? circle.width() * 0.27 : 1;
    painter.setPen(QPen(ring, width));
    painter.setBrush(theme.color(Token::Ctl));
    const qreal in = (width - 1) / 2;
    painter.drawEllipse(circle.adjusted(in, in, -in, -in));
    painter.restore();
}

} // namespace tidemark::parts
