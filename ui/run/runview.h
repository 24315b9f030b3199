#pragma once

#include "shell/page.h"

class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTimer;

namespace tidemark {

class Banner;
class LogView;
class RunPane;
class SegmentedControl;
class ShareBar;
class StepList;
class TextLabel;

// One session as it runs, or as it ended: its steps, what the chosen one says, and what a person decides.
class RunView : public QWidget
{
    Q_OBJECT

public:
    explicit RunView(PageContext context, QWidget *parent = nullptr);
    void open(const QString &session);
    [[nodiscard]] const QString &session() const { return m_id; }
    // Buttons for the page header.
    [[nodiscard]] std::vector<QWidget *> actions() const;
    [[nodiscard]] std::vector<QWidget *> panes();

Q_SIGNALS:
    void opened(); // another session

private:
    void build();
    QWidget *buildMiddle();
    void follow(); // the board has news
    void showStep(std::size_t step);
    void showOutput(const BoardSession &session, std::size_t step);
    void readEvidence(const QString &name);
    void decide(SessionAct act, const QString &text);
    void goOn();
    void undo();
    void abort();
    void tookAnswer(const Result<> &answer);
    void save();
    [[nodiscard]] std::optional<std::chrono::seconds> rto(const BoardSession &session) const;

    PageContext m_context;
    QString m_id;
    std::shared_ptr<const BoardSession> m_session;
    bool m_followsStep = true; // the current one is shown
    QString m_shown; // evidence that the log shows
    std::optional<std::size_t> m_step; // that is shown
    QByteArray m_output;

    StepList *m_steps;
    TextLabel *m_headline;
    TextLabel *m_detail;
    TextLabel *m_said;
    ShareBar *m_share;
    SegmentedControl *m_what;
    QPushButton *m_follow;
    QPushButton *m_save;
    QPushButton *m_pause;
    QPushButton *m_handOver;
    QPushButton *m_abort;
    LogView *m_log;
    QPlainTextEdit *m_command;
    QPlainTextEdit *m_about;
    QStackedWidget *m_stack;
    RunPane *m_pane;
    QTimer *m_tick;
    TaskScope m_reading;
    TaskScope m_tasks;
};

} // namespace tidemark
