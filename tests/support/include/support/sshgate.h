#pragma once

#include "fleet/fleet.h"
#include "hosts/hosts.h"
#include "support/sshserver.h"

#include <QTest>

namespace tidemark::test {

// One sshd of this machine, and the readers of a host behind it. It opens with the first of them.
class SshGate
{
public:
    // Further lines of sshd_config.
    explicit SshGate(QStringList lines = {})
        : m_lines(std::move(lines))
    {
    }
    // As the account it lets in, or as one that sudo leads to.
    [[nodiscard]] static Host host(const QString &runAs = {})
    {
        Host host;
        host.name = QStringLiteral("gate");
        host.ssh = QStringLiteral("gate");
        host.runAs = runAs;
        return host;
    }
    [[nodiscard]] std::shared_ptr<HostReader> reader(const QString &runAs = {})
    {
        if (!m_client)
            open();
        return m_readers->of(host(runAs));
    }
    void killServer() { m_server->killWholly(); }
    void startServer()
    {
        m_server->start();
        waitForIt();
    }

private:
    void open()
    {
        m_client = std::make_unique<SshClient>(m_folder.filePath(QStringLiteral("client")));
        m_server = std::make_unique<SshServer>(
            m_folder.filePath(QStringLiteral("sshd")), m_client->publicKeyFile(), m_lines);
        waitForIt();
        m_client->know(QStringLiteral("gate"), m_server->publicKey());
        m_client->addHost(QStringLiteral("gate"), m_server->port(), { QStringLiteral("HostKeyAlias gate") });
        qputenv("TIDEMARK_SSH_CONFIG", m_client->configFile().toUtf8());
    }
    void waitForIt()
    {
        if (!QTest::qWaitFor([this] { return m_server->answers(); }, 10'000))
            qWarning() << m_server->words() << "sshd does not answer";
    }

    QStringList m_lines;
    TemporaryFolder m_folder;
    std::unique_ptr<SshClient> m_client;
    std::unique_ptr<SshServer> m_server;
    std::shared_ptr<HostReaders> m_readers = makeHostReaders();
};

} // namespace tidemark::test
