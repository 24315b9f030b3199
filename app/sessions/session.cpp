#include "sessions/session.h"

#include "ports/backoff.h"
#include "ports/sleep.h"
#include "procedure/masking.h"
#include "sessions/stepoutput.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

using Kind = SessionEvent::Kind;
using Done = Result<>;

constexpr auto Patience = 10s; // of one look at a job
constexpr auto Breath = 150ms; // between two looks at one that talks
constexpr int MostAttempts = 3; // of a step that gets lost again and again

// One step of a session, from its beginning to the line in the journal that says how it ended.
class Run : public std::enable_shared_from_this<Run>
{
public:
    Run(SessionTools tools, std::size_t place)
        : m_tools(std::move(tools))
        , m_step(record().procedure.steps[place])
        , m_progress(record().state().steps[place])
    {
    }
    [[nodiscard]] QCoro::Task<Done> go(std::stop_token stop);

private:
    [[nodiscard]] const SessionRecord &record() const { return m_tools.session->record(); }
    [[nodiscard]] QCoro::Task<Done> write(Kind kind, QString text = {}, int exit = 0);
    [[nodiscard]] QCoro::Task<Result<JobSeen>> watched(bool start, qint64 from, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<JobSeen>> follow(std::stop_token stop);
    [[nodiscard]] QCoro::Task<Done> keepOutput();
    [[nodiscard]] QCoro::Task<Done> ended(int exit);
    [[nodiscard]] QCoro::Task<Done> lost(std::stop_token stop);
    [[nodiscard]] QCoro::Task<Done> lookFirst(std::stop_token stop);
    [[nodiscard]] HostJob job() const
    {
        return { *record().procedure.hostOf(m_step), jobId(record().id, m_step.id, m_progress.attempt) };
    }
    // Told in whole lines, so that no secret is cut in two and missed.
    void hear(const QByteArray &bytes, bool toTheEnd)
    {
        m_output.add(bytes);
        m_untold += bytes;
        const qsizetype end = toTheEnd ? m_untold.size() : m_untold.lastIndexOf('\n') + 1;
        if (end > 0)
            tell({ m_step.id, masked(m_untold.left(end)), {} });
        m_untold.remove(0, end);
    }
    void tell(const SessionNews &news) const
    {
        if (m_tools.told)
            m_tools.told(news);
    }

    SessionTools m_tools;
    const Step m_step;
    StepProgress m_progress;
    StepOutput m_output;
    QByteArray m_untold;
    QString m_evidence;
    QString m_sum;
};

QCoro::Task<Done> Run::write(Kind kind, QString text, int exit)
{
    const auto self = shared_from_this();
    SessionEvent event { kind, m_tools.clock->now(), m_tools.who, m_step.id, m_progress.attempt, exit,
        std::move(text), m_evidence, m_sum };
    auto written = co_await m_tools.session->write(event);
    co_return written;
}

// A host that does not answer is asked again, for as long as it takes: the step goes on there.
QCoro::Task<Result<JobSeen>> Run::watched(bool start, qint64 from, std::stop_token stop)
{
    const auto self = shared_from_this();
    for (int failures = 1;; ++failures) {
        Result<JobSeen> seen;
        if (start)
            seen = co_await m_tools.hand->start(job(), m_step.command.toUtf8(), stop);
        else
            seen = co_await m_tools.hand->look(job(), from, Patience, stop);
        if (seen)
            co_return seen;
        const ErrorKind kind = seen.error().kind;
        if (kind != ErrorKind::Unreachable && kind != ErrorKind::Timeout)
            co_return seen;
        tell({ m_step.id, {}, seen.error() });
        const auto pause = backoff(failures);
        const bool goesOn = co_await sleepOr(pause, stop);
        if (!goesOn)
            co_return failure(ErrorKind::Cancelled, u"session.stopped"_s, u"stopped"_s);
    }
}

QCoro::Task<Result<JobSeen>> Run::follow(std::stop_token stop)
{
    const auto self = shared_from_this();
    auto seen = co_await watched(m_progress.status != StepStatus::Running, 0, stop);
    if (seen && seen->state == HostJobState::NotStarted)
        seen = co_await watched(true, 0, stop); // the console ended between the journal and the host
    while (seen) {
        const bool more = m_output.size() + seen->output.size() < seen->size;
        const bool over = !more && seen->state != HostJobState::Running;
        hear(seen->output, over);
        if (over)
            co_return seen;
        if (!more) {
            const bool goesOn = co_await sleepOr(Breath, stop);
            if (!goesOn)
                co_return failure(ErrorKind::Cancelled, u"session.stopped"_s, u"stopped"_s);
        }
        seen = co_await watched(false, m_output.size(), stop);
    }
    co_return seen;
}

QCoro::Task<Done> Run::keepOutput()
{
    const auto self = shared_from_this();
    m_evidence = u"%1.%2.txt"_s.arg(m_step.id).arg(m_progress.attempt);
    auto sum = co_await m_tools.session->keep(m_evidence, masked(m_output.text()));
    if (!sum)
        co_return tl::unexpected(std::move(sum).error());
    m_sum = *sum;
    co_return Done();
}

QCoro::Task<Done> Run::ended(int exit)
{
    const auto self = shared_from_this();
    auto written = co_await keepOutput();
    if (written)
        written = co_await write(Kind::StepEnded, QString(), exit);
    if (!written)
        co_return written;
    const std::stop_token nobody;
    static_cast<void>(co_await m_tools.hand->forget(job(), nobody)); // what stays there does no harm
    co_return written;
}

QCoro::Task<Done> Run::lost(std::stop_token stop)
{
    const auto self = shared_from_this();
    auto written = co_await keepOutput();
    if (written)
        written = co_await write(Kind::StepLost, u"its job is gone, and nothing says how it ended"_s);
    if (!written || m_step.repeat == Repeatability::Never || m_progress.attempt >= MostAttempts)
        co_return written;
    if (m_step.repeat == Repeatability::LookFirst)
        written = co_await lookFirst(stop);
    else
        written = co_await write(Kind::Again, u"may be repeated"_s);
    co_return written;
}

QCoro::Task<Done> Run::lookFirst(std::stop_token stop)
{
    const auto self = shared_from_this();
    const Host host = *record().procedure.hostOf(m_step);
    auto said = co_await m_tools.hand->ask(host, m_step.look.toUtf8(), stop);
    if (!said)
        co_return tl::unexpected(std::move(said).error());
    Done written;
    if (said->exit == 0)
        written = co_await write(Kind::StepKnown, u"looked: its effect is there"_s);
    else if (said->exit == 1)
        written = co_await write(Kind::Again, u"looked: it had not begun"_s);
    co_return written;
}

QCoro::Task<Done> Run::go(std::stop_token stop)
{
    const auto self = shared_from_this();
    tell({ m_step.id, {}, {} });
    if (m_progress.status != StepStatus::Running) {
        ++m_progress.attempt;
        auto written = co_await write(Kind::StepBegan);
        if (!written)
            co_return written;
    }
    auto seen = co_await follow(stop);
    if (!seen)
        co_return tl::unexpected(std::move(seen).error());
    Done written;
    if (seen->state == HostJobState::Ended)
        written = co_await ended(seen->exit);
    else
        written = co_await lost(stop);
    co_return written;
}

bool hasEnded(const SessionRecord &record)
{
    return std::ranges::any_of(
        record.events, [](const SessionEvent &event) { return event.kind == Kind::Ended; });
}

} // namespace

QString jobId(const QString &session, const QString &step, int attempt)
{
    return u"%1.%2.%3"_s.arg(session, step).arg(attempt);
}

QCoro::Task<Result<SessionState>> runSession(SessionTools tools, std::stop_token stop)
{
    const SessionRecord &record = tools.session->record();
    if (record.events.empty()) {
        SessionEvent began { Kind::Began, tools.clock->now(), tools.who, {}, 0, 0, {}, {}, {} };
        auto written = co_await tools.session->write(began);
        if (!written)
            co_return tl::unexpected(std::move(written).error());
    }
    SessionState state = record.state();
    while (state.status == SessionStatus::Running) {
        const auto run = std::make_shared<Run>(tools, *state.current);
        auto done = co_await run->go(stop);
        if (!done)
            co_return tl::unexpected(std::move(done).error());
        state = record.state();
    }
    if (state.status == SessionStatus::Ended && !hasEnded(record)) {
        SessionEvent ended { Kind::Ended, tools.clock->now(), tools.who, {}, 0, 0, {}, {}, {} };
        auto written = co_await tools.session->write(ended);
        if (!written)
            co_return tl::unexpected(std::move(written).error());
    }
    co_return record.state();
}

} // namespace tidemark
