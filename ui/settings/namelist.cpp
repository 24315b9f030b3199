#include "settings/namelist.h"

#include "theme/theme.h"

#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace tidemark {

namespace {

class NameDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return { 0, Theme::of(option.widget).px(28) };
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        const QString text = std::exchange(item.text, {});
        const Theme &theme = Theme::of(option.widget);
        item.widget->style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
        const QRect rect = item.rect.adjusted(theme.px(16), 0, -theme.px(8), 0);
        const bool chosen = item.state.testFlag(QStyle::State_Selected);
        painter->setFont(theme.font(chosen ? FontRole::Strong : FontRole::Interface));
        painter->setPen(theme.color(Token::T1));
        const QString shown = painter->fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
        painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
    }
};

} // namespace

NameList::NameList(int width, QWidget *parent)
    : QListWidget(parent)
{
    setFrameShape(QFrame::NoFrame);
    // Large text takes width from the names rather than from the form beside them.
    setFixedWidth(width / 4 + Theme::of(this).px(width * 3 / 4));
    setItemDelegate(new NameDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    setViewportMargins(0, Theme::of(this).px(8), 0, 0);
}

void NameList::setNames(const QStringList &names)
{
    const QString before = chosen();
    const QSignalBlocker quiet(this);
    clear();
    for (const QString &name : names) {
        auto *item = new QListWidgetItem(name.simplified(), this);
        item->setData(Qt::UserRole, name);
        item->setToolTip(name.toHtmlEscaped());
    }
    setCurrentRow(names.isEmpty() ? -1 : std::max(0, int(names.indexOf(before))));
}

QString NameList::chosen() const
{
    const QListWidgetItem *item = currentItem();
    return item ? item->data(Qt::UserRole).toString() : QString();
}

void NameList::choose(const QString &name)
{
    for (int row = 0; row < count(); ++row) {
        if (item(row)->data(Qt::UserRole).toString() == name)
            setCurrentRow(row);
    }
}

} // namespace tidemark
