#include "ctl/commands.h"
#include "ctl/sessionwords.h"
#include "ctl/words.h"
#include "procedure/procedurejson.h"
#include "sessions/session.h"

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

// Tells what happens as lines, once for each step that begins.
class Telling
{
public:
    Telling(std::shared_ptr<OpenSession> session, std::function<void(QString)> line)
        : m_session(std::move(session))
        , m_line(std::move(line))
    {
    }
    void news(const SessionNews &news)
    {
        if (news.step != m_step)
            began(news.step);
        if (news.away && !m_away)
            m_line(
                u"      the host cannot be asked, the step goes on there: %1"_s.arg(errorWords(*news.away)));
        m_away = news.away.has_value();
        m_rest += news.output;
        for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n')) {
            m_line(u"      "_s + safe(QString::fromUtf8(m_rest.left(end)), 400));
            m_rest.remove(0, end + 1);
        }
    }

private:
    void began(const QString &id)
    {
        m_step = id;
        const auto &steps = m_session->record().procedure.steps;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (steps[i].id == id)
                m_line(u"[%1/%2] %3: %4"_s.arg(i + 1).arg(steps.size()).arg(id, safe(steps[i].title)));
        }
    }

    std::shared_ptr<OpenSession> m_session;
    std::function<void(QString)> m_line;
    QString m_step;
    QByteArray m_rest;
    bool m_away = false;
};

SessionTools toolsFor(std::shared_ptr<OpenSession> session, const Tools &tools)
{
    SessionTools parts { session, tools.hand, tools.clock, tools.who, {} };
    if (tools.progress) {
        const auto telling = std::make_shared<Telling>(session, tools.progress);
        parts.told = [telling](const SessionNews &news) { telling->news(news); };
    }
    return parts;
}

QCoro::Task<Answer> runOn(SessionTools parts, std::stop_token stop)
{
    const auto state = co_await runSession(parts, stop);
    if (!state)
        co_return failed(state.error());
    co_return sessionAnswer(parts.session->record());
}

struct Act {
    QString option;
    SessionAct act;
};

// What the options say a person decided; a mistake is words.
QString decided(const Call &call, std::vector<std::pair<SessionAct, QString>> &acts)
{
    static const std::vector<Act> known { { u"confirm"_s, SessionAct::Confirm },
        { u"retry"_s, SessionAct::Retry }, { u"skip"_s, SessionAct::Skip },
        { u"done"_s, SessionAct::DoneByHand } };
    QStringList given;
    for (const Act &one : known) {
        if (!call.has(one.option))
            continue;
        given << u"--"_s + one.option;
        acts.emplace_back(one.act, call.options[one.option]);
    }
    return given.size() > 1 ? u"%1 cannot be said together"_s.arg(given.join(u" and "_s)) : QString();
}

// Resuming takes back what was handed over or paused.
std::optional<SessionAct> goingOn(SessionStatus status)
{
    if (status == SessionStatus::Paused)
        return SessionAct::Continue;
    if (status == SessionStatus::HandedOver)
        return SessionAct::TakeBack;
    return {};
}

} // namespace

QCoro::Task<Answer> sessionRun(Call call, Tools tools, std::stop_token stop)
{
    const auto bytes = co_await tools.files->read(call.operands.front(), stop);
    if (!bytes)
        co_return failed(bytes.error());
    const auto procedure = procedureFromJson(*bytes);
    if (!procedure)
        co_return failed(procedure.error());
    const auto session = co_await tools.journal->begin(*procedure, tools.clock->now());
    if (!session)
        co_return failed(session.error());
    if (tools.progress)
        tools.progress(u"session %1: %2"_s.arg((*session)->record().id, safe(procedure->title)));
    co_return co_await runOn(toolsFor(*session, tools), stop);
}

QCoro::Task<Answer> sessionResume(Call call, Tools tools, std::stop_token stop)
{
    std::vector<std::pair<SessionAct, QString>> acts;
    const QString mistake = decided(call, acts);
    if (!mistake.isEmpty())
        co_return misused(mistake);
    const auto session = co_await tools.journal->open(call.operands.front());
    if (!session)
        co_return failed(session.error());
    const SessionTools parts = toolsFor(*session, tools);
    if (const auto first = goingOn((*session)->record().state().status))
        acts.insert(acts.begin(), { *first, QString() });
    for (const auto &[what, text] : acts) {
        const auto done = co_await act(parts, what, text);
        if (!done)
            co_return failed(done.error());
    }
    co_return co_await runOn(parts, stop);
}

QCoro::Task<Answer> sessionAbort(Call call, Tools tools, std::stop_token stop)
{
    const auto session = co_await tools.journal->open(call.operands.front());
    if (!session)
        co_return failed(session.error());
    const auto state
        = co_await abortSession(toolsFor(*session, tools), call.options.value(u"reason"_s), stop);
    if (!state)
        co_return failed(state.error());
    co_return sessionAnswer((*session)->record());
}

QCoro::Task<Answer> sessionUndo(Call call, Tools tools, std::stop_token stop)
{
    const auto record = co_await tools.journal->read(call.operands.front());
    if (!record)
        co_return failed(record.error());
    if (!record->trouble.isEmpty() || !record->state().over())
        co_return misused(u"the session is not over: abort it first"_s);
    const Procedure procedure = undoProcedure(record->procedure, record->state());
    if (procedure.steps.empty())
        co_return misused(u"nothing of it can be taken back"_s);
    const auto session = co_await tools.journal->begin(procedure, tools.clock->now());
    if (!session)
        co_return failed(session.error());
    co_return co_await runOn(toolsFor(*session, tools), stop);
}

QCoro::Task<Answer> sessionHandOver(Call call, Tools tools, std::stop_token stop)
{
    Q_UNUSED(stop)
    const auto session = co_await tools.journal->open(call.operands.at(0));
    if (!session)
        co_return failed(session.error());
    const auto done = co_await act(toolsFor(*session, tools), SessionAct::HandOver, call.operands.at(1));
    if (!done)
        co_return failed(done.error());
    co_return sessionAnswer((*session)->record());
}

QCoro::Task<Answer> sessionNote(Call call, Tools tools, std::stop_token stop)
{
    Q_UNUSED(stop)
    const auto session = co_await tools.journal->open(call.operands.at(0));
    if (!session)
        co_return failed(session.error());
    const auto done = co_await act(toolsFor(*session, tools), SessionAct::Note, call.operands.at(1));
    if (!done)
        co_return failed(done.error());
    co_return sessionAnswer((*session)->record());
}

} // namespace tidemark::ctl
