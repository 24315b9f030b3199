#include "lab/small.h"

#include "lab/unprivileged.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QThread>

using namespace Qt::StringLiterals;

namespace tidemark::lab {

namespace {

// The segment before, between and after others, without asking the server's arithmetic for it.
QString middleOf(const QStringList &segments)
{
    return segments.at(segments.size() / 2);
}

} // namespace

GapCluster::GapCluster(const Place &place)
    : ClusterService(place, u"gap-db"_s, 5512)
{
}

QStringList GapCluster::entries() const
{
    return ClusterService::entries() + QStringList { u"archive"_s, u"backups"_s };
}

QMap<QString, QString> GapCluster::settings() const
{
    return { { u"archive_mode"_s, u"on"_s }, { u"archive_command"_s, archiveCommand() },
        { u"min_wal_size"_s, u"2MB"_s }, { u"max_wal_size"_s, u"16MB"_s } };
}

Result<QJsonObject> GapCluster::build()
{
    if (auto made = makeServer(); !made)
        return tl::unexpected(std::move(made).error());
    if (auto made = makeFolders({ u"archive"_s, u"backups"_s }); !made)
        return tl::unexpected(std::move(made).error());
    if (auto filled = script(u"readings.sql"_s, u"postgres"_s); !filled)
        return tl::unexpected(std::move(filled).error());
    const QString backup = folder() + u"/backups/base-before-gap"_s;
    auto backedUp = cluster().tool(
        u"pg_basebackup"_s, { u"-D"_s, backup, u"-c"_s, u"fast"_s, u"-X"_s, u"none"_s, u"--no-sync"_s });
    if (!backedUp)
        return tl::unexpected(std::move(backedUp).error());
    if (auto good = cluster().offlineTool(u"pg_verifybackup"_s, { u"-q"_s, u"-n"_s, backup }); !good)
        return tl::unexpected(std::move(good).error());
    QStringList segments;
    for (int part = 0; part < 6; ++part) {
        auto done = query(u"call take_readings(40)"_s);
        auto segment = done ? switchAndArchive() : std::move(done);
        if (!segment)
            return tl::unexpected(std::move(segment).error());
        segments << *segment;
    }
    const QString missing = middleOf(segments);
    if (!QFile::remove(folder() + u"/archive/"_s + missing))
        return failure(ErrorKind::Denied, u"lab.remove"_s, missing);
    auto facts = basicFacts();
    if (!facts)
        return facts;
    facts->insert(u"gap"_s,
        QJsonObject { { u"missingSegment"_s, missing },
            { u"before"_s, segments.at(segments.indexOf(missing) - 1) },
            { u"after"_s, segments.at(segments.indexOf(missing) + 1) }, { u"backup"_s, backup } });
    return facts;
}

DumpsCluster::DumpsCluster(const Place &place)
    : ClusterService(place, u"dumps-db"_s, 5513)
{
}

QStringList DumpsCluster::entries() const
{
    return ClusterService::entries() + QStringList { u"dumps"_s };
}

QMap<QString, QString> DumpsCluster::settings() const
{
    return { { u"archive_mode"_s, u"off"_s }, { u"wal_level"_s, u"minimal"_s },
        { u"max_wal_senders"_s, u"0"_s } };
}

Result<QJsonObject> DumpsCluster::build()
{
    if (auto made = makeServer(); !made)
        return tl::unexpected(std::move(made).error());
    if (auto made = makeFolders({ u"dumps"_s }); !made)
        return tl::unexpected(std::move(made).error());
    for (const QString &database : { u"gauges"_s, u"Wörter & 'more'"_s }) {
        QString quoted = database;
        auto made = query(u"create database \"%1\""_s.arg(quoted.replace(u'"', u"\"\""_s)));
        if (made)
            made = script(u"readings.sql"_s, database);
        if (!made)
            return tl::unexpected(std::move(made).error());
    }
    const auto nights = pastNights(5);
    const QString newest = folder() + u"/dumps/"_s + nights.back().date;
    if (auto dumped = dumpInto(newest); !dumped)
        return tl::unexpected(std::move(dumped).error());
    const QString withoutRoles = nights.at(nights.size() - 3).date;
    for (const Night &night : nights) {
        const QString path = folder() + u"/dumps/"_s + night.date;
        if (path != newest && !shell(u"cp"_s, { u"-r"_s, u"--"_s, newest, path }))
            return failure(ErrorKind::Denied, u"lab.write"_s, path);
        if (night.date == withoutRoles && !QFile::remove(path + u"/globals.sql"_s))
            return failure(ErrorKind::Denied, u"lab.remove"_s, path);
        if (!setTime(path, night.at))
            return failure(ErrorKind::Denied, u"lab.write"_s, path);
    }
    auto facts = basicFacts();
    if (facts)
        facts->insert(u"nightWithoutGlobals"_s, withoutRoles);
    return facts;
}

// Custom, directory and plain format, and the roles.
Result<> DumpsCluster::dumpInto(const QString &folder) const
{
    if (!QDir().mkpath(folder) || !giveAway(folder))
        return failure(ErrorKind::Denied, u"lab.write"_s, folder);
    const auto server = cluster();
    const QString words = u"Wörter & 'more'"_s;
    const QList<QStringList> dumps {
        { u"pg_dump"_s, u"-Fc"_s, u"-f"_s, folder + u"/gauges.dump"_s, u"gauges"_s },
        { u"pg_dump"_s, u"-Fd"_s, u"-f"_s, folder + u"/gauges.dir"_s, u"gauges"_s },
        { u"pg_dump"_s, u"-Fp"_s, u"-f"_s, folder + u'/' + words + u".sql"_s, words },
        { u"pg_dumpall"_s, u"--globals-only"_s, u"-f"_s, folder + u"/globals.sql"_s },
    };
    for (const QStringList &dump : dumps) {
        if (auto made = server.tool(dump.first(), dump.mid(1)); !made)
            return tl::unexpected(std::move(made).error());
    }
    return {};
}

Standby::Standby(const Place &place, int primaryPort)
    : ClusterService(place, u"standby-db"_s, 5515)
    , m_primaryPort(primaryPort)
{
}

Result<QJsonObject> Standby::build()
{
    auto server = cluster();
    const QString primary = u"host=%1 port=%2 user=postgres application_name=standby-db"_s.arg(
        place().sockets, QString::number(m_primaryPort));
    auto copied = shell(place().marker.binaries + u"/pg_basebackup"_s,
        { u"-d"_s, primary, u"-D"_s, server.dataDirectory(), u"-c"_s, u"fast"_s, u"-X"_s, u"stream"_s,
            u"-R"_s, u"--no-sync"_s });
    if (!copied)
        return tl::unexpected(std::move(copied).error());
    if (auto configured = server.configure({ { u"port"_s, QString::number(port()) },
            { u"cluster_name"_s, name() }, { u"archive_mode"_s, u"off"_s } });
        !configured)
        return tl::unexpected(std::move(configured).error());
    if (auto started = server.start(); !started)
        return tl::unexpected(std::move(started).error());
    const QDeadlineTimer deadline(std::chrono::seconds(30));
    while (
        query(u"select count(*) from pg_stat_wal_receiver where status = 'streaming'"_s).value_or(QString())
        != u"1") {
        if (deadline.hasExpired())
            return failure(ErrorKind::Timeout, u"lab.standby"_s, u"the standby does not stream"_s);
        QThread::msleep(50);
    }
    auto facts = basicFacts();
    if (facts)
        facts->insert(u"follows"_s, u"harbor-db"_s);
    return facts;
}

} // namespace tidemark::lab
