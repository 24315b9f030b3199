#include "lab/harbor.h"

#include "lab/unprivileged.h"
#include "wal/lsn.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace tidemark::lab {

namespace {

const QString HostileDatabase = u"Käufer \"Ω\" $(x)"_s;

QString rangesOf(const QJsonObject &manifest, const QString &key)
{
    return manifest[u"WAL-Ranges"_s].toArray().first().toObject()[key].toString();
}

} // namespace

Harbor::Harbor(const Place &place)
    : ClusterService(place, u"harbor-db"_s, 5511)
{
}

QStringList Harbor::entries() const
{
    return ClusterService::entries() + QStringList { u"archive"_s, u"backups"_s, u"dumps"_s, u"scratch"_s };
}

QMap<QString, QString> Harbor::settings() const
{
    return { { u"archive_mode"_s, u"on"_s }, { u"archive_command"_s, archiveCommand() },
        { u"archive_timeout"_s, u"5min"_s }, { u"track_commit_timestamp"_s, u"on"_s },
        { u"wal_level"_s, u"replica"_s }, { u"wal_keep_size"_s, u"64MB"_s } };
}

Result<QJsonObject> Harbor::build()
{
    if (auto made = makeServer(); !made)
        return tl::unexpected(std::move(made).error());
    if (auto made = makeFolders({ u"archive"_s, u"backups"_s, u"dumps"_s, u"scratch"_s }); !made)
        return tl::unexpected(std::move(made).error());
    for (const auto &step : { &Harbor::fill, &Harbor::dumpNights }) {
        if (auto done = (this->*step)(); !done)
            return tl::unexpected(std::move(done).error());
    }
    QJsonArray backups;
    for (const QString &format : { u"plain"_s, u"tar"_s }) {
        auto made = backUp(format);
        if (!made)
            return made;
        backups << *made;
        if (auto done = doBusiness(60); !done)
            return tl::unexpected(std::move(done).error());
    }
    QJsonArray accidents;
    for (const QString &kind : { u"delete"_s, u"truncate"_s, u"drop"_s }) {
        auto happened = haveAccident(kind);
        if (!happened)
            return happened;
        accidents << *happened;
    }
    auto facts = basicFacts();
    if (!facts)
        return facts;
    facts->insert(u"backups"_s, backups);
    facts->insert(u"accidents"_s, accidents);
    return facts;
}

Result<> Harbor::fill() const
{
    const QString databases = u"create database shop; create database berths; create database \"%1\""_s;
    QString hostile = HostileDatabase;
    for (const QString &statement : databases.arg(hostile.replace(u'"', u"\"\""_s)).split(u';')) {
        if (auto made = query(statement); !made)
            return tl::unexpected(std::move(made).error());
    }
    const QMap<QString, QString> scripts { { u"shop"_s, u"shop.sql"_s }, { u"berths"_s, u"berths.sql"_s },
        { HostileDatabase, u"berths.sql"_s } };
    for (auto it = scripts.begin(); it != scripts.end(); ++it) {
        if (auto filled = script(it.value(), it.key()); !filled)
            return tl::unexpected(std::move(filled).error());
    }
    return {};
}

// The dumps of all nights are made now, one night's and copies of it; only their names and times are of the
// past.
Result<> Harbor::dumpNights() const
{
    const auto nights = pastNights(7);
    const QString newest = folder() + u"/dumps/"_s + nights.back().date;
    if (auto dumped = dumpInto(newest); !dumped)
        return dumped;
    for (const Night &night : nights) {
        const QString path = folder() + u"/dumps/"_s + night.date;
        if (path != newest) {
            auto copied = shell(u"cp"_s, { u"-r"_s, u"--"_s, newest, path });
            if (!copied)
                return tl::unexpected(std::move(copied).error());
        }
        if (!setTime(path, night.at))
            return failure(ErrorKind::Denied, u"lab.write"_s, path);
    }
    return {};
}

Result<> Harbor::dumpInto(const QString &folder) const
{
    if (!QDir().mkpath(folder) || !giveAway(folder))
        return failure(ErrorKind::Denied, u"lab.write"_s, folder);
    const auto server = cluster();
    if (auto roles = server.tool(u"pg_dumpall"_s, { u"-g"_s, u"-f"_s, folder + u"/globals.sql"_s }); !roles)
        return tl::unexpected(std::move(roles).error());
    for (const QString &database : { u"shop"_s, u"berths"_s, HostileDatabase }) {
        auto dumped = server.tool(
            u"pg_dump"_s, { u"-Fc"_s, u"-Z1"_s, u"-f"_s, folder + u'/' + database + u".dump"_s, database });
        if (!dumped)
            return tl::unexpected(std::move(dumped).error());
    }
    return {};
}

