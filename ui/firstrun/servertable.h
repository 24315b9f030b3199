#pragma once

#include "items/servertablemodel.h"
#include "widgets/twolinedelegate.h"

#include <QTreeView>

namespace tidemark {

// Paints the check box and the environment as the field it is; the rest as any cell.
class ServerTableDelegate : public TwoLineDelegate
{
    Q_OBJECT

public:
    explicit ServerTableDelegate(QObject *parent);
    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

private:
    static void paintCheck(QPainter &painter, const QStyleOptionViewItem &option, bool checked);
    static void paintField(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index);
    static void paintVersion(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index);
};

// The servers found. Space chooses a server, Enter opens what the current cell offers.
class ServerTable : public QTreeView
{
    Q_OBJECT

public:
    explicit ServerTable(ServerTableModel *model, QWidget *parent = nullptr);

Q_SIGNALS:
    void linkWanted(int row);

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void toggle(int row);
    void chooseEnvironment(const QModelIndex &index);

    ServerTableModel *m_model;
};

} // namespace tidemark
