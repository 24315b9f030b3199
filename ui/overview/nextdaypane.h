#pragma once

#include "overview/overviewwords.h"
#include "widgets/twolinedelegate.h"

#include <QHeaderView>

class QTreeView;

namespace tidemark {

class PaneHead;

// The hours of the next day over the lanes, from now on.
class NextDayHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit NextDayHeader(QWidget *parent = nullptr);
    void setHours(Instant now, const QTimeZone &zone);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;

private:
    Instant m_now;
    QTimeZone m_zone = QTimeZone::utc();
};

// A lane: marks where something begins, hatches where maintenance is allowed.
class NextDayDelegate : public TwoLineDelegate
{
    Q_OBJECT

public:
    NextDayDelegate(const OverviewWords &words, QObject *parent);
    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setPlain(bool plain) { m_plain = plain; } // words in place of marks

private:
    void paintLane(QPainter &painter, const Theme &theme, const QRect &rect, const NextDayRow &row) const;

    const OverviewWords &m_words;
    bool m_plain = false;
};

// What is planned for each cluster within the next 24 hours.
class NextDayPane : public QWidget
{
    Q_OBJECT

public:
    NextDayPane(NextDayModel *model, const OverviewWords &words, QWidget *parent = nullptr);
    void showRows(const std::vector<NextDayRow> &rows, const QTimeZone &zone, const QString &zoneWords);
    void setPlain(bool plain);

Q_SIGNALS:
    void wanted(const QString &cluster, Instant at); // its first run

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    NextDayModel *m_model;
    const OverviewWords &m_words;
    QTreeView *m_view;
    NextDayHeader *m_header;
    NextDayDelegate *m_delegate;
    PaneHead *m_head;
};

} // namespace tidemark
