#include "ssh/sshcall.h"

#include <QRegularExpression>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace tidemark {

QString sshProgram()
{
    return qEnvironmentVariable("TIDEMARK_SSH", u"ssh"_s);
}

Result<> checkDestination(const QString &destination)
{
    static const QRegularExpression sane(u"^[^-\\s\\x00-\\x1f\\x7f][^\\s\\x00-\\x1f\\x7f]*$"_s);
    if (sane.match(destination).hasMatch() && !destination.contains(u"@-"))
        return {};
    return failure(ErrorKind::Invalid, u"ssh.destination"_s,
        u"\"%1\" cannot be an ssh destination"_s.arg(destination.simplified()));
}

QStringList sshOptions(std::chrono::milliseconds timeout)
{
    const auto seconds = std::max<qint64>(1, std::chrono::ceil<std::chrono::seconds>(timeout).count());
    const QStringList options { u"BatchMode=yes"_s, u"StrictHostKeyChecking=yes"_s,
        u"ServerAliveInterval=15"_s, u"ServerAliveCountMax=3"_s, u"PermitLocalCommand=no"_s,
        u"RemoteCommand=none"_s, u"ForwardAgent=no"_s, u"ForwardX11=no"_s, u"Tunnel=no"_s,
        u"GatewayPorts=no"_s, u"StreamLocalBindMask=0177"_s, u"ForkAfterAuthentication=no"_s,
        u"ConnectTimeout=%1"_s.arg(seconds) };
    QStringList arguments { u"-T"_s };
    for (const QString &option : options)
        arguments << u"-o"_s << option;
    if (const QString config = qEnvironmentVariable("TIDEMARK_SSH_CONFIG"); !config.isEmpty())
        arguments << u"-F"_s << config;
    return arguments;
}

void dieWithParent(pid_t parent)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(125);
}

} // namespace tidemark
