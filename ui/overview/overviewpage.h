#pragma once

#include "overview/overviewwords.h"

class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;
class QTimer;
class QTreeView;

namespace tidemark {

class Accepting;
class AttentionList;
class EmptyState;
class FleetHeader;
class NextDayPane;
class SectionHeader;
class SegmentedControl;
class StoragePane;
class VerdictBar;

// What can be brought back of each cluster, how sure that is, and what needs attention, worst first. Good is
// only what was checked; what is not known is said to be unknown.
class OverviewPage : public Page
{
    Q_OBJECT

public:
    explicit OverviewPage(PageContext context, QWidget *parent = nullptr);

    [[nodiscard]] std::vector<QWidget *> headerActions() override;
    [[nodiscard]] QString subtitle() const override;
    void setScope(const QString &cluster) override;
    void showItem(const QStringList &item) override; // { "finding", its key }
    [[nodiscard]] bool offersTable() const override { return true; }
    void showAsTable(bool table) override;
    [[nodiscard]] std::vector<QWidget *> panes() override;
    [[nodiscard]] QString badge() const override;
    [[nodiscard]] std::vector<PaletteEntry> paletteEntries() override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray &state) override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    // overviewpage.cpp
    void buildRows();
    void buildTable();
    [[nodiscard]] QWidget *buildAttention();
    void buildLayout();
    void listen();
    void follow();
    void followSides();
    void reword();
    void fitColumns();

    // overviewacts.cpp
    void act(const Finding &finding);
    void openCluster(const OverviewRow &row);
    void showFinding(const Finding &finding); // everything about it
    void showBackup(const QStringList &item); // cluster, instant, source, id
    void showSteps(const Finding &finding);
    void showGrants(const Finding &finding);
    void showServer(const OverviewRow &row);
    void findingMenu(int row, QPoint at);
    void clusterMenu(const OverviewRow &row, QPoint at);
    void openTimeline(const QString &cluster);
    void askForReport();
    void saveReport(const QString &path);

    OverviewWords m_words;
    OverviewModel *m_rows;
    OverviewTableModel *m_tableRows;
    FindingModel *m_findings;
    NextDayModel *m_planned;
    DatastoreModel *m_stores;
    VerdictBar *m_verdict;
    QTreeView *m_fleet;
    FleetHeader *m_fleetHeader;
    QTableView *m_table;
    QStackedWidget *m_fleetStack;
    AttentionList *m_attention;
    SectionHeader *m_attentionHead;
    EmptyState *m_calm;
    QStackedWidget *m_attentionStack;
    NextDayPane *m_nextDay;
    StoragePane *m_storage;
    SegmentedControl *m_order;
    QPushButton *m_report;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    QSplitter *m_vertical;
    QSplitter *m_horizontal;
    QSplitter *m_side;
    QTimer *m_tick;
    std::shared_ptr<const Knowledge> m_knowledge; // never null
    std::shared_ptr<const Insight> m_insight; // as of now; null: nothing was concluded yet
    VerdictWords m_said;
    QString m_badge;
    QString m_subtitle;
    TaskScope m_writing;
    Accepting *m_accepting;
};

} // namespace tidemark
