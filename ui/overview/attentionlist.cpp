#include "overview/attentionlist.h"

#include "theme/styleparts.h"
#include "widgets/marks.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QModelIndex sibling(const QModelIndex &index, FindingModel::Column column)
{
    return index.sibling(index.row(), int(column));
}

void drawElided(QPainter &painter, const QRect &rect, const QString &text)
{
    const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
    painter.drawText(rect, int(Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

} // namespace

namespace {

// Where the words of a row go. With little room the name stands above what is wrong, in place of the detail.
struct Words {
    QRect name;
    QRect what;
    QRect detail; // empty: no room
};

Words wordsIn(const Theme &theme, const QRect &row, int end)
{
    const int top = row.center().y() - theme.px(17);
    const int left = row.left() + theme.px(42);
    const QRect upper(left, top, std::max(0, end - left), theme.px(18));
    const QRect name(left, row.top(), theme.px(104), row.height() - 1);
    const int beside = name.right() + theme.px(10);
    if (end - beside < theme.px(200))
        return { upper, upper.translated(0, theme.px(17)), {} };
    const QRect what(beside, top, end - beside, theme.px(18));
    return { name, what, what.translated(0, theme.px(17)) };
}

} // namespace

QRect AttentionDelegate::buttonRect(const QStyleOptionViewItem &option)
{
    const Theme &theme = Theme::of(option.widget);
    const int width = theme.px(204);
    const int height = theme.px(26);
    return { option.rect.right() - theme.px(16) - width, option.rect.center().y() - height / 2, width,
        height };
}

void AttentionDelegate::paintButton(
    QPainter &painter, const Theme &theme, const QRect &rect, const QString &words, bool primary)
{
    painter.setPen(primary ? QPen(Qt::NoPen) : QPen(theme.color(Token::Line), 1));
    painter.setBrush(theme.color(primary ? Token::AccFill : Token::Ctl));
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setFont(theme.font(primary ? FontRole::Strong : FontRole::Interface));
    painter.setPen(theme.color(primary ? Token::OnAcc : Token::T1));
    painter.drawText(rect, int(Qt::AlignCenter), words);
}

void AttentionDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const auto standing = index.data(StandingRole).value<Standing>();
    const bool first = index.row() == 0;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    Token ground = first ? tintToken(glyphOf(standing)) : Token::Surface;
    if (selected && option.state.testFlag(QStyle::State_HasFocus))
        ground = Token::Sel;
    painter->save();
    painter->setClipRect(option.rect);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(option.rect, theme.color(ground));
    if (ground == Token::Sel)
        parts::selection(*painter, theme, option.rect.adjusted(0, 0, 0, -1));
    painter->fillRect(
        QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.color(Token::Sep));
    const QRect button = buttonRect(option);
    const int glyph = theme.px(16);
    paintGlyph(*painter, theme, glyphOf(standing),
        QRectF(option.rect.left() + theme.px(16), option.rect.center().y() - glyph / 2, glyph, glyph));
    painter->setFont(theme.font(FontRole::Strong));
    painter->setPen(theme.color(Token::T1));
    const Words words = wordsIn(theme, option.rect, button.left() - theme.px(12));
    drawElided(*painter, words.name, index.data().toString());
    const QModelIndex what = sibling(index, FindingModel::Column::What);
    painter->setFont(theme.font(FontRole::Interface));
    drawElided(*painter, words.what, what.data().toString());
    painter->setFont(theme.font(FontRole::Small));
    painter->setPen(theme.color(Token::T2));
    drawElided(*painter, words.detail, what.data(DetailRole).toString());
    paintButton(*painter, theme, button,
        sibling(index, FindingModel::Column::Action).data(ActionRole).toString(), first);
    if (option.state.testFlag(QStyle::State_HasFocus))
        parts::itemFocus(*painter, theme, option.rect);
    painter->restore();
}

QSize AttentionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return { 200, Theme::of(option.widget).px(50) };
}

AttentionList::AttentionList(QWidget *parent)
    : QListView(parent)
{
    setObjectName(u"attention"_s);
    setItemDelegate(new AttentionDelegate(this));
    setUniformItemSizes(true);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setAccessibleName(tr("Needs attention"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

QRect AttentionList::buttonRect(const QModelIndex &index) const
{
    QStyleOptionViewItem option;
    option.widget = this;
    option.rect = visualRect(index);
    return AttentionDelegate::buttonRect(option);
}

void AttentionList::mouseReleaseEvent(QMouseEvent *event)
{
    QListView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (index.isValid() && event->button() == Qt::LeftButton
        && buttonRect(index).contains(event->position().toPoint()))
        Q_EMIT actionWanted(index.row());
}

void AttentionList::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (index.isValid() && !buttonRect(index).contains(event->position().toPoint()))
        Q_EMIT detailsWanted(index.row());
}

void AttentionList::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const int row = currentIndex().row();
    if (enter && row >= 0)
        Q_EMIT actionWanted(row);
    else if (event->key() == Qt::Key_Space && row >= 0)
        Q_EMIT detailsWanted(row);
    else
        QListView::keyPressEvent(event);
}

void AttentionList::contextMenuEvent(QContextMenuEvent *event)
{
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = keyboard ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    const QPoint at = keyboard ? visualRect(index).center() : event->pos();
    Q_EMIT menuWanted(index.row(), viewport()->mapToGlobal(at));
}

} // namespace tidemark
