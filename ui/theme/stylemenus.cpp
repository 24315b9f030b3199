#include "theme/styleparts.h"
#include "theme/theme.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::parts {

namespace {

constexpr int Column = 28; // check mark or icon
constexpr int Tail = 20; // arrow of a submenu

struct Words {
    QString text;
    QString keys;
};

Words wordsOf(const QString &text)
{
    const qsizetype tab = text.indexOf(u'\t');
    return tab < 0 ? Words { text, {} } : Words { text.left(tab), text.mid(tab + 1) };
}

void separator(QPainter &painter, const Theme &theme, const QRect &rect)
{
    const qreal y = rect.center().y() + 0.5;
    painter.setPen(theme.color(Token::Sep));
    painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right() + 1, y));
}

void mark(QPainter &painter, const Theme &theme, const QStyleOptionMenuItem &option, const QColor &ink)
{
    const int size = theme.px(16);
    const QRect place(
        option.rect.left() + 7, option.rect.top() + (option.rect.height() - size) / 2, size, size);
    const QRect seen = QStyle::visualRect(option.direction, option.rect, place);
    if (option.checkType != QStyleOptionMenuItem::NotCheckable) {
        if (option.checked)
            icon(painter, theme, u"check"_s, theme.color(Token::Acc), seen);
    } else if (!option.icon.isNull()) {
        option.icon.paint(
            &painter, seen, Qt::AlignCenter, ink == theme.color(Token::T3) ? QIcon::Disabled : QIcon::Normal);
    }
}

} // namespace

void menuBarItem(QPainter &painter, const Theme &theme, const QStyleOptionMenuItem &option)
{
    painter.fillRect(option.rect, theme.color(Token::Win));
    const bool open = option.state & (QStyle::State_Selected | QStyle::State_Sunken);
    if (open && option.state & QStyle::State_Enabled)
        box(painter, option.rect, theme.color(Token::AccTint),
            theme.isHighContrast() ? theme.color(Token::T1) : theme.color(Token::AccTint));
    painter.setPen(theme.color(Token::T1));
    painter.drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, option.text);
}

void menuItem(QPainter &painter, const Theme &theme, const QStyleOptionMenuItem &option)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return separator(painter, theme, option.rect);
    const bool enabled = option.state & QStyle::State_Enabled;
    if (option.state & QStyle::State_Selected && enabled) {
        painter.fillRect(option.rect, theme.color(Token::Sel));
        if (theme.isHighContrast())
            box(painter, option.rect, Qt::transparent, theme.color(Token::T1), 0);
    }
    const QColor ink = theme.color(enabled ? Token::T1 : Token::T3);
    mark(painter, theme, option, ink);
    const Words words = wordsOf(option.text);
    const QRect rect = option.rect.adjusted(theme.px(Column), 0, -theme.px(Tail), 0);
    painter.setPen(ink);
    painter.drawText(QStyle::visualRect(option.direction, option.rect, rect),
        int(Qt::AlignVCenter | Qt::TextShowMnemonic
            | QStyle::visualAlignment(option.direction, Qt::AlignLeft)),
        words.text);
    painter.setFont(theme.font(FontRole::Secondary));
    painter.setPen(theme.color(enabled ? Token::T2 : Token::T3));
    painter.drawText(QStyle::visualRect(option.direction, option.rect, rect),
        int(Qt::AlignVCenter | QStyle::visualAlignment(option.direction, Qt::AlignRight)), words.keys);
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        const int size = theme.px(14);
        const QRect arrow(option.rect.right() - size - 4, option.rect.center().y() - size / 2, size, size);
        icon(painter, theme, option.direction == Qt::RightToLeft ? u"left"_s : u"right"_s, ink,
            QStyle::visualRect(option.direction, option.rect, arrow));
    }
}

QSize menuItemSize(const Theme &theme, const QStyleOptionMenuItem &option, const QSize &size)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return { size.width(), 9 };
    const Words words = wordsOf(option.text);
    const QFontMetrics text(theme.font(FontRole::Interface));
    const QFontMetrics keys(theme.font(FontRole::Secondary));
    const int shortcuts = words.keys.isEmpty()
        ? 0
        : std::max(keys.horizontalAdvance(words.keys), option.reservedShortcutWidth) + theme.px(24);
    const int width
        = theme.px(Column + Tail) + text.size(Qt::TextShowMnemonic, words.text).width() + shortcuts;
    return { width, std::max(theme.px(26), text.height() + 6) };
}

} // namespace tidemark::parts
