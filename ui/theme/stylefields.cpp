#include "theme/styleparts.h"
#include "theme/theme.h"

#include <QPainter>
#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::parts {

namespace {

QColor fieldOutline(const Theme &theme, const QStyleOption &option, const QWidget *widget)
{
    if (!(option.state & QStyle::State_Enabled))
        return theme.color(Token::Sep);
    if (widget && widget->property("invalid").toBool())
        return theme.color(Token::FailFill);
    return theme.color(option.state & QStyle::State_HasFocus ? Token::Acc : Token::Edge);
}

QColor fieldGround(const Theme &theme, const QStyleOption &option)
{
    return theme.color(option.state & QStyle::State_Enabled ? Token::Ctl : Token::Alt);
}

QRect middle(const QRect &rect, int size)
{
    return { rect.left() + (rect.width() - size) / 2, rect.top() + (rect.height() - size) / 2, size, size };
}

} // namespace

void lineEdit(QPainter &painter, const Theme &theme, const QStyleOption &option, const QWidget *widget)
{
    box(painter, option.rect, fieldGround(theme, option), fieldOutline(theme, option, widget), 4,
        outlineStyle(theme, option));
}

void comboBox(
    QPainter &painter, const Theme &theme, const QStyleOptionComboBox &option, const QWidget *widget)
{
    QColor outline = fieldOutline(theme, option, widget);
    if (outline == theme.color(Token::Edge) && !option.editable)
        outline = theme.color(option.state & QStyle::State_MouseOver ? Token::Edge : Token::Line);
    box(painter, option.rect, fieldGround(theme, option), outline);
    const QRect arrow = QStyle::visualRect(option.direction, option.rect,
        { option.rect.right() - theme.px(24), option.rect.top(), theme.px(20), option.rect.height() });
    const bool enabled = option.state & QStyle::State_Enabled;
    icon(
        painter, theme, u"down"_s, theme.color(enabled ? Token::T2 : Token::T3), middle(arrow, theme.px(16)));
}

void comboLabel(QPainter &painter, const Theme &theme, const QStyleOptionComboBox &option)
{
    QRect rect = option.rect.adjusted(9, 0, -theme.px(26), 0);
    const bool enabled = option.state & QStyle::State_Enabled;
    if (!option.currentIcon.isNull()) {
        const QRect place(rect.left(), rect.top(), option.iconSize.width(), rect.height());
        option.currentIcon.paint(&painter, QStyle::visualRect(option.direction, option.rect, place),
            Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
        rect.setLeft(rect.left() + option.iconSize.width() + 6);
    }
    if (option.editable)
        return;
    painter.setPen(theme.color(enabled ? Token::T1 : Token::T3));
    const QString text = option.fontMetrics.elidedText(option.currentText, Qt::ElideRight, rect.width());
    painter.drawText(QStyle::visualRect(option.direction, option.rect, rect),
        int(Qt::AlignVCenter | QStyle::visualAlignment(option.direction, Qt::AlignLeft)), text);
}

void spinBox(QPainter &painter, const Theme &theme, const QStyleOptionSpinBox &option, const QWidget *widget)
{
    box(painter, option.rect, fieldGround(theme, option), fieldOutline(theme, option, widget));
    const int size = theme.px(12);
    const int x
        = option.direction == Qt::RightToLeft ? option.rect.left() + 4 : option.rect.right() - size - 3;
    const int half = option.rect.height() / 2;
    const auto ink = [&](QAbstractSpinBox::StepEnabledFlag step) {
        return theme.color(
            option.stepEnabled & step && option.state & QStyle::State_Enabled ? Token::T2 : Token::Line);
    };
    icon(painter, theme, u"up"_s, ink(QAbstractSpinBox::StepUpEnabled),
        { x, option.rect.top() + half - size + 1, size, size });
    icon(painter, theme, u"down"_s, ink(QAbstractSpinBox::StepDownEnabled),
        { x, option.rect.top() + half - 1, size, size });
}

void scrollBar(QPainter &painter, const Theme &theme, const QStyleOptionSlider &option)
{
    const bool upright = option.orientation == Qt::Vertical;
    if (option.maximum <= option.minimum)
        return;
    const QRect slider = scrollBarPart(option, QStyle::SC_ScrollBarSlider, theme.px(24));
    const bool active = option.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    const QRectF bar
        = upright ? QRectF(slider).adjusted(3, 2, -3, -2) : QRectF(slider).adjusted(2, 3, -2, -3);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(active ? Token::Edge : Token::Line));
    painter.drawRoundedRect(bar, 3, 3);
    painter.restore();
}

// No arrows: the groove is the whole bar, the slider at least `shortest` long.
QRect scrollBarPart(const QStyleOptionSlider &option, QStyle::SubControl part, int shortest)
{
    const bool upright = option.orientation == Qt::Vertical;
    const int length = upright ? option.rect.height() : option.rect.width();
    const qint64 range = qint64(option.maximum) - option.minimum;
    int slider = length;
    if (range > 0)
        slider = std::clamp(int(length * qint64(option.pageStep) / (range + option.pageStep)),
            std::min(shortest, length), length);
    const int start = QStyle::sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - slider, option.upsideDown);
    const auto along = [&](int from, int size) {
        const QRect rect = upright ? QRect(0, from, option.rect.width(), size)
                                   : QRect(from, 0, size, option.rect.height());
        return QStyle::visualRect(option.direction, option.rect, rect.translated(option.rect.topLeft()));
    };
    switch (part) {
    case QStyle::SC_ScrollBarGroove:
        return along(0, length);
    case QStyle::SC_ScrollBarSlider:
        return along(start, slider);
    case QStyle::SC_ScrollBarSubPage:
        return along(0, start);
    case QStyle::SC_ScrollBarAddPage:
        return along(start + slider, length - start - slider);
    default:
        return {};
    }
}

void progressBar(QPainter &painter, const Theme &theme, const QStyleOptionProgressBar &option)
{
    const int height = std::min(option.rect.height(), theme.px(8));
    const QRect track(option.rect.left(), option.rect.top() + (option.rect.height() - height) / 2,
        option.rect.width(), height);
    painter.fillRect(track, theme.color(Token::Sunken));
    const int range = option.maximum - option.minimum;
    if (range <= 0) { // amount unknown: a still mark at the start, nothing moves
        painter.fillRect(track.adjusted(0, 0, -track.width() * 3 / 4, 0), theme.color(Token::RunFill));
        return;
    }
    QRect done = track;
    done.setWidth(int(qint64(track.width()) * (option.progress - option.minimum) / range));
    painter.fillRect(QStyle::visualRect(option.direction, track, done), theme.color(Token::RunFill));
    if (theme.isHighContrast())
        box(painter, track, Qt::transparent, theme.color(Token::T1), 0);
}

} // namespace tidemark::parts
