#include "lab/cluster.h"

#include "lab/unprivileged.h"
#include "values/settingvalue.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace tidemark::lab {

QString postgresBinaries(int major)
{
    if (const QString chosen = qEnvironmentVariable("TIDEMARK_PG_BIN"); major == 0 && !chosen.isEmpty())
        return QFileInfo::exists(chosen + u"/initdb"_s) ? chosen : QString();
    const QDir root(u"/usr/lib/postgresql"_s);
    int newest = 0;
    for (const QString &name : root.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const int version = name.toInt();
        const bool wanted = major == 0 ? version > newest : version == major;
        if (wanted && QFileInfo::exists(root.filePath(name + u"/bin/initdb"_s)))
            newest = version;
    }
    if (newest != 0)
        return root.filePath(QString::number(newest) + u"/bin"_s);
    const QString onPath = QStandardPaths::findExecutable(u"initdb"_s);
    return major == 0 && !onPath.isEmpty() ? QFileInfo(onPath).canonicalPath() : QString();
}

Result<QByteArray> run(const QString &program, const QStringList &arguments, const QByteArray &input,
    int timeoutMs, const QMap<QString, QString> &environment)
{
    QProcess process;
    prepareTool(process);
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    variables.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    for (auto it = environment.begin(); it != environment.end(); ++it)
        variables.insert(it.key(), it.value());
    process.setProcessEnvironment(variables);
    process.setWorkingDirectory(u"/"_s);
    process.start(program, arguments);
    if (!process.waitForStarted())
        return failure(ErrorKind::NotFound, u"lab.program"_s, program + u": "_s + process.errorString());
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(timeoutMs)) {
        process.kill();
        process.waitForFinished();
        return failure(ErrorKind::Timeout, u"lab.timeout"_s, program);
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        const QString words = QString::fromUtf8(process.readAllStandardError()).trimmed();
        return failure(ErrorKind::Internal, u"lab.exit"_s,
            u"%1 ended with %2: %3"_s.arg(program, QString::number(process.exitCode()), words));
    }
    return process.readAllStandardOutput();
}

Cluster::Cluster(Options options)
    : m_options(std::move(options))
{
}

Cluster::~Cluster()
{
    if (!m_options.outlivesThis && running())
        static_cast<void>(stop(u"immediate"_s));
}

QString Cluster::dataDirectory() const
{
    return m_options.folder + u"/data"_s;
}

QString Cluster::socketFolder() const
{
    return m_options.sockets.isEmpty() ? m_options.folder : m_options.sockets;
}

QString Cluster::logFile() const
{
    return m_options.folder + u"/server.log"_s;
}

QString Cluster::binary(const QString &name) const
{
    return m_options.binaries + u'/' + name;
}

