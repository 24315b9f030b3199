#pragma once

#include "ports/cataloguewatch.h"
#include "shell/page.h"
#include "timeline/timelinewords.h"

class QKeyEvent;
class QLineEdit;
class QSplitter;
class QStackedWidget;
class QTableView;
class QTimer;
class QToolButton;

namespace tidemark {

class EmptyState;
class KeyValueList;
class SegmentedControl;
class SidePane;
class TextLabel;
class TimelineStrip;
class TimelineView;

// Which instants each cluster can be brought back to, over time, and for the instant under the cursor what
// one would get of every cluster.
class TimelinePage : public Page
{
    Q_OBJECT

public:
    explicit TimelinePage(PageContext context, QWidget *parent = nullptr);

    [[nodiscard]] std::vector<QWidget *> headerControls() override;
    [[nodiscard]] std::vector<QWidget *> headerActions() override;
    void setScope(const QString &cluster) override;
    void showItem(const QStringList &item) override; // { cluster, instant as ISO 8601 }
    void refresh() override;
    [[nodiscard]] std::vector<QWidget *> panes() override;
    [[nodiscard]] std::vector<PaletteEntry> paletteEntries() override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray &state) override;

    void goTo(Instant instant); // the cursor, and the axis around it when it is out of sight
    [[nodiscard]] Instant cursor() const { return m_cursor; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void buildHeader();
    void buildReadout();
    void buildDetail();
    void buildLayout();
    void listen();
    void follow(); // facts, fleet or scope are others
    void reword();
    void tick();
    void setCursorTo(Instant instant);
    void setScale(const TimeScale &scale);
    void setRange(int index);
    void fillReadout();
    void showDetail();
    void moveCursor(QKeyEvent *event);
    void stepToMark(bool later);
    void stepToEnd(bool newest);
    void goToTyped();
    void offerReadings(const std::vector<qint64> &readings);
    void copyTime();
    [[nodiscard]] TimelineScene scene() const;
    [[nodiscard]] const ClusterInsight *insightOf(const QString &cluster) const;
    [[nodiscard]] std::vector<const Cluster *> clusters() const; // of the scope

    TimelineWords m_words;
    TimelineStrip *m_strip;
    TimelineView *m_view;
    SegmentedControl *m_range;
    QToolButton *m_back;
    QToolButton *m_today;
    QToolButton *m_forth;
    QLineEdit *m_time;
    QWidget *m_legend;
    TextLabel *m_cursorWords;
    ReadoutModel *m_readout;
    QTableView *m_table;
    SidePane *m_detail;
    TextLabel *m_detailName;
    KeyValueList *m_detailRows;
    QSplitter *m_splitter;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    QTimer *m_tick;
    std::shared_ptr<const Knowledge> m_knowledge;
    std::vector<std::shared_ptr<const Lane>> m_lanes;
    std::vector<QString> m_laneNames;
    Instant m_cursor;
    TimeScale m_scale;
    bool m_atNow = true; // the axis follows the time until a person moves it
};

} // namespace tidemark
