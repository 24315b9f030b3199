#include "postgres/dial.h"

#include "postgres/errors.h"

#include <QDeadlineTimer>

#include <algorithm>
#include <array>
#include <cerrno>
#include <netdb.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace tidemark {

Interrupt::Interrupt()
    : m_descriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
}

Interrupt::~Interrupt()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

void Interrupt::raise() const
{
    static_cast<void>(eventfd_write(m_descriptor, 1));
}

Result<QList<QByteArray>> addressesOf(const QByteArray &host)
{
    addrinfo hints {};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *first = nullptr;
    if (const int code = getaddrinfo(host.constData(), nullptr, &hints, &first); code != 0)
        return failure(ErrorKind::Unreachable, u"pg.name"_s,
            QString::fromUtf8(host) + u": "_s + QString::fromLocal8Bit(gai_strerror(code)));
    QList<QByteArray> addresses;
    for (const addrinfo *one = first; one; one = one->ai_next) {
        std::array<char, NI_MAXHOST> text {};
        if (getnameinfo(one->ai_addr, one->ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST)
                == 0
            && !addresses.contains(text.data()))
            addresses.append(text.data());
    }
    freeaddrinfo(first);
    return addresses;
}

namespace {

Connection begin(const Target &target, const Endpoint &at)
{
    auto parameters = target.parameters;
    parameters.insert("host", at.host);
    parameters.insert("hostaddr", at.address);
    parameters.insert("port", at.port);
    if (target.preferStandby())
        parameters.insert("target_session_attrs", "any");
    std::vector<const char *> keys;
    std::vector<const char *> values;
    for (auto it = parameters.cbegin(); it != parameters.cend(); ++it) {
        keys.push_back(it.key().constData());
        values.push_back(it.value().constData());
    }
    if (!target.password.isEmpty()) {
        keys.push_back("password");
        values.push_back(target.password.reveal().constData());
    }
    keys.push_back(nullptr);
    values.push_back(nullptr);
    return Connection(PQconnectStartParams(keys.data(), values.data(), 0));
}

enum class Wait { Ready, TimedOut, Interrupted };

Wait waitFor(int socket, short events, const Interrupt &interrupt, const QDeadlineTimer &deadline)
{
    std::array<pollfd, 2> both { pollfd { socket, events, 0 }, pollfd { interrupt.descriptor(), POLLIN, 0 } };
    for (;;) {
        const int left = static_cast<int>(std::clamp<qint64>(deadline.remainingTime(), 0, 60'000));
        const int woken = poll(both.data(), both.size(), left);
        if (both[1].revents != 0)
            return Wait::Interrupted;
        if (woken > 0)
            return Wait::Ready;
        if (woken == 0 && deadline.hasExpired())
            return Wait::TimedOut;
        if (woken < 0 && errno != EINTR)
            return Wait::Ready;
    }
}

ConnectStage stageOf(ConnStatusType status)
{
    switch (status) {
    case CONNECTION_STARTED:
    case CONNECTION_NEEDED:
        return ConnectStage::Reaching;
    case CONNECTION_SSL_STARTUP:
        return ConnectStage::Tls;
    case CONNECTION_CHECK_WRITABLE:
    case CONNECTION_CHECK_TARGET:
    case CONNECTION_CHECK_STANDBY:
        return ConnectStage::Checking;
    default: // the server is reached and has not let us in yet
        return ConnectStage::Talking;
    }
}

Error whyNot(PGconn *connection, ConnStatusType stage, const Endpoint &at, bool choosy)
{
    ConnectFailure failed;
    failed.stage = stageOf(stage);
    failed.words = QString::fromUtf8(PQerrorMessage(connection));
    // libpq checks what is wanted of the host in the same breath as it hears the password was right.
    if (choosy && failed.stage == ConnectStage::Talking && !failed.words.contains(u"closed the connection"))
        failed.stage = ConnectStage::Checking;
    failed.needsPassword = PQconnectionNeedsPassword(connection) != 0;
    failed.socket = at.isSocket();
    return connectError(failed);
}

Error tooLate(const Endpoint &at, std::chrono::milliseconds timeout)
{
    return { ErrorKind::Timeout, u"pg.timeout"_s,
        u"no answer from %1 port %2 within %3 s"_s.arg(
            QString::fromUtf8(at.address.isEmpty() ? at.host : at.address), QString::fromUtf8(at.port),
            QString::number(static_cast<double>(timeout.count()) / 1000)) };
}

} // namespace

Result<Connection> dial(const Target &target, const Endpoint &at, const std::shared_ptr<Interrupt> &interrupt)
{
    const QDeadlineTimer deadline(target.timeout);
    Connection connection = begin(target, at);
    if (!connection)
        return failure(ErrorKind::Internal, u"pg.memory"_s, u"out of memory"_s);
    // The only way to learn the SQLSTATE of a refusal: libpq writes it into its words.
    PQsetErrorVerbosity(connection.get(), PQERRORS_VERBOSE);
    auto next = PGRES_POLLING_WRITING;
    auto stage = CONNECTION_NEEDED;
    while (PQstatus(connection.get()) != CONNECTION_BAD && next != PGRES_POLLING_OK) {
        stage = PQstatus(connection.get());
        const short events = next == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        switch (waitFor(PQsocket(connection.get()), events, *interrupt, deadline)) {
        case Wait::Interrupted:
            return tl::unexpected(cancelled());
        case Wait::TimedOut:
            return tl::unexpected(tooLate(at, target.timeout));
        case Wait::Ready:
            break;
        }
        next = PQconnectPoll(connection.get());
    }
    if (PQstatus(connection.get()) == CONNECTION_BAD)
        return tl::unexpected(whyNot(connection.get(), stage, at, target.isChoosy()));
    PQsetErrorVerbosity(connection.get(), PQERRORS_DEFAULT);
    if (PQsetnonblocking(connection.get(), 1) != 0)
        return failure(
            ErrorKind::Internal, u"pg.memory"_s, QString::fromUtf8(PQerrorMessage(connection.get())));
    return connection;
}

} // namespace tidemark
