#include "hosts/shellreader.h"

#include "hosts/answers.h"
#include "hosts/blocking.h"
#include "hosts/child.h"
#include "hosts/scripts.h"
#include "values/pathtext.h"
#include "values/shellword.h"

using namespace Qt::StringLiterals;

namespace tidemark {

ShellHostReader::ShellHostReader(QString name, std::shared_ptr<Way> way, QString runAs)
    : m_name(std::move(name))
    , m_way(std::move(way))
    , m_runAs(std::move(runAs))
{
    for (auto &lane : m_lanes)
        lane = std::make_shared<Queue>();
}

// The login shell need not be a POSIX one; these words mean the same to all of them.
QByteArray ShellHostReader::as(const QByteArray &line) const
{
    if (m_runAs.isEmpty())
        return "exec " + line;
    return "cd / && exec sudo -n -u " + shellWord(m_runAs.toUtf8()) + " -- " + line;
}

ShellHostReader::Call ShellHostReader::script(const QByteArray &text) const
{
    return { as("sh"), text, {}, {} };
}

QCoro::Task<Result<ShellHostReader::Answer>> ShellHostReader::call(Call call, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto lane = m_lanes[m_nextLane++ % m_lanes.size()];
    const auto turn = co_await takeTurn(lane, stop);
    if (!turn)
        co_return tl::unexpected(hostCancelled());
    auto words = co_await m_way->open(stop);
    if (!words)
        co_return tl::unexpected(std::move(words).error());
    words->append(call.line);
    const auto work = [spec = ChildSpec { *words, call.input, call.limit }, take = call.take](
                          Delivery &delivery) -> Result<std::pair<ChildEnd, AnswerHead>> {
        AnswerHead head;
        const auto sink = [&](QByteArrayView bytes) {
            const QByteArrayView rest = bytes.isEmpty() ? bytes : head.take(bytes);
            bool more = true;
            const bool wanted = delivery.hand([&] {
                if (head.status() && !rest.isEmpty())
                    more = take(*head.status(), rest);
            });
            return wanted && more;
        };
        ChildEnd end = runChild(spec, sink);
        return std::pair(std::move(end), std::move(head));
    };
    auto done = co_await blocking(work, stop);
    if (!done)
        co_return tl::unexpected(std::move(done).error());
    const ChildEnd &end = done->first;
    if (end.notStarted != 0)
        co_return failure(
            ErrorKind::NotFound, u"ssh.missing"_s, hostError(end.notStarted, words->front()).detail);
    if (end.timedOut)
        co_return tl::unexpected(outOfTime(QString::fromUtf8(end.err)));
    const auto status = done->second.status();
    if (!end.unwanted) {
        auto broken = co_await m_way->broken(end.exit, end.err);
        if (broken)
            co_return tl::unexpected(*std::move(broken));
    }
    if (!status)
        co_return tl::unexpected(why(end.exit, end.err));
    co_return Answer { *status, end.exit, end.err, end.unwanted };
}

// Nothing of ours was run: sudo refused, or there is no shell.
Error ShellHostReader::why(int exit, const QByteArray &err) const
{
    const QString words = QString::fromUtf8(err).trimmed();
    if (!m_runAs.isEmpty() && err.contains("sudo"))
        return { ErrorKind::Denied, u"host.sudo"_s, words };
    return { ErrorKind::Protocol, u"host.no-shell"_s,
        words.isEmpty() ? u"the shell ended with exit status %1 and said nothing"_s.arg(exit) : words };
}

QCoro::Task<Result<std::vector<QByteArray>>> ShellHostReader::list(
    HostListing listing, std::function<void(std::vector<HostEntry>)> take, std::stop_token stop)
{
    const auto self = shared_from_this();
    if (!listing.folder.startsWith('/'))
        co_return tl::unexpected(notAbsolute(listing.folder));
    Call asked = script(listScript(listing));
    const auto reader = std::make_shared<std::unique_ptr<EntryReader>>();
    asked.take = [listing, reader, take](const QByteArray &status, QByteArrayView bytes) {
        if (!*reader)
            *reader = std::make_unique<EntryReader>(listing, status == "slow");
        auto found = (*reader)->take(bytes);
        if (!found.empty())
            take(std::move(found));
        return true;
    };
    auto answer = co_await call(asked, stop);
    if (!answer)
        co_return tl::unexpected(std::move(answer).error());
    if (answer->status != "ok" && answer->status != "slow")
        co_return tl::unexpected(problemOf(answer->status, listing.folder));
    if (const QByteArray words = weightyWords(answer->err); !words.isEmpty())
        co_return tl::unexpected(problemOf("unreadable " + words, listing.folder));
    if (!*reader)
        co_return std::vector<QByteArray> {};
    co_return (*reader)->closedFolders();
}

QCoro::Task<Result<QByteArray>> ShellHostReader::read(
    QByteArray path, qint64 offset, qint64 length, std::stop_token stop)
{
    const auto self = shared_from_this();
    std::vector<Part> parts;
    parts.push_back(Part { path, offset, length });
    auto answers = co_await readMany(parts, stop);
    if (!answers)
        co_return tl::unexpected(std::move(answers).error());
    co_return std::move(answers->front());
}

QCoro::Task<Result<std::vector<Result<QByteArray>>>> ShellHostReader::readMany(
    std::vector<Part> parts, std::stop_token stop)
{
    const auto self = shared_from_this();
    if (parts.empty())
        co_return std::vector<Result<QByteArray>> {};
    for (const Part &part : parts)
        if (!part.path.startsWith('/'))
            co_return tl::unexpected(notAbsolute(part.path));
    Call asked = script(partsScript(parts));
    const auto bytes = std::make_shared<QByteArray>();
    asked.take = [bytes](const QByteArray &status, QByteArrayView more) {
        if (bytes->isEmpty())
            *bytes = Mark + status + '\n';
        bytes->append(more);
        return true;
    };
    auto answer = co_await call(asked, stop);
    if (!answer)
        co_return tl::unexpected(std::move(answer).error());
    if (bytes->isEmpty())
        *bytes = Mark + answer->status + '\n';
    auto answers = partsAnswered(*bytes, parts);
    if (!answers)
        co_return failure(ErrorKind::Protocol, u"host.cut-off"_s, QString::fromUtf8(answer->err));
    co_return *std::move(answers);
}

QCoro::Task<Result<>> ShellHostReader::stream(
    QByteArray path, qint64 from, std::function<bool(QByteArrayView)> take, std::stop_token stop)
{
    const auto self = shared_from_this();
    if (!path.startsWith('/'))
        co_return tl::unexpected(notAbsolute(path));
    Call asked = script(streamScript(path, from));
    asked.take = [take](const QByteArray &, QByteArrayView bytes) { return take(bytes); };
    auto answer = co_await call(asked, stop);
    if (!answer)
        co_return tl::unexpected(std::move(answer).error());
    if (answer->status != "ok")
        co_return tl::unexpected(problemOf(answer->status, path));
    if (answer->exit != 0 && !answer->unwanted)
        co_return tl::unexpected(problemOf("unreadable " + answer->err.trimmed(), path));
    co_return Result<>();
}

QCoro::Task<Result<HostOutput>> ShellHostReader::run(HostCommand command, std::stop_token stop)
{
    const auto self = shared_from_this();
    if (command.words.isEmpty())
        co_return failure(ErrorKind::Invalid, u"host.no-program"_s, u"no program is named"_s);
    Call asked;
    asked.line = "printf 'tidemark:ok\\n' && " + as(shellLine(command.words));
    asked.input = command.input;
    asked.limit = command.limit;
    const auto out = std::make_shared<QByteArray>();
    asked.take = [out, most = command.mostOutput](const QByteArray &, QByteArrayView bytes) {
        out->append(bytes);
        return out->size() <= most;
    };
    auto answer = co_await call(asked, stop);
    if (!answer)
        co_return tl::unexpected(std::move(answer).error());
    if (out->size() > command.mostOutput)
        co_return tl::unexpected(tooMuchOutput(command.mostOutput));
    const bool sudo = !m_runAs.isEmpty() && answer->exit == 1 && answer->err.startsWith("sudo: ");
    if (sudo && !answer->err.contains("command not found"))
        co_return tl::unexpected(why(answer->exit, answer->err));
    if (answer->exit == 127 || sudo)
        co_return failure(
            ErrorKind::NotFound, u"host.no-program"_s, QString::fromUtf8(answer->err).trimmed());
    co_return HostOutput { answer->exit, *out, answer->err };
}

QCoro::Task<Result<HostSpace>> ShellHostReader::space(QByteArray folder, std::stop_token stop)
{
    const auto self = shared_from_this();
    if (!folder.startsWith('/'))
        co_return tl::unexpected(notAbsolute(folder));
    Call asked = script(spaceScript(folder));
    const auto out = std::make_shared<QByteArray>();
    asked.take = [out](const QByteArray &, QByteArrayView bytes) {
        out->append(bytes);
        return true;
    };
    auto answer = co_await call(asked, stop);
    if (!answer)
        co_return tl::unexpected(std::move(answer).error());
    if (answer->status != "ok")
        co_return tl::unexpected(problemOf(answer->status, folder));
    const auto space = spaceAnswered(*out);
    if (!space)
        co_return tl::unexpected(problemOf("unreadable " + answer->err.trimmed(), folder));
    co_return *space;
}

} // namespace tidemark
