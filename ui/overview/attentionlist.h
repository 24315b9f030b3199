#pragma once

#include "overview/overviewwords.h"

#include <QListView>
#include <QStyledItemDelegate>

namespace tidemark {

// One entry: glyph, name, what and evidence, and a button at the right; only the first is primary.
class AttentionDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] static QRect buttonRect(const QStyleOptionViewItem &option);

private:
    static void paintButton(
        QPainter &painter, const Theme &theme, const QRect &rect, const QString &words, bool primary);
};

// "Needs attention", worst first. Enter or a click on the button opens the entry's action, Space or a double
// click its details.
class AttentionList : public QListView
{
    Q_OBJECT

public:
    explicit AttentionList(QWidget *parent = nullptr);
    [[nodiscard]] QRect buttonRect(const QModelIndex &index) const;

Q_SIGNALS:
    void actionWanted(int row);
    void detailsWanted(int row);
    void menuWanted(int row, QPoint at); // on the screen

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
};

} // namespace tidemark
