#include "widgets/factdelegate.h"

#include "items/factmodel.h"
#include "theme/styleparts.h"
#include "theme/theme.h"
#include "widgets/figures.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace tidemark {

namespace {

bool isMachine(const QModelIndex &index)
{
    const auto *facts = qobject_cast<const FactModel *>(index.model());
    return facts && index.column() == int(FactModel::Column::Value) && facts->row(index.row()).machine;
}

} // namespace

void FactDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const bool label = index.column() == int(FactModel::Column::Label);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->fillRect(option.rect, theme.color(Token::Surface));
    if (selected)
        parts::selection(*painter, theme, option.rect);
    painter->setFont(theme.font(isMachine(index) ? FontRole::Mono : FontRole::Secondary));
    painter->setPen(theme.color(label ? Token::T2 : Token::T1));
    const QRect line = option.rect.adjusted(label ? theme.px(16) : theme.px(4), 0, -theme.px(8), 0);
    const QString words
        = painter->fontMetrics().elidedText(oneLine(index.data().toString()), Qt::ElideRight, line.width());
    painter->drawText(line, int(Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine, words);
    if (option.state.testFlag(QStyle::State_HasFocus))
        parts::itemFocus(*painter, theme, option.rect);
    painter->restore();
}

QSize FactDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return { 60, Theme::of(option.widget).px(24) };
}

bool FactDelegate::helpEvent(
    QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return false;
    QToolTip::showText(event->globalPos(), plainTip(index.data().toString()), view);
    return true;
}

} // namespace tidemark
