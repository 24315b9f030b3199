#include "ctl/sessionwords.h"

#include "ctl/table.h"
#include "ctl/words.h"
#include "values/duration.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

const Step *currentStep(const SessionRecord &record, const SessionState &state)
{
    return state.current ? &record.procedure.steps[*state.current] : nullptr;
}

bool wentWrong(const SessionState &state)
{
    if (!state.current)
        return false;
    const StepStatus status = state.steps[*state.current].status;
    return status == StepStatus::Failed || status == StepStatus::Lost;
}

QString statusWord(SessionStatus status)
{
    switch (status) {
    case SessionStatus::Running:
        return u"running"_s;
    case SessionStatus::Paused:
        return u"paused"_s;
    case SessionStatus::NeedsPerson:
        return u"needs-person"_s;
    case SessionStatus::HandedOver:
        return u"handed-over"_s;
    case SessionStatus::Aborted:
        return u"aborted"_s;
    case SessionStatus::Ended:
        break;
    }
    return u"ended"_s;
}

QString tookWords(const StepProgress &progress)
{
    if (!progress.began || !progress.ended)
        return u"-"_s;
    const auto took = *progress.ended - *progress.began;
    return u"%1 s"_s.arg(QString::number(double(took.count()) / 1e6, 'f', 1));
}

QString whatToDo(const SessionRecord &record, const SessionState &state, const Step &step)
{
    const QString resume = u"tidemarkctl session resume "_s + record.id;
    if (wentWrong(state))
        return u"look at it, then: %1 --retry | --done WHAT | --skip REASON"_s.arg(resume);
    if (step.kind == StepKind::ByHand)
        return u"do it, then: %1 --confirm WHAT"_s.arg(resume);
    if (step.typed.isEmpty())
        return u"when it may go on: %1 --confirm yes"_s.arg(resume);
    return u"when it may go on: %1 --confirm %2"_s.arg(resume, safe(step.typed));
}

QString waitingWords(const SessionRecord &record, const SessionState &state)
{
    const Step *step = currentStep(record, state);
    const StepProgress &progress = state.steps[*state.current];
    QString why = u"waits for a person at %1"_s.arg(step->id);
    if (progress.status == StepStatus::Failed)
        why = u"%1 failed with %2"_s.arg(step->id).arg(progress.exit.value_or(-1));
    if (progress.status == StepStatus::Lost)
        why = u"nobody knows how %1 ended"_s.arg(step->id);
    return u"%1: %2; %3"_s.arg(why, safe(step->title), whatToDo(record, state, *step));
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue orNull(const std::optional<Instant> &time)
{
    return time ? QJsonValue(time->toIso()) : QJsonValue();
}

QJsonObject stepJson(const Step &step, const StepProgress &progress)
{
    return { { u"step"_s, step.id }, { u"phase"_s, step.phase }, { u"title"_s, step.title },
        { u"host"_s, orNull(step.host) }, { u"status"_s, stepWord(progress.status) },
        { u"attempt"_s, progress.attempt }, { u"began"_s, orNull(progress.began) },
        { u"ended"_s, orNull(progress.ended) },
        { u"exit"_s, progress.exit ? QJsonValue(*progress.exit) : QJsonValue() },
        { u"text"_s, orNull(progress.text) }, { u"evidence"_s, orNull(progress.evidence) } };
}

} // namespace

QString stepWord(StepStatus status)
{
    switch (status) {
    case StepStatus::Due:
        return u"due"_s;
    case StepStatus::Running:
        return u"running"_s;
    case StepStatus::Done:
        return u"done"_s;
    case StepStatus::Failed:
        return u"failed"_s;
    case StepStatus::Lost:
        return u"lost"_s;
    case StepStatus::Skipped:
        break;
    }
    return u"skipped"_s;
}

