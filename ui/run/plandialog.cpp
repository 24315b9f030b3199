#include "run/plandialog.h"

#include "procedure/procedurescript.h"
#include "run/steplist.h"
#include "theme/errortext.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/copydialog.h"
#include "widgets/environmentblock.h"
#include "widgets/figures.h"
#include "widgets/filedialogs.h"
#include "widgets/textlabel.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace tidemark {

PlanDialog::PlanDialog(PageContext context, About about, QWidget *parent)
    : QDialog(parent)
    , m_context(std::move(context))
    , m_about(std::move(about))
    , m_directory(new QLineEdit)
    , m_port(new QSpinBox)
    , m_binaries(new QLineEdit)
    , m_open(new QCheckBox(tr("Open it at the end, after its name was typed")))
    , m_backup(new TextLabel({}, FontRole::Secondary, Token::T2))
    , m_banner(new Banner)
    , m_steps(new StepList)
    , m_why(new TextLabel({}, FontRole::Secondary, Token::T2))
    , m_script(makeExactText({}, tr("The step's script")))
    , m_save(makeButton(tr("Save as script…")))
    , m_run(makeButton(tr("Run the plan"), ButtonKind::Primary))
    , m_tasks(m_context.inFlight)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"planDialog"_s);
    setWindowTitle(tr("Restore %1 beside it").arg(oneLine(m_about.cluster)));
    m_request.cluster = m_about.cluster;
    m_request.environment = m_about.environment;
    m_request.target = m_about.target;
    m_facts.prediction = m_about.prediction;
    build();
    readBackup();
}

void PlanDialog::build()
{
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(new EnvironmentHeading(m_about.environment, m_about.cluster));
    auto *column = new QVBoxLayout;
    column->setContentsMargins(20, 14, 20, 16);
    column->setSpacing(10);
    auto *what
        = new TextLabel(tr("A copy is restored to just before this moment, on a private socket, without "
                           "archiving. It waits there, "
                           "read-only, and is compared with what the WAL tells. %1 itself is not touched.")
                            .arg(oneLine(m_about.cluster)));
    what->setWordWrap(true);
    column->addWidget(what);
    column->addLayout(form());
    column->addWidget(m_banner);
    auto *plan = new QHBoxLayout;
    plan->setSpacing(0);
    m_steps->setMinimumWidth(Theme::of(this).px(330));
    plan->addWidget(m_steps);
    auto *detail = new QVBoxLayout;
    detail->setContentsMargins(14, 0, 0, 0);
    m_why->setWordWrap(true);
    detail->addWidget(m_why);
    detail->addWidget(m_script, 1);
    plan->addLayout(detail, 1);
    column->addLayout(plan, 1);
    column->addLayout(buttons());
    whole->addLayout(column, 1);
    connect(m_steps, &StepList::stepWanted, this, &PlanDialog::showStep);
    resize(Theme::of(this).px(940), Theme::of(this).px(640));
}

QLayout *PlanDialog::form()
{
    m_directory->setObjectName(u"directory"_s);
    m_directory->setText(u"/var/tmp/tidemark-%1"_s.arg(m_about.cluster));
    m_port->setObjectName(u"port"_s);
    m_port->setRange(1, 65535);
    m_port->setValue(54329);
    m_binaries->setObjectName(u"binaries"_s);
    m_open->setObjectName(u"open"_s);
    m_backup->setObjectName(u"backup"_s);
    auto *rows = new QFormLayout;
    rows->setHorizontalSpacing(14);
    rows->setVerticalSpacing(6);
    const auto add = [&](const QString &name, QWidget *field) {
        field->setAccessibleName(name);
        rows->addRow(new TextLabel(name, FontRole::Secondary, Token::T2), field);
    };
    add(tr("Backup"), m_backup);
    add(tr("New directory"), m_directory);
    add(tr("Port of the copy"), m_port);
    add(tr("PostgreSQL's programs"), m_binaries);
    rows->addRow(QString(), m_open);
    connect(m_directory, &QLineEdit::textChanged, this, &PlanDialog::plan);
    connect(m_port, &QSpinBox::valueChanged, this, &PlanDialog::plan);
    connect(m_binaries, &QLineEdit::textChanged, this, &PlanDialog::plan);
    connect(m_open, &QCheckBox::toggled, this, &PlanDialog::plan);
    return rows;
}

