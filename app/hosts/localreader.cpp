#include "hosts/localreader.h"

#include "hosts/child.h"
#include "hosts/filebytes.h"
#include "hosts/folderwalk.h"

#include <cerrno>
#include <sys/stat.h>
#include <sys/statvfs.h>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

Result<std::vector<Result<QByteArray>>> readParts(
    const std::vector<HostReader::Part> &parts, Delivery &delivery)
{
    std::vector<Result<QByteArray>> answers;
    answers.reserve(parts.size());
    for (const HostReader::Part &part : parts) {
        if (delivery.over())
            return tl::unexpected(hostCancelled());
        answers.push_back(readPart(part.path, part.offset, part.length));
    }
    return answers;
}

Result<HostOutput> runHere(const HostCommand &command, Delivery &delivery)
{
    ChildSpec spec { {}, command.input, command.limit };
    for (const QString &word : command.words)
        spec.words.append(word.toUtf8());
    HostOutput output;
    const auto take = [&](QByteArrayView bytes) {
        output.out.append(bytes);
        return output.out.size() <= command.mostOutput && !delivery.over();
    };
    ChildEnd end = runChild(spec, take);
    if (end.notStarted != 0)
        return failure(
            ErrorKind::NotFound, u"host.no-program"_s, hostError(end.notStarted, spec.words.value(0)).detail);
    if (end.timedOut)
        return tl::unexpected(outOfTime(QString::fromLocal8Bit(end.err)));
    if (output.out.size() > command.mostOutput)
        return tl::unexpected(tooMuchOutput(command.mostOutput));
    output.exit = end.exit;
    output.err = std::move(end.err);
    return output;
}

Result<HostSpace> spaceOf(const QByteArray &folder)
{
    struct statvfs space {
    };
    struct stat about {
    };
    if (statvfs(folder.constData(), &space) != 0 || stat(folder.constData(), &about) != 0)
        return tl::unexpected(hostError(errno, folder));
    const auto block = static_cast<qint64>(space.f_frsize);
    return HostSpace { { static_cast<qint64>(space.f_blocks) * block },
        { static_cast<qint64>(space.f_bavail) * block },
        "device " + QByteArray::number(quint64(about.st_dev)) };
}

} // namespace

LocalHostReader::LocalHostReader(QString name)
    : m_name(std::move(name))
{
}

QCoro::Task<Result<std::vector<QByteArray>>> LocalHostReader::list(
    HostListing listing, std::function<void(std::vector<HostEntry>)> take, std::stop_token stop)
{
    const auto work = [listing = std::move(listing), take = std::move(take)](
                          Delivery &delivery) { return walkFolder(listing, take, delivery); };
    auto answer = co_await blocking(work, stop);
    co_return answer;
}

QCoro::Task<Result<QByteArray>> LocalHostReader::read(
    QByteArray path, qint64 offset, qint64 length, std::stop_token stop)
{
    const auto work = [path, offset, length](Delivery &) { return readPart(path, offset, length); };
    auto answer = co_await blocking(work, stop);
    co_return answer;
}

QCoro::Task<Result<std::vector<Result<QByteArray>>>> LocalHostReader::readMany(
    std::vector<Part> parts, std::stop_token stop)
{
    const auto work = [parts = std::move(parts)](Delivery &delivery) { return readParts(parts, delivery); };
    auto answer = co_await blocking(work, stop);
    co_return answer;
}

QCoro::Task<Result<>> LocalHostReader::stream(
    QByteArray path, qint64 from, std::function<bool(QByteArrayView)> take, std::stop_token stop)
{
    const auto work = [path, from, take = std::move(take)](
                          Delivery &delivery) { return streamFile(path, from, take, delivery); };
    auto answer = co_await blocking(work, stop);
    co_return answer;
}

QCoro::Task<Result<HostOutput>> LocalHostReader::run(HostCommand command, std::stop_token stop)
{
    const auto work
        = [command = std::move(command)](Delivery &delivery) { return runHere(command, delivery); };
    auto answer = co_await blocking(work, stop);
    co_return answer;
}

QCoro::Task<Result<HostSpace>> LocalHostReader::space(QByteArray folder, std::stop_token stop)
{
    const auto work = [folder](Delivery &) { return spaceOf(folder); };
    auto answer = co_await blocking(work, stop);
    co_return answer;
}

} // namespace tidemark
