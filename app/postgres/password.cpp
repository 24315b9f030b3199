#include "postgres/password.h"

#include "ports/once.h"
#include "postgres/errors.h"

#include <QProcess>
#include <QTimer>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

tl::unexpected<Error> commandFailed(ErrorKind kind, const QString &why)
{
    return failure(kind, u"pg.password-command"_s, why);
}

// The command may have children that hold its output open; all of them are in one group.
void endGroup(QProcess &process)
{
    if (process.state() != QProcess::NotRunning && process.processId() > 0)
        ::kill(-static_cast<pid_t>(process.processId()), SIGKILL);
}

Result<Secret> readPassword(QProcess &process)
{
    QByteArray out = process.readAllStandardOutput();
    const QString words = QString::fromUtf8(process.readAllStandardError()).trimmed().left(500);
    const qsizetype end = out.indexOf('\n');
    Secret secret(out.left(end < 0 ? out.size() : end).trimmed());
    out.fill('\0');
    if (process.exitStatus() != QProcess::NormalExit)
        return commandFailed(ErrorKind::Denied, u"the password command was killed"_s);
    if (process.exitCode() != 0)
        return commandFailed(ErrorKind::Denied,
            u"the password command ended with %1: %2"_s.arg(QString::number(process.exitCode()), words));
    if (secret.isEmpty())
        return commandFailed(ErrorKind::NotFound, u"the password command printed nothing"_s);
    return secret;
}

} // namespace

QStringList commandLine(const QString &command)
{
    static const QString shellWords = u"|&;<>()$`\\\"'*?[]#~!{}\n"_s;
    for (const QChar c : command) {
        if (shellWords.contains(c))
            return { u"/bin/sh"_s, u"-c"_s, command };
    }
    return command.split(u' ', Qt::SkipEmptyParts);
}

QCoro::Task<Result<Secret>> passwordFromCommand(
    QString command, std::chrono::milliseconds limit, std::stop_token stop)
{
    QStringList words = commandLine(command);
    if (words.isEmpty())
        co_return commandFailed(ErrorKind::Invalid, u"the password command is empty"_s);
    const Once<Result<>> done;
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.setChildProcessModifier([] {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
    });
    QObject::connect(&process, &QProcess::finished, &process, [done] { done.settle(Result<>()); });
    QObject::connect(&process, &QProcess::errorOccurred, &process, [done, &process](auto error) {
        if (error == QProcess::FailedToStart)
            done.settle(commandFailed(ErrorKind::NotFound, process.errorString()));
    });
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &timer,
        [done] { done.settle(commandFailed(ErrorKind::Timeout, u"the password command does not end"_s)); });
    const std::stop_callback onStop(stop, [done] { done.settle(tl::unexpected(cancelled())); });
    const QString program = words.takeFirst();
    process.start(program, words);
    timer.start(limit);
    const auto ended = co_await done;
    endGroup(process);
    if (!ended)
        co_return tl::unexpected(ended.error());
    co_return readPassword(process);
}

QCoro::Task<Result<std::optional<Secret>>> passwordFor(
    ConnectSpec spec, std::optional<Secret> given, std::shared_ptr<SecretStore> secrets, std::stop_token stop)
{
    if (given)
        co_return given;
    if (!spec.passwordCommand.isEmpty()) {
        auto printed = co_await passwordFromCommand(spec.passwordCommand, 30s, stop);
        if (!printed)
            co_return tl::unexpected(std::move(printed).error());
        co_return std::optional(std::move(*printed));
    }
    if (spec.secret.isEmpty() || !secrets)
        co_return std::nullopt;
    auto kept = co_await secrets->read(spec.secret, stop);
    if (!kept)
        co_return tl::unexpected(std::move(kept).error());
    co_return std::optional(std::move(*kept));
}

} // namespace tidemark
