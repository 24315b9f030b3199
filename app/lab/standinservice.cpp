#include "lab/standinservice.h"

#include "lab/cluster.h"
#include "lab/processes.h"
#include "lab/unprivileged.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QThread>
#include <QUrl>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace tidemark::lab {

namespace {

constexpr int WantedPort = 8107;

sockaddr_in loopback(int port)
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

template <class Try>
bool withSocket(int port, Try attempt)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    const bool worked = fd >= 0 && attempt(fd, reinterpret_cast<const sockaddr *>(&address)) == 0;
    if (fd >= 0)
        close(fd);
    return worked;
}

bool isFree(int port)
{
    return withSocket(port, [](int fd, const sockaddr *address) {
        const int on = 1; // connections of before that linger do not count
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        return bind(fd, address, sizeof(sockaddr_in));
    });
}

bool answers(int port)
{
    return withSocket(
        port, [](int fd, const sockaddr *address) { return connect(fd, address, sizeof(sockaddr_in)); });
}

QJsonObject readyIn(const QString &path)
{
    return QJsonDocument::fromJson(readWhole(path).value_or(QByteArray())).object();
}

} // namespace

StandInService::StandInService(const Place &place, const QString &program)
    : Service(place, u"pbs"_s, u"pbs"_s, 0)
    , m_program(program)
{
}

QStringList StandInService::entries() const
{
    return { u"state"_s, u"server.log"_s, u"bin"_s };
}

Result<QJsonObject> StandInService::build()
{
    if (!QDir().mkpath(stateFolder()) || !giveAway(folder()))
        return failure(ErrorKind::Denied, u"lab.write"_s, stateFolder());
    return launch(isFree(WantedPort) ? WantedPort : freePort());
}

Result<> StandInService::start()
{
    const int before = facts()[u"port"_s].toInt();
    auto launched = launch(before > 0 && isFree(before) ? before : freePort());
    return launched ? writeFacts(*launched) : tl::unexpected(std::move(launched).error());
}

// A program below a folder that the servers' account cannot enter is copied to where it can.
Result<QString> StandInService::reachableProgram() const
{
    if (!QFileInfo(m_program).isExecutable())
        return failure(ErrorKind::NotFound, u"lab.program"_s,
            u"the stand-in backup server is not installed (%1)"_s.arg(m_program));
    if (!accountToDropTo() || run(u"test"_s, { u"-x"_s, m_program }))
        return m_program;
    const QString copy = folder() + u"/bin/tidemark-standin"_s;
    if (!QDir().mkpath(QFileInfo(copy).path()))
        return failure(ErrorKind::Denied, u"lab.write"_s, copy);
    QFile::remove(copy);
    if (!QFile::copy(m_program, copy) || !giveAway(QFileInfo(copy).path()))
        return failure(ErrorKind::Denied, u"lab.write"_s, copy);
    return copy;
}

Result<QJsonObject> StandInService::launch(int port) const
{
    const auto program = reachableProgram();
    if (!program)
        return tl::unexpected(program.error());
    QFile::remove(readyFile());
    // setsid forks, so the server outlives this program.
    auto started = run(u"setsid"_s,
        { u"-f"_s, u"sh"_s, u"-c"_s, u"exec \"$@\" >>\"$0\" 2>&1 </dev/null"_s, folder() + u"/server.log"_s,
            *program, u"--folder"_s, stateFolder(), u"--port"_s, QString::number(port), u"--seed"_s,
            u"lab"_s },
        {}, 20'000, environment());
    if (!started)
        return tl::unexpected(std::move(started).error());
    auto ready = waitUntilReady();
    if (!ready)
        return ready;
    ready->remove(u"pid"_s);
    ready->insert(u"cluster"_s, name());
    ready->insert(u"port"_s, QUrl((*ready)[u"url"_s].toString()).port());
    return ready;
}

Result<QJsonObject> StandInService::waitUntilReady() const
{
    const QDeadlineTimer deadline(std::chrono::seconds(30));
    for (;;) {
        const QJsonObject ready = readyIn(readyFile());
        if (!ready.isEmpty() && answers(QUrl(ready[u"url"_s].toString()).port()))
            return ready;
        if (deadline.hasExpired() || processesOf(place().marker.id, name()).empty())
            return failure(ErrorKind::Unreachable, u"lab.standin"_s,
                QString::fromUtf8(readWhole(folder() + u"/server.log"_s).value_or(QByteArray()).right(500)));
        QThread::msleep(20);
    }
}

ServiceStatus StandInService::look(ServiceStatus blank) const
{
    blank.port = facts()[u"port"_s].toInt();
    const auto own = processesOf(place().marker.id, name());
    if (own.empty()) {
        blank.detail = u"no server process"_s;
        return blank;
    }
    blank.pid = own.front().pid;
    blank.since = startedAt(own.front());
    const bool alive = answers(blank.port);
    blank.state = alive ? State::Running : State::Broken;
    blank.detail = alive ? QString() : u"runs but takes no connections"_s;
    return blank;
}

} // namespace tidemark::lab
