#include "postgres/session.h"

#include "postgres/offthread.h"

#include <QSocketNotifier>
#include <QTimer>

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

constexpr auto Slice = 4ms; // of the event loop's time, at a stretch
constexpr auto CancelAgain = 250ms;
constexpr auto CancelLimit = 15s;
constexpr std::size_t NoticeLimit = 1000;

QCoro::Task<bool> within(Once<bool> once, std::chrono::milliseconds limit)
{
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &timer, [once] { once.settle(false); });
    timer.start(limit);
    const bool came = co_await once;
    co_return came;
}

bool sendCancel(PGcancel *cancel)
{
    std::array<char, 256> words {};
    const int sent = PQcancel(cancel, words.data(), static_cast<int>(words.size()));
    PQfreeCancel(cancel);
    return sent == 1;
}

} // namespace

// A cancel may overtake its statement or come between two of a pipeline, so it is repeated until all is
// answered.
struct PgSession::Cancelling {
    std::optional<Once<bool>> sent;
    QElapsedTimer since;
};

PgSession::PgSession(Connection connection, std::shared_ptr<Tunnel> tunnel, SqlAbout about,
    std::optional<std::chrono::milliseconds> statementTimeout)
    : m_connection(std::move(connection))
    , m_tunnel(std::move(tunnel))
    , m_about(std::move(about))
    , m_statementTimeout(statementTimeout)
{
    PQsetNoticeReceiver(m_connection.get(), &PgSession::hear, this);
}

PgSession::~PgSession() = default;

void PgSession::hear(void *self, const PGresult *notice)
{
    auto &notices = static_cast<PgSession *>(self)->m_notices;
    const auto part = [notice](int code) { return QString::fromUtf8(PQresultErrorField(notice, code)); };
    if (notices.size() == NoticeLimit)
        notices.erase(notices.begin());
    notices.push_back(
        { part(PG_DIAG_SEVERITY_NONLOCALIZED), part(PG_DIAG_SQLSTATE), part(PG_DIAG_MESSAGE_PRIMARY) });
}

std::vector<SqlNotice> PgSession::takeNotices()
{
    return std::exchange(m_notices, {});
}

SqlStatus PgSession::status() const
{
    if (!m_connection || PQstatus(m_connection.get()) == CONNECTION_BAD)
        return SqlStatus::Lost;
    switch (PQtransactionStatus(m_connection.get())) {
    case PQTRANS_INTRANS:
        return SqlStatus::InTransaction;
    case PQTRANS_INERROR:
        return SqlStatus::FailedTransaction;
    case PQTRANS_IDLE:
        return SqlStatus::Idle;
    case PQTRANS_ACTIVE:
        return SqlStatus::Busy;
    case PQTRANS_UNKNOWN:
        break;
    }
    return SqlStatus::Lost;
}

QCoro::Task<Result<SqlRows>> PgSession::query(SqlStatement statement, std::stop_token stop)
{
    const std::vector<SqlStatement> one { std::move(statement) };
    const Reader::Portion none;
    auto answers = co_await run(one, none, stop);
    co_return std::move(answers.front());
}

QCoro::Task<Result<SqlRows>> PgSession::stream(
    SqlStatement statement, std::function<void(SqlRows)> portion, std::stop_token stop)
{
    const std::vector<SqlStatement> one { std::move(statement) };
    auto answers = co_await run(one, portion, stop);
    co_return std::move(answers.front());
}

QCoro::Task<std::vector<Result<SqlRows>>> PgSession::pipeline(
    std::vector<SqlStatement> statements, std::stop_token stop)
{
    if (statements.empty())
        co_return Answers {};
    const Reader::Portion none;
    auto answers = co_await run(statements, none, stop);
    co_return answers;
}

