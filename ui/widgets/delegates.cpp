#include "widgets/delegates.h"

#include "items/cell.h"
#include "theme/fills.h"
#include "theme/theme.h"
#include "widgets/marks.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHeaderView>
#include <QMouseEvent>
#include <QPainter>
#include <QTableView>

#include <algorithm>

namespace tidemark {

namespace {

constexpr int Padding = 8;

Standing standingOf(const QModelIndex &index)
{
    return index.data(StandingRole).value<Standing>();
}

bool isLoud(Standing standing)
{
    return standing == Standing::Attention || standing == Standing::Failed || standing == Standing::Missing;
}

Token inkOf(const QModelIndex &index)
{
    return index.data(FaintRole).toBool() ? Token::T2 : Token::T1;
}

// Paints the glyph at the left and answers with what is left of the cell.
QRect afterGlyph(QPainter &painter, const Theme &theme, Glyph glyph, const QRect &rect)
{
    if (glyph == Glyph::None)
        return rect;
    const int side = theme.px(16);
    paintGlyph(
        painter, theme, glyph, QRect(rect.left(), rect.top() + (rect.height() - side) / 2, side, side));
    return rect.adjusted(side + 4, 0, 0, 0);
}

} // namespace

void CellDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    QStyle *style = cell.widget ? cell.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &cell, painter, cell.widget);
    painter->save();
    painter->setFont(cell.font);
    painter->setClipRect(cell.rect, Qt::IntersectClip);
    paintContent(*painter, cell, cell.rect.adjusted(Padding, 0, -Padding, -1), index);
    painter->restore();
    if (cell.state & QStyle::State_HasFocus) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(cell);
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, cell.widget);
    }
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize base = QStyledItemDelegate::sizeHint(option, index);
    return { base.width() + 2 * Padding, base.height() };
}

void CellDelegate::paintContent(
    QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect, const QModelIndex &) const
{
    paintText(painter, option, rect, option.text, themeOf(option).color(Token::T1));
}

void CellDelegate::paintText(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect,
    const QString &text, const QColor &ink)
{
    painter.setPen(ink);
    const Qt::Alignment side = QStyle::visualAlignment(option.direction, option.displayAlignment);
    painter.drawText(rect, int((side & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter) | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(text, option.textElideMode, rect.width()));
}

const Theme &CellDelegate::themeOf(const QStyleOptionViewItem &option)
{
    return Theme::of(option.widget);
}

void StateDelegate::paintContent(
    QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect, const QModelIndex &index) const
{
    const Theme &theme = themeOf(option);
    const Standing standing = standingOf(index);
    const QRect words = afterGlyph(painter, theme, glyphOf(standing), rect);
    if (isLoud(standing))
        painter.setFont(theme.font(FontRole::Strong));
    const Token ink = isLoud(standing) ? textToken(glyphOf(standing)) : inkOf(index);
    paintText(painter, option, words, option.text, theme.color(ink));
    const QString aside = index.data(AsideRole).toString();
    const int used = painter.fontMetrics().horizontalAdvance(option.text) + 10;
    if (aside.isEmpty() || used >= words.width())
        return;
    painter.setFont(theme.font(FontRole::Secondary));
    paintText(painter, option, words.adjusted(used, 0, 0, 0), aside, theme.color(Token::T2));
}

void MonoDelegate::paintContent(
    QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect, const QModelIndex &index) const
{
    const Theme &theme = themeOf(option);
    painter.setFont(theme.font(FontRole::Mono));
    paintText(painter, option, rect, option.text, theme.color(inkOf(index)));
}

void DataBarDelegate::paintContent(
    QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect, const QModelIndex &index) const
{
    const Theme &theme = themeOf(option);
    const QRect rest = afterGlyph(painter, theme, glyphOf(standingOf(index)), rect);
    const QVariant share = index.data(BarRole);
    const int length = theme.px(38);
    const QRectF track(rest.left(), rest.center().y() - 3, length, 8);
    if (share.isValid()) {
        painter.fillRect(track, theme.color(Token::Sunken));
        const double part = std::clamp(share.toDouble(), 0.0, 1.0);
        painter.fillRect(QRectF(track.left(), track.top(), track.width() * part, track.height()),
            theme.color(Token::Band));
    }
    QStyleOptionViewItem right = option;
    right.displayAlignment = Qt::AlignRight | Qt::AlignVCenter;
    paintText(painter, right, rest.adjusted(share.isValid() ? length + 8 : 0, 0, 0, 0), option.text,
        theme.color(Token::T1));
}

void AgeDelegate::paintContent(
    QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect, const QModelIndex &index) const
{
    const Theme &theme = themeOf(option);
    const bool fresh = !isLoud(standingOf(index)) && standingOf(index) != Standing::Unknown;
    const QRect words = afterGlyph(painter, theme, fresh ? Glyph::None : Glyph::Stale, rect);
    paintText(painter, option, words, option.text, theme.color(fresh ? Token::T1 : Token::T2));
}

bool ActionDelegate::editorEvent(
    QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::MouseButtonRelease || index.data(ActionRole).toString().isEmpty())
        return CellDelegate::editorEvent(event, model, option, index);
    Q_EMIT activated(index);
    return true;
}

void ActionDelegate::paintContent(
    QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect, const QModelIndex &index) const
{
    const Theme &theme = themeOf(option);
    painter.setFont(theme.font(FontRole::SecondaryStrong));
    paintText(painter, option, rect, index.data(ActionRole).toString(), theme.color(Token::Acc));
}

void dressTable(QTableView *table)
{
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setSelectionBehavior(QTableView::SelectRows);
    table->setSelectionMode(QTableView::SingleSelection);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(Theme::of(table).px(26));
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setItemDelegate(new StateDelegate(table));
}

} // namespace tidemark
