#include "postgres/connector.h"

#include "postgres/certificatecheck.h"
#include "postgres/dial.h"
#include "postgres/errors.h"
#include "postgres/offthread.h"
#include "postgres/password.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using Opened = Result<std::shared_ptr<PgSession>>;

struct Way {
    Target target;
    std::optional<Host> via;
    std::optional<std::chrono::milliseconds> statementTimeout;
};

SqlAbout aboutOf(const PGconn *connection, const Endpoint &asked, bool tunnelled)
{
    SqlAbout about;
    about.versionNumber = PQserverVersion(connection);
    about.backendPid = PQbackendPID(connection);
    about.host = asked.host.isEmpty() ? QString::fromUtf8(PQhost(connection)) : QString::fromUtf8(asked.host);
    about.port = QString::fromUtf8(asked.port);
    about.database = QString::fromUtf8(PQdb(connection));
    about.user = QString::fromUtf8(PQuser(connection));
    about.tls = PQsslInUse(const_cast<PGconn *>(connection)) != 0; // NOLINT: libpq's signature
    about.tlsVersion = about.tls
        ? QString::fromUtf8(PQsslAttribute(const_cast<PGconn *>(connection), "protocol")) // NOLINT
        : QString();
    about.tunnelled = tunnelled;
    return about;
}

QCoro::Task<Result<Connection>> reach(Target target, Endpoint at, std::stop_token stop)
{
    const auto interrupt = std::make_shared<Interrupt>();
    const std::stop_callback onStop(stop, [interrupt] { interrupt->raise(); });
    const auto dialled = offThread([target, at, interrupt] { return dial(target, at, interrupt); });
    auto connection = co_await dialled;
    co_return connection;
}

// A name server that does not answer is not waited for longer than a host would be.
QCoro::Task<Result<QList<QByteArray>>> resolve(
    QByteArray host, std::chrono::milliseconds limit, std::stop_token stop)
{
    const auto resolved = offThread([host] { return addressesOf(host); });
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &timer, [resolved, host] {
        resolved.settle(failure(ErrorKind::Unreachable, u"pg.name"_s,
            QString::fromUtf8(host) + u": the name server does not answer"_s));
    });
    timer.start(limit);
    const std::stop_callback onStop(stop, [resolved] { resolved.settle(tl::unexpected(cancelled())); });
    auto addresses = co_await resolved;
    co_return addresses;
}

// Whether another address or host may do better.
bool worthAnother(const Error &error)
{
    return error.kind == ErrorKind::Unreachable || error.kind == ErrorKind::Timeout;
}

Error both(const std::optional<Error> &earlier, Error later)
{
    if (earlier && earlier->detail != later.detail)
        later.detail = earlier->detail + u'\n' + later.detail;
    return later;
}

QCoro::Task<Opened> knockDirectly(Way way, Endpoint at, std::stop_token stop)
{
    QList<QByteArray> addresses { at.address };
    if (!at.isSocket() && at.address.isEmpty()) {
        auto resolved = co_await resolve(at.host, way.target.timeout, stop);
        if (!resolved)
            co_return tl::unexpected(std::move(resolved).error());
        addresses = *resolved;
    }
    std::optional<Error> last;
    for (const QByteArray &address : addresses) {
        at.address = address;
        auto connection = co_await reach(way.target, at, stop);
        if (connection) {
            const SqlAbout about = aboutOf(connection->get(), at, false);
            co_return std::make_shared<PgSession>(
                std::move(*connection), nullptr, about, way.statementTimeout);
        }
        const Error refused = std::move(connection).error();
        const Error error = co_await explainTls(refused, at, way.target.parameters, stop);
        last = both(last, error);
        if (!worthAnother(*last))
            break;
    }
    co_return tl::unexpected(last.value_or(Error { ErrorKind::Unreachable, u"pg.name"_s, {} }));
}

