#pragma once

#include <QStyledItemDelegate>

class QPainter;
class QTableView;

namespace tidemark {

class Theme;

// A table of whole rows of one height without a grid, one of them chosen; cells by StateDelegate.
void dressTable(QTableView *table);

// How cells are painted: the style's ground and focus, then text, glyph and bar by the roles of items/cell.h.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    // Inside the padding, with the font of the view set.
    virtual void paintContent(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect,
        const QModelIndex &index) const;
    static void paintText(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect,
        const QString &text, const QColor &ink);
    [[nodiscard]] static const Theme &themeOf(const QStyleOptionViewItem &option);
};

// Glyph, words, and the aside in secondary text. Exceptions are loud, ok is quiet.
class StateDelegate : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect,
        const QModelIndex &index) const override;
};

// Machine text: LSN, WAL names, hosts, times of machines.
class MonoDelegate : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect,
        const QModelIndex &index) const override;
};

// Glyph, a 38 px bar of BarRole, the figure at the right.
class DataBarDelegate : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect,
        const QModelIndex &index) const override;
};

// A moment and how long ago; a value that is no longer fresh carries the clock and goes to secondary text.
class AgeDelegate : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect,
        const QModelIndex &index) const override;
};

// The cell's one link; clicked or opened with Enter it tells the index.
class ActionDelegate : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

Q_SIGNALS:
    void activated(const QModelIndex &index);

protected:
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;
    void paintContent(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect,
        const QModelIndex &index) const override;
};

} // namespace tidemark
