#include "run/runpane.h"

#include "run/runwords.h"
#include "run/sharebar.h"
#include "shell/clocks.h"
#include "widgets/buttons.h"
#include "widgets/figures.h"
#include "widgets/marks.h"
#include "widgets/textlabel.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

TextLabel *wrapped(FontRole role, Token token = Token::T2)
{
    auto *label = new TextLabel({}, role, token);
    label->setWordWrap(true);
    return label;
}

} // namespace

RunPane::RunPane(std::shared_ptr<Clocks> clocks, QWidget *parent)
    : SidePane(parent)
    , m_clocks(std::move(clocks))
{
    setObjectName(u"runPane"_s);
    setAccessibleName(RunWords::tr("What is next"));
    auto *inside = new QWidget;
    m_inside = new QVBoxLayout(inside);
    m_inside->setContentsMargins(0, 0, 0, 0);
    m_inside->setSpacing(0);
    buildClock();
    buildNext();
    buildStop();
    m_inside->addStretch(1);
    column()->setContentsMargins(1, 0, 0, 0);
    column()->setSpacing(0);
    column()->addWidget(makeScrolling(inside), 1);
    buildNote();
}

QVBoxLayout *RunPane::section()
{
    auto *ground = new Ground(Token::Alt, Ground::Line::Bottom);
    auto *lines = new QVBoxLayout(ground);
    lines->setContentsMargins(17, 12, 16, 14);
    lines->setSpacing(6);
    m_inside->addWidget(ground);
    return lines;
}

void RunPane::buildClock()
{
    QVBoxLayout *lines = section();
    auto *head = new QHBoxLayout;
    m_times = new TextLabel({}, FontRole::Strong);
    m_inTime = new StateChip(Glyph::Ok, {});
    head->addWidget(m_times);
    head->addStretch(1);
    head->addWidget(m_inTime);
    lines->addLayout(head);
    auto *figures = new QHBoxLayout;
    m_used = new TextLabel({}, FontRole::Clock);
    m_used->setObjectName(u"used"_s);
    m_left = new TextLabel({}, FontRole::Secondary, Token::T2);
    figures->addWidget(m_used);
    figures->addStretch(1);
    figures->addWidget(m_left, 0, Qt::AlignBottom);
    lines->addLayout(figures);
    m_bar = new ShareBar(16);
    m_bar->setAccessibleName(RunWords::tr("Time used of the RTO"));
    lines->addWidget(m_bar);
}

void RunPane::buildNext()
{
    QVBoxLayout *lines = section();
    auto *head = new QHBoxLayout;
    m_mark = new GlyphMark(Glyph::Waits);
    m_title = wrapped(FontRole::Strong, Token::T1);
    m_title->setObjectName(u"nextTitle"_s);
    head->setSpacing(8);
    head->addWidget(m_mark, 0, Qt::AlignTop);
    head->addWidget(m_title, 1);
    lines->addLayout(head);
    m_text = wrapped(FontRole::Secondary);
    m_typeWhat = wrapped(FontRole::Secondary, Token::T1);
    m_field = new QLineEdit;
    m_field->setObjectName(u"decision"_s);
    m_refused = wrapped(FontRole::Secondary, Token::Fail);
    m_refused->setObjectName(u"refused"_s);
    for (QWidget *line : { static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_typeWhat),
             static_cast<QWidget *>(m_field), static_cast<QWidget *>(m_refused) })
        lines->addWidget(line);
    auto *buttons = new QVBoxLayout;
    buttons->setSpacing(6);
    m_main = makeButton({}, ButtonKind::Primary);
    m_main->setObjectName(u"decide"_s);
    m_done = makeButton(RunWords::tr("It was done by hand"));
    m_done->setObjectName(u"doneByHand"_s);
    m_skip = makeButton(RunWords::tr("Leave it out"));
    m_skip->setObjectName(u"skip"_s);
    for (QPushButton *button : { m_main, m_done, m_skip })
        buttons->addWidget(button, 0, Qt::AlignLeft);
    lines->addLayout(buttons);
    connect(m_field, &QLineEdit::textChanged, this, &RunPane::enable);
    connect(m_done, &QPushButton::clicked, this,
        [this] { Q_EMIT decided(SessionAct::DoneByHand, m_field->text().trimmed()); });
    connect(m_skip, &QPushButton::clicked, this,
        [this] { Q_EMIT decided(SessionAct::Skip, m_field->text().trimmed()); });
    connect(m_main, &QPushButton::clicked, this, [this] {
        switch (m_ask) {
        case Ask::GoOn:
            return Q_EMIT goOnWanted();
        case Ask::Typed:
        case Ask::ByHand:
            return Q_EMIT decided(SessionAct::Confirm, m_field->text());
        case Ask::Confirm:
            return Q_EMIT decided(SessionAct::Confirm, {});
        case Ask::Failed:
            return Q_EMIT decided(SessionAct::Retry, {});
        case Ask::Continue:
            return Q_EMIT decided(SessionAct::Continue, {});
        case Ask::TakeBack:
            return Q_EMIT decided(SessionAct::TakeBack, {});
        case Ask::Undo:
            return Q_EMIT undoWanted();
        case Ask::Nothing:
            return;
        }
    });
}

