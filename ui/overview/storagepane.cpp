#include "overview/storagepane.h"

#include "theme/fills.h"
#include "theme/styleparts.h"
#include "widgets/marks.h"
#include "widgets/panehead.h"
#include "widgets/standings.h"
#include "widgets/textlabel.h"

#include <QHeaderView>
#include <QPainter>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

void drawElided(QPainter &painter, const QRect &rect, const QString &text, Qt::Alignment side = Qt::AlignLeft)
{
    const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
    painter.drawText(rect, int(side) | Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

} // namespace

void StorageDelegate::paintBar(QPainter &painter, const Theme &theme, const QRect &rect, double share)
{
    painter.fillRect(rect, theme.color(Token::Sunken));
    QRect used = rect;
    used.setWidth(qBound(0, qRound(rect.width() * share), rect.width()));
    if (theme.isHighContrast()) {
        painter.setPen(theme.color(Token::T1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5));
        paintFill(painter, theme, share >= StoreMark ? Fill::Overlap : Fill::Restorable, used);
    } else {
        painter.fillRect(used, theme.color(share >= StoreMark ? Token::WarnFill : Token::Band));
    }
    painter.fillRect(
        QRect(rect.left() + qRound(rect.width() * StoreMark), rect.top() - 2, 2, rect.height() + 4),
        theme.color(Token::T1));
}

void StorageDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    painter->save();
    painter->setClipRect(option.rect);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->fillRect(option.rect, theme.color(Token::Surface));
    if (selected)
        parts::selection(*painter, theme, option.rect);
    QRect line = option.rect.adjusted(index.column() == 0 ? theme.px(16) : 0, 0, 0, 0);
    const auto standing = index.data(StandingRole).value<Standing>();
    const QVariant share = index.data(BarRole);
    if (share.isValid()) {
        const int height = theme.px(8);
        const int words = QFontMetrics(theme.font(FontRole::Secondary))
                              .horizontalAdvance(index.data().toString() + index.data(AsideRole).toString());
        const int wide = std::clamp(line.width() - words - theme.px(22), theme.px(20), theme.px(112));
        const QRect bar(line.left(), line.center().y() - height / 2 + 1, wide, height);
        paintBar(*painter, theme, bar, share.toDouble());
        line.setLeft(bar.right() + theme.px(10));
    } else if (standing == Standing::Failed || standing == Standing::Unknown
        || standing == Standing::Missing) {
        const int glyph = theme.px(16);
        paintGlyph(*painter, theme, glyphOf(standing),
            QRectF(line.left(), line.center().y() - glyph / 2, glyph, glyph));
        line.setLeft(line.left() + theme.px(22));
    }
    painter->setFont(theme.font(share.isValid() ? FontRole::Secondary : FontRole::Interface));
    const bool last = index.column() == int(DatastoreModel::Column::Full);
    painter->setPen(theme.color(last ? Token::T2 : wordsToken(standing)));
    const QString words = index.data().toString();
    drawElided(*painter, line.adjusted(0, 0, last ? -theme.px(16) : 0, 0), words,
        last ? Qt::AlignRight : Qt::AlignLeft);
    painter->setPen(theme.color(Token::T2));
    const int gone = painter->fontMetrics().horizontalAdvance(words) + theme.px(4);
    drawElided(*painter, line.adjusted(gone, 0, 0, 0), index.data(AsideRole).toString());
    if (option.state.testFlag(QStyle::State_HasFocus))
        parts::itemFocus(*painter, theme, option.rect);
    painter->restore();
}

QSize StorageDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return { 60, Theme::of(option.widget).px(26) };
}

StoragePane::StoragePane(DatastoreModel *model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_view(new QTreeView)
    , m_empty(new TextLabel(tr("No source tells how much room it has."), FontRole::Secondary, Token::T2))
{
    m_view->setObjectName(u"storage"_s);
    m_view->setAccessibleName(tr("Storage"));
    m_view->setModel(model);
    m_view->setItemDelegate(new StorageDelegate(m_view));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setEditTriggers(QTreeView::NoEditTriggers);
    m_view->header()->hide();
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setSectionResizeMode(int(DatastoreModel::Column::Used), QHeaderView::Stretch);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->header()->setMinimumSectionSize(8);
    m_empty->setContentsMargins(16, 4, 16, 8);
    static_cast<TextLabel *>(m_empty)->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new PaneHead(tr("Storage"), tr("reaches 85 % in")));
    column->addWidget(m_empty);
    column->addWidget(m_view, 1);
}

// The figures need their room; in a narrow pane the names are shortened.
void StoragePane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const Theme &theme = Theme::of(this);
    m_view->setColumnWidth(int(DatastoreModel::Column::Name), std::min(theme.px(130), width() * 3 / 10));
    m_view->setColumnWidth(int(DatastoreModel::Column::Full), std::min(theme.px(90), width() / 4));
}

void StoragePane::setRows(const std::vector<DatastoreRow> &rows)
{
    m_model->setRows(rows);
    m_empty->setVisible(rows.empty());
    m_view->setVisible(!rows.empty());
}

} // namespace tidemark
