#include "theme/styleparts.h"
#include "theme/theme.h"

#include <QAbstractItemView>
#include <QListView>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace tidemark::parts {

namespace {

QFont headerFont(const Theme &theme)
{
    return theme.font(FontRole::SecondaryStrong);
}

void arrow(QPainter &painter, const Theme &theme, const QStyleOptionHeader &option, int x)
{
    const bool up = option.sortIndicator == QStyleOptionHeader::SortDown; // Qt's "down" is ascending
    const qreal middle = option.rect.center().y() + 0.5;
    const qreal tip = up ? middle - 4 : middle + 4;
    const qreal back = up ? tip + 3.5 : tip - 3.5;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(Token::T2), 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawLine(QPointF(x + 4.5, middle - 4), QPointF(x + 4.5, middle + 4));
    painter.drawPolyline(QPolygonF { { x + 1.0, back }, { x + 4.5, tip }, { x + 8.0, back } });
    painter.restore();
}

bool drawsRowLines(const QWidget *widget)
{
    return !qobject_cast<const QListView *>(widget) && !(widget && widget->property("noRowLines").toBool());
}

} // namespace

void headerSection(QPainter &painter, const Theme &theme, const QStyleOptionHeader &option)
{
    const bool over = option.state & QStyle::State_MouseOver;
    painter.fillRect(option.rect, theme.color(over ? Token::Sunken : Token::Alt));
    const QRect &r = option.rect;
    const QColor line = theme.color(Token::Sep);
    painter.fillRect(r.left(), r.bottom(), r.width(), 1, line);
    const bool last
        = option.position == QStyleOptionHeader::End || option.position == QStyleOptionHeader::OnlyOneSection;
    if (!last)
        painter.fillRect(
            option.direction == Qt::RightToLeft ? r.left() : r.right(), r.top(), 1, r.height(), line);
}

void headerLabel(QPainter &painter, const Theme &theme, const QStyleOptionHeader &option)
{
    painter.save();
    painter.setFont(headerFont(theme));
    painter.setPen(theme.color(Token::T2));
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    const QRect rect = option.rect.adjusted(5, 0, sorted ? -19 : -5, 0); // with Qt's own margin of 3
    const QFontMetrics metrics(painter.font());
    const QString text = metrics.elidedText(option.text, Qt::ElideRight, rect.width());
    const Qt::Alignment side
        = QStyle::visualAlignment(option.direction, option.textAlignment & Qt::AlignHorizontal_Mask);
    painter.drawText(rect, int(side | Qt::AlignVCenter) | Qt::TextDontClip, text);
    if (sorted) {
        const int width = metrics.horizontalAdvance(text);
        arrow(painter, theme, option, side & Qt::AlignRight ? rect.right() + 3 : rect.left() + width + 4);
    }
    painter.restore();
}

void selection(QPainter &painter, const Theme &theme, const QRect &rect)
{
    painter.fillRect(rect, theme.color(Token::Sel));
    if (!theme.isHighContrast())
        return;
    painter.fillRect(rect.left(), rect.top(), rect.width(), 2, theme.color(Token::T1));
    painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, theme.color(Token::T1));
}

void itemRow(QPainter &painter, const Theme &theme, const QStyleOptionViewItem &option, const QWidget *widget)
{
    if (option.state & QStyle::State_Selected)
        painter.fillRect(option.rect, theme.color(Token::Sel));
    if (drawsRowLines(widget))
        painter.fillRect(
            option.rect.left(), option.rect.bottom(), option.rect.width(), 1, theme.color(Token::Grid));
}

void itemPanel(
    QPainter &painter, const Theme &theme, const QStyleOptionViewItem &option, const QWidget *widget)
{
    const QRect inside = option.rect.adjusted(0, 0, 0, drawsRowLines(widget) ? -1 : 0);
    if (option.state & QStyle::State_Selected)
        selection(painter, theme, inside);
    else if (option.backgroundBrush.style() != Qt::NoBrush)
        painter.fillRect(inside, option.backgroundBrush);
}

void itemFocus(QPainter &painter, const Theme &theme, const QRect &rect)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(Token::Acc), 1));
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -1.5), 2, 2);
    painter.restore();
}

void branch(QPainter &painter, const Theme &theme, const QStyleOption &option)
{
    if (!(option.state & QStyle::State_Children))
        return;
    const int size = theme.px(14);
    const QPoint middle = option.rect.center();
    const QRect place(middle.x() - size / 2, middle.y() - size / 2, size, size);
    const bool open = option.state & QStyle::State_Open;
    icon(painter, theme,
        open                                      ? u"down"_s
            : option.direction == Qt::RightToLeft ? u"left"_s
                                                  : u"right"_s,
        theme.color(Token::T3), place);
}

} // namespace tidemark::parts
