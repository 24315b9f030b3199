#include "lab/labfleet.h"

#include "fleetfile/fleettext.h"
#include "lab/clusterservice.h"
#include "values/shellword.h"

#include <QCryptographicHash>
#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark::lab {

namespace {

using Facts = QMap<QString, QJsonObject>;

struct ClusterWords {
    QString name;
    int port = 0;
    Objectives objectives;
    QString strategy;
    QString description;
};

std::vector<ClusterWords> clusterWords()
{
    const std::chrono::days month(31);
    return {
        { u"harbor-db"_s, 5511, { 5min, 30min, month },
            u"Base backups, WAL archive and nightly dumps; a standby"_s,
            u"Healthy. In its recent past: a mass DELETE, a TRUNCATE and a DROP TABLE"_s },
        { u"gap-db"_s, 5512, { 5min, 30min, month }, u"One base backup and a WAL archive"_s,
            u"A WAL segment is missing after its only base backup"_s },
        { u"dumps-db"_s, 5513, { 24h, 2h, month }, u"Nightly dumps only"_s,
            u"One night lacks the dump of the roles"_s },
        { u"vault-db"_s, 5514, { 5min, 30min, month }, u"pgBackRest: full, differential, incremental"_s,
            u"Under pgBackRest with asynchronous archiving"_s },
        { u"standby-db"_s, 5515, {}, u"Follows harbor-db by streaming"_s, {} },
    };
}

tidemark::Cluster clusterOf(const ClusterWords &words, const Place &place, const QJsonObject &facts)
{
    tidemark::Cluster cluster;
    cluster.name = words.name;
    cluster.environment = Environment::Lab;
    cluster.connect.host = place.sockets;
    cluster.connect.port = words.port;
    cluster.connect.database = u"postgres"_s;
    cluster.connect.user = u"tidemark"_s;
    cluster.dataDirectory = place.of(words.name + u"/data"_s);
    cluster.layout = Layout::Own;
    bool known = false;
    const auto id = facts[u"systemIdentifier"_s].toString().toULongLong(&known);
    if (known)
        cluster.systemId = SystemId { id };
    cluster.objectives = words.objectives;
    cluster.labels = { u"practice"_s };
    cluster.strategy = words.strategy;
    cluster.description = words.description;
    return cluster;
}

Source source(const QString &name, SourceKind kind, const QString &cluster, const QString &path)
{
    Source one;
    one.name = name;
    one.kind = kind;
    one.clusters = { cluster };
    one.path = path;
    return one;
}

std::vector<Source> clusterSources(const Place &place)
{
    std::vector<Source> all {
        source(u"harbor-base"_s, SourceKind::BaseBackups, u"harbor-db"_s, place.of(u"harbor-db/backups"_s)),
        source(u"harbor-wal"_s, SourceKind::WalArchive, u"harbor-db"_s, place.of(u"harbor-db/archive"_s)),
        source(u"harbor-dumps"_s, SourceKind::Dumps, u"harbor-db"_s, place.of(u"harbor-db/dumps"_s)),
        source(u"gap-base"_s, SourceKind::BaseBackups, u"gap-db"_s, place.of(u"gap-db/backups"_s)),
        source(u"gap-wal"_s, SourceKind::WalArchive, u"gap-db"_s, place.of(u"gap-db/archive"_s)),
        source(u"dumps"_s, SourceKind::Dumps, u"dumps-db"_s, place.of(u"dumps-db/dumps"_s)),
        source(u"vault-repo"_s, SourceKind::PgBackRest, u"vault-db"_s, place.of(u"vault-db/repo"_s)),
    };
    all.back().stanza = u"vault"_s;
    all.back().config = place.of(u"vault-db/pgbackrest.conf"_s);
    return all;
}

// The practice token is in a file that only the lab's account and root can read; it opens nothing but the
// stand-in.
std::optional<Source> backupServer(const QJsonObject &facts)
{
    if (facts.isEmpty())
        return std::nullopt;
    Source pbs;
    pbs.name = u"pbs-lab"_s;
    pbs.kind = SourceKind::Pbs;
    pbs.clusters = { u"harbor-db"_s, u"standby-db"_s };
    pbs.url = facts[u"url"_s].toString();
    pbs.fingerprint = facts[u"fingerprint"_s].toString();
    pbs.tokenId = facts[u"token"_s].toString();
    pbs.datastore = u"main"_s;
    pbs.groups = { u"vm/2001"_s, u"vm/2002"_s };
    pbs.passwordCommand = u"cat "_s + shellWord(facts[u"secretFile"_s].toString());
    pbs.description = u"Stand-in backup server with 14 months of VM snapshots"_s;
    return pbs;
}

Schedule schedule(const QString &name, const QString &kind, const QString &when, const QString &sourceName,
    const QString &cluster)
{
    Schedule one;
    one.name = name;
    one.kind = kind;
    one.when = when;
    one.form = when.isEmpty() ? u"continuous"_s : u"cron"_s;
    one.source = sourceName;
    one.clusters = { cluster };
    return one;
}

std::vector<Schedule> schedules()
{
    std::vector<Schedule> all {
        schedule(u"harbor-base-weekly"_s, u"basebackup"_s, u"0 1 * * 0"_s, u"harbor-base"_s, u"harbor-db"_s),
        schedule(u"harbor-wal"_s, u"wal"_s, {}, u"harbor-wal"_s, u"harbor-db"_s),
        schedule(u"harbor-dumps-nightly"_s, u"dump"_s, u"30 2 * * *"_s, u"harbor-dumps"_s, u"harbor-db"_s),
        schedule(u"gap-wal"_s, u"wal"_s, {}, u"gap-wal"_s, u"gap-db"_s),
        schedule(u"dumps-nightly"_s, u"dump"_s, u"30 2 * * *"_s, u"dumps"_s, u"dumps-db"_s),
        schedule(u"vault-full-weekly"_s, u"full"_s, u"0 3 * * 0"_s, u"vault-repo"_s, u"vault-db"_s),
        schedule(u"vault-diff-daily"_s, u"diff"_s, u"0 3 * * 1-6"_s, u"vault-repo"_s, u"vault-db"_s),
    };
    Schedule drill
        = schedule(u"restore-test-monthly"_s, u"restore-test"_s, u"Sun 06:00"_s, {}, u"harbor-db"_s);
    drill.form = u"first-weekday"_s;
    all.push_back(drill);
    return all;
}

std::vector<RetentionPromise> promises()
{
    RetentionPromise week;
    week.name = u"harbor-seven-days"_s;
    week.text = u"Any instant of the last seven days"_s;
    week.clusters = { u"harbor-db"_s };
    week.sources = { u"harbor-base"_s, u"harbor-wal"_s };
    week.duration = std::chrono::days(7);
    RetentionPromise vault;
    vault.name = u"vault-two-fulls"_s;
    vault.text = u"Two full backups with their WAL"_s;
    vault.clusters = { u"vault-db"_s };
    vault.sources = { u"vault-repo"_s };
    vault.keep = { { u"full"_s, 2 }, { u"diff"_s, 3 } };
    return { week, vault };
}

QString hashOf(const QByteArray &text)
{
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

} // namespace

Fleet labFleet(const Place &place, const Facts &facts)
{
    Fleet fleet;
    fleet.name = u"Practice lab"_s;
    fleet.description = u"Servers on this machine to practise on; nothing here matters to anybody"_s;
    for (const ClusterWords &words : clusterWords())
        fleet.clusters.push_back(clusterOf(words, place, facts.value(words.name)));
    fleet.clusters.back().standbyOf = u"harbor-db"_s;
    fleet.clusters.back().replication = Replication::Asynchronous;
    fleet.sources = clusterSources(place);
    fleet.schedules = schedules();
    if (const auto pbs = backupServer(facts.value(u"pbs"_s))) {
        fleet.sources.push_back(*pbs);
        fleet.schedules.push_back(
            schedule(u"vm-snapshots-daily"_s, u"snapshot"_s, u"30 1 * * *"_s, pbs->name, u"harbor-db"_s));
    }
    fleet.promises = promises();
    return fleet;
}

Result<> writeFleet(Place place, const Facts &facts, const Say &say)
{
    const QByteArray text = renderFleet(labFleet(place, facts));
    if (const auto read = readFleet(text); !read.problems.empty())
        return failure(ErrorKind::Internal, u"lab.fleet"_s, problemLines(read.problems));
    const auto before = readWhole(place.fleetFile());
    if (before && *before == text)
        return {};
    if (before && hashOf(*before) != place.marker.fleetHash) {
        say(u"fleet.yaml: changed by somebody, kept as it is"_s);
        return {};
    }
    if (auto written = writeWhole(place.fleetFile(), text); !written)
        return written;
    place.marker.fleetHash = hashOf(text);
    return writeMarker(place.folder, place.marker);
}

} // namespace tidemark::lab
