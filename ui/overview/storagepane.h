#pragma once

#include "overview/overviewwords.h"

#include <QStyledItemDelegate>

class QTreeView;

namespace tidemark {

// A row of the storage pane: a bar with the mark of 85 %, and the figures.
class StorageDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    static void paintBar(QPainter &painter, const Theme &theme, const QRect &rect, double share);
};

// The datastores of the backup servers and how full they are.
class StoragePane : public QWidget
{
    Q_OBJECT

public:
    StoragePane(DatastoreModel *model, QWidget *parent);
    void setRows(const std::vector<DatastoreRow> &rows);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    DatastoreModel *m_model;
    QTreeView *m_view;
    QWidget *m_empty;
};

} // namespace tidemark
