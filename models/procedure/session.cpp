#include "procedure/session.h"

#include <QHash>

#include <algorithm>

namespace tidemark {

namespace {

using Kind = SessionEvent::Kind;

// Goes through the journal once.
class Fold
{
public:
    explicit Fold(const Procedure &procedure)
        : m_procedure(procedure)
    {
        m_state.steps.resize(procedure.steps.size());
        for (std::size_t i = 0; i < procedure.steps.size(); ++i)
            m_places.insert(procedure.steps[i].id, i);
    }

    void take(const SessionEvent &event)
    {
        switch (event.kind) {
        case Kind::Began:
            m_state.began = event.at;
            return;
        case Kind::Paused:
            m_paused = true;
            return;
        case Kind::Continued:
            m_paused = false;
            return;
        case Kind::HandedOver:
            m_handedOver = true;
            return;
        case Kind::TakenBack:
            m_handedOver = false;
            return;
        case Kind::Aborted:
            m_aborted = true;
            m_state.ended = event.at;
            return;
        case Kind::Ended:
            m_state.ended = event.at;
            return;
        case Kind::Note:
            return;
        case Kind::StepBegan:
        case Kind::StepEnded:
        case Kind::StepLost:
        case Kind::StepKnown:
        case Kind::Again:
        case Kind::Skipped:
        case Kind::Confirmed:
            if (const auto place = m_places.constFind(event.step); place != m_places.cend())
                takeStep(event, m_state.steps[*place]);
        }
    }

    SessionState finish()
    {
        const auto open = std::ranges::find_if(m_state.steps, [](const StepProgress &step) {
            return step.status != StepStatus::Done && step.status != StepStatus::Skipped;
        });
        if (open != m_state.steps.end())
            m_state.current = std::size_t(open - m_state.steps.begin());
        m_state.skipped = int(std::ranges::count(m_state.steps, StepStatus::Skipped, &StepProgress::status));
        m_state.status = status();
        return std::move(m_state);
    }

private:
    static void takeStep(const SessionEvent &event, StepProgress &step)
    {
        step.text = event.text;
        switch (event.kind) {
        case Kind::StepBegan:
            step.status = StepStatus::Running;
            step.attempt = event.attempt;
            step.began = event.at;
            step.ended.reset();
            step.exit.reset();
            return;
        case Kind::StepEnded:
            step.status = event.exit == 0 ? StepStatus::Done : StepStatus::Failed;
            step.exit = event.exit;
            step.evidence = event.evidence;
            break;
        case Kind::StepLost:
            step.status = StepStatus::Lost;
            break;
        case Kind::Skipped:
            step.status = StepStatus::Skipped;
            break;
        case Kind::Again:
            step.status = StepStatus::Due;
            return;
        default: // known, confirmed
            step.status = StepStatus::Done;
            break;
        }
        step.ended = event.at;
        if (!step.began)
            step.began = event.at;
    }

    [[nodiscard]] SessionStatus status() const
    {
        if (m_aborted)
            return SessionStatus::Aborted;
        if (m_handedOver)
            return SessionStatus::HandedOver;
        if (!m_state.current)
            return SessionStatus::Ended;
        const StepStatus current = m_state.steps[*m_state.current].status;
        if (current == StepStatus::Failed || current == StepStatus::Lost)
            return SessionStatus::NeedsPerson;
        if (current == StepStatus::Running)
            return SessionStatus::Running;
        if (m_paused)
            return SessionStatus::Paused;
        const StepKind kind = m_procedure.steps[*m_state.current].kind;
        return kind == StepKind::Confirm || kind == StepKind::ByHand ? SessionStatus::NeedsPerson
                                                                     : SessionStatus::Running;
    }

    const Procedure &m_procedure;
    QHash<QString, std::size_t> m_places;
    SessionState m_state;
    bool m_paused = false;
    bool m_handedOver = false;
    bool m_aborted = false;
};

} // namespace

SessionState sessionState(const Procedure &procedure, const std::vector<SessionEvent> &events)
{
    Fold fold(procedure);
    for (const SessionEvent &event : events)
        fold.take(event);
    return fold.finish();
}

Procedure undoProcedure(const Procedure &procedure, const SessionState &state)
{
    Procedure undo;
    undo.kind = QStringLiteral("undo");
    undo.title = QStringLiteral("Take back: ") + procedure.title;
    undo.cluster = procedure.cluster;
    undo.environment = procedure.environment;
    undo.hosts = procedure.hosts;
    for (std::size_t i = procedure.steps.size(); i-- > 0;) {
        const Step &done = procedure.steps[i];
        if (done.undo.isEmpty() || state.steps[i].status == StepStatus::Due
            || state.steps[i].status == StepStatus::Skipped)
            continue;
        Step step;
        step.id = QStringLiteral("undo.") + done.id;
        step.phase = QStringLiteral("Take back");
        step.title = QStringLiteral("Take back: ") + done.title;
        step.why = done.leaves;
        step.host = done.host;
        step.command = done.undo;
        step.danger = Danger::Destroys;
        undo.steps.push_back(step);
    }
    if (undo.steps.empty())
        return undo;
    Step ask;
    ask.id = QStringLiteral("undo");
    ask.phase = QStringLiteral("Take back");
    ask.title = QStringLiteral("Remove what was made");
    ask.why = QStringLiteral("There is no way back from it: ")
        + leftBehind(procedure, state).join(QStringLiteral("; "));
    ask.kind = StepKind::Confirm;
    ask.typed = procedure.cluster;
    ask.danger = Danger::Destroys;
    undo.steps.insert(undo.steps.begin(), ask);
    return undo;
}

QStringList leftBehind(const Procedure &procedure, const SessionState &state)
{
    QStringList left;
    for (std::size_t i = 0; i < procedure.steps.size(); ++i) {
        const bool begun = state.steps[i].attempt > 0 || state.steps[i].status == StepStatus::Done;
        if (begun && !procedure.steps[i].leaves.isEmpty())
            left += procedure.steps[i].leaves;
    }
    return left;
}

} // namespace tidemark
