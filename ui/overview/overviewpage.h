#pragma once

#include "overview/overviewwords.h"

class QSplitter;
class QStackedWidget;
class QTimer;
class QTreeView;

namespace tidemark {

class AttentionList;
class ClusterDetails;
class EmptyState;
class SectionHeader;
class SegmentedControl;
class StoragePane;
class VerdictBar;

// What the servers and sources say of themselves now, the worst first. It claims nothing about what can be
// restored.
class OverviewPage : public Page
{
    Q_OBJECT

public:
    explicit OverviewPage(PageContext context, QWidget *parent = nullptr);

    [[nodiscard]] std::vector<QWidget *> headerControls() override;
    [[nodiscard]] std::vector<QWidget *> headerActions() override;
    void setScope(const QString &cluster) override;
    [[nodiscard]] std::vector<QWidget *> panes() override;
    [[nodiscard]] QString badge() const override;
    [[nodiscard]] std::vector<PaletteEntry> paletteEntries() override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray &state) override;

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildTable();
    [[nodiscard]] QWidget *buildAttention();
    void buildLayout();
    void follow();
    void sayCalm(VerdictKind kind);
    void fitColumns();
    void reword();
    void showDetails();
    void act(const Concern &concern);
    void actOnRow(int row);
    void showGrants(const QString &name, const std::vector<MissingRight> &missing);
    void copyDetails(const Concern &concern);
    [[nodiscard]] std::vector<Concern> concernsInScope() const;
    void activateRow(const QModelIndex &index);

    OverviewWords m_words;
    OverviewModel *m_rows;
    ConcernModel *m_concerns;
    VerdictBar *m_verdict;
    QTreeView *m_table;
    AttentionList *m_attention;
    SectionHeader *m_attentionHead;
    EmptyState *m_calm;
    QStackedWidget *m_attentionStack;
    ClusterDetails *m_details;
    StoragePane *m_storage;
    SegmentedControl *m_order;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    QSplitter *m_vertical;
    QSplitter *m_horizontal;
    QSplitter *m_side;
    QTimer *m_tick;
    QString m_badge;
};

} // namespace tidemark
