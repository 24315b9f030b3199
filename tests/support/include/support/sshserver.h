#pragma once

#include "support/temporaryfolder.h"

#include <QProcess>
#include <QStringList>

#include <memory>

namespace tidemark::test {

// OpenSSH's server on loopback with a host key of its own, for the account the lab's servers run as.
class SshServer
{
public:
    // `keys`: the folder of an SshClient. Further lines of sshd_config go first.
    SshServer(const QString &folder, const QString &authorizedKeys, const QStringList &lines = {});
    SshServer(const SshServer &) = delete;
    SshServer &operator=(const SshServer &) = delete;
    ~SshServer();

    [[nodiscard]] bool answers() const;
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] QString publicKey() const; // "ssh-ed25519 AAAA…"
    [[nodiscard]] QByteArray words() { return m_process.readAllStandardError(); }
    // The server and every session of it, at once.
    void killWholly();
    void start(); // again, on the same port

private:
    QString m_folder;
    int m_port;
    QProcess m_process;
};

// A person's side: a key pair, known_hosts and a configuration of its own.
class SshClient
{
public:
    explicit SshClient(const QString &folder);
    [[nodiscard]] QString publicKeyFile() const { return m_folder + QStringLiteral("/id.pub"); }
    void know(const QString &name, const QString &publicKey);
    // One Host section: HostName 127.0.0.1, our key, our known_hosts, and further lines, which go first.
    void addHost(const QString &name, int port, const QStringList &lines = {});
    [[nodiscard]] QString configFile() const { return m_folder + QStringLiteral("/config"); }

private:
    void append(const QString &file, const QString &text) const;
    QString m_folder;
};

// The process and all its descendants.
[[nodiscard]] QList<qint64> processTree(qint64 root);

} // namespace tidemark::test
