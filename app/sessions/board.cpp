#include "sessions/board.h"

#include "procedure/masking.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

constexpr qsizetype MostHeard = 512 << 10;

} // namespace

JournalBoard::JournalBoard(Parts parts, QObject *parent)
    : SessionBoard(parent)
    , m_parts(std::move(parts))
    , m_tasks(m_parts.inFlight)
{
    m_tell.setSingleShot(true);
    m_tell.setInterval(100ms);
    connect(&m_tell, &QTimer::timeout, this, &SessionBoard::changed);
}

// The steps under way go on by themselves.
JournalBoard::~JournalBoard()
{
    for (const auto &[id, own] : m_own)
        own->stop.request_stop();
}

void JournalBoard::tellSoon()
{
    if (!m_tell.isActive())
        m_tell.start();
}

SessionTools JournalBoard::toolsFor(const std::shared_ptr<OpenSession> &session) const
{
    return { session, m_parts.hand, m_parts.clock, m_parts.who, {} };
}

void JournalBoard::show(BoardSession session)
{
    const QString id = session.record.id;
    const auto next = std::make_shared<const BoardSession>(std::move(session));
    const auto place = std::ranges::lower_bound(
        m_sessions, id, std::greater(), [](const auto &one) { return one->record.id; });
    if (place != m_sessions.end() && (*place)->record.id == id)
        *place = next;
    else
        m_sessions.insert(place, next);
    tellSoon();
}

void JournalBoard::lookAgain()
{
    m_tasks.start(m_parts.journal->list(),
        [this](Result<std::vector<SessionRecord>> records) { listed(std::move(records)); });
}

void JournalBoard::listed(Result<std::vector<SessionRecord>> records)
{
    if (!records)
        return;
    for (SessionRecord &record : *records) {
        if (m_own.contains(record.id))
            continue;
        const auto known = find(record.id);
        const bool same = known && known->record.events == record.events && known->record.busy == record.busy
            && known->record.trouble == record.trouble;
        if (!same) {
            BoardSession seen;
            if (const auto trouble = m_troubles.find(record.id); trouble != m_troubles.end())
                seen.trouble = trouble->second;
            seen.record = record;
            show(std::move(seen));
        }
        if (!record.busy && record.trouble.isEmpty())
            askHost(record);
    }
}

// What became of a step that was under way when its console ended.
void JournalBoard::askHost(const SessionRecord &record)
{
    const SessionState state = record.state();
    if (!state.current || state.steps[*state.current].status != StepStatus::Running)
        return;
    const Step &step = record.procedure.steps[*state.current];
    const auto host = record.procedure.hostOf(step);
    if (!host)
        return;
    const HostJob job { *host, jobId(record.id, step.id, state.steps[*state.current].attempt) };
    const auto told = [this, id = record.id, step = step.id](const Result<JobSeen> &seen) {
        const auto known = find(id);
        if (!known || m_own.contains(id))
            return;
        BoardSession next = *known;
        next.away = seen ? std::nullopt : std::optional(seen.error());
        if (seen) {
            next.found = seen->state;
            next.heard = masked(seen->output);
            next.heardOf = step;
        }
        show(std::move(next));
    };
    m_tasks.start(m_parts.hand->look(job, 0, 0ms, m_tasks.token()), told);
}

QCoro::Task<Result<QString>> JournalBoard::begin(Procedure procedure)
{
    auto session = co_await m_parts.journal->begin(procedure, m_parts.clock->now());
    if (!session)
        co_return tl::unexpected(std::move(session).error());
    run(*session);
    co_return (*session)->record().id;
}

// The one that runs here, else the journal's.
QCoro::Task<Result<std::shared_ptr<OpenSession>>> JournalBoard::held(QString id)
{
    if (const auto own = m_own.find(id); own != m_own.end())
        co_return own->second->session;
    auto session = co_await m_parts.journal->open(id);
    co_return session;
}