QCoro::Task<Opened> knockThroughTunnel(Way way, Endpoint at, std::stop_token stop)
{
    const bool withTls = way.target.parameters.value("sslmode") != "disable";
    auto opened = co_await Tunnel::open(*way.via, at, withTls, way.target.timeout, stop);
    if (!opened)
        co_return tl::unexpected(std::move(opened).error());
    const std::shared_ptr<Tunnel> tunnel = *opened;
    if (way.target.password.isEmpty()) {
        const auto parameters = way.target.parameters;
        const auto looked = offThread([parameters, at] { return passwordFromFile(parameters, at); });
        way.target.password = co_await looked;
    }
    const Endpoint local = tunnel->localEnd();
    auto connection = co_await reach(way.target, local, stop);
    if (connection) {
        const SqlAbout about = aboutOf(connection->get(), at, true);
        co_return std::make_shared<PgSession>(std::move(*connection), tunnel, about, way.statementTimeout);
    }
    const Error refused = std::move(connection).error();
    Error error = co_await explainTls(refused, local, way.target.parameters, stop);
    if (worthAnother(error)) {
        const auto broken = co_await tunnel->broken(std::chrono::milliseconds(300));
        error = broken.value_or(error);
    }
    co_return tl::unexpected(error);
}

QCoro::Task<Opened> knockAtEach(Way way, std::stop_token stop)
{
    std::optional<Error> last;
    for (const Endpoint &at : way.target.endpoints) {
        Opened session = tl::unexpected(Error {});
        if (way.via)
            session = co_await knockThroughTunnel(way, at, stop);
        else
            session = co_await knockDirectly(way, at, stop);
        if (session)
            co_return session;
        last = both(last, std::move(session).error());
        if (!worthAnother(*last))
            break;
    }
    co_return tl::unexpected(last.value_or(Error { ErrorKind::Invalid, u"pg.uri"_s, u"no host"_s }));
}

// With prefer-standby the first round takes a standby only.
QCoro::Task<Opened> knock(Way way, std::stop_token stop)
{
    if (way.target.preferStandby()) {
        Way first = way;
        first.target.parameters.insert("target_session_attrs", "standby");
        auto session = co_await knockAtEach(first, stop);
        if (session || !worthAnother(session.error()))
            co_return session;
    }
    auto session = co_await knockAtEach(way, stop);
    co_return session;
}

// Servers before 14 do not know this limit and would refuse a session that names it from the start.
QCoro::Task<Result<>> limitIdling(
    std::shared_ptr<PgSession> session, std::chrono::milliseconds limit, std::stop_token stop)
{
    if (session->about().versionNumber < 140000)
        co_return Result<>();
    const SqlStatement statement { u"SELECT pg_catalog.set_config('idle_session_timeout', $1, false)"_s,
        { QString::number(limit.count()) } };
    auto done = co_await session->query(statement, stop);
    if (!done)
        co_return tl::unexpected(std::move(done).error());
    co_return Result<>();
}

} // namespace

QCoro::Task<Result<std::shared_ptr<SqlSession>>> PgConnector::connect(ConnectSpec spec,
    std::optional<Host> via, std::optional<Secret> password, SqlOptions options, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto described = offThread([spec, options] { return describeTarget(spec, options); });
    auto target = co_await described;
    if (!target)
        co_return tl::unexpected(std::move(target).error());
    auto secret = co_await passwordFor(spec, password, m_secrets, stop);
    if (!secret)
        co_return tl::unexpected(std::move(secret).error());
    if (*secret)
        target->password = std::move(**secret);
    if (via && via->ssh.isEmpty())
        via.reset();
    const Way way { std::move(*target), via, options.statementTimeout };
    auto session = co_await knock(way, stop);
    if (!session)
        co_return tl::unexpected(std::move(session).error());
    if (options.idleTimeout) {
        auto limited = co_await limitIdling(*session, *options.idleTimeout, stop);
        if (!limited)
            co_return tl::unexpected(std::move(limited).error());
    }
    co_return std::shared_ptr<SqlSession>(std::move(*session));
}

} // namespace tidemark
