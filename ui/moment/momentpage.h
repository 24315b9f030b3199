#pragma once

#include "moment/momentscene.h"
#include "moment/momentstop.h"
#include "moment/targetpane.h"
#include "shell/page.h"

class QComboBox;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTimer;

namespace tidemark {

class Banner;
class EmptyState;
class MomentBarsTable;
class MomentStrip;
class MomentTable;
class MomentView;
class PaneHead;
class SegmentedControl;

// What happened in a cluster's WAL, and the moment just before it as a target of a recovery. Reads the
// archive in the background, newest first, and draws as it goes.
class MomentPage : public Page
{
    Q_OBJECT

public:
    explicit MomentPage(PageContext context, QWidget *parent = nullptr);

    [[nodiscard]] std::vector<QWidget *> headerControls() override;
    [[nodiscard]] std::vector<QWidget *> headerActions() override;
    [[nodiscard]] QString subtitle() const override;
    void setScope(const QString &cluster) override;
    void refresh() override;
    [[nodiscard]] std::vector<QWidget *> panes() override;
    [[nodiscard]] bool offersTable() const override { return true; }
    void showAsTable(bool table) override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray &state) override;
    [[nodiscard]] static std::vector<PageAct> acts();

protected:
    void showEvent(QShowEvent *event) override;

private:
    using ArchiveEnds = std::vector<std::pair<TimelineId, SegmentNumber>>;
    enum class State { Idle, Opening, Reading, Stopped, Done, Failed };

    // momentpage.cpp
    void buildHeader();
    void buildLayout();
    void listen();
    void fill(); // the index is another
    void fillBars();
    void showStop();
    void reword();
    void fit();
    void setScale(const TimeScale &scale);
    void choose(int event);
    void step(int by);
    [[nodiscard]] MomentScene scene() const;
    [[nodiscard]] TargetFacts facts() const;

    // momentreading.cpp
    void offerClusters();
    void forget(); // what is known of the cluster that was shown
    void followCluster();
    void begin();
    void read();
    void stopReading();
    void told(std::shared_ptr<const MomentIndex> index, const MomentProgress &progress);
    void ended(Result<MomentIndex> result);
    void sayState();
    [[nodiscard]] bool hasArchive() const;
    [[nodiscard]] ArchiveEnds archiveEnds() const;
    [[nodiscard]] std::chrono::hours wanted() const; // how far back
    [[nodiscard]] MomentQuestion question() const;
    [[nodiscard]] QString progressWords() const;

    // momenttarget.cpp
    void setStop(MomentStop stop);
    [[nodiscard]] QString unreachable() const;
    [[nodiscard]] std::optional<WalCommit> newestCommit() const; // that was read
    void askAround();
    void tookAround(Result<std::vector<WalEndTold>> near);
    void moveTo(const WalCommit &commit);
    void stepCommit(bool later);
    void setBy(MomentStop::By by);
    void stopAtLsn(const QString &text);
    void stopAtTime(const QString &text);
    void stopAtPoint(int point);
    void settleTime();
    void copyTarget();
    void useTarget();
    void planRestore();

    QComboBox *m_clusters;
    QWidget *m_chooser; // holds it: the header shows what it is given
    SegmentedControl *m_range;
    QPushButton *m_read;
    PaneHead *m_head;
    Banner *m_banner;
    MomentStrip *m_strip;
    MomentView *m_view;
    MomentBarsTable *m_bars;
    QStackedWidget *m_picture; // the view, or its bars as a table
    MomentTable *m_table;
    TargetPane *m_target;
    QSplitter *m_splitter;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    QTimer *m_soon; // what is told often is drawn a few times a second

    QString m_cluster; // whose WAL is shown
    State m_state = State::Idle;
    std::optional<Error> m_error;
    std::shared_ptr<const MomentIndex> m_index;
    MomentProgress m_progress;
    ArchiveEnds m_ends; // of what was there when reading began
    MomentScene m_scene; // line, events and lanes; the scale is the view's
    bool m_moved = false; // a person chose what is in sight

    std::optional<MomentStop> m_stop;
    std::vector<WalEndTold> m_near; // around the target
    std::optional<SegmentNumber> m_nearAt;
    bool m_nearKnown = false;
    QString m_nearProblem;
    QString m_unreachable; // as it is shown

    TaskScope m_around;
    TaskScope m_tasks;
};

} // namespace tidemark
