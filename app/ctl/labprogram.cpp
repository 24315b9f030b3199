#include "ctl/labprogram.h"

#include "ports/once.h"

#include <QProcess>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

// Tells whole lines as they come and keeps all of it.
class Output
{
public:
    explicit Output(std::function<void(QString)> line)
        : m_line(std::move(line))
    {
    }
    void take(QProcess &process)
    {
        m_all += process.readAllStandardOutput();
        for (qsizetype end = m_all.indexOf('\n', m_told); end >= 0; end = m_all.indexOf('\n', m_told)) {
            if (m_line)
                m_line(QString::fromUtf8(m_all.mid(m_told, end - m_told)));
            m_told = end + 1;
        }
    }
    [[nodiscard]] QString all() const { return QString::fromUtf8(m_all); }

private:
    std::function<void(QString)> m_line;
    QByteArray m_all;
    qsizetype m_told = 0;
};

class LabProcess : public LabProgram
{
public:
    explicit LabProcess(QString program)
        : m_program(std::move(program))
    {
    }
    QCoro::Task<Result<ProgramEnd>> run(
        QStringList arguments, std::function<void(QString)> line, std::stop_token stop) override
    {
        const QString program = m_program;
        QProcess process;
        Output output(std::move(line));
        const Once<Result<int>> done;
        QObject::connect(
            &process, &QProcess::readyReadStandardOutput, &process, [&] { output.take(process); });
        QObject::connect(
            &process, &QProcess::finished, &process, [done](int code, QProcess::ExitStatus status) {
                if (status == QProcess::NormalExit)
                    done.settle(code);
                else
                    done.settle(failure(ErrorKind::Internal, u"lab.crashed"_s, u"tidemark-lab was killed"_s));
            });
        QObject::connect(
            &process, &QProcess::errorOccurred, &process, [done, program](QProcess::ProcessError e) {
                if (e == QProcess::FailedToStart)
                    done.settle(failure(ErrorKind::NotFound, u"lab.no-program"_s, program));
            });
        const std::stop_callback onStop(stop, [&process] { process.terminate(); });
        process.start(program, arguments);
        auto code = co_await done;
        if (!code)
            co_return tl::unexpected(code.error());
        output.take(process);
        co_return ProgramEnd { *code, output.all(), QString::fromUtf8(process.readAllStandardError()) };
    }

private:
    QString m_program;
};

} // namespace

std::shared_ptr<LabProgram> makeLabProgram(const QString &program)
{
    return std::make_shared<LabProcess>(program);
}

} // namespace tidemark::ctl
