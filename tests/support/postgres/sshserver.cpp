#include "support/sshserver.h"

#include "lab/cluster.h"
#include "lab/unprivileged.h"

#include <QDir>
#include <QFile>
#include <QTcpSocket>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

namespace tidemark::test {

namespace {

void makeKey(const QString &file)
{
    QProcess keygen;
    keygen.start(u"ssh-keygen"_s, { u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, QString(), u"-f"_s, file });
    keygen.waitForFinished();
}

QString textOf(const QString &file)
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? QString::fromUtf8(opened.readAll()).trimmed() : QString();
}

QString loginName()
{
    const auto account = lab::accountToDropTo();
    return account ? account->name : qEnvironmentVariable("USER", qEnvironmentVariable("LOGNAME"));
}

} // namespace

QList<qint64> processTree(qint64 root)
{
    QList<qint64> tree { root };
    for (const QString &entry : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        QFile stat(u"/proc/%1/stat"_s.arg(entry));
        if (entry.toLongLong() <= 0 || !stat.open(QIODevice::ReadOnly))
            continue;
        const QByteArray text = stat.readAll();
        const auto fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
        if (fields.value(1).toLongLong() == root)
            tree += processTree(entry.toLongLong());
    }
    return tree;
}

SshServer::SshServer(const QString &folder, const QString &authorizedKeys, const QStringList &lines)
    : m_folder(folder)
    , m_port(lab::freePort())
{
    QDir().mkpath(folder);
    makeKey(folder + u"/hostkey"_s);
    QFile::copy(authorizedKeys, folder + u"/authorized_keys"_s);
    QFile config(folder + u"/sshd_config"_s);
    if (config.open(QIODevice::WriteOnly)) {
        config.write(lines.join(u'\n').toUtf8()
            + u"\nListenAddress 127.0.0.1\nPort %1\nHostKey %2/hostkey\nPidFile none\nUsePAM no\n"
              "StrictModes no\nAuthorizedKeysFile %2/authorized_keys\nPasswordAuthentication no\n"
              "KbdInteractiveAuthentication no\nPermitTTY no\nLogLevel ERROR\n"_s.arg(m_port)
                  .arg(folder)
                  .toUtf8());
    }
    config.close();
    static_cast<void>(lab::giveAway(folder));
    lab::dropRights(m_process);
    start();
}

void SshServer::start()
{
    m_process.start(u"/usr/sbin/sshd"_s, { u"-D"_s, u"-e"_s, u"-f"_s, m_folder + u"/sshd_config"_s });
    m_process.waitForStarted();
}

SshServer::~SshServer()
{
    killWholly();
}

bool SshServer::answers() const
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(m_port));
    return socket.waitForConnected(200) && socket.waitForReadyRead(2000);
}

QString SshServer::publicKey() const
{
    return textOf(m_folder + u"/hostkey.pub"_s).section(u' ', 0, 1);
}

void SshServer::killWholly()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    for (const qint64 process : processTree(m_process.processId()))
        ::kill(static_cast<pid_t>(process), SIGKILL);
    m_process.waitForFinished();
}

SshClient::SshClient(const QString &folder)
    : m_folder(folder)
{
    QDir().mkpath(folder);
    makeKey(folder + u"/id"_s);
    append(u"known_hosts"_s, QString());
    append(u"config"_s, QString());
}

void SshClient::append(const QString &file, const QString &text) const
{
    QFile opened(m_folder + u'/' + file);
    if (opened.open(QIODevice::Append))
        opened.write(text.toUtf8());
}

void SshClient::know(const QString &name, const QString &publicKey)
{
    append(u"known_hosts"_s, name + u' ' + publicKey + u'\n');
}

void SshClient::addHost(const QString &name, int port, const QStringList &lines)
{
    append(u"config"_s,
        u"Host %1\n%2\nHostName 127.0.0.1\nPort %3\nUser %4\nIdentityFile %5/id\nIdentitiesOnly yes\n"
        "IdentityAgent none\nUserKnownHostsFile %5/known_hosts\nGlobalKnownHostsFile /dev/null\n"_s.arg(
            name, lines.join(u'\n'), QString::number(port), loginName(), m_folder));
}

} // namespace tidemark::test
