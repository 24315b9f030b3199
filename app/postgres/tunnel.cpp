#include "postgres/tunnel.h"

#include "postgres/errors.h"
#include "ssh/sshcall.h"

#include <QRegularExpression>
#include <QTimer>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

constexpr int Tries = 3; // another process may take the port between our choice and ssh's

QByteArray freeLoopbackPort()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    QByteArray port = "0";
    if (socket >= 0 && bind(socket, generic, length) == 0 && getsockname(socket, generic, &length) == 0)
        port = QByteArray::number(ntohs(address.sin_port));
    if (socket >= 0)
        ::close(socket);
    return port;
}

QStringList fixedOptions(std::chrono::milliseconds timeout)
{
    QStringList arguments { u"-v"_s, u"-N"_s, u"-o"_s, u"ExitOnForwardFailure=yes"_s, u"-o"_s,
        u"ControlMaster=no"_s, u"-o"_s, u"ControlPath=none"_s };
    return arguments + sshOptions(timeout);
}

} // namespace

Result<> checkForward(const Endpoint &remote)
{
    static const QRegularExpression name(u"^[A-Za-z0-9_][A-Za-z0-9._-]*$"_s);
    static const QRegularExpression address(u"^[0-9A-Fa-f:.]+$"_s);
    static const QRegularExpression path(u"^/[A-Za-z0-9/._+@=,-]*$"_s);
    const QString host = QString::fromUtf8(remote.address.isEmpty() ? remote.host : remote.address);
    const bool port = remote.port.toUInt() > 0 && remote.port.toUInt() < 65536;
    if (port
        && (path.match(host).hasMatch() || name.match(host).hasMatch() || address.match(host).hasMatch()))
        return {};
    return failure(ErrorKind::Invalid, u"ssh.forward-target"_s,
        u"\"%1\" port \"%2\" cannot be forwarded to by ssh"_s.arg(
            host.simplified(), QString::fromUtf8(remote.port)));
}

Tunnel::Tunnel(Endpoint remote, bool bySocket)
    : m_remote(std::move(remote))
{
    m_local = m_remote;
    if (bySocket) {
        m_folder = TunnelFolder::make();
        m_local.host = m_folder->path().toUtf8();
        m_local.address.clear();
        m_local.port = "5432";
    } else {
        m_local.address = "127.0.0.1";
        m_local.port = freeLoopbackPort();
    }
}

qint64 Tunnel::processId() const
{
    return m_ssh ? m_ssh->processId() : 0;
}

QString Tunnel::forwardRule() const
{
    const auto place = [](const Endpoint &end) {
        const QString port = QString::fromUtf8(end.port);
        const QString host = QString::fromUtf8(end.address.isEmpty() ? end.host : end.address);
        if (end.isSocket())
            return host + u"/.s.PGSQL."_s + port;
        return (host.contains(u':') ? u'[' + host + u']' : host) + u':' + port;
    };
    return place(m_local) + u':' + place(m_remote);
}

void Tunnel::start(const Host &via, std::chrono::milliseconds timeout)
{
    const QString ownEnd
        = m_folder ? m_folder->socketFile() : u"127.0.0.1:"_s + QString::fromUtf8(m_local.port);
    m_ssh = std::make_unique<SshChild>(SshWords(ownEnd), &SshWords::ready);
    QStringList arguments = fixedOptions(timeout);
    arguments << u"-L"_s << forwardRule() << u"--"_s << via.ssh;
    m_ssh->start(arguments);
}

QCoro::Task<Result<std::shared_ptr<Tunnel>>> Tunnel::open(
    Host via, Endpoint remote, bool withTls, std::chrono::milliseconds timeout, std::stop_token stop)
{
    if (remote.host.isEmpty())
        remote.host = "/var/run/postgresql";
    if (auto fine = checkDestination(via.ssh); !fine)
        co_return tl::unexpected(std::move(fine).error());
    if (auto fine = checkForward(remote); !fine)
        co_return tl::unexpected(std::move(fine).error());
    for (int attempt = 1;; ++attempt) {
        const std::shared_ptr<Tunnel> tunnel(new Tunnel(remote, remote.isSocket() || !withTls));
        tunnel->start(via, timeout);
        auto how = co_await tunnel->m_ssh->opened(timeout, stop);
        if (how)
            co_return tunnel;
        if (how.error().kind == ErrorKind::Cancelled)
            co_return tl::unexpected(cancelled());
        if (how.error().code != u"ssh.forward" || attempt == Tries)
            co_return tl::unexpected(std::move(how).error());
    }
}

QCoro::Task<std::optional<Error>> Tunnel::broken(std::chrono::milliseconds limit)
{
    const auto known = [this]() -> std::optional<Error> {
        if (m_ssh->ended())
            return m_ssh->words().reason();
        return m_ssh->words().refusal();
    };
    const Once<bool> heard;
    QTimer timer;
    timer.setSingleShot(true);
    connect(&timer, &QTimer::timeout, &timer, [heard] { heard.settle(true); });
    timer.start(limit);
    QTimer look;
    connect(&look, &QTimer::timeout, &look, [heard, known] {
        if (known())
            heard.settle(true);
    });
    look.start(20ms);
    static_cast<void>(co_await heard);
    co_return known();
}

} // namespace tidemark