Result<QByteArray> Cluster::call(
    const QString &name, const QStringList &arguments, const QByteArray &input) const
{
    return run(binary(name), arguments, input, 120'000, m_options.environment);
}

Result<> Cluster::create()
{
    if (m_options.binaries.isEmpty())
        return failure(ErrorKind::NotFound, u"lab.no-postgres"_s, u"no PostgreSQL server is installed"_s);
    if (!QDir().mkpath(m_options.folder) || !giveAway(m_options.folder))
        return failure(ErrorKind::Denied, u"lab.folder"_s, m_options.folder);
    QStringList arguments { u"--no-sync"_s, u"--data-checksums"_s, u"--username=postgres"_s,
        u"--auth=trust"_s, u"--locale=C.UTF-8"_s, u"--encoding=UTF8"_s, u"-D"_s, dataDirectory() };
    arguments += m_options.initdb;
    auto made = call(u"initdb"_s, arguments);
    if (!made)
        return tl::unexpected(std::move(made).error());
    return writeConfiguration();
}

Result<> Cluster::configure(const QMap<QString, QString> &settings) const
{
    QByteArray text;
    for (auto it = settings.begin(); it != settings.end(); ++it)
        text += (it.key() + u" = "_s + settingValue(it.value()) + u'\n').toUtf8();
    QFile conf(dataDirectory() + u"/postgresql.conf"_s);
    if (!conf.open(QIODevice::Append) || conf.write(text) != text.size())
        return failure(ErrorKind::Denied, u"lab.write"_s, conf.fileName());
    return {};
}

Result<> Cluster::writeConfiguration() const
{
    QMap<QString, QString> settings {
        { u"port"_s, QString::number(m_options.port) },
        { u"listen_addresses"_s, m_options.tcp ? u"127.0.0.1"_s : QString() },
        { u"unix_socket_directories"_s, socketFolder() },
        { u"fsync"_s, u"off"_s },
        { u"shared_buffers"_s, u"16MB"_s },
        { u"log_timezone"_s, u"UTC"_s },
    };
    settings.insert(m_options.settings);
    if (auto written = configure(settings); !written)
        return written;
    QFile hba(dataDirectory() + u"/pg_hba.conf"_s);
    if (m_options.hba.isEmpty())
        return {};
    if (!hba.open(QIODevice::ReadWrite))
        return failure(ErrorKind::Denied, u"lab.write"_s, hba.fileName());
    const QByteArray before = m_options.hba.join(u'\n').toUtf8() + '\n' + hba.readAll();
    hba.seek(0);
    if (hba.write(before) != before.size())
        return failure(ErrorKind::Denied, u"lab.write"_s, hba.fileName());
    return {};
}

Result<> Cluster::start()
{
    auto started = call(u"pg_ctl"_s,
        { u"start"_s, u"-w"_s, u"-t"_s, u"60"_s, u"-s"_s, u"-D"_s, dataDirectory(), u"-l"_s, logFile() });
    if (started)
        return {};
    QFile log(logFile());
    Error error = std::move(started).error();
    if (log.open(QIODevice::ReadOnly))
        error.detail += u'\n' + QString::fromUtf8(log.readAll().right(2000));
    return tl::unexpected(error);
}

Result<> Cluster::stop(const QString &mode)
{
    auto stopped = call(u"pg_ctl"_s,
        { u"stop"_s, u"-w"_s, u"-t"_s, u"60"_s, u"-s"_s, u"-m"_s, mode, u"-D"_s, dataDirectory() });
    if (!stopped)
        return tl::unexpected(std::move(stopped).error());
    return {};
}

bool Cluster::running() const
{
    return QFileInfo::exists(dataDirectory() + u"/postmaster.pid"_s)
        && call(u"pg_ctl"_s, { u"status"_s, u"-D"_s, dataDirectory() }).has_value();
}

Result<QString> Cluster::psql(const QString &sql, const QString &database) const
{
    auto out = call(u"psql"_s,
        { u"-XAtq"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s, u"-h"_s, socketFolder(), u"-p"_s,
            QString::number(m_options.port), u"-U"_s, u"postgres"_s, u"-d"_s, database, u"-f"_s, u"-"_s },
        sql.toUtf8());
    if (!out)
        return tl::unexpected(std::move(out).error());
    return QString::fromUtf8(*out).trimmed();
}

Result<QByteArray> Cluster::tool(const QString &name, const QStringList &arguments) const
{
    QStringList all { u"-h"_s, socketFolder(), u"-p"_s, QString::number(m_options.port), u"-U"_s,
        u"postgres"_s };
    all += arguments;
    return call(name, all);
}

Result<QByteArray> Cluster::offlineTool(const QString &name, const QStringList &arguments) const
{
    return call(name, arguments);
}

int freePort()
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    int port = 0;
    if (fd >= 0 && bind(fd, generic, length) == 0 && getsockname(fd, generic, &length) == 0)
        port = ntohs(address.sin_port);
    if (fd >= 0)
        close(fd);
    return port;
}

} // namespace tidemark::lab
