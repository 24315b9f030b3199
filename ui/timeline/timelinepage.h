#pragma once

#include "ports/cataloguewatch.h"
#include "shell/page.h"
#include "timeline/recoverdialog.h"
#include "timeline/timelinework.h"

class QKeyEvent;
class QLineEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;
class QTimer;
class QToolButton;

namespace tidemark {

class EmptyState;
class EnvironmentEdge;
class KeyValueList;
class SegmentedControl;
class SidePane;
class StateChip;
class TextLabel;
class TimelineStrip;
class TimelineTable;
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
    void showItem(const QStringList &item) override; // { cluster, instant as ISO 8601 }, and source and id
    void refresh() override;
    [[nodiscard]] std::vector<QWidget *> panes() override;
    [[nodiscard]] std::vector<PaletteEntry> paletteEntries() override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray &state) override;

    [[nodiscard]] QWidget *filterField() override;
    [[nodiscard]] bool offersTable() const override { return true; }
    void showAsTable(bool table) override;

    void goTo(Instant instant); // the cursor, and the axis around it when it is out of sight
    [[nodiscard]] Instant cursor() const { return m_cursor; }
    // What the menu bar offers while the page is shown.
    [[nodiscard]] static std::vector<PageAct> acts();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    // timelinepage.cpp
    void buildHeader();
    void buildLayout();
    void listen();
    void follow(); // facts, fleet or scope are others
    void take(TimelineFacts made);
    void reword();
    void tick();
    void setScale(const TimeScale &scale);
    void setRange(int index);
    void fillTable();
    [[nodiscard]] TimelineScene scene() const;
    [[nodiscard]] LaneWords wordsOf(const Cluster &cluster, const Lane &lane) const;
    [[nodiscard]] std::vector<const Cluster *> clusters() const; // of the scope, by the filter

    // timelinereadout.cpp
    void buildReadout();
    void buildDetail();
    void fillReadout();
    void fitColumns();
    void showDetail();
    void showBackup(const QStringList &item);
    [[nodiscard]] const ArtifactFact *shownBackup(const QString &cluster) const; // null: none
    [[nodiscard]] ReadoutRow readoutOf(const Cluster &cluster) const;

    // timelinekeys.cpp
    void setCursorTo(Instant instant);
    void moveCursor(QKeyEvent *event);
    void moveBy(std::chrono::microseconds step);
    void stepToMark(bool later);
    void stepToEnd(bool newest);
    void zoom(double factor);
    void goToTyped();
    [[nodiscard]] QString withoutZone(const QString &text, QTimeZone &zone) const;
    void understood(Instant instant);
    void refuseTyped(const QString &why);
    void echoCursor();
    void offerReadings(const std::vector<qint64> &readings);
    void copyTime();
    void openLane(int lane);
    void recoverHere();
    void showRecovery(const ReadoutRow &row, const std::vector<Artifact> &chain);
    [[nodiscard]] const Lane *currentLane() const;
    template <class Run>
    static PageAct act(
        Acts::Menu menu, const QString &id, const QString &text, const QKeySequence &keys, Run run);

    TimelineWords m_words;
    TimelineStrip *m_strip;
    TimelineView *m_view;
    SegmentedControl *m_range;
    QToolButton *m_back;
    QToolButton *m_today;
    QToolButton *m_forth;
    QLineEdit *m_time;
    QWidget *m_legend;
    QLineEdit *m_filter;
    TextLabel *m_cursorWords;
    ReadoutModel *m_readout;
    QTableView *m_table;
    SidePane *m_detail;
    EnvironmentEdge *m_detailEdge;
    TextLabel *m_detailName;
    StateChip *m_detailEnvironment;
    KeyValueList *m_detailRows;
    QPushButton *m_recover;
    QSplitter *m_splitter;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    QTimer *m_tick;
    TimelineTable *m_asTable;
    QStackedWidget *m_picture; // the lanes, or the same as a table
    TimelineFacts m_facts;
    std::optional<TimelineQuestion> m_asked; // what is being worked out
    std::vector<QString> m_laneNames;
    QStringList m_backup; // cluster, instant, source and id of the one that was asked for
    QSet<QString> m_open; // lanes that show each source and kind
    Instant m_cursor;
    TimeScale m_scale;
    std::optional<bool> m_narrow; // the read-out's columns
    bool m_atNow = true; // the axis follows the time until a person moves it
    bool m_cursorAtNow = true; // so does the cursor
    TaskScope m_asking; // for the exact text of a recovery
    TaskScope m_tasks;
};

} // namespace tidemark
