#include "run/runview.h"

#include "run/logview.h"
#include "run/runpane.h"
#include "run/runwords.h"
#include "run/sharebar.h"
#include "run/steplist.h"
#include "theme/errortext.h"
#include "widgets/buttons.h"
#include "widgets/confirmation.h"
#include "widgets/figures.h"
#include "widgets/filedialogs.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/textlabel.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QPlainTextEdit *makeText(const QString &name, const QString &accessible, FontRole role)
{
    auto *text = new QPlainTextEdit;
    text->setObjectName(name);
    text->setAccessibleName(accessible);
    text->setReadOnly(true);
    text->setFrameShape(QFrame::NoFrame);
    text->setFont(Theme::of(text).font(role));
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return text;
}

QString aboutText(const Step &step)
{
    QStringList lines;
    const auto add = [&](const QString &title, const QString &text) {
        if (!text.isEmpty())
            lines << title + u'\n' + text.trimmed() + u'\n';
    };
    add(RunWords::tr("Why"), step.why);
    add(RunWords::tr("If its end is not known"), RunWords::repeat(step));
    add(RunWords::tr("How it is looked for"), step.look);
    add(RunWords::tr("Undo"), step.undo);
    add(RunWords::tr("What it leaves behind"), step.leaves);
    return lines.join(u'\n');
}

} // namespace

