#include "hands/hosthand.h"

#include "hands/jobscripts.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

constexpr auto CallLimit = 90s; // a call waits no longer than its patience, or for a job to end
constexpr auto AskLimit = 10min;

Result<JobSeen> readSeen(const HostOutput &output)
{
    const qsizetype end = output.out.indexOf('\n');
    const QByteArrayList words = output.out.left(end).split(' ');
    if (output.exit != 0 || end < 0 || words.size() != 3)
        return failure(ErrorKind::Protocol, u"hand.no-job"_s,
            QString::fromUtf8(output.err.isEmpty() ? output.out.left(200) : output.err).trimmed());
    JobSeen seen;
    if (words[0] == "none")
        seen.state = HostJobState::NotStarted;
    else if (words[0] == "running" || words[0] == "begins")
        seen.state = HostJobState::Running;
    else
        seen.state = words[0] == "ended" ? HostJobState::Ended : HostJobState::Lost;
    seen.exit = words[1].toInt();
    seen.size = words[2].toLongLong();
    seen.output = output.out.mid(end + 1);
    return seen;
}

} // namespace

HostHand::HostHand(std::shared_ptr<HostReaders> hosts)
    : m_hosts(std::move(hosts))
{
}

QCoro::Task<Result<HostOutput>> HostHand::run(
    Host host, QByteArray script, std::chrono::milliseconds limit, std::stop_token stop)
{
    const auto self = shared_from_this();
    HostCommand command;
    command.words = QStringList { u"sh"_s };
    command.input = std::move(script);
    command.limit = limit;
    const auto reader = m_hosts->of(host);
    auto output = co_await reader->run(command, stop);
    co_return output;
}

QCoro::Task<Result<JobSeen>> HostHand::seen(HostJob job, QByteArray script, std::stop_token stop)
{
    const auto self = shared_from_this();
    auto output = co_await run(job.host, script, CallLimit, stop);
    if (!output)
        co_return tl::unexpected(std::move(output).error());
    co_return readSeen(*output);
}

QCoro::Task<Result<JobSeen>> HostHand::start(HostJob job, QByteArray script, std::stop_token stop)
{
    const auto self = shared_from_this();
    auto answer = co_await seen(job, startJobScript(job.id, script), stop);
    co_return answer;
}

QCoro::Task<Result<JobSeen>> HostHand::look(
    HostJob job, qint64 from, std::chrono::milliseconds patience, std::stop_token stop)
{
    const auto self = shared_from_this();
    auto answer = co_await seen(job, lookJobScript(job.id, from, patience), stop);
    co_return answer;
}

QCoro::Task<Result<JobSeen>> HostHand::end(HostJob job, std::stop_token stop)
{
    const auto self = shared_from_this();
    auto answer = co_await seen(job, endJobScript(job.id), stop);
    co_return answer;
}

QCoro::Task<Result<>> HostHand::forget(HostJob job, std::stop_token stop)
{
    const auto self = shared_from_this();
    auto output = co_await run(job.host, forgetJobScript(job.id), CallLimit, stop);
    if (!output)
        co_return tl::unexpected(std::move(output).error());
    if (output->exit != 0)
        co_return failure(ErrorKind::Conflict, u"hand.still-running"_s, job.id);
    co_return Result<>();
}

QCoro::Task<Result<Said>> HostHand::ask(Host host, QByteArray script, std::stop_token stop)
{
    const auto self = shared_from_this();
    auto output = co_await run(host, script, AskLimit, stop);
    if (!output)
        co_return tl::unexpected(std::move(output).error());
    co_return Said { output->exit, output->out + output->err };
}

} // namespace tidemark