Result<QJsonObject> Harbor::backUp(const QString &format) const
{
    const QString name
        = u"base-%1-%2"_s.arg(format, QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmss'Z'"_s));
    const QString path = folder() + u"/backups/"_s + name;
    QStringList arguments { u"-D"_s, path, u"-c"_s, u"fast"_s, u"-X"_s, u"stream"_s, u"--no-sync"_s, u"-F"_s,
        format, u"-l"_s, name };
    if (format == u"tar")
        arguments << u"-z"_s << u"-Z"_s << u"1"_s;
    if (auto made = cluster().tool(u"pg_basebackup"_s, arguments); !made)
        return tl::unexpected(std::move(made).error());
    if (auto good = verify(path, format); !good)
        return tl::unexpected(std::move(good).error());
    const auto manifest = readWhole(path + u"/backup_manifest"_s);
    if (!manifest)
        return tl::unexpected(manifest.error());
    const QJsonObject parsed = QJsonDocument::fromJson(*manifest).object();
    return QJsonObject { { u"name"_s, name }, { u"format"_s, format }, { u"folder"_s, path },
        { u"startLsn"_s, rangesOf(parsed, u"Start-LSN"_s) }, { u"stopLsn"_s, rangesOf(parsed, u"End-LSN"_s) },
        { u"ended"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs) } };
}

// pg_verifybackup reads plain backups; one made as tar is unpacked for it.
Result<> Harbor::verify(const QString &backup, const QString &format) const
{
    const auto server = cluster();
    if (format == u"plain") {
        auto good = server.offlineTool(u"pg_verifybackup"_s, { u"-q"_s, backup });
        return good ? Result<>() : tl::unexpected(std::move(good).error());
    }
    const QString scratch = folder() + u"/scratch"_s;
    const QString unpack
        = u"set -e; cd \"$1\"; tar -xzf \"$2\"/base.tar.gz; tar -xzf \"$2\"/pg_wal.tar.gz -C pg_wal"_s;
    if (auto done = shell(u"sh"_s, { u"-c"_s, unpack, u"sh"_s, scratch, backup }); !done)
        return tl::unexpected(std::move(done).error());
    auto good = server.offlineTool(
        u"pg_verifybackup"_s, { u"-q"_s, u"-m"_s, backup + u"/backup_manifest"_s, scratch });
    if (!good)
        return tl::unexpected(std::move(good).error());
    if (!QDir(scratch).removeRecursively())
        return failure(ErrorKind::Denied, u"lab.remove"_s, scratch);
    return {};
}

Result<> Harbor::doBusiness(int rounds) const
{
    auto done = query(u"call do_business(%1)"_s.arg(rounds), u"shop"_s);
    return done ? Result<>() : tl::unexpected(std::move(done).error());
}

Result<QJsonObject> Harbor::haveAccident(const QString &kind) const
{
    if (auto before = doBusiness(40); !before)
        return tl::unexpected(std::move(before).error());
    const auto told = script(u"accident-%1.sql"_s.arg(kind), u"shop"_s);
    if (!told)
        return tl::unexpected(told.error());
    QJsonObject accident = QJsonDocument::fromJson(told->split(u'\n').last().toUtf8()).object();
    const auto lsn = commitLsn(accident);
    if (!lsn)
        return tl::unexpected(lsn.error());
    accident[u"commitLsn"_s] = *lsn;
    accident[u"database"_s] = u"shop"_s;
    accident.remove(u"walFrom"_s);
    accident.remove(u"walTo"_s);
    if (auto after = doBusiness(40); !after)
        return tl::unexpected(std::move(after).error());
    const auto segment = switchAndArchive();
    if (!segment)
        return tl::unexpected(segment.error());
    accident[u"archivedWith"_s] = *segment;
    return accident;
}

// Where the commit record begins: recovery to this LSN, exclusive, ends just before the accident.
Result<QString> Harbor::commitLsn(const QJsonObject &accident) const
{
    const auto server = cluster();
    const auto text = server.offlineTool(u"pg_waldump"_s,
        { u"-p"_s, server.dataDirectory() + u"/pg_wal"_s, u"-r"_s, u"Transaction"_s, u"-x"_s,
            accident[u"xid"_s].toString(), u"-s"_s, accident[u"walFrom"_s].toString(), u"-e"_s,
            accident[u"walTo"_s].toString() });
    if (!text)
        return tl::unexpected(text.error());
    static const QRegularExpression pattern(u"lsn: ([0-9A-F]+/[0-9A-F]+), .*desc: COMMIT"_s);
    const auto found = pattern.match(QString::fromUtf8(*text));
    if (!found.hasMatch())
        return failure(ErrorKind::Internal, u"lab.truth"_s, u"the commit is not in the WAL"_s);
    const auto lsn = Lsn::parse(found.captured(1));
    return lsn ? lsn->toString() : found.captured(1);
}

} // namespace tidemark::lab
