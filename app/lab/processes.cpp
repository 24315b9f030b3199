#include "lab/processes.h"

#include "lab/unprivileged.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QStringList>
#include <QThread>

#include <csignal>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace tidemark::lab {

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString valueOf(const QByteArray &environment, const char *name)
{
    const QByteArray key = QByteArray(name) + '=';
    for (const QByteArray &entry : environment.split('\0')) {
        if (entry.startsWith(key))
            return QString::fromUtf8(entry.mid(key.size()));
    }
    return {};
}

// Fields of /proc/PID/stat after the program's name, which may itself hold spaces and brackets.
struct Stat {
    QString program;
    QList<QByteArray> fields; // [0] is the state
};

std::optional<Stat> statOf(pid_t pid)
{
    const QByteArray text = contents(u"/proc/%1/stat"_s.arg(pid));
    const auto open = text.indexOf('(');
    const auto close = text.lastIndexOf(')');
    if (open < 0 || close < open)
        return std::nullopt;
    Stat stat { QString::fromUtf8(text.mid(open + 1, close - open - 1)), text.mid(close + 2).split(' ') };
    const bool ended = stat.fields.value(0) == "Z" || stat.fields.value(0) == "X";
    return stat.fields.size() < 20 || ended ? std::nullopt : std::optional(stat);
}

std::vector<Process> scan(const QString &labId, const QString &service)
{
    std::vector<Process> found;
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        bool isPid = false;
        const pid_t pid = name.toInt(&isPid);
        if (!isPid || pid == getpid())
            continue;
        const QByteArray environment = contents(u"/proc/%1/environ"_s.arg(pid));
        if (valueOf(environment, LabIdVariable) != labId)
            continue;
        const QString whose = valueOf(environment, ServiceVariable);
        auto process = processAt(pid);
        if (!process || (!service.isEmpty() && whose != service))
            continue;
        process->service = whose;
        found.push_back(*std::move(process));
    }
    return found;
}

// Root without CAP_SYS_PTRACE (a container) may not read the environment of another account's processes, but
// that account may. Rights belong to a thread: this one becomes the account, looks, and ends.
std::vector<Process> scanAs(const Account &account, const QString &labId, const QString &service)
{
    std::vector<Process> found;
    std::thread([&] {
        if (syscall(SYS_setresgid, account.gid, account.gid, account.gid) == 0
            && syscall(SYS_setresuid, account.uid, account.uid, account.uid) == 0)
            found = scan(labId, service);
    }).join();
    return found;
}

// By pidfd, so that the signal cannot reach a process that got the pid meanwhile.
void signalTo(const Process &process, int number)
{
    const auto fd = static_cast<int>(syscall(SYS_pidfd_open, process.pid, 0));
    if (fd < 0)
        return;
    if (alive(process))
        syscall(SYS_pidfd_send_signal, fd, number, nullptr, 0);
    close(fd);
}

std::vector<Process> waitFor(const QString &labId, const QString &service, std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    for (;;) {
        auto left = processesOf(labId, service);
        if (left.empty() || deadline.hasExpired())
            return left;
        QThread::msleep(20);
    }
}

} // namespace

std::optional<Process> processAt(pid_t pid)
{
    const auto stat = statOf(pid);
    if (!stat)
        return std::nullopt;
    return Process { pid, stat->fields.at(19).toULongLong(), {}, stat->program };
}

bool alive(const Process &process)
{
    const auto now = processAt(process.pid);
    return now && now->startTicks == process.startTicks;
}

std::vector<Process> processesOf(const QString &labId, const QString &service)
{
    if (labId.isEmpty())
        return {};
    auto found = scan(labId, service);
    const auto account = accountToDropTo();
    if (!account)
        return found;
    for (auto &other : scanAs(*account, labId, service)) {
        const bool known = std::any_of(
            found.begin(), found.end(), [&](const Process &one) { return one.pid == other.pid; });
        if (!known)
            found.push_back(std::move(other));
    }
    return found;
}

std::optional<Instant> startedAt(const Process &process)
{
    for (const QByteArray &line : contents(u"/proc/stat"_s).split('\n')) {
        if (line.startsWith("btime ")) {
            const qint64 boot = line.mid(6).trimmed().toLongLong();
            const auto ticks = static_cast<quint64>(sysconf(_SC_CLK_TCK));
            return Instant::fromSeconds(boot + static_cast<qint64>(process.startTicks / ticks));
        }
    }
    return std::nullopt;
}

Result<> endProcesses(const QString &labId, const QString &service, std::chrono::milliseconds patience)
{
    for (const Process &process : processesOf(labId, service))
        signalTo(
            process, process.program == u"postgres" ? SIGQUIT : SIGTERM); // QUIT: at once, children first
    if (waitFor(labId, service, patience).empty())
        return {};
    for (const Process &process : processesOf(labId, service))
        signalTo(process, SIGKILL);
    const auto left = waitFor(labId, service, std::chrono::seconds(5));
    if (left.empty())
        return {};
    return failure(ErrorKind::Conflict, u"lab.process-stays"_s,
        u"process %1 (%2) does not end"_s.arg(left.front().pid).arg(left.front().program));
}

} // namespace tidemark::lab
