#include "labclient/practicelabprogram.h"

#include "ports/once.h"

#include <QDir>
#include <QProcess>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using Line = std::function<void(QString)>;

struct DeleteLater {
    void operator()(QProcess *process) const
    {
        process->disconnect();
        process->kill();
        process->deleteLater();
    }
};

void passLines(QProcess *process, const Line &line)
{
    while (process->canReadLine()) {
        if (line)
            line(QString::fromLocal8Bit(process->readLine()).chopped(1));
    }
}

ErrorKind kindOf(int exitCode)
{
    switch (exitCode) {
    case 2:
        return ErrorKind::Invalid;
    case 3:
        return ErrorKind::NotFound;
    case 4:
        return ErrorKind::Conflict;
    default:
        return ErrorKind::Internal;
    }
}

// The program ends its message with the code in brackets: "tidemark-lab: … [lab.space]".
Error errorOf(int exitCode, const QString &words)
{
    static const QRegularExpression pattern(u"\\A(?:tidemark-lab: )?(.*) \\[([a-z.-]+)\\]\\s*\\z"_s,
        QRegularExpression::DotMatchesEverythingOption);
    const auto match = pattern.match(words);
    if (match.hasMatch())
        return { kindOf(exitCode), match.captured(2), match.captured(1) };
    return { kindOf(exitCode), u"lab.failed"_s, words.trimmed() };
}

Result<> outcomeOf(QProcess *process)
{
    if (process->exitStatus() != QProcess::NormalExit)
        return failure(
            ErrorKind::Internal, u"lab.crashed"_s, process->program() + u" was ended by a signal"_s);
    if (process->exitCode() == 0)
        return {};
    return tl::unexpected(
        errorOf(process->exitCode(), QString::fromLocal8Bit(process->readAllStandardError())));
}

class PracticeLabProgram : public PracticeLab, public std::enable_shared_from_this<PracticeLabProgram>
{
public:
    explicit PracticeLabProgram(const QString &programPath)
        : m_program(programPath)
    {
    }

    QCoro::Task<Result<QString>> up(QString folder, Line line, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        const QStringList arguments { u"up"_s, u"--"_s, folder };
        const auto done = co_await run(arguments, line, stop);
        if (!done)
            co_return tl::unexpected(done.error());
        co_return QDir(folder).absoluteFilePath(u"fleet.yaml"_s);
    }

    QCoro::Task<Result<>> down(QString folder, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        const QStringList arguments { u"down"_s, u"--"_s, folder };
        const Line nobody;
        co_return co_await run(arguments, nobody, stop);
    }

private:
    QCoro::Task<Result<>> run(QStringList arguments, Line line, std::stop_token stop) const
    {
        const Once<Result<>> done;
        const std::unique_ptr<QProcess, DeleteLater> owner(new QProcess);
        QProcess *process = owner.get();
        QObject::connect(process, &QProcess::readyReadStandardOutput, process,
            [process, line] { passLines(process, line); });
        QObject::connect(process, &QProcess::finished, process, [process, line, done] {
            passLines(process, line);
            done.settle(outcomeOf(process));
        });
        QObject::connect(
            process, &QProcess::errorOccurred, process, [process, done](QProcess::ProcessError what) {
                if (what == QProcess::FailedToStart)
                    done.settle(failure(ErrorKind::NotFound, u"lab.program"_s,
                        process->program() + u": "_s + process->errorString()));
            });
        const auto end = [process, done] {
            done.settle(failure(ErrorKind::Cancelled, u"lab.cancelled"_s, u"stopped on request"_s));
            process->kill();
        };
        process->start(m_program, arguments);
        process->closeWriteChannel();
        const std::stop_callback onStop(stop, end);
        auto outcome = co_await done;
        co_return outcome;
    }

    QString m_program;
};

} // namespace

std::shared_ptr<PracticeLab> makePracticeLab(const QString &programPath)
{
    return std::make_shared<PracticeLabProgram>(programPath);
}

} // namespace tidemark
