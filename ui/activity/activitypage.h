#pragma once

#include "activity/activityrows.h"
#include "shell/page.h"

class QComboBox;
class QPushButton;
class QStackedWidget;
class QTableView;
class QTimer;

namespace tidemark {

class Banner;
class EmptyState;
class RunView;
class SegmentedControl;

// Who did what on which server: the sessions, and the runs that the sources tell of. A session opens in
// place.
class ActivityPage : public Page
{
    Q_OBJECT

public:
    explicit ActivityPage(PageContext context, QWidget *parent = nullptr);

    [[nodiscard]] std::vector<QWidget *> headerControls() override;
    [[nodiscard]] std::vector<QWidget *> headerActions() override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QString badge() const override;
    void setScope(const QString &cluster) override;
    void showItem(const QStringList &item) override; // { "session", its id }
    void refresh() override;
    [[nodiscard]] std::vector<QWidget *> panes() override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void fill();
    void showList();
    void openRow(const QModelIndex &index);
    void openSession(const QString &id);
    void dressHeader();
    void offerToGoOn();
    [[nodiscard]] std::optional<Instant> since() const;
    [[nodiscard]] Cell cell(const ActivityRow &row, int column) const;
    [[nodiscard]] Cell stateCell(const ActivityRow &row) const;

    SegmentedControl *m_show;
    QComboBox *m_range;
    QPushButton *m_back;
    Banner *m_banner;
    ActivityModel *m_model;
    QTableView *m_table;
    EmptyState *m_empty;
    QStackedWidget *m_rows; // the table, or that there is nothing
    RunView *m_run;
    QStackedWidget *m_stack; // list or session
    QTimer *m_again; // other consoles may run some
    QString m_openBadge;
};

} // namespace tidemark
