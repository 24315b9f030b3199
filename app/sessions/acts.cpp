#include "sessions/session.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using Kind = SessionEvent::Kind;

tl::unexpected<Error> refused(const QString &why)
{
    return failure(ErrorKind::Conflict, u"session.refused"_s, why);
}

// Where a session stands, for what a person may decide now.
struct Scene {
    const SessionRecord &record;
    const SessionState state;
    const Step *step = nullptr; // the current one; null: all are done
    StepStatus status = StepStatus::Done;

    explicit Scene(const SessionRecord &kept)
        : record(kept)
        , state(kept.state())
    {
        if (!state.current)
            return;
        step = &record.procedure.steps[*state.current];
        status = state.steps[*state.current].status;
    }
    [[nodiscard]] bool ofPerson() const
    {
        return step && (step->kind == StepKind::Confirm || step->kind == StepKind::ByHand);
    }
    [[nodiscard]] bool wentWrong() const
    {
        return step && (status == StepStatus::Failed || status == StepStatus::Lost);
    }
};

QString whyNotConfirm(const Scene &scene, const QString &text)
{
    if (!scene.ofPerson() || scene.status != StepStatus::Due)
        return u"nothing waits to be confirmed"_s;
    if (!scene.step->typed.isEmpty() && text != scene.step->typed)
        return u"what was typed is not \"%1\""_s.arg(scene.step->typed);
    return {};
}

// Empty: it may.
QString whyNot(const Scene &scene, SessionAct act, const QString &text)
{
    if (act == SessionAct::Note)
        return text.isEmpty() ? u"the note says nothing"_s : QString();
    if (scene.state.over())
        return u"the session is over"_s;
    switch (act) {
    case SessionAct::Confirm:
        return whyNotConfirm(scene, text);
    case SessionAct::Retry:
        return scene.wentWrong() ? QString() : u"no step has failed or was lost"_s;
    case SessionAct::Skip:
    case SessionAct::DoneByHand:
        if (scene.status == StepStatus::Running)
            return u"the step is under way"_s;
        return text.trimmed().isEmpty() ? u"a reason has to be given"_s : QString();
    case SessionAct::Pause:
        return scene.state.status == SessionStatus::Paused ? u"it is paused already"_s : QString();
    case SessionAct::Continue:
        return scene.state.status == SessionStatus::Paused ? QString() : u"it is not paused"_s;
    case SessionAct::HandOver:
        if (scene.status == StepStatus::Running)
            return u"the step is under way"_s;
        return scene.state.status == SessionStatus::HandedOver ? u"a person has it already"_s : QString();
    case SessionAct::TakeBack:
        return scene.state.status == SessionStatus::HandedOver ? QString() : u"no person has it"_s;
    case SessionAct::Note:
        break;
    }
    return {};
}

Kind kindOf(SessionAct act)
{
    switch (act) {
    case SessionAct::Confirm:
        return Kind::Confirmed;
    case SessionAct::Retry:
        return Kind::Again;
    case SessionAct::Skip:
        return Kind::Skipped;
    case SessionAct::DoneByHand:
        return Kind::StepKnown;
    case SessionAct::Pause:
        return Kind::Paused;
    case SessionAct::Continue:
        return Kind::Continued;
    case SessionAct::HandOver:
        return Kind::HandedOver;
    case SessionAct::TakeBack:
        return Kind::TakenBack;
    case SessionAct::Note:
        break;
    }
    return Kind::Note;
}

} // namespace

QCoro::Task<Result<SessionState>> act(SessionTools tools, SessionAct act, QString text)
{
    const Scene scene(tools.session->record());
    if (const QString why = whyNot(scene, act, text); !why.isEmpty())
        co_return refused(why);
    SessionEvent event;
    event.kind = kindOf(act);
    event.at = tools.clock->now();
    event.who = tools.who;
    event.text = text;
    if (scene.step) {
        event.step = scene.step->id;
        event.attempt = scene.state.steps[*scene.state.current].attempt;
    }
    auto written = co_await tools.session->write(event);
    if (!written)
        co_return tl::unexpected(std::move(written).error());
    co_return tools.session->record().state();
}

QCoro::Task<Result<SessionState>> abortSession(SessionTools tools, QString reason, std::stop_token stop)
{
    const Scene scene(tools.session->record());
    if (scene.state.over())
        co_return refused(u"the session is over"_s);
    SessionEvent event;
    event.who = tools.who;
    if (scene.step && scene.status == StepStatus::Running) {
        event.step = scene.step->id;
        event.attempt = scene.state.steps[*scene.state.current].attempt;
        const HostJob job { *scene.record.procedure.hostOf(*scene.step),
            jobId(scene.record.id, event.step, event.attempt) };
        auto seen = co_await tools.hand->end(job, stop);
        if (!seen)
            co_return tl::unexpected(std::move(seen).error());
        event.kind = seen->state == HostJobState::Ended ? Kind::StepEnded : Kind::StepLost;
        event.exit = seen->exit;
        event.text = u"ended by a person"_s;
        event.at = tools.clock->now();
        auto told = co_await tools.session->write(event);
        if (!told)
            co_return tl::unexpected(std::move(told).error());
    }
    event.kind = Kind::Aborted;
    event.at = tools.clock->now();
    event.text = reason;
    auto written = co_await tools.session->write(event);
    if (!written)
        co_return tl::unexpected(std::move(written).error());
    co_return tools.session->record().state();
}

} // namespace tidemark
