#include "shell/palettedelegate.h"

#include "items/cell.h"
#include "theme/fills.h"
#include "theme/styleparts.h"
#include "theme/theme.h"
#include "widgets/keycap.h"

#include <QPainter>

namespace tidemark {

namespace {

// Ranges come as pairs of (from, length).
QList<QPair<int, int>> rangesOf(const QModelIndex &index, int role)
{
    return index.data(role).value<QList<QPair<int, int>>>();
}

// Draws text whose ranges are strong; answers with where it ended.
int emphasised(QPainter &painter, int x, const QRect &line, const QString &text,
    const QList<QPair<int, int>> &ranges, const QFont &plain, const QFont &strong)
{
    const auto draw = [&](const QString &piece, const QFont &font) {
        const QRect room(x, line.top(), line.right() - x, line.height());
        if (room.width() <= 0)
            return;
        painter.setFont(font);
        painter.drawText(room, int(Qt::AlignVCenter) | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(piece, Qt::ElideRight, room.width()));
        x += painter.fontMetrics().horizontalAdvance(piece);
    };
    int at = 0;
    for (const auto &[from, length] : ranges) {
        draw(text.mid(at, from - at), plain);
        draw(text.mid(from, length), strong);
        at = from + length;
    }
    draw(text.mid(at), plain);
    return x;
}

void heading(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const Theme &theme = Theme::of(option.widget);
    painter.setFont(theme.font(FontRole::SmallStrong));
    painter.setPen(theme.color(Token::T3));
    painter.drawText(option.rect.adjusted(14, 6, -14, 0), Qt::AlignVCenter, index.data().toString());
}

} // namespace

void PaletteDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    if (index.data(IsHeadingRole).toBool())
        heading(*painter, option, index);
    else
        paintHit(*painter, option, index);
    painter->restore();
}

void PaletteDelegate::paintHit(
    QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const Theme &theme = Theme::of(option.widget);
    const QRect &row = option.rect;
    const bool selected = option.state & QStyle::State_Selected;
    if (selected)
        parts::selection(painter, theme, row);
    const QVariant environment = index.data(EnvironmentRole);
    const int tall = theme.px(14);
    if (environment.isValid())
        paintEnvironmentEdge(painter, theme, environment.value<Environment>(),
            QRect(row.left() + 14, row.center().y() - tall / 2, 4, tall));
    const int side = theme.px(15);
    parts::icon(painter, theme, index.data(IconRole).toString(), theme.color(Token::T2),
        QRect(row.left() + 28, row.center().y() - side / 2, side, side));
    int right = row.right() - 14;
    QString keys = index.data(KeysRole).toString();
    if (keys.isEmpty() && selected)
        keys = QStringLiteral("↵");
    if (!keys.isEmpty())
        right -= paintKeyCap(painter, theme, keys, QPoint(right, row.center().y()), Qt::AlignRight) + 10;
    const QRect line(row.left() + 28 + side + 9, row.top(), right - row.left() - 28 - side - 9, row.height());
    painter.setClipRect(line, Qt::IntersectClip);
    painter.setPen(theme.color(Token::T1));
    const int end = emphasised(painter, line.left(), line, index.data().toString(),
        rangesOf(index, RangesRole), theme.font(FontRole::Interface), theme.font(FontRole::Strong));
    painter.setPen(theme.color(selected ? Token::T2 : Token::T3));
    emphasised(painter, end + 10, line, index.data(HintRole).toString(), rangesOf(index, HintRangesRole),
        theme.font(FontRole::Secondary), theme.font(FontRole::SecondaryStrong));
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return { 200, Theme::of(option.widget).px(31) };
}

} // namespace tidemark
