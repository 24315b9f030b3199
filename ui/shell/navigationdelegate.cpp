#include "shell/navigationdelegate.h"

#include "items/cell.h"
#include "theme/styleparts.h"
#include "theme/theme.h"

#include <QPainter>
#include <QWidget>

namespace tidemark {

namespace {

bool isNarrow(const QStyleOptionViewItem &option)
{
    return option.widget && option.widget->property("narrow").toBool();
}

void ground(QPainter &painter, const Theme &theme, const QStyleOptionViewItem &option)
{
    if (option.state & QStyle::State_Selected)
        parts::selection(painter, theme, option.rect);
    else if (option.state & QStyle::State_MouseOver)
        painter.fillRect(option.rect, theme.color(Token::Sunken));
    if (option.state & QStyle::State_HasFocus)
        parts::itemFocus(painter, theme, option.rect.adjusted(0, 0, 0, 1));
}

QRect centred(const QRect &rect, int x, int side)
{
    return { x, rect.top() + (rect.height() - side) / 2, side, side };
}

void words(QPainter &painter, const QRect &rect, const QString &text, Qt::TextElideMode mode)
{
    painter.drawText(rect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(text, mode, rect.width()));
}

// At the right end; answers with the width it took.
int badge(QPainter &painter, const Theme &theme, const QRect &rect, const QString &text)
{
    if (text.isEmpty())
        return 0;
    painter.setFont(theme.font(FontRole::Small));
    painter.setPen(theme.color(Token::T2));
    painter.drawText(rect, Qt::AlignVCenter | Qt::AlignRight, text);
    return painter.fontMetrics().horizontalAdvance(text) + 8;
}

void edge(QPainter &painter, const Theme &theme, const QModelIndex &index, const QRect &rect)
{
    const QVariant environment = index.data(EnvironmentRole);
    if (environment.isValid())
        paintEnvironmentEdge(painter, theme, environment.value<Environment>(), rect);
    else
        paintNeutralEdge(painter, theme, rect);
}

// Test and lab are told apart by a word too; their state is told only when it is not good.
QString kindWord(const QModelIndex &index)
{
    const auto environment = index.data(EnvironmentRole).value<Environment>();
    if (environment == Environment::Test)
        return ClusterDelegate::tr("test", "environment of a cluster");
    return environment == Environment::Lab ? ClusterDelegate::tr("lab", "environment of a cluster")
                                           : QString();
}

} // namespace

void PageDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    ground(*painter, theme, option);
    if (selected)
        painter->fillRect(
            QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), theme.color(Token::Acc));
    const int side = theme.px(16);
    const int x
        = isNarrow(option) ? option.rect.left() + (option.rect.width() - side) / 2 : option.rect.left() + 13;
    parts::icon(*painter, theme, index.data(IconRole).toString(),
        theme.color(selected ? Token::Acc2 : Token::T2), centred(option.rect, x, side));
    if (!isNarrow(option)) {
        const QRect inside = option.rect.adjusted(13 + side + 8, 0, -10, 0);
        const int used = badge(*painter, theme, inside, index.data(BadgeRole).toString());
        painter->setFont(theme.font(selected ? FontRole::Strong : FontRole::Interface));
        painter->setPen(theme.color(Token::T1));
        words(*painter, inside.adjusted(0, 0, -used, 0), index.data().toString(), Qt::ElideRight);
    }
    painter->restore();
}

QSize PageDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return { 40, Theme::of(option.widget).px(28) };
}

void ClusterDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const bool selected = option.state & QStyle::State_Selected;
    const auto glyph = Glyph(index.data(GlyphRole).toInt());
    painter->save();
    ground(*painter, theme, option);
    const int tall = theme.px(14);
    const QRect bar(option.rect.left() + 12, option.rect.top() + (option.rect.height() - tall) / 2, 4, tall);
    edge(*painter, theme, index, bar);
    const int side = theme.px(isNarrow(option) ? 14 : 16);
    const QString kind = kindWord(index);
    const bool quiet = !kind.isEmpty() && (glyph == Glyph::Ok || glyph == Glyph::None);
    const QRect mark = centred(option.rect, option.rect.right() - side - (isNarrow(option) ? 7 : 9), side);
    if (isNarrow(option)) {
        paintGlyph(*painter, theme, glyph, mark);
    } else {
        int used = side + 8;
        if (quiet)
            used = badge(*painter, theme, option.rect.adjusted(0, 0, -10, 0), kind);
        else
            paintGlyph(*painter, theme, glyph, mark);
        painter->setFont(theme.font(selected ? FontRole::Strong : FontRole::Interface));
        painter->setPen(theme.color(Token::T1));
        words(*painter, option.rect.adjusted(24, 0, -used - 8, 0), index.data().toString(), Qt::ElideMiddle);
    }
    painter->restore();
}

QSize ClusterDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return { 40, Theme::of(option.widget).px(26) };
}

} // namespace tidemark
