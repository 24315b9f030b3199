#pragma once

#include "overview/overviewwords.h"
#include "widgets/twolinedelegate.h"

#include <QHeaderView>

namespace tidemark {

// Where the ribbon is drawn in its column, for cells and header alike.
[[nodiscard]] QRect ribbonPlace(const Theme &theme, const QRect &section);

// The column heads; over the ribbon they are its axis.
class FleetHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit FleetHeader(QWidget *parent = nullptr);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
};

// The cells of a cluster's row: words, ribbon, bars and the line of what was stored.
class FleetDelegate : public TwoLineDelegate
{
    Q_OBJECT

public:
    FleetDelegate(const OverviewWords &words, QObject *parent);
    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintRibbon(QPainter &painter, const Theme &theme, const QRect &rect, const OverviewRow &row) const;
    void paintEnds(QPainter &painter, const Theme &theme, const QRect &line, const OverviewRow &row) const;
    static void paintFigure(
        QPainter &painter, const Theme &theme, const QRect &line, const QModelIndex &index);
    static void paintBar(QPainter &painter, const Theme &theme, const QRect &rect, const OverviewRow &row,
        OverviewModel::Column column);
    static void paintStored(QPainter &painter, const Theme &theme, const QRect &rect, const Stored &stored);

    const OverviewWords &m_words;
};

} // namespace tidemark
