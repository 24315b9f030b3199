#pragma once

#include "items/cell.h"

#include <QStyledItemDelegate>

namespace tidemark {

class Theme;

// Paints one cell of a table: environment edge, state glyph, words, second line, link. What the state means
// is told by the item's roles. Two lines or one by the row's height.
class TwoLineDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    struct Look {
        int rowHeight = 66; // at 100 % text
        int leading = 16; // before the first column's content
        int edgeColumn = 0; // carries the environment's edge; -1: none does
        int strongColumn = 0; // words always strong; -1: none
        int monoColumn = -1;
    };
    TwoLineDelegate(Look look, QObject *parent);

    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

    // Where the link of a cell is painted; empty without one.
    [[nodiscard]] QRect linkRect(const QStyleOptionViewItem &option, const QModelIndex &index) const;

Q_SIGNALS:
    void linkActivated(const QModelIndex &index);

protected:
    void paintGround(QPainter &painter, const Theme &theme, const QStyleOptionViewItem &option) const;
    static void paintFocus(QPainter &painter, const Theme &theme, const QStyleOptionViewItem &option);

private:
    struct Places;
    [[nodiscard]] Places placesOf(const QStyleOptionViewItem &option, const QModelIndex &index) const;
    [[nodiscard]] bool twoLines() const { return m_look.rowHeight >= 44; }
    void paintWords(QPainter &painter, const Theme &theme, const QStyleOptionViewItem &option,
        const QModelIndex &index, const Places &places) const;
    static void paintSkeleton(QPainter &painter, const Theme &theme, const QRect &line);

    Look m_look;
};

} // namespace tidemark
