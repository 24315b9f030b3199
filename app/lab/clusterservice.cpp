#include "lab/clusterservice.h"

#include "lab/processes.h"
#include "lab/unprivileged.h"
#include "values/shellword.h"

#include <QDateTime>
#include <QDeadlineTimer>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <array>
#include <fcntl.h>
#include <sys/shm.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace tidemark::lab {

namespace {

struct PidFile {
    pid_t pid = 0;
    int sharedMemory = -1;
};

// postmaster.pid: pid, data folder, start, port, socket folder, address, "key id" of the shared memory,
// status.
std::optional<PidFile> pidFileOf(const QString &data)
{
    const auto text = readWhole(data + u"/postmaster.pid"_s);
    if (!text)
        return std::nullopt;
    const auto lines = text->split('\n');
    const auto memory = lines.value(6).simplified().split(' ');
    bool known = false;
    const int id = memory.value(1).toInt(&known);
    return PidFile { lines.value(0).toInt(), known ? id : -1 };
}

} // namespace

ClusterService::ClusterService(const Place &place, const QString &name, int port)
    : Service(place, name, u"postgresql"_s, port)
{
}

Cluster ClusterService::cluster() const
{
    QMap<QString, QString> all {
        { u"cluster_name"_s, name() },
        { u"fsync"_s, u"off"_s },
        { u"max_connections"_s, u"40"_s },
        { u"autovacuum_naptime"_s, u"30s"_s },
        { u"dynamic_shared_memory_type"_s, u"mmap"_s }, // leaves nothing outside the data folder when killed
        { u"log_line_prefix"_s, u"%m [%p] %q%u@%d "_s },
        { u"timezone"_s, u"UTC"_s },
    };
    all.insert(settings());
    return Cluster({ folder(), port(), false, all, {}, initdb(), place().marker.binaries, place().sockets,
        environment(), true });
}

QStringList ClusterService::entries() const
{
    return { u"data"_s, u"server.log"_s };
}

Result<> ClusterService::makeServer()
{
    auto server = cluster();
    if (auto made = server.create(); !made)
        return made;
    if (auto started = server.start(); !started)
        return started;
    auto role = query(u"create role tidemark login; grant pg_monitor to tidemark"_s);
    return role ? Result<>() : tl::unexpected(std::move(role).error());
}

Result<> ClusterService::makeFolders(const QStringList &names) const
{
    for (const QString &one : names) {
        const QString path = folder() + u'/' + one;
        if (!QDir().mkpath(path) || !giveAway(path))
            return failure(ErrorKind::Denied, u"lab.write"_s, path);
    }
    return {};
}

// A server that was killed leaves files with its pid. While that pid is somebody else's by now, or not yet
// reaped, PostgreSQL takes them for a running server. Its check of the shared memory still tells when
// children are left.
void ClusterService::clearStaleLocks() const
{
    const auto own = processesOf(place().marker.id, name());
    const QString socketLock = u"/.s.PGSQL.%1.lock"_s.arg(port());
    for (const QString &path :
        { cluster().dataDirectory() + u"/postmaster.pid"_s, place().sockets + socketLock }) {
        const pid_t pid = readWhole(path).value_or(QByteArray()).split('\n').value(0).toInt();
        const bool isOurs = std::any_of(
            own.begin(), own.end(), [pid](const Process &process) { return process.pid == pid; });
        if (!isOurs)
            QFile::remove(path);
    }
}

Result<> ClusterService::start()
{
    clearStaleLocks();
    // Children of a server that was killed take a moment to notice and let go of the shared memory.
    const QDeadlineTimer deadline(std::chrono::seconds(20));
    for (;;) {
        auto started = cluster().start();
        if (started || deadline.hasExpired() || !started.error().detail.contains(u"shared memory"_s))
            return started;
        QThread::msleep(200);
    }
}

ServiceStatus ClusterService::look(ServiceStatus blank) const
{
    blank.socket = place().sockets;
    const auto file = pidFileOf(cluster().dataDirectory());
    if (!file) {
        blank.detail = u"no server process"_s;
        return blank;
    }
    const auto own = processesOf(place().marker.id, name());
    const auto server = std::find_if(
        own.begin(), own.end(), [&](const Process &process) { return process.pid == file->pid; });
    if (server == own.end()) {
        blank.detail = u"ended without shutting down"_s;
        return blank;
    }
    blank.pid = server->pid;
    blank.since = startedAt(*server);
    const auto ready = shell(place().marker.binaries + u"/pg_isready"_s,
        { u"-q"_s, u"-t"_s, u"5"_s, u"-h"_s, place().sockets, u"-p"_s, QString::number(port()) });
    blank.state = ready ? State::Running : State::Broken;
    blank.detail = ready ? QString() : u"runs but takes no connections"_s;
    return blank;
}