QString sessionWord(const SessionRecord &record)
{
    if (!record.trouble.isEmpty())
        return u"unreadable"_s;
    const SessionState state = record.state();
    if (state.status == SessionStatus::Running && !record.busy)
        return u"interrupted"_s;
    if (state.status == SessionStatus::Ended && !state.whole())
        return u"ended, incomplete"_s;
    return wentWrong(state) && !state.over() ? u"step failed"_s : statusWord(state.status);
}

Level sessionLevel(const SessionRecord &record)
{
    const SessionState state = record.state();
    if (!record.trouble.isEmpty() || state.status == SessionStatus::Aborted
        || (wentWrong(state) && !state.over()))
        return Level::Critical;
    return state.whole() ? Level::Ok : Level::Warning;
}

QString sessionSummary(const SessionRecord &record)
{
    if (!record.trouble.isEmpty())
        return u"session %1 cannot be believed: %2"_s.arg(record.id, safe(record.trouble));
    const SessionState state = record.state();
    const QString resume = u"tidemarkctl session resume "_s + record.id;
    switch (state.status) {
    case SessionStatus::Running:
        return record.busy ? u"session %1 runs"_s.arg(record.id)
                           : u"session %1 is interrupted; to go on: %2"_s.arg(record.id, resume);
    case SessionStatus::Paused:
        return u"session %1 is paused; to go on: %2"_s.arg(record.id, resume);
    case SessionStatus::NeedsPerson:
        return u"session %1: %2"_s.arg(record.id, waitingWords(record, state));
    case SessionStatus::HandedOver:
        return u"session %1 is with a person; to take it back: %2"_s.arg(record.id, resume);
    case SessionStatus::Aborted:
        return u"session %1 was aborted"_s.arg(record.id);
    case SessionStatus::Ended:
        break;
    }
    if (state.whole())
        return u"session %1 ended, every step is done"_s.arg(record.id);
    return u"session %1 ended, %2 left out"_s.arg(record.id, counted(state.skipped, u"step"_s));
}

QJsonObject sessionJson(const SessionRecord &record)
{
    const SessionState state = record.state();
    QJsonArray steps;
    for (std::size_t i = 0; i < state.steps.size(); ++i)
        steps << stepJson(record.procedure.steps[i], state.steps[i]);
    const Step *current = currentStep(record, state);
    return { { u"session"_s, record.id }, { u"title"_s, record.procedure.title },
        { u"kind"_s, record.procedure.kind }, { u"cluster"_s, orNull(record.procedure.cluster) },
        { u"state"_s, statusWord(state.status) }, { u"whole"_s, state.whole() }, { u"busy"_s, record.busy },
        { u"trouble"_s, orNull(record.trouble) }, { u"began"_s, orNull(state.began) },
        { u"ended"_s, orNull(state.ended) },
        { u"current"_s, current ? QJsonValue(current->id) : QJsonValue() },
        { u"leftBehind"_s, QJsonArray::fromStringList(leftBehind(record.procedure, state)) },
        { u"steps"_s, steps } };
}

Answer sessionAnswer(const SessionRecord &record)
{
    Answer answer;
    answer.level = sessionLevel(record);
    const QString summary = sessionSummary(record);
    answer.text = levelWord(answer.level) + u": "_s + summary + u'\n';
    const SessionState state = record.state();
    QList<QStringList> rows;
    for (std::size_t i = 0; i < state.steps.size(); ++i) {
        const Step &step = record.procedure.steps[i];
        const StepProgress &progress = state.steps[i];
        rows << QStringList { step.id, stepWord(progress.status), tookWords(progress),
            safe(progress.text.isEmpty() ? step.title : step.title + u" – "_s + progress.text) };
    }
    answer.text += table({ u"STEP"_s, u"STATUS"_s, u"TOOK"_s, u"WHAT"_s }, rows);
    for (const QString &left : leftBehind(record.procedure, state))
        answer.text += u"left behind: %1\n"_s.arg(safe(left));
    answer.json = sessionJson(record);
    answer.json.insert(u"status"_s, levelWord(answer.level));
    answer.json.insert(u"summary"_s, summary);
    return answer;
}

} // namespace tidemark::ctl
