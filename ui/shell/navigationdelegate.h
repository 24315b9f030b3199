#pragma once

#include "theme/fills.h"
#include "theme/glyphs.h"

#include <QStyledItemDelegate>

namespace tidemark {

// A page of the navigation: icon, title, badge at the right; the accent bar marks the shown one.
class PageDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    enum Role { IconRole = Qt::UserRole + 100, BadgeRole };
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

// A cluster: its environment's edge, name, state glyph at the right (the word "test" for test and lab).
class ClusterDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    enum Role { GlyphRole = Qt::UserRole + 110 };
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace tidemark