void RunPane::buildStop()
{
    QVBoxLayout *lines = section();
    m_stop = lines->parentWidget();
    lines->addWidget(new TextLabel(RunWords::tr("If you stop here"), FontRole::Strong));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    const auto row = [&](const QString &name) {
        auto *label = wrapped(FontRole::Secondary);
        const int at = grid->rowCount();
        grid->addWidget(new TextLabel(name, FontRole::SecondaryStrong), at, 0, Qt::AlignTop);
        grid->addWidget(label, at, 1);
        return label;
    };
    m_pause = row(RunWords::tr("Pause"));
    m_abort = row(RunWords::tr("Abort"));
    m_close = row(RunWords::tr("Close"));
    lines->addLayout(grid);
}

void RunPane::buildNote()
{
    auto *foot = new Ground(Token::Alt, Ground::Line::Top);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(16, 10, 16, 10);
    m_note = new QLineEdit;
    m_note->setObjectName(u"note"_s);
    m_note->setAccessibleName(RunWords::tr("Note for the journal"));
    m_note->setPlaceholderText(RunWords::tr("Note for the journal"));
    m_addNote = makeButton(RunWords::tr("Add note"));
    m_addNote->setObjectName(u"addNote"_s);
    m_addNote->setEnabled(false);
    row->addWidget(m_note, 1);
    row->addWidget(m_addNote);
    column()->addWidget(foot);
    const auto add = [this] {
        const QString text = m_note->text().trimmed();
        if (text.isEmpty())
            return;
        m_note->clear();
        Q_EMIT noteWanted(text);
    };
    connect(m_note, &QLineEdit::textChanged, this,
        [this](const QString &text) { m_addNote->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_note, &QLineEdit::returnPressed, this, add);
    connect(m_addNote, &QPushButton::clicked, this, add);
}

void RunPane::show(const BoardSession &session, std::optional<std::chrono::seconds> rto, Instant now)
{
    const SessionState state = session.record.trouble.isEmpty() ? session.record.state() : SessionState();
    showClock(state, rto, now);
    showNext(session, state);
    showStop(session, state);
}

void RunPane::showClock(const SessionState &state, std::optional<std::chrono::seconds> rto, Instant now)
{
    using std::chrono::duration_cast;
    using std::chrono::seconds;
    const auto used = state.began ? state.ended.value_or(now) - *state.began : std::chrono::microseconds(0);
    m_used->setText(RunWords::clock(used));
    if (!rto) {
        m_times->setText(RunWords::tr("Time since it began"));
        m_inTime->hide();
        m_left->setText(state.began ? m_clocks->inTable(*state.began) : QString());
        m_bar->setShare({}, {});
        return;
    }
    m_times->setText(RunWords::tr("RTO %1").arg(durationWords(*rto)));
    const auto left = *rto - duration_cast<seconds>(used);
    const bool inside = left.count() >= 0;
    m_inTime->setState(
        inside ? Glyph::Ok : Glyph::Failed, inside ? RunWords::tr("inside") : RunWords::tr("over"));
    m_inTime->show();
    m_left->setText(inside ? RunWords::tr("%1 left").arg(RunWords::clock(left))
                           : RunWords::tr("%1 over").arg(RunWords::clock(-left)));
    m_bar->setShare(
        rto->count() > 0 ? double(duration_cast<seconds>(used).count()) / double(rto->count()) : 1.0,
        RunWords::tr("%1 of %2 used").arg(RunWords::clock(used), RunWords::clock(*rto)));
}

RunPane::Ask RunPane::askOf(const BoardSession &session, const SessionState &state)
{
    if (state.over() && session.record.trouble.isEmpty()
        && !undoProcedure(session.record.procedure, state).steps.empty())
        return Ask::Undo;
    if (state.over() || session.ours || session.record.busy || !session.record.trouble.isEmpty()
        || !state.current)
        return Ask::Nothing;
    switch (state.status) {
    case SessionStatus::Paused:
        return Ask::Continue;
    case SessionStatus::HandedOver:
        return Ask::TakeBack;
    case SessionStatus::Running:
        return Ask::GoOn;
    default:
        break;
    }
    const Step &step = session.record.procedure.steps[*state.current];
    if (!waitsForPerson(step, state.steps[*state.current].status))
        return Ask::Failed;
    if (step.kind == StepKind::ByHand)
        return Ask::ByHand;
    return step.typed.isEmpty() ? Ask::Confirm : Ask::Typed;
}

void RunPane::showNext(const BoardSession &session, const SessionState &state)
{
    const Ask ask = askOf(session, state);
    const Step *step = currentStep(session.record, state);
    const QString of = step ? u"%1 %2 %3 %4"_s.arg(session.record.id, step->id)
                                  .arg(state.steps[*state.current].attempt)
                                  .arg(int(ask))
                            : session.record.id;
    if (of != m_askedOf) { // what was typed was about something else
        m_field->clear();
        m_refused->clear();
    }
    m_askedOf = of;
    m_ask = ask;
    sayNext(session, state);
    showAsk(ask, step);
    enable();
}

void RunPane::sayNext(const BoardSession &session, const SessionState &state)
{
    const Step *step = currentStep(session.record, state);
    const auto say = [this](Glyph glyph, const QString &title, const QString &text) {
        m_mark->setGlyph(glyph);
        m_title->setText(title);
        m_text->setText(text);
        m_text->setVisible(!text.isEmpty());
    };
    if (!session.record.trouble.isEmpty())
        return say(Glyph::Failed, RunWords::tr("Nothing can be done with it here"),
            RunWords::tr("Its folder has the procedure and what was said; begin a new session."));
    if (state.over()) {
        const QStringList left = leftBehind(session.record.procedure, state);
        return say(RunWords::glyph(session), RunWords::status(session),
            left.isEmpty() ? QString() : RunWords::tr("What it made and left:\n%1").arg(left.join(u'\n')));
    }
    if (m_ask == Ask::GoOn || session.trouble)
        return say(Glyph::Attention, RunWords::tr("Go on with it?"),
            RunWords::interrupted(session) + u'\n' + RunWords::takenUp(session, *step));
    if (m_ask == Ask::Failed) {
        const auto &progress = state.steps[*state.current];
        const QString how = progress.exit ? RunWords::tr("It ended with exit code %1.").arg(*progress.exit)
                                          : RunWords::tr("Look at its host first.");
        return say(RunWords::glyph(*step, progress.status),
            RunWords::tr("Decide about: %1").arg(oneLine(step->title)), how + u' ' + RunWords::repeat(*step));
    }
    if (m_ask != Ask::Nothing)
        return say(Glyph::Waits, RunWords::tr("Next for you: %1").arg(oneLine(step->title)), step->why);
    for (std::size_t i = state.current.value_or(0); i < state.steps.size(); ++i) {
        const Step &later = session.record.procedure.steps[i];
        if (waitsForPerson(later, state.steps[i].status))
            return say(Glyph::Waits, RunWords::tr("Next for you: %1").arg(oneLine(later.title)), later.why);
    }
    say(Glyph::Running, RunWords::tr("Nothing waits for you"), RunWords::tr("It runs to its end by itself."));
}

void RunPane::showAsk(Ask ask, const Step *step)
{
    const bool field = ask == Ask::Typed || ask == Ask::ByHand || ask == Ask::Failed;
    m_field->setVisible(field);
    m_typeWhat->setVisible(field);
    m_done->setVisible(ask == Ask::Failed);
    m_skip->setVisible(ask == Ask::Failed || ask == Ask::ByHand || ask == Ask::Confirm);
    m_main->setVisible(ask != Ask::Nothing);
    m_refused->setVisible(!m_refused->text().isEmpty());
    m_typed = ask == Ask::Typed ? step->typed : QString();
    QString what;
    QString act = RunWords::tr("Go on");
    if (ask == Ask::Typed) {
        what = RunWords::tr("Type %1 to go on.").arg(oneLine(step->typed));
        act = oneLine(step->title);
    } else if (ask == Ask::Confirm) {
        act = oneLine(step->title);
    } else if (ask == Ask::ByHand) {
        what = RunWords::tr("What was done, for the journal:");
        act = RunWords::tr("It is done");
    } else if (ask == Ask::Failed) {
        what = RunWords::tr("What was done, or why it is left out:");
        act = RunWords::tr("Do it again");
    } else if (ask == Ask::Undo) {
        act = RunWords::tr("Take it back…");
    } else if (ask == Ask::TakeBack) {
        act = RunWords::tr("Take it back");
    }
    m_typeWhat->setText(what);
    m_field->setAccessibleName(what);
    m_main->setText(act);
    setButtonKind(m_main,
        ask == Ask::Undo                                                    ? ButtonKind::Normal
            : step && ask == Ask::Typed && step->danger == Danger::Destroys ? ButtonKind::Destructive
                                                                            : ButtonKind::Primary);
}

void RunPane::enable()
{
    const QString text = m_field->text().trimmed();
    const bool main
        = m_ask == Ask::Typed ? m_field->text() == m_typed : m_ask != Ask::ByHand || !text.isEmpty();
    m_main->setEnabled(main);
    m_done->setEnabled(!text.isEmpty());
    m_skip->setEnabled(!text.isEmpty());
}

void RunPane::sayRefused(const QString &words)
{
    m_refused->setText(words);
    m_refused->setVisible(!words.isEmpty());
}

void RunPane::showStop(const BoardSession &session, const SessionState &state)
{
    m_stop->setVisible(!state.over() && session.record.trouble.isEmpty());
    m_pause->setText(RunWords::tr("the step under way goes on to its end, the next one is not begun."));
    const QStringList left = leftBehind(session.record.procedure, state);
    m_abort->setText(left.isEmpty()
            ? RunWords::tr("ends the step under way; nothing was made yet that stays behind.")
            : RunWords::tr("ends the step under way and leaves behind:\n%1").arg(left.join(u'\n')));
    m_close->setText(RunWords::tr("the step goes on on its host; open the session again from Activity."));
}

} // namespace tidemark