QLayout *PlanDialog::buttons()
{
    m_save->setObjectName(u"saveScript"_s);
    m_run->setObjectName(u"runPlan"_s);
    auto *close = makeButton(tr("Close"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_save);
    row->addStretch(1);
    row->addWidget(close);
    row->addWidget(m_run);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &PlanDialog::save);
    connect(m_run, &QPushButton::clicked, this, &PlanDialog::run);
    return row;
}

// The catalogue knows which backup; what it is in full the store tells.
void PlanDialog::readBackup()
{
    plan();
    const auto knowledge = m_context.catalogue->knowledge();
    const auto catalogue = m_context.catalogue->catalogue();
    if (!knowledge || !knowledge->facts || !catalogue)
        return;
    const Fleet &fleet = m_context.fleet->fleet();
    const auto base = recoverBase(*knowledge->facts, fleet, m_about.cluster, m_about.target);
    if (!base)
        return;
    m_facts.from = base->from;
    m_facts.walFolder = base->walFolder;
    m_facts.lastSegment
        = lastSegment(exactTarget(m_about.target, m_facts.prediction), m_facts.prediction, base->segmentSize);
    m_request.host = base->host;
    m_tasks.start(catalogue->artifact(fleet.name, base->from.name, base->artifact, m_tasks.token()),
        [this](const Result<std::optional<Artifact>> &artifact) {
            if (!artifact)
                return m_banner->showError(artifact.error());
            if (!*artifact)
                return;
            m_facts.chain = { **artifact };
            m_binaries->setText(usualBinaries((*artifact)->serverVersion));
            const QString host
                = m_request.host.name.isEmpty() ? tr("this machine") : oneLine(m_request.host.name);
            m_backup->setText(
                tr("%1 on %2, the newest that ended before").arg(oneLine((*artifact)->id), host));
            plan();
        });
}

void PlanDialog::plan()
{
    m_request.directory = m_directory->text();
    m_request.port = m_port->value();
    m_request.binaries = m_binaries->text();
    m_request.open = m_open->isChecked();
    const RecoverPlan plan = planBeside(m_request, m_facts);
    m_procedure = plan ? std::optional(*plan) : std::nullopt;
    m_run->setEnabled(plan.has_value());
    m_save->setEnabled(plan.has_value());
    m_steps->setVisible(plan.has_value());
    m_script->setVisible(plan.has_value());
    if (plan) {
        m_banner->clear();
        SessionState due;
        due.steps.resize(plan->steps.size());
        const auto chosen = m_steps->chosen();
        m_steps->show(*plan, due, m_context.clock->now());
        const std::size_t step = chosen && *chosen < plan->steps.size() ? *chosen : 0;
        m_steps->choose(step);
        return showStep(int(step));
    }
    m_why->setText({});
    QStringList words;
    for (const Obstacle &one : plan.error())
        words << tr("%1: %2").arg(oneLine(one.what), oneLine(one.remedy));
    m_banner->showWarning(tr("There is no plan yet"), words.join(u'\n'));
}

void PlanDialog::showStep(int step)
{
    if (!m_procedure)
        return;
    const Step &one = m_procedure->steps[std::size_t(step)];
    m_why->setText(one.why);
    m_script->setPlainText(one.command);
}

void PlanDialog::run()
{
    m_run->setEnabled(false);
    m_tasks.start(m_context.sessions->begin(*m_procedure), [this](const Result<QString> &session) {
        if (!session) {
            m_run->setEnabled(true);
            return m_banner->showError(session.error());
        }
        Q_EMIT begun(*session);
        accept();
    });
}

void PlanDialog::save()
{
    QFileDialog *dialog = makeSaveDialog(tr("Save the plan as a script"), { tr("Shell script (*.sh)") },
        u"recover-%1.sh"_s.arg(m_about.cluster), this);
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, bytes = procedureScript(*m_procedure)](const QString &path) {
            m_tasks.start(
                m_context.files->write(path, bytes, m_tasks.token()), [this](const Result<> &written) {
                    if (!written)
                        m_banner->showError(written.error());
                });
        });
    dialog->open();
}

} // namespace tidemark