QCoro::Task<Result<>> JournalBoard::goOn(QString id)
{
    if (m_own.contains(id))
        co_return Result<>();
    auto session = co_await m_parts.journal->open(id);
    if (!session)
        co_return tl::unexpected(std::move(session).error());
    run(*session);
    co_return Result<>();
}

QCoro::Task<Result<>> JournalBoard::decide(QString id, SessionAct act, QString text)
{
    const bool runs = m_own.contains(id);
    auto session = co_await held(id);
    if (!session)
        co_return tl::unexpected(std::move(session).error());
    auto state = co_await tidemark::act(toolsFor(*session), act, text);
    if (!state)
        co_return tl::unexpected(std::move(state).error());
    if (runs)
        heard(id, {}); // shows what was written
    else
        run(*session);
    co_return Result<>();
}

QCoro::Task<Result<>> JournalBoard::abort(QString id, QString reason)
{
    auto session = co_await held(id);
    if (!session)
        co_return tl::unexpected(std::move(session).error());
    if (const auto found = m_own.find(id); found != m_own.end()) {
        const auto own = found->second;
        if (own->stop.stop_requested())
            co_return failure(ErrorKind::Conflict, u"session.refused"_s, u"it is being aborted already"_s);
        own->stop.request_stop();
        co_await own->done;
    }
    const std::stop_token nobody; // what was begun is ended
    auto state = co_await abortSession(toolsFor(*session), reason, nobody);
    if (!state)
        co_return tl::unexpected(std::move(state).error());
    BoardSession seen;
    seen.record = (*session)->record();
    m_own.erase(id);
    show(std::move(seen));
    co_return Result<>();
}

QCoro::Task<Result<QByteArray>> JournalBoard::evidence(QString id, QString name)
{
    auto bytes = co_await m_parts.journal->evidence(id, name);
    co_return bytes;
}

void JournalBoard::run(const std::shared_ptr<OpenSession> &session)
{
    const QString id = session->record().id;
    const auto own = std::make_shared<Own>();
    own->session = session;
    own->seen.ours = true;
    own->seen.record = session->record();
    own->seen.record.busy = true;
    m_own[id] = own;
    m_troubles.erase(id);
    show(own->seen);
    SessionTools tools = toolsFor(session);
    // A run that was stopped tells nothing more.
    tools.told = [this, id, stopped = own->stop.get_token()](const SessionNews &news) {
        if (!stopped.stop_requested())
            heard(id, news);
    };
    m_tasks.start(runSession(std::move(tools), own->stop.get_token()),
        [this, id, own](const Result<SessionState> &state) {
            own->done.settle(true);
            if (!own->stop.stop_requested())
                ended(id, state);
        });
}

void JournalBoard::heard(const QString &id, const SessionNews &news)
{
    const auto found = m_own.find(id);
    if (found == m_own.end())
        return;
    Own &own = *found->second;
    if (!news.step.isEmpty()) {
        if (news.step != own.seen.heardOf)
            own.seen.heard.clear();
        own.seen.heardOf = news.step;
        own.seen.away = news.away;
        own.seen.heard += news.output;
        if (own.seen.heard.size() > 2 * MostHeard)
            own.seen.heard.remove(0, own.seen.heard.size() - MostHeard);
    }
    own.seen.record = own.session->record();
    own.seen.record.busy = true;
    show(own.seen);
}

void JournalBoard::ended(const QString &id, const Result<SessionState> &state)
{
    const auto found = m_own.find(id);
    if (found == m_own.end())
        return;
    BoardSession seen = found->second->seen;
    seen.record = found->second->session->record();
    seen.record.busy = false;
    seen.ours = false;
    seen.away.reset();
    if (!state) {
        seen.trouble = state.error();
        m_troubles.insert_or_assign(id, state.error());
    }
    m_own.erase(found); // another console may go on with it now
    show(std::move(seen));
}

} // namespace tidemark
