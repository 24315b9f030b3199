#include "widgets/twolinedelegate.h"

#include "theme/fills.h"
#include "theme/styleparts.h"
#include "theme/theme.h"
#include "widgets/marks.h"
#include "widgets/standings.h"

#include <QAbstractItemView>
#include <QMouseEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

Standing standingOf(const QModelIndex &index)
{
    return index.data(StandingRole).value<Standing>();
}

void drawElided(QPainter &painter, const QRect &rect, const QString &text)
{
    const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
    painter.drawText(rect, int(Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

} // namespace

// Where the parts of one cell go.
struct TwoLineDelegate::Places {
    QRect edge;
    QRect glyph;
    QRect words;
    QRect detail;
    QRect link;
};

TwoLineDelegate::TwoLineDelegate(Look look, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_look(look)
{
}

TwoLineDelegate::Places TwoLineDelegate::placesOf(
    const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const int left = option.rect.left() + theme.px(index.column() == 0 ? m_look.leading : 8);
    const int line = theme.px(20);
    const int top = twoLines() ? option.rect.center().y() - line + 1 : option.rect.center().y() - line / 2;
    Places places;
    int x = left;
    if (index.column() == m_look.edgeColumn) {
        places.edge = QRect(x, top + theme.px(2), theme.px(4), theme.px(15));
        x += theme.px(12);
    }
    if (standingOf(index) != Standing::None) {
        places.glyph = QRect(x, top + (line - theme.px(16)) / 2, theme.px(16), theme.px(16));
        x += theme.px(23);
    }
    places.words = QRect(x, top, qMax(0, option.rect.right() - theme.px(6) - x), line);
    places.detail = places.words.translated(0, line - theme.px(1));
    const QString action = index.data(ActionRole).toString();
    if (action.isEmpty())
        return places;
    const int width = QFontMetrics(theme.font(FontRole::SecondaryStrong)).horizontalAdvance(action) + 2;
    if (twoLines()) {
        places.link
            = QRect(places.detail.left(), places.detail.top(), qMin(width, places.detail.width()), line);
    } else {
        const QFontMetrics words(theme.font(FontRole::Strong));
        const int text = words.horizontalAdvance(index.data().toString()) + theme.px(14);
        const int room = qMax(0, places.words.width() - width);
        places.link
            = QRect(places.words.left() + qMin(text, room), top, qMin(width, places.words.width()), line);
        places.words.setRight(places.link.left() - theme.px(6));
    }
    return places;
}

void TwoLineDelegate::paintGround(
    QPainter &painter, const Theme &theme, const QStyleOptionViewItem &option) const
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QRect line(option.rect.left(), option.rect.bottom(), option.rect.width(), 1);
    // At 125 % soft edges would leave seams between cells.
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(option.rect, theme.color(Token::Surface));
    painter.fillRect(line, theme.color(Token::Sep));
    if (selected)
        parts::selection(painter, theme, option.rect.adjusted(0, 0, 0, -1));
    painter.setRenderHint(QPainter::Antialiasing);
}

void TwoLineDelegate::paintSkeleton(QPainter &painter, const Theme &theme, const QRect &line)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Token::Sunken));
    const int height = theme.px(7);
    const QRect bar(
        line.left(), line.center().y() - height / 2, qMin(line.width() * 2 / 3, theme.px(120)), height);
    painter.drawRoundedRect(bar, 2, 2);
}

void TwoLineDelegate::paintWords(QPainter &painter, const Theme &theme, const QStyleOptionViewItem &option,
    const QModelIndex &index, const Places &places) const
{
    const Standing standing = standingOf(index);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool strong = index.column() == m_look.strongColumn || isLoud(standing);
    FontRole font = strong ? FontRole::Strong : FontRole::Interface;
    if (index.column() == m_look.monoColumn)
        font = FontRole::Mono;
    painter.setFont(theme.font(font));
    painter.setPen(theme.color(wordsToken(standing)));
    drawElided(painter, places.words, index.data().toString());
    painter.setFont(theme.font(FontRole::Secondary));
    painter.setPen(theme.color(Token::T2));
    const QString aside = index.data(AsideRole).toString();
    if (!aside.isEmpty())
        painter.drawText(places.words, int(Qt::AlignRight) | Qt::AlignVCenter | Qt::TextSingleLine, aside);
    if (twoLines() && places.link.isEmpty())
        drawElided(painter, places.detail, index.data(DetailRole).toString());
    if (places.link.isEmpty())
        return;
    painter.setFont(theme.font(FontRole::SecondaryStrong));
    painter.setPen(theme.color(selected ? Token::Acc2 : Token::Acc));
    drawElided(painter, places.link, index.data(ActionRole).toString());
}

void TwoLineDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const Places places = placesOf(option, index);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(option.rect);
    paintGround(*painter, theme, option);
    const QVariant environment = index.data(EnvironmentRole);
    if (!places.edge.isEmpty() && environment.isValid())
        paintEnvironmentEdge(*painter, theme, environment.value<Environment>(), QRectF(places.edge));
    if (standingOf(index) == Standing::Running && index.data().toString().isEmpty()) {
        paintSkeleton(*painter, theme, places.words);
        paintSkeleton(*painter, theme, places.detail.adjusted(0, 0, -places.detail.width() / 3, 0));
    } else {
        paintGlyph(*painter, theme, glyphOf(standingOf(index)), QRectF(places.glyph));
        paintWords(*painter, theme, option, index, places);
    }
    paintFocus(*painter, theme, option);
    painter->restore();
}

void TwoLineDelegate::paintFocus(QPainter &painter, const Theme &theme, const QStyleOptionViewItem &option)
{
    if (!option.state.testFlag(QStyle::State_HasFocus))
        return;
    painter.setPen(QPen(theme.color(Token::Acc), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -2.5));
}

QSize TwoLineDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return { 80, Theme::of(option.widget).px(m_look.rowHeight) };
}

QRect TwoLineDelegate::linkRect(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return placesOf(option, index).link;
}

bool TwoLineDelegate::editorEvent(
    QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QRect link = linkRect(option, index);
        if (mouse->button() == Qt::LeftButton
            && link.adjusted(-4, -4, 4, 4).contains(mouse->position().toPoint()) && !link.isEmpty()) {
            Q_EMIT linkActivated(index);
            return true;
        }
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

} // namespace tidemark
