#include "firstrun/servertable.h"

#include "firstrun/setupwords.h"
#include "theme/fills.h"
#include "theme/theme.h"
#include "widgets/marks.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using Column = ServerTableModel::Column;

bool is(const QModelIndex &index, Column column)
{
    return index.column() == int(column);
}

QRect fieldRect(const QStyleOptionViewItem &option, const Theme &theme)
{
    const int height = theme.px(22);
    return { option.rect.left() + theme.px(7), option.rect.center().y() - height / 2, theme.px(112), height };
}

} // namespace

ServerTableDelegate::ServerTableDelegate(QObject *parent)
    : TwoLineDelegate({ 30, 14, -1, int(Column::Name), int(Column::Where) }, parent)
{
}

void ServerTableDelegate::paintCheck(QPainter &painter, const QStyleOptionViewItem &option, bool checked)
{
    QStyleOptionViewItem box(option);
    box.features |= QStyleOptionViewItem::HasCheckIndicator;
    box.state = QStyle::State_Enabled | (checked ? QStyle::State_On : QStyle::State_Off);
    const int side = Theme::of(option.widget).px(14);
    box.rect = QRect(option.rect.center().x() - side / 2, option.rect.center().y() - side / 2, side, side);
    option.widget->style()->drawPrimitive(
        QStyle::PE_IndicatorItemViewItemCheck, &box, &painter, option.widget);
}

void ServerTableDelegate::paintField(
    QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const Theme &theme = Theme::of(option.widget);
    const auto environment = index.data(EnvironmentRole).value<Environment>();
    const bool unset = environment == Environment::Unset;
    const QRect field = fieldRect(option, theme);
    painter.setPen(QPen(theme.color(unset ? Token::WarnFill : Token::Line), 1));
    painter.setBrush(theme.color(unset ? Token::WarnTint : Token::Ctl));
    painter.drawRoundedRect(QRectF(field).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    int x = field.left() + theme.px(8);
    if (unset) {
        const int glyph = theme.px(14);
        paintGlyph(painter, theme, Glyph::Attention, QRectF(x, field.center().y() - glyph / 2, glyph, glyph));
        x += theme.px(19);
    } else {
        paintEnvironmentEdge(painter, theme, environment,
            QRectF(x, field.top() + theme.px(4), 4, field.height() - theme.px(8)));
        x += theme.px(9);
    }
    painter.setFont(theme.font(FontRole::Secondary));
    painter.setPen(theme.color(Token::T1));
    painter.drawText(QRect(x, field.top(), field.right() - x - theme.px(20), field.height()),
        int(Qt::AlignLeft) | Qt::AlignVCenter, index.data().toString());
    const int icon = theme.px(14);
    painter.drawPixmap(QRect(field.right() - theme.px(20), field.center().y() - icon / 2, icon, icon),
        theme.iconPixmap(u"down"_s, theme.color(Token::T2), icon, painter.device()->devicePixelRatioF()));
}

void ServerTableDelegate::paintVersion(
    QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const Theme &theme = Theme::of(option.widget);
    const QString version = index.data().toString();
    QRect line = option.rect.adjusted(theme.px(8), 0, 0, 0);
    painter.setFont(theme.font(FontRole::Interface));
    painter.setPen(theme.color(Token::T1));
    painter.drawText(line, int(Qt::AlignLeft) | Qt::AlignVCenter, version);
    line.setLeft(line.left() + painter.fontMetrics().horizontalAdvance(version) + theme.px(4));
    painter.setFont(theme.font(FontRole::Secondary));
    painter.setPen(theme.color(Token::T2));
    painter.drawText(line, int(Qt::AlignLeft) | Qt::AlignVCenter, index.data(DetailRole).toString());
}

void ServerTableDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (!is(index, Column::Chosen) && !is(index, Column::Environment) && !is(index, Column::Version))
        return TwoLineDelegate::paint(painter, option, index);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(option.rect);
    paintGround(*painter, Theme::of(option.widget), option);
    if (is(index, Column::Chosen))
        paintCheck(*painter, option, index.data(Qt::CheckStateRole).toInt() == Qt::Checked);
    else if (is(index, Column::Environment))
        paintField(*painter, option, index);
    else
        paintVersion(*painter, option, index);
    paintFocus(*painter, Theme::of(option.widget), option);
    painter->restore();
}

bool ServerTableDelegate::editorEvent(
    QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (is(index, Column::Chosen) || is(index, Column::Environment))
        return false; // the table's own clicks
    return TwoLineDelegate::editorEvent(event, model, option, index);
}

ServerTable::ServerTable(ServerTableModel *model, QWidget *parent)
    : QTreeView(parent)
    , m_model(model)
{
    setObjectName(u"servers"_s);
    setAccessibleName(tr("PostgreSQL servers"));
    setModel(model);
    auto *delegate = new ServerTableDelegate(this);
    setItemDelegate(delegate);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectItems);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const Theme &theme = Theme::of(this);
    header()->setStretchLastSection(true);
    header()->setSectionsMovable(false);
    header()->setMinimumSectionSize(theme.px(40));
    for (const auto &[column, width] :
        { std::pair(Column::Chosen, 40), std::pair(Column::Name, 150), std::pair(Column::Where, 226),
            std::pair(Column::Version, 110), std::pair(Column::Environment, 150) })
        header()->resizeSection(int(column), theme.px(width));
    connect(delegate, &TwoLineDelegate::linkActivated, this,
        [this](const QModelIndex &index) { Q_EMIT linkWanted(index.row()); });
}

void ServerTable::toggle(int row)
{
    const QModelIndex index = m_model->index(row, int(Column::Chosen));
    const bool chosen = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    m_model->setData(index, chosen ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

void ServerTable::chooseEnvironment(const QModelIndex &index)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"environmentMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QPersistentModelIndex where(index);
    for (const auto environment : { Environment::Production, Environment::Test, Environment::Lab }) {
        menu->addAction(SetupWords::environment(environment), this, [this, where, environment] {
            if (where.isValid())
                m_model->setData(where, QVariant::fromValue(environment), EnvironmentRole);
        });
    }
    menu->popup(viewport()->mapToGlobal(visualRect(index).bottomLeft()));
}

void ServerTable::mouseReleaseEvent(QMouseEvent *event)
{
    QTreeView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (!index.isValid() || event->button() != Qt::LeftButton)
        return;
    if (is(index, Column::Chosen))
        toggle(index.row());
    else if (is(index, Column::Environment))
        chooseEnvironment(index);
}

void ServerTable::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex index = currentIndex();
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!index.isValid() || (!enter && event->key() != Qt::Key_Space))
        return QTreeView::keyPressEvent(event);
    if (is(index, Column::Environment))
        chooseEnvironment(index);
    else if (enter && is(index, Column::Access))
        Q_EMIT linkWanted(index.row());
    else
        toggle(index.row());
}

} // namespace tidemark
