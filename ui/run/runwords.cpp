#include "run/runwords.h"

#include "theme/errortext.h"
#include "widgets/figures.h"

using namespace Qt::StringLiterals;

namespace tidemark {

bool waitsForPerson(const Step &step, StepStatus status)
{
    const bool ofPerson = step.kind == StepKind::Confirm || step.kind == StepKind::ByHand;
    return ofPerson && (status == StepStatus::Due || status == StepStatus::Running);
}

const Step *currentStep(const SessionRecord &record, const SessionState &state)
{
    return state.current ? &record.procedure.steps[*state.current] : nullptr;
}

Glyph RunWords::glyph(const Step &step, StepStatus status)
{
    if (waitsForPerson(step, status))
        return Glyph::Waits;
    switch (status) {
    case StepStatus::Due:
        return Glyph::Planned;
    case StepStatus::Running:
        return Glyph::Running;
    case StepStatus::Done:
        return Glyph::Ok;
    case StepStatus::Failed:
        return Glyph::Failed;
    case StepStatus::Lost:
        return Glyph::Unknown;
    case StepStatus::Skipped:
        break;
    }
    return Glyph::Cancelled;
}

QString RunWords::status(const Step &step, StepStatus status)
{
    if (waitsForPerson(step, status))
        return tr("needs you");
    switch (status) {
    case StepStatus::Due:
        return tr("due");
    case StepStatus::Running:
        return tr("running");
    case StepStatus::Done:
        return tr("done");
    case StepStatus::Failed:
        return tr("failed");
    case StepStatus::Lost:
        return tr("unknown");
    case StepStatus::Skipped:
        break;
    }
    return tr("left out");
}

Glyph RunWords::glyph(const BoardSession &session)
{
    if (!session.record.trouble.isEmpty())
        return Glyph::Failed;
    const SessionState state = session.record.state();
    switch (state.status) {
    case SessionStatus::Running:
        return session.record.busy ? Glyph::Running : Glyph::Attention;
    case SessionStatus::Paused:
    case SessionStatus::HandedOver:
        return Glyph::Waits;
    case SessionStatus::NeedsPerson: {
        const StepStatus status = state.steps[*state.current].status;
        return glyph(*currentStep(session.record, state), status);
    }
    case SessionStatus::Aborted:
        return Glyph::Cancelled;
    case SessionStatus::Ended:
        break;
    }
    return state.whole() ? Glyph::OkQuiet : Glyph::Attention;
}

QString RunWords::status(const BoardSession &session)
{
    if (!session.record.trouble.isEmpty())
        return tr("cannot be read");
    const SessionState state = session.record.state();
    switch (state.status) {
    case SessionStatus::Running:
        if (!session.record.busy)
            return tr("interrupted");
        return session.ours ? tr("running") : tr("runs in another console");
    case SessionStatus::Paused:
        return tr("paused");
    case SessionStatus::HandedOver:
        return tr("with a person");
    case SessionStatus::NeedsPerson: {
        const StepStatus status = state.steps[*state.current].status;
        if (status == StepStatus::Failed)
            return tr("a step failed");
        return status == StepStatus::Lost ? tr("look first") : tr("needs you");
    }
    case SessionStatus::Aborted:
        return tr("aborted");
    case SessionStatus::Ended:
        break;
    }
    return state.whole() ? tr("done") : tr("incomplete");
}

QString RunWords::headline(const BoardSession &session)
{
    if (!session.record.trouble.isEmpty())
        return tr("This session cannot be believed");
    const SessionState state = session.record.state();
    const Step *step = currentStep(session.record, state);
    switch (state.status) {
    case SessionStatus::Running:
        return session.record.busy ? oneLine(step->title)
                                   : tr("Interrupted at: %1").arg(oneLine(step->title));
    case SessionStatus::Paused:
        return tr("Paused before: %1").arg(oneLine(step->title));
    case SessionStatus::HandedOver:
        return tr("With a person, at: %1").arg(oneLine(step->title));
    case SessionStatus::NeedsPerson:
        if (state.steps[*state.current].status == StepStatus::Failed)
            return tr("Failed: %1").arg(oneLine(step->title));
        if (state.steps[*state.current].status == StepStatus::Lost)
            return tr("Nobody knows how this ended: %1").arg(oneLine(step->title));
        return tr("Waits for you: %1").arg(oneLine(step->title));
    case SessionStatus::Aborted:
        return tr("Aborted");
    case SessionStatus::Ended:
        break;
    }
    return state.whole() ? tr("Every step is done, each check passed")
                         : tr("Ended, steps left out: %1").arg(state.skipped);
}

QString RunWords::detail(const BoardSession &session)
{
    if (!session.record.trouble.isEmpty())
        return oneLine(session.record.trouble);
    const SessionState state = session.record.state();
    const Step *step = currentStep(session.record, state);
    if (!step || state.over())
        return {};
    const QString which = tr("step %1 of %2").arg(*state.current + 1).arg(state.steps.size());
    return step->command.isEmpty() ? which : tr("%1 on %2").arg(which, place(*step));
}

QString RunWords::interrupted(const BoardSession &session)
{
    if (session.trouble)
        return errorText(*session.trouble).sentence + u": "_s + oneLine(session.trouble->detail);
    if (session.away)
        return tr("Its host cannot be asked: %1. The step goes on there if it had begun.")
            .arg(oneLine(session.away->detail));
    if (!session.found)
        return tr("The console that ran it ended.");
    switch (*session.found) {
    case HostJobState::NotStarted:
        return tr("The console ended before the step had begun on its host.");
    case HostJobState::Running:
        return tr("The step still runs on its host.");
    case HostJobState::Ended:
        return tr("The step finished while no console was there.");
    case HostJobState::Lost:
        break;
    }
    return tr("The step is gone from its host, and nothing says how it ended.");
}

QString RunWords::place(const Step &step)
{
    return step.host.isEmpty() ? tr("this machine") : oneLine(step.host);
}

QString RunWords::clock(std::chrono::microseconds span)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(span).count();
    if (seconds >= 3600)
        return u"%1:%2:%3"_s.arg(seconds / 3600)
            .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
            .arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

QString RunWords::took(const StepProgress &progress, Instant now)
{
    if (!progress.began || progress.status == StepStatus::Due)
        return {};
    return clock(progress.ended.value_or(now) - *progress.began);
}

QString RunWords::takenUp(const BoardSession &session, const Step &step)
{
    if (!session.found || *session.found == HostJobState::Lost)
        return repeat(step);
    if (*session.found == HostJobState::NotStarted)
        return tr("Going on begins it.");
    return tr("Going on follows it to its end; nothing is begun again.");
}

QString RunWords::repeat(const Step &step)
{
    switch (step.repeat) {
    case Repeatability::Safe:
        return tr("It may be repeated: doing it twice is the same as once.");
    case Repeatability::LookFirst:
        return tr("It is looked whether it was done before it is repeated.");
    case Repeatability::Never:
        break;
    }
    return tr("It is never repeated by itself: a person decides.");
}

} // namespace tidemark
