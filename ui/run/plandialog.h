#pragma once

#include "recovery/recoverbase.h"
#include "shell/page.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace tidemark {

class Banner;
class StepList;
class TextLabel;

// A restore beside the cluster, planned: where to, every step with its script, and what is in the way.
// Running it begins a session.
class PlanDialog : public QDialog
{
    Q_OBJECT

public:
    struct About {
        QString cluster;
        Environment environment = Environment::Unset;
        WalTarget target;
        WalPrediction prediction; // of the target
    };
    PlanDialog(PageContext context, About about, QWidget *parent);

Q_SIGNALS:
    void begun(const QString &session);

private:
    void build();
    QLayout *form();
    QLayout *buttons();
    void readBackup();
    void plan();
    void showStep(int step);
    void run();
    void save();

    PageContext m_context;
    About m_about;
    RecoverFacts m_facts;
    RecoverRequest m_request;
    std::optional<Procedure> m_procedure;

    QLineEdit *m_directory;
    QSpinBox *m_port;
    QLineEdit *m_binaries;
    QCheckBox *m_open;
    TextLabel *m_backup;
    Banner *m_banner;
    StepList *m_steps;
    TextLabel *m_why;
    QPlainTextEdit *m_script;
    QPushButton *m_save;
    QPushButton *m_run;
    TaskScope m_tasks;
};

} // namespace tidemark