RunView::RunView(PageContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(std::move(context))
    , m_steps(new StepList)
    , m_headline(new TextLabel({}, FontRole::Verdict))
    , m_detail(new TextLabel({}, FontRole::Secondary, Token::T2))
    , m_said(new TextLabel({}, FontRole::Mono, Token::T2))
    , m_share(new ShareBar(20))
    , m_what(new SegmentedControl({ tr("Output"), tr("Command"), tr("About the step") }))
    , m_follow(makeSmallButton(tr("Follow")))
    , m_save(makeSmallButton(tr("Save…")))
    , m_pause(makeButton(tr("Pause"), ButtonKind::Normal, u"pause"_s, this))
    , m_handOver(makeButton(tr("Hand over"), ButtonKind::Normal, u"user"_s, this))
    , m_abort(makeButton(tr("Abort…"), ButtonKind::Destructive, u"stop"_s, this))
    , m_log(new LogView)
    , m_command(makeText(u"command"_s, tr("The step's script"), FontRole::Mono))
    , m_about(makeText(u"about"_s, tr("About the step"), FontRole::Interface))
    , m_stack(new QStackedWidget)
    , m_pane(new RunPane(m_context.clocks))
    , m_tick(new QTimer(this))
    , m_reading(m_context.inFlight)
    , m_tasks(m_context.inFlight)
{
    build();
    m_tick->setInterval(1000);
    connect(m_tick, &QTimer::timeout, this, &RunView::follow);
    connect(m_context.sessions.get(), &SessionBoard::changed, this, &RunView::follow);
    connect(m_context.clocks.get(), &Clocks::changed, this, &RunView::follow);
    connect(m_steps, &StepList::stepWanted, this, [this](int step) {
        const SessionState state = m_session->record.state();
        m_followsStep = state.current == std::size_t(step);
        showStep(std::size_t(step));
    });
    connect(m_what, &SegmentedControl::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_log, &LogView::followsChanged, m_follow, &QPushButton::setChecked);
    connect(m_follow, &QPushButton::clicked, m_log, &LogView::setFollows);
    connect(m_save, &QPushButton::clicked, this, &RunView::save);
    connect(m_pause, &QPushButton::clicked, this, [this] { decide(SessionAct::Pause, {}); });
    connect(m_handOver, &QPushButton::clicked, this, [this] { decide(SessionAct::HandOver, {}); });
    connect(m_abort, &QPushButton::clicked, this, &RunView::abort);
    connect(m_pane, &RunPane::decided, this, &RunView::decide);
    connect(m_pane, &RunPane::goOnWanted, this, &RunView::goOn);
    connect(m_pane, &RunPane::undoWanted, this, &RunView::undo);
    connect(
        m_pane, &RunPane::noteWanted, this, [this](const QString &text) { decide(SessionAct::Note, text); });
}

void RunView::build()
{
    for (auto [button, name] : { std::pair(m_pause, u"pause"_s), std::pair(m_handOver, u"handOver"_s),
             std::pair(m_abort, u"abort"_s), std::pair(m_follow, u"follow"_s), std::pair(m_save, u"save"_s) })
        button->setObjectName(name);
    m_pause->setToolTip(tr("The step under way ends, the next one is not begun"));
    m_handOver->setToolTip(
        tr("A person goes on outside; what was done there is written down when it is taken back"));
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_what->setObjectName(u"what"_s);
    m_what->setAccessibleName(tr("What is shown of the step"));
    auto *split = new QSplitter;
    split->setHandleWidth(1);
    split->setChildrenCollapsible(false);
    m_steps->setMinimumWidth(220);
    split->addWidget(m_steps);
    split->addWidget(buildMiddle());
    split->setStretchFactor(1, 1);
    split->setSizes({ 286, 600 });
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(0);
    row->addWidget(split, 1);
    row->addWidget(m_pane);
}

QWidget *RunView::buildMiddle()
{
    auto *middle = new QWidget;
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins({});
    column->setSpacing(0);
    auto *head = new Ground(Token::Surface, Ground::Line::Bottom);
    auto *lines = new QVBoxLayout(head);
    lines->setContentsMargins(16, 12, 16, 14);
    lines->setSpacing(4);
    m_headline->setWordWrap(true);
    m_headline->setObjectName(u"headline"_s);
    m_share->setAccessibleName(tr("Progress of the step"));
    m_said->setElided();
    lines->addWidget(m_headline);
    lines->addWidget(m_detail);
    lines->addSpacing(4);
    lines->addWidget(m_share);
    lines->addWidget(m_said);
    column->addWidget(head);
    auto *bar = new Ground(Token::Alt, Ground::Line::Bottom);
    auto *tools = new QHBoxLayout(bar);
    tools->setContentsMargins(16, 4, 16, 4);
    tools->addWidget(m_what);
    tools->addStretch(1);
    tools->addWidget(m_follow);
    tools->addWidget(m_save);
    column->addWidget(bar);
    for (QPlainTextEdit *text : { m_command, m_about })
        text->document()->setDocumentMargin(14);
    m_stack->addWidget(m_log);
    m_stack->addWidget(m_command);
    m_stack->addWidget(m_about);
    column->addWidget(m_stack, 1);
    return middle;
}

std::vector<QWidget *> RunView::actions() const
{
    return { m_handOver, m_pause, m_abort };
}

std::vector<QWidget *> RunView::panes()
{
    return { m_steps, m_stack, m_pane };
}

void RunView::open(const QString &session)
{
    m_id = session;
    m_followsStep = true;
    m_shown.clear();
    m_session.reset();
    m_step.reset();
    m_pane->sayRefused({});
    follow();
    Q_EMIT opened();
}

std::optional<std::chrono::seconds> RunView::rto(const BoardSession &session) const
{
    if (session.record.procedure.kind != "recover"_L1)
        return {};
    for (const Cluster &cluster : m_context.fleet->fleet().clusters) {
        if (cluster.name == session.record.procedure.cluster)
            return cluster.objectives.rto;
    }
    return {};
}

void RunView::follow()
{
    const auto session = m_context.sessions->find(m_id);
    if (!session)
        return;
    m_session = session;
    const SessionState state = session->record.state();
    const bool open = !state.over() && session->record.trouble.isEmpty();
    const bool runs = open && state.status == SessionStatus::Running;
    runs && session->record.busy ? m_tick->start() : m_tick->stop();
    const Instant now = m_context.clock->now();
    m_steps->show(session->record.procedure, state, now);
    m_headline->setText(RunWords::headline(*session));
    m_detail->setText(RunWords::detail(*session));
    m_pause->setVisible(runs && session->ours);
    m_handOver->setVisible(open && !session->ours && !session->record.busy
        && state.status != SessionStatus::HandedOver && !runs);
    m_abort->setVisible(open && (session->ours || !session->record.busy));
    m_pane->show(*session, rto(*session), now);
    const auto chosen = m_steps->chosen();
    const std::size_t last = state.steps.empty() ? 0 : state.steps.size() - 1;
    if (m_followsStep || !chosen)
        showStep(state.current.value_or(last));
    else
        showStep(*chosen);
}

void RunView::showStep(std::size_t step)
{
    const Procedure &procedure = m_session->record.procedure;
    if (step >= procedure.steps.size())
        return;
    m_steps->choose(step);
    if (m_step != step && procedure.steps[step].command.isEmpty())
        m_what->setCurrent(2); // it says nothing
    else if (m_step != step && m_what->current() == 2)
        m_what->setCurrent(0);
    m_step = step;
    const QString command = procedure.steps[step].command;
    if (m_command->toPlainText() != command)
        m_command->setPlainText(command);
    const QString about = aboutText(procedure.steps[step]);
    if (m_about->toPlainText() != about)
        m_about->setPlainText(about);
    showOutput(*m_session, step);
}

void RunView::showOutput(const BoardSession &session, std::size_t step)
{
    const SessionState state = session.record.state();
    const StepProgress &progress = state.steps[step];
    const QString name = progress.evidence.isEmpty()
        ? u"live %1"_s.arg(session.record.procedure.steps[step].id)
        : progress.evidence;
    const bool another = name != m_shown;
    const bool live = progress.evidence.isEmpty();
    if (another) {
        m_shown = name;
        m_log->forget();
        m_output.clear();
        if (!live)
            readEvidence(name);
    }
    if (live) {
        m_output = session.heardOf == session.record.procedure.steps[step].id ? session.heard : QByteArray();
        m_log->show(m_output);
    }
    const bool runs = live && progress.status == StepStatus::Running;
    const auto share = runs ? shareTold(m_output) : std::nullopt;
    m_share->setShare(share, share ? tr("%1 %").arg(qRound(*share * 100)) : QString());
    m_said->setText(runs ? lastLine(m_output) : QString());
    m_said->setVisible(!m_said->text().isEmpty());
    m_save->setEnabled(!m_output.isEmpty());
}

void RunView::readEvidence(const QString &name)
{
    m_reading.restart();
    m_reading.start(m_context.sessions->evidence(m_id, name), [this, name](const Result<QByteArray> &bytes) {
        if (name != m_shown)
            return;
        m_output = bytes ? *bytes : errorText(bytes.error()).sentence.toUtf8();
        m_log->show(m_output);
        m_save->setEnabled(bytes.has_value() && !m_output.isEmpty());
    });
}

void RunView::tookAnswer(const Result<> &answer)
{
    m_pane->sayRefused(
        answer ? QString() : errorText(answer.error()).sentence + u": "_s + oneLine(answer.error().detail));
}

void RunView::decide(SessionAct act, const QString &text)
{
    m_tasks.start(
        m_context.sessions->decide(m_id, act, text), [this](const Result<> &answer) { tookAnswer(answer); });
}

void RunView::goOn()
{
    m_tasks.start(m_context.sessions->goOn(m_id), [this](const Result<> &answer) { tookAnswer(answer); });
}

// As a session of its own, which asks before it removes anything.
void RunView::undo()
{
    const Procedure procedure = undoProcedure(m_session->record.procedure, m_session->record.state());
    m_tasks.start(m_context.sessions->begin(procedure), [this](const Result<QString> &session) {
        if (session)
            open(*session);
        else
            tookAnswer(tl::unexpected(session.error()));
    });
}

void RunView::abort()
{
    const SessionState state = m_session->record.state();
    const QStringList left = leftBehind(m_session->record.procedure, state);
    Confirmation about;
    about.environment = m_session->record.procedure.environment;
    about.target = m_session->record.procedure.cluster;
    about.title = tr("Abort this session?");
    about.text = left.isEmpty()
        ? tr("The step under way is ended. Nothing was made yet that stays behind.")
        : tr("The step under way is ended. These stay behind: %1").arg(left.join(u", "_s));
    about.wayBack = tr("No way back: a session that was aborted is not gone on with; begin a new one.");
    about.act = tr("Abort it");
    about.keep = tr("Let it go on");
    auto *dialog = new ConfirmationDialog(about, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this] {
        m_tasks.start(
            m_context.sessions->abort(m_id, {}), [this](const Result<> &answer) { tookAnswer(answer); });
    });
    dialog->open();
}

void RunView::save()
{
    const auto step = m_steps->chosen();
    if (!step)
        return;
    QFileDialog *dialog = makeSaveDialog(tr("Save what the step said"), { tr("Text (*.txt)") },
        u"%1-%2.txt"_s.arg(m_id, m_session->record.procedure.steps[*step].id), this);
    connect(dialog, &QFileDialog::fileSelected, this, [this, bytes = m_output](const QString &path) {
        m_tasks.start(m_context.files->write(path, bytes, m_tasks.token()),
            [this](const Result<> &answer) { tookAnswer(answer); });
    });
    dialog->open();
}

} // namespace tidemark
