#include "pgbackrest/facts.h"

#include "pgbackrest/troubles.h"
#include "toolanswer/json.h"
#include "toolanswer/whose.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

namespace tidemark::pgbackrest {

using namespace Qt::StringLiterals;

namespace {

// "15" -> 150000, "9.6" -> 90600
int versionNumber(const QString &version)
{
    const int major = version.section(u'.', 0, 0).toInt();
    return major >= 10 ? major * 10'000 : major * 10'000 + version.section(u'.', 1, 1).toInt() * 100;
}

const Database *databaseOf(const Stanza &stanza, qint64 database, qint64 repository)
{
    const auto found = std::ranges::find_if(stanza.databases,
        [&](const Database &item) { return item.id == database && item.repository == repository; });
    return found == stanza.databases.end() ? nullptr : &*found;
}

bool isEncrypted(const Stanza &stanza, qint64 repository)
{
    const auto found = std::ranges::find(stanza.repositories, repository, &Repository::key);
    return found != stanza.repositories.end() && found->encrypted();
}

Method methodOf(const QString &type)
{
    if (type == u"diff"_s)
        return Method::Differential;
    return type == u"incr"_s ? Method::Incremental : Method::Full;
}

// An archive and the backups that rest on it have this in common: "demo/repo1/15-1".
QString partOf(const Stanza &stanza, qint64 database, qint64 repository)
{
    const auto range = std::ranges::find_if(stanza.archives,
        [&](const ArchiveRange &item) { return item.database == database && item.repository == repository; });
    const QString store = storeOf(stanza, repository);
    return range == stanza.archives.end() ? store : store + u'/' + range->id;
}

QString locationOf(const Stanza &stanza, qint64 repository, const QString &label)
{
    return u"--stanza=%1 --repo=%2 --set=%3"_s.arg(stanza.name, QString::number(repository), label);
}

QString stampOf(const Backup &backup)
{
    QCryptographicHash notes(QCryptographicHash::Sha1);
    for (auto note = backup.annotations.cbegin(); note != backup.annotations.cend(); ++note) {
        notes.addData(note.key().toUtf8() + '\0');
        notes.addData(note->toUtf8() + '\0');
    }
    return u"%1 %2 %3 %4"_s.arg(backup.stop ? backup.stop->seconds() : 0)
        .arg(backup.stored ? backup.stored->count : -1)
        .arg(backup.pageErrors ? u"errors"_s : u"ok"_s)
        .arg(QString::fromLatin1(notes.result().toHex().left(8)));
}

// A name's own time, as if it were UTC: it is local time of the host that made it.
std::optional<qint64> labelSeconds(const QString &label)
{
    const QString last = label.section(u'_', -1).left(15);
    const auto time = QDateTime::fromString(last, u"yyyyMMdd-HHmmss"_s);
    if (!time.isValid())
        return {};
    return QDateTime(time.date(), time.time(), Qt::UTC).toSecsSinceEpoch();
}

// How far names are ahead of UTC, as the newest backup shows that tells both.
std::optional<qint64> zoneOffset(const Stanza &stanza)
{
    constexpr qint64 quarter = 900;
    for (auto backup = stanza.backups.rbegin(); backup != stanza.backups.rend(); ++backup) {
        const auto named = labelSeconds(backup->label);
        if (!named || !backup->start)
            continue;
        const double quarters = static_cast<double>(*named - backup->start->seconds()) / quarter;
        return qRound64(quarters) * quarter;
    }
    return {};
}

std::optional<Instant> startOf(const Stanza &stanza, const QString &label)
{
    const auto named = labelSeconds(label);
    const auto offset = zoneOffset(stanza);
    return named && offset ? std::optional(Instant::fromSeconds(*named - *offset)) : std::nullopt;
}

bool isListed(const Stanza &stanza, qint64 repository, const QString &label)
{
    return std::ranges::any_of(stanza.backups,
        [&](const Backup &backup) { return backup.repository == repository && backup.label == label; });
}

Method methodOfLabel(const QString &label)
{
    if (label.endsWith(u'D'))
        return Method::Differential;
    return label.endsWith(u'I') ? Method::Incremental : Method::Full;
}

QString checkWords(const Backup &backup)
{
    return backup.damagedFiles.isEmpty() ? u"page checksum error"_s
                                         : u"page checksum error in "_s + backup.damagedFiles.join(u", "_s);
}

std::vector<WalSpan> endsOf(const ArchiveRange &range, std::uint32_t segmentSize)
{
    const WalFileName first = WalFileName::parse(range.first);
    const WalFileName last = WalFileName::parse(range.last);
    const auto from = first.number(segmentSize);
    const auto to = last.number(segmentSize);
    if (!from || !to)
        return {};
    if (first.timeline == last.timeline && *from <= *to)
        return { { first.timeline, *from, *to, {}, {} } };
    return { { first.timeline, *from, *from, {}, {} }, { last.timeline, *to, *to, {}, {} } };
}

std::uint32_t segmentSizeFor(
    const Stanza &stanza, const ArchiveRange &range, const std::optional<ArchiveListing> &listing)
{
    std::vector<NamedAddress> addresses;
    for (const Backup &backup : stanza.backups)
        if (backup.database == range.database && backup.repository == range.repository && backup.startLsn
            && !backup.firstWal.isEmpty())
            addresses.push_back({ backup.firstWal, *backup.startLsn });
    const auto told = agreedSegmentSize(addresses);
    return told ? *told : listing ? likelySegmentSize(listing->segments) : DefaultSegmentSize;
}

} // namespace

QString clusterOf(const Asker &asker, const Stanza &stanza, std::optional<SystemId> systemId)
{
    const bool onlyOne = asker.source.stanza == stanza.name;
    return tidemark::clusterOf(asker.source, asker.clusters, stanza.name, systemId, onlyOne);
}

std::optional<SystemId> systemIdOf(const Stanza &stanza, qint64 database, qint64 repository)
{
    const Database *found = databaseOf(stanza, database, repository);
    return found ? found->systemId : std::nullopt;
}

QString artifactId(const Stanza &stanza, qint64 repository, const QString &label)
{
    return u"%1/%2/%3"_s.arg(stanza.name, QString::number(repository), label);
}

Artifact artifactOf(const Asker &asker, const Stanza &stanza, const Backup &backup)
{
    const qint64 repository = backup.repository;
    const Database *database = databaseOf(stanza, backup.database, repository);
    const auto systemId = database ? database->systemId : std::nullopt;
    const WalFileName wal = WalFileName::parse(backup.firstWal);
    Artifact artifact { .source = asker.source.name,
        .id = artifactId(stanza, repository, backup.label),
        .stamp = stampOf(backup),
        .cluster = clusterOf(asker, stanza, systemId),
        .systemId = systemId,
        .method = methodOf(backup.type),
        .start = backup.start,
        .stop = backup.stop,
        .startLsn = backup.startLsn,
        .stopLsn = backup.stopLsn,
        .size = backup.size,
        .stored = backup.stored,
        .part = partOf(stanza, backup.database, repository),
        .encrypted = isEncrypted(stanza, repository),
        .tablespaces = backup.tablespaces,
        .serverVersion = database ? versionNumber(database->version) : 0,
        .toolVersion = backup.version,
        .notes = backup.annotations,
        .location = locationOf(stanza, repository, backup.label) };
    if (wal.kind == WalFileKind::Segment)
        artifact.timeline = wal.timeline;
    if (!backup.prior.isEmpty())
        artifact.parent = artifactId(stanza, repository, backup.prior);
    for (const QString &label : backup.references)
        artifact.needs << artifactId(stanza, repository, label);
    if (backup.pageErrors)
        artifact.checks.push_back({ CheckKind::Pages, false, backup.stop, checkWords(backup) });
    return artifact;
}

Run runOf(const Artifact &artifact)
{
    const bool complete = artifact.state == ArtifactState::Complete;
    const bool running = artifact.state == ArtifactState::Running;
    const bool damaged = artifact.state == ArtifactState::Damaged; // later: it ran well
    Run run { .source = artifact.source,
        .id = artifact.id,
        .kind = artifact.method == Method::Full       ? u"full"_s
            : artifact.method == Method::Differential ? u"diff"_s
                                                      : u"incr"_s,
        .subject = artifact.part.section(u'/', 0, 0),
        .cluster = artifact.cluster,
        .start = artifact.start.value_or(Instant {}),
        .end = artifact.stop,
        .state = running ? RunState::Running
            : damaged    ? RunState::Unknown
                         : RunState::Failed,
        .said = artifact.why,
        .artifact = artifact.id,
        .size = artifact.size };
    if (complete) {
        run.state = artifact.checks.empty() ? RunState::Ok : RunState::Warnings;
        run.said = artifact.checks.empty() ? QString() : artifact.checks.front().said;
    }
    return run;
}

std::vector<Artifact> unlistedOf(
    const Asker &asker, const Stanza &stanza, qint64 repository, const BackupFolders &folders)
{
    std::vector<Artifact> unlisted;
    const QStringList &labels = folders.labels;
    const QString newest = labels.isEmpty()
        ? QString()
        : *std::ranges::max_element(labels, {}, [](auto &label) { return label.section(u'_', -1); });
    for (const QString &label : labels) {
        if (isListed(stanza, repository, label))
            continue;
        const bool runs = stanza.backupRuns && label == newest;
        Artifact artifact { .source = asker.source.name,
            .id = artifactId(stanza, repository, label),
            .stamp = runs ? u"running"_s : u"unfinished"_s,
            .cluster = clusterOf(asker, stanza, {}),
            .method = methodOfLabel(label),
            .state = runs ? ArtifactState::Running : ArtifactState::Unfinished,
            .why = runs ? QString() : u"not in the repository's list of backups, and no backup runs here"_s,
            .start = startOf(stanza, label),
            .part = storeOf(stanza, repository),
            .encrypted = isEncrypted(stanza, repository),
            .hasManifest = false,
            .location = locationOf(stanza, repository, label) };
        unlisted.push_back(artifact);
    }
    return unlisted;
}

QStringList missingOf(const Stanza &stanza, qint64 repository, const BackupFolders &folders)
{
    QStringList missing;
    for (const Backup &backup : stanza.backups)
        if (folders.besideList && backup.repository == repository && !folders.labels.contains(backup.label))
            missing << backup.label;
    return missing;
}

void tellMissing(Artifact &artifact)
{
    artifact.state = ArtifactState::Damaged;
    artifact.why = u"in the repository's list of backups, and its folder is not there"_s;
    artifact.stamp += u" missing"_s;
}

Result<BackupFolders> parseFolders(const QByteArray &json)
{
    static const QRegularExpression label(u"^[0-9]{8}-[0-9]{6}F(_[0-9]{8}-[0-9]{6}[DI])?$"_s);
    auto answer = ToolAnswer::read(json, u"pgbackrest.garbled"_s);
    if (!answer)
        return tl::unexpected(answer.error());
    BackupFolders folders;
    answer->root().members([&](std::string_view name, const JsonView &entry) {
        const QString folder = qstring(name);
        if (entry.text("type") == u"path"_s && label.match(folder).hasMatch())
            folders.labels << folder;
        folders.besideList = folders.besideList || folder == u"backup.info"_s;
    });
    return folders;
}

WalArchive archiveOf(const Asker &asker, const Stanza &stanza, const ArchiveRange &range,
    const std::optional<ArchiveListing> &listing)
{
    const auto systemId = systemIdOf(stanza, range.database, range.repository);
    WalArchive archive { .source = asker.source.name,
        .part = partOf(stanza, range.database, range.repository),
        .cluster = clusterOf(asker, stanza, systemId),
        .systemId = systemId,
        .segmentSize = segmentSizeFor(stanza, range, listing),
        .listed = listing.has_value() };
    if (listing)
        fold(*listing, isEncrypted(stanza, range.repository), archive);
    else
        archive.spans = endsOf(range, archive.segmentSize);
    return archive;
}

StoreUsage usageOf(const Asker &asker, const Stanza &stanza, qint64 repository,
    const std::vector<WalArchive> &archives, Instant now)
{
    const QString store = storeOf(stanza, repository);
    Bytes used;
    for (const Backup &backup : stanza.backups)
        if (backup.repository == repository && backup.stored)
            used.count += backup.stored->count;
    for (const WalArchive &archive : archives)
        if (archive.part.startsWith(store + u'/'))
            used.count += archive.bytes;
    return { .source = asker.source.name, .part = store, .used = used, .at = now };
}

} // namespace tidemark::pgbackrest