// A server that was killed by force cannot give its System V shared memory back; the kernel keeps it until
// then.
void ClusterService::tidy()
{
    const auto file = pidFileOf(cluster().dataDirectory());
    if (!file || file->sharedMemory < 0)
        return;
    shmid_ds segment {};
    const auto account = accountToDropTo();
    const uid_t owner = account ? account->uid : geteuid();
    if (shmctl(file->sharedMemory, IPC_STAT, &segment) == 0 && segment.shm_nattch == 0
        && segment.shm_perm.uid == owner && segment.shm_cpid == file->pid)
        shmctl(file->sharedMemory, IPC_RMID, nullptr);
}

Result<QByteArray> ClusterService::shell(const QString &program, const QStringList &arguments) const
{
    return run(program, arguments, {}, 120'000, environment());
}

Result<QString> ClusterService::query(const QString &sql, const QString &database) const
{
    return cluster().psql(sql, database);
}

Result<QString> ClusterService::script(
    const QString &name, const QString &database, const QMap<QString, QString> &variables) const
{
    const auto text = readWhole(u":/lab/"_s + name);
    if (!text)
        return tl::unexpected(text.error());
    QString sql;
    for (auto it = variables.begin(); it != variables.end(); ++it)
        sql += u"\\set %1 '%2'\n"_s.arg(it.key(), it.value());
    return query(sql + QString::fromUtf8(*text), database);
}

QString ClusterService::archiveCommand() const
{
    QString archive = shellWord(folder() + u"/archive"_s);
    archive.replace(u'%', u"%%"_s);
    QString command = u"if test -f @/%f; then cmp -s %p @/%f; else cp --sparse=always %p @/.%f.part "
                      "&& sync @/.%f.part && mv @/.%f.part @/%f && sync @; fi"_s;
    return command.replace(u'@', archive);
}

Result<QString> ClusterService::switchAndArchive() const
{
    auto segment = query(u"select pg_walfile_name(pg_switch_wal())"_s);
    if (!segment)
        return segment;
    const QDeadlineTimer deadline(std::chrono::seconds(30));
    while (!QFileInfo::exists(folder() + u"/archive/"_s + *segment)) {
        if (deadline.hasExpired())
            return failure(ErrorKind::Timeout, u"lab.archive"_s, *segment + u" does not reach the archive"_s);
        QThread::msleep(10);
    }
    return segment;
}

Result<QJsonObject> ClusterService::basicFacts() const
{
    const auto facts = query(u"select system_identifier, timeline_id, current_setting('server_version'), "
                             "current_setting('wal_segment_size'), current_setting('data_directory') "
                             "from pg_control_system(), pg_control_checkpoint()"_s);
    if (!facts)
        return tl::unexpected(facts.error());
    const QStringList parts = facts->split(u'|');
    return QJsonObject { { u"cluster"_s, name() }, { u"systemIdentifier"_s, parts.value(0) },
        { u"timeline"_s, parts.value(1).toInt() }, { u"version"_s, parts.value(2) },
        { u"walSegmentSize"_s, parts.value(3) }, { u"dataDirectory"_s, parts.value(4) },
        { u"built"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODate) } };
}

std::vector<Night> pastNights(int count)
{
    std::vector<Night> nights;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QDateTime at(now.date(), QTime(2, 30), Qt::UTC);
    if (at > now)
        at = at.addDays(-1);
    for (int back = count - 1; back >= 0; --back)
        nights.push_back({ at.addDays(-back).toString(u"yyyy-MM-dd"_s), at.addDays(-back) });
    return nights;
}

bool setTime(const QString &path, const QDateTime &time)
{
    const timespec stamp { static_cast<time_t>(time.toSecsSinceEpoch()), 0 };
    const std::array both { stamp, stamp };
    const auto set = [&](const QString &one) {
        return utimensat(AT_FDCWD, QFile::encodeName(one).constData(), both.data(), AT_SYMLINK_NOFOLLOW) == 0;
    };
    QDirIterator below(
        path, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (below.hasNext()) {
        if (!set(below.next()))
            return false;
    }
    return set(path);
}

} // namespace tidemark::lab