QCoro::Task<PgSession::Answers> PgSession::run(
    std::vector<SqlStatement> statements, Reader::Portion portion, std::stop_token stop)
{
    const auto self = shared_from_this();
    const std::size_t count = statements.size();
    const auto turn = co_await takeTurn(m_queue, stop);
    if (!turn || stop.stop_requested())
        co_return Answers(count, tl::unexpected(cancelled()));
    if (!m_connection)
        co_return Answers(count, failure(ErrorKind::Unreachable, u"pg.closed"_s, u"the session is closed"_s));
    const auto reader
        = std::make_shared<Reader>(m_connection.get(), std::move(statements), std::move(portion));
    reader->setStatementTimeout(m_statementTimeout);
    const auto cancelling = std::make_shared<Cancelling>();
    auto ended = Reader::Step::Lost;
    if (reader->send())
        ended = co_await drive(reader, cancelling, stop);
    if (cancelling->sent) {
        // A late cancel must not meet the next statement.
        const Once<bool> sent = *cancelling->sent;
        static_cast<void>(co_await within(sent, CancelLimit));
        if (std::chrono::milliseconds(cancelling->since.elapsed()) > CancelLimit)
            ended = Reader::Step::Lost;
    }
    if (ended == Reader::Step::Lost) {
        const Error lost = co_await whyLost();
        reader->giveUp(lost);
        close();
    } else if (PQpipelineStatus(m_connection.get()) != PQ_PIPELINE_OFF) {
        PQexitPipelineMode(m_connection.get());
    }
    co_return reader->takeAnswers();
}

QCoro::Task<Reader::Step> PgSession::drive(
    std::shared_ptr<Reader> reader, std::shared_ptr<Cancelling> cancelling, std::stop_token stop)
{
    const auto self = shared_from_this();
    for (;;) {
        const Reader::Step step = reader->step(Slice);
        if (step == Reader::Step::Done || step == Reader::Step::Lost)
            co_return step;
        const int unsent = PQflush(m_connection.get());
        if (unsent < 0)
            co_return Reader::Step::Lost;
        const bool stopping = cancelling->sent.has_value();
        std::optional<std::chrono::milliseconds> atMost;
        if (step == Reader::Step::Pause)
            atMost = 0ms;
        else if (stopping)
            atMost = CancelAgain;
        const std::stop_token heard = stopping ? std::stop_token() : stop;
        const Wake woken = co_await wake(unsent == 1, atMost, heard);
        if (woken == Wake::Stop || (stopping && step != Reader::Step::Pause && woken == Wake::Timer)) {
            reader->noteCancel();
            askToCancel(*cancelling);
        }
        if (stopping && std::chrono::milliseconds(cancelling->since.elapsed()) > CancelLimit)
            co_return Reader::Step::Lost;
        if (woken == Wake::Socket && !consume())
            co_return Reader::Step::Lost;
    }
}

QCoro::Task<PgSession::Wake> PgSession::wake(
    bool unsent, std::optional<std::chrono::milliseconds> atMost, std::stop_token stop)
{
    const Once<Wake> woken;
    const int socket = PQsocket(m_connection.get());
    QSocketNotifier readable(socket, QSocketNotifier::Read);
    QObject::connect(&readable, &QSocketNotifier::activated, &readable, [&readable, woken] {
        readable.setEnabled(false);
        woken.settle(Wake::Socket);
    });
    QSocketNotifier writable(socket, QSocketNotifier::Write);
    writable.setEnabled(unsent);
    QObject::connect(&writable, &QSocketNotifier::activated, &writable, [&writable, woken] {
        writable.setEnabled(false);
        woken.settle(Wake::Socket);
    });
    // A timer even for no time at all: posted events alone would keep the loop from its other work.
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &timer, [woken] { woken.settle(Wake::Timer); });
    if (atMost)
        timer.start(*atMost);
    const std::stop_callback onStop(stop, [woken] { woken.settle(Wake::Stop); });
    const Wake how = co_await woken;
    co_return how;
}

bool PgSession::consume()
{
    if (PQconsumeInput(m_connection.get()) != 1)
        return false;
    while (PGnotify *told = PQnotifies(m_connection.get()))
        PQfreemem(told); // nothing here listens
    return true;
}

void PgSession::askToCancel(Cancelling &cancelling) const
{
    if (!cancelling.sent)
        cancelling.since.start();
    else if (!cancelling.sent->settled())
        return; // the last one is still on its way
    PGcancel *cancel = PQgetCancel(m_connection.get());
    cancelling.sent = offThread([cancel] { return cancel && sendCancel(cancel); });
}

QCoro::Task<Error> PgSession::whyLost()
{
    const auto self = shared_from_this();
    Error lost = lostError(QString::fromUtf8(PQerrorMessage(m_connection.get())));
    if (!m_tunnel)
        co_return lost;
    const auto broken = co_await m_tunnel->broken(1s);
    co_return broken.value_or(lost);
}

void PgSession::close()
{
    m_connection.reset();
    m_tunnel.reset();
}

} // namespace tidemark
