#pragma once

#include <QStyledItemDelegate>

namespace tidemark {

// A row of the palette: edge, icon, text with what matched in bold, hint, keys. Headings are rows too.
class PaletteDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    enum Role {
        HitRole = Qt::UserRole + 200,
        IsHeadingRole,
        HintRole,
        KeysRole,
        IconRole,
        RangesRole,
        HintRangesRole
    };
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    static void paintHit(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index);
};

} // namespace tidemark
