#pragma once

#include "fleet/fleet.h"
#include "ports/once.h"
#include "postgres/conninfo.h"
#include "ssh/sshchild.h"
#include "ssh/tunnelfolder.h"

#include <QObject>

namespace tidemark {

// One local end forwarded to one place by an ssh of the person's own, with their configuration, agent and
// jump hosts. Host keys are checked strictly and nothing is asked. A Unix socket's local end is a socket in a
// private folder; so is a TCP one that goes without TLS, which libpq does not speak over sockets. The ssh
// ends with the tunnel and with this program, however it ends.
class Tunnel : public QObject
{
    Q_OBJECT

public:
    // Errors are "ssh.…". TIDEMARK_SSH names another program than ssh, TIDEMARK_SSH_CONFIG another file than
    // ~/.ssh/config.
    [[nodiscard]] static QCoro::Task<Result<std::shared_ptr<Tunnel>>> open(
        Host via, Endpoint remote, bool withTls, std::chrono::milliseconds timeout, std::stop_token stop);

    // Where libpq is to knock: the remote name with our own address and port.
    [[nodiscard]] Endpoint localEnd() const { return m_local; }
    // Why the way is broken, if it is found to be within the time; nothing: it is not ssh's doing.
    [[nodiscard]] QCoro::Task<std::optional<Error>> broken(std::chrono::milliseconds limit);
    [[nodiscard]] qint64 processId() const;

private:
    Tunnel(Endpoint remote, bool bySocket);
    void start(const Host &via, std::chrono::milliseconds timeout);
    [[nodiscard]] QString forwardRule() const;

    Endpoint m_remote;
    Endpoint m_local;
    std::unique_ptr<TunnelFolder> m_folder;
    std::unique_ptr<SshChild> m_ssh;
};

// Whether ssh can be handed this place without taking it for something else.
[[nodiscard]] Result<> checkForward(const Endpoint &remote);

} // namespace tidemark
