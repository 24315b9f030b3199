#include "barman/barman.h"

#include "barman/backupfolders.h"
#include "barman/commands.h"
#include "barman/facts.h"
#include "barman/walfolder.h"
#include "ports/turns.h"
#include "toolanswer/elsewhere.h"
#include "toolanswer/history.h"

#include <QFile>
#include <QSet>

#include <algorithm>

namespace tidemark {

using namespace Qt::StringLiterals;
using namespace barman;

namespace {

constexpr qint64 SmallFile = 64 * 1024;

Error cancelled()
{
    return { ErrorKind::Cancelled, u"source.cancelled"_s, {} };
}

// One scan on its way.
struct Gathering {
    Known known;
    Scan scan;
    QSet<QString> seen;
    QStringList unread; // "main/": what could not be listed
};
using Shared = std::shared_ptr<Gathering>;

// One server on its way.
struct Reading {
    ListedServer listed;
    Server facts;
    std::optional<SystemId> systemId;
    std::optional<qint64> zone;
    QString cluster;
    std::vector<NamedAddress> addresses; // of backups
    QSet<QString> emptied; // backups whose folder holds no files any more
};
using ReadingOf = std::shared_ptr<Reading>;

// PostgreSQL tells it; while it is down, backups do, then what was known holds.
bool tellSegmentSize(const Reading &reading, const WalArchive *known, WalArchive &archive)
{
    const auto agreed = agreedSegmentSize(reading.addresses);
    if (reading.facts.segmentSize)
        archive.segmentSize = *reading.facts.segmentSize;
    else if (agreed)
        archive.segmentSize = *agreed;
    else if (known)
        archive.segmentSize = known->segmentSize;
    return reading.facts.segmentSize || agreed || known;
}

class BarmanSource final : public BackupSource, public std::enable_shared_from_this<BarmanSource>
{
public:
    BarmanSource(Asker asker, std::shared_ptr<HostReader> host, std::shared_ptr<Clock> clock)
        : m_asker(std::move(asker))
        , m_way { m_asker.source.config }
        , m_host(std::move(host))
        , m_clock(std::move(clock))
    {
    }
    [[nodiscard]] QString name() const override { return m_asker.source.name; }
    [[nodiscard]] Capabilities capabilities() const override
    {
        return { .wal = true, .runs = true, .usage = true };
    }
    [[nodiscard]] QCoro::Task<Result<Scan>> scan(Known known, std::stop_token stop) override;
    [[nodiscard]] QCoro::Task<Result<WalPlace>> walPlace(WalArchive archive, std::stop_token stop) override;

private:
    QCoro::Task<Result<QByteArray>> ask(HostCommand command, std::stop_token stop);
    QCoro::Task<Result<>> readServer(Shared gathering, ListedServer listed, std::stop_token stop);
    QCoro::Task<Result<>> readFacts(Shared gathering, ReadingOf reading, std::stop_token stop);
    QCoro::Task<Result<>> readChecks(Shared gathering, ReadingOf reading, std::stop_token stop);
    QCoro::Task<Result<>> readFolders(ReadingOf reading, std::stop_token stop);
    QCoro::Task<Result<>> readBackups(Shared gathering, ReadingOf reading, std::stop_token stop);
    QCoro::Task<Result<Backup>> readBackup(ReadingOf reading, QString id, std::stop_token stop);
    QCoro::Task<Result<>> readZone(ReadingOf reading, QString id, Backup backup, std::stop_token stop);
    QCoro::Task<Result<>> readWal(Shared gathering, ReadingOf reading, std::stop_token stop);
    QCoro::Task<Result<>> readEnds(
        ReadingOf reading, std::shared_ptr<WalArchive> archive, std::stop_token stop);
    QCoro::Task<Result<>> readHistories(Shared gathering, ReadingOf reading,
        std::vector<WalFolder::History> files, std::shared_ptr<WalArchive> archive, std::stop_token stop);
    QCoro::Task<Result<>> readSpace(Shared gathering, ReadingOf reading, std::stop_token stop);

    void tell(Gathering &gathering, const Reading &reading, const Error &error) const
    {
        gathering.scan.troubles.push_back({ name(), reading.listed.name, reading.cluster, error });
    }

    Asker m_asker;
    Way m_way;
    std::shared_ptr<HostReader> m_host;
    std::shared_ptr<Clock> m_clock;
    std::shared_ptr<Queue> m_turns = std::make_shared<Queue>();
};

void findGone(Gathering &gathering)
{
    const auto unread = [&](const QString &id) {
        return std::ranges::any_of(
            gathering.unread, [&](const QString &prefix) { return id.startsWith(prefix); });
    };
    for (auto known = gathering.known.stamps.cbegin(); known != gathering.known.stamps.cend(); ++known)
        if (!gathering.seen.contains(known.key()) && !unread(known.key()))
            gathering.scan.gone << known.key();
    gathering.scan.gone.sort();
    gathering.scan.whole = gathering.unread.isEmpty();
}

// What a server that Barman left out had archived is still believed; the trouble tells.
void keepArchives(Gathering &gathering)
{
    if (!gathering.unread.contains(QString(u""_s)))
        return;
    auto &archives = gathering.scan.archives;
    for (const WalArchive &archive : gathering.known.archives)
        if (std::ranges::find(archives, archive.part, &WalArchive::part) == archives.end())
            archives.push_back(archive);
    std::ranges::sort(archives, {}, &WalArchive::part);
}

const WalArchive *knownArchive(const Known &known, const QString &part)
{
    const auto found = std::ranges::find(known.archives, part, &WalArchive::part);
    return found == known.archives.end() ? nullptr : &*found;
}

QCoro::Task<Result<QByteArray>> BarmanSource::ask(HostCommand command, std::stop_token stop)
{
    const auto host = m_host;
    const auto output = co_await host->run(command, stop);
    if (stop.stop_requested())
        co_return tl::unexpected(cancelled());
    co_return barman::answerOf(output);
}

QCoro::Task<Result<Scan>> BarmanSource::scan(Known known, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto turn = co_await takeTurn(m_turns, stop);
    if (!turn)
        co_return tl::unexpected(cancelled());
    const HostCommand command = m_way.listBackups(m_asker.source.stanza);
    const auto json = co_await ask(command, stop);
    if (!json)
        co_return tl::unexpected(json.error());
    const auto listing = parseListing(*json);
    if (!listing)
        co_return tl::unexpected(listing.error());
    const QStringList &errors = listing->messages.errors;
    if (listing->servers.empty())
        co_return failure(ErrorKind::NotFound, u"barman.failed"_s,
            errors.isEmpty() ? u"no server is configured"_s : errors.join(u'\n'));
    const auto gathering = std::make_shared<Gathering>();
    gathering->known = std::move(known);
    gathering->scan.source = name();
    gathering->scan.at = m_clock->now();
    for (const QString &words : errors + listing->messages.warnings)
        gathering->scan.troubles.push_back(
            { name(), {}, {}, { ErrorKind::Protocol, u"barman.said"_s, words } });
    // Barman left something out, and does not say what in a form that could be told apart.
    if (!errors.isEmpty())
        gathering->unread << QString(u""_s);
    for (const ListedServer &server : listing->servers) {
        const auto read = co_await readServer(gathering, server, stop);
        if (!read)
            co_return tl::unexpected(read.error());
    }
    findGone(*gathering);
    keepArchives(*gathering);
    co_return std::move(gathering->scan);
}

QCoro::Task<Result<>> BarmanSource::readServer(Shared gathering, ListedServer listed, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto reading = std::make_shared<Reading>();
    reading->listed = std::move(listed);
    const auto facts = co_await readFacts(gathering, reading, stop);
    if (!facts)
        co_return tl::unexpected(facts.error());
    const auto checks = co_await readChecks(gathering, reading, stop);
    if (!checks)
        co_return tl::unexpected(checks.error());
    const auto folders = co_await readFolders(reading, stop);
    if (!folders)
        co_return tl::unexpected(folders.error());
    const auto backups = co_await readBackups(gathering, reading, stop);
    if (!backups)
        co_return tl::unexpected(backups.error());
    const auto wal = co_await readWal(gathering, reading, stop);
    if (!wal)
        co_return tl::unexpected(wal.error());
    auto space = co_await readSpace(gathering, reading, stop);
    co_return space;
}

QCoro::Task<Result<>> BarmanSource::readFacts(Shared gathering, ReadingOf reading, std::stop_token stop)
{
    const auto self = shared_from_this();
    const QString server = reading->listed.name;
    reading->cluster = clusterOf(m_asker, server, {});
    const HostCommand command = m_way.showServer(server);
    const auto json = co_await ask(command, stop);
    if (!json && json.error().kind == ErrorKind::Cancelled)
        co_return tl::unexpected(json.error());
    const Result<Server> facts = json ? parseServer(*json, server) : tl::unexpected(json.error());
    if (!facts) {
        tell(*gathering, *reading, facts.error());
        co_return {};
    }
    reading->facts = *facts;
    reading->systemId = facts->systemId;
    if (facts->disabled || !facts->active)
        tell(*gathering, *reading,
            { ErrorKind::Conflict, u"barman.inactive"_s,
                facts->disabled ? u"the server is disabled"_s : facts->inactiveWhy });
    if (!reading->systemId && !facts->backupFolder.isEmpty()) {
        // PostgreSQL does not answer; Barman remembers whom it has seen.
        const QByteArray path = QFile::encodeName(facts->backupFolder) + "/identity.json";
        const auto identity = co_await m_host->read(path, 0, SmallFile, stop);
        if (stop.stop_requested())
            co_return tl::unexpected(cancelled());
        if (identity)
            reading->systemId = parseIdentity(*identity);
    }
    reading->cluster = clusterOf(m_asker, server, reading->systemId);
    co_return {};
}

QCoro::Task<Result<WalPlace>> BarmanSource::walPlace(WalArchive archive, std::stop_token stop)
{
    const auto self = shared_from_this();
    const HostCommand command = m_way.showServer(archive.part);
    const auto json = co_await ask(command, stop);
    const Result<Server> server = json ? parseServer(*json, archive.part) : tl::unexpected(json.error());
    if (!server)
        co_return tl::unexpected(server.error());
    co_return WalPlace { m_host, QFile::encodeName(server->walFolder) };
}

QCoro::Task<Result<>> BarmanSource::readChecks(Shared gathering, ReadingOf reading, std::stop_token stop)
{
    const auto self = shared_from_this();
    const QString server = reading->listed.name;
    const HostCommand command = m_way.check(server);
    const auto json = co_await ask(command, stop);
    if (!json && json.error().kind == ErrorKind::Cancelled)
        co_return tl::unexpected(json.error());
    const Result<QStringList> failed = json ? parseCheck(*json, server) : tl::unexpected(json.error());
    if (!failed)
        tell(*gathering, *reading, failed.error());
    else
        for (const QString &words : *failed)
            tell(*gathering, *reading, { ErrorKind::Conflict, u"barman.check"_s, words });
    co_return {};
}

QCoro::Task<Result<Backup>> BarmanSource::readBackup(ReadingOf reading, QString id, std::stop_token stop)
{
    const QString server = reading->listed.name;
    const HostCommand command = m_way.showBackup(server, id);
    const auto json = co_await ask(command, stop);
    if (!json)
        co_return tl::unexpected(json.error());
    co_return parseBackup(*json, server);
}

// A backup that failed has no time but its name, in the host's zone, which a whole one tells.
QCoro::Task<Result<>> BarmanSource::readZone(
    ReadingOf reading, QString id, Backup backup, std::stop_token stop)
{
    const auto self = shared_from_this();
    if (backup.start) {
        reading->zone = zoneOf(id, backup);
        co_return {};
    }
    const auto &backups = reading->listed.backups;
    const auto whole = std::ranges::find_if(backups, &ListedBackup::ready);
    if (reading->zone || whole == backups.end())
        co_return {};
    const QString other = whole->id;
    const auto told = co_await readBackup(reading, other, stop);
    if (!told && told.error().kind == ErrorKind::Cancelled)
        co_return tl::unexpected(told.error());
    if (told)
        reading->zone = zoneOf(other, *told);
    co_return {};
}

// Barman lists a backup by its own note of it, also when the files are gone that it speaks of.
QCoro::Task<Result<>> BarmanSource::readFolders(ReadingOf reading, std::stop_token stop)
{
    const auto self = shared_from_this();
    const HostListing listing { .folder = QFile::encodeName(reading->facts.baseFolder), .depth = 2 };
    if (listing.folder.isEmpty() || reading->facts.method.contains(u"snapshot"_s))
        co_return {};
    const auto folders = std::make_shared<BackupFolders>();
    const std::function<void(std::vector<HostEntry>)> take
        = [folders](const std::vector<HostEntry> &entries) { folders->take(entries); };
    const auto closed = co_await m_host->list(listing, take, stop);
    if (stop.stop_requested())
        co_return tl::unexpected(cancelled());
    if (closed && closed->empty())
        reading->emptied = folders->emptied();
    co_return {};
}

// Oldest first, so that whole backups tell the zone before failed ones need it.
QCoro::Task<Result<>> BarmanSource::readBackups(Shared gathering, ReadingOf reading, std::stop_token stop)
{
    const auto self = shared_from_this();
    auto backups = reading->listed.backups;
    std::ranges::sort(backups, {}, &ListedBackup::id);
    for (const ListedBackup &listed : backups) {
        const QString id = artifactId(reading->listed.name, listed.id);
        // An older one that was never finished was left.
        const bool waits = listed.status == u"WAITING_FOR_WALS"_s;
        const bool runs = waits || (listed.runs() && listed.id == backups.back().id);
        const bool emptied = listed.ready() && reading->emptied.contains(listed.id);
        gathering->seen.insert(id);
        if (gathering->known.stamps.value(id) == stampOf(listed, runs) + (emptied ? EmptiedStamp : QString()))
            continue;
        auto backup = co_await readBackup(reading, listed.id, stop);
        if (!backup && backup.error().kind == ErrorKind::Cancelled)
            co_return tl::unexpected(backup.error());
        if (!backup) {
            tell(*gathering, *reading, backup.error());
            gathering->unread << id;
            continue;
        }
        const auto zone = co_await readZone(reading, listed.id, *backup, stop);
        if (!zone)
            co_return tl::unexpected(zone.error());
        if (backup->startLsn && !backup->firstWal.isEmpty())
            reading->addresses.push_back({ backup->firstWal, *backup->startLsn });
        if (!reading->systemId)
            reading->systemId = backup->systemId;
        const Around around { reading->listed.name, reading->facts, reading->systemId, reading->zone, runs };
        Artifact artifact = artifactOf(m_asker, around, listed, *backup);
        if (emptied)
            tellEmptied(artifact);
        if (artifact.start)
            gathering->scan.runs.push_back(runOf(artifact, listed));
        gathering->scan.artifacts.push_back(artifact);
    }
    co_return {};
}

QCoro::Task<Result<>> BarmanSource::readWal(Shared gathering, ReadingOf reading, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto archive = std::make_shared<WalArchive>();
    archive->source = name();
    archive->part = reading->listed.name;
    archive->cluster = reading->cluster;
    archive->systemId = reading->systemId;
    const auto *known = knownArchive(gathering->known, archive->part);
    if (!archive->systemId && known)
        archive->systemId = known->systemId;
    const bool sizeKnown = tellSegmentSize(*reading, known, *archive);
    const auto folder = std::make_shared<WalFolder>();
    const HostListing listing { .folder = QFile::encodeName(reading->facts.walFolder), .depth = 2 };
    const std::function<void(std::vector<HostEntry>)> take
        = [folder](const std::vector<HostEntry> &entries) { folder->take(entries); };
    Result<std::vector<QByteArray>> listed
        = failure(ErrorKind::NotFound, u"barman.failed"_s, u"the WAL folder is not known"_s);
    if (!listing.folder.isEmpty())
        listed = co_await m_host->list(listing, take, stop);
    if (stop.stop_requested())
        co_return tl::unexpected(cancelled());
    archive->listed = listed && listed->empty();
    if (!archive->listed) {
        QString why = listed ? QString() : listed.error().detail;
        if (listed)
            why = u"may not be entered: "_s
                + QString::fromUtf8(QByteArrayList(listed->begin(), listed->end()).join(", "));
        tell(*gathering, *reading,
            { listed ? ErrorKind::Denied : listed.error().kind, u"barman.archive-unlisted"_s, why });
        const auto ends = co_await readEnds(reading, archive, stop);
        if (!ends)
            co_return tl::unexpected(ends.error());
        gathering->scan.archives.push_back(std::move(*archive));
        co_return {};
    }
    auto names = folder->names();
    if (!sizeKnown)
        archive->segmentSize = likelySegmentSize(names.segments);
    archive->files = names.files;
    archive->bytes = names.bytes;
    archive->partial = newestPartial(names.partials, archive->segmentSize);
    const auto job = elsewhere([archive, segments = std::move(names.segments)]() mutable {
        fold(std::move(segments), *archive);
        return true;
    });
    co_await job;
    const auto read = co_await readHistories(gathering, reading, std::move(names.histories), archive, stop);
    if (!read)
        co_return tl::unexpected(read.error());
    gathering->scan.archives.push_back(std::move(*archive));
    co_return {};
}

QCoro::Task<Result<>> BarmanSource::readEnds(
    ReadingOf reading, std::shared_ptr<WalArchive> archive, std::stop_token stop)
{
    const auto self = shared_from_this();
    QStringList done;
    for (const ListedBackup &backup : reading->listed.backups)
        if (backup.ready())
            done << backup.id;
    if (done.isEmpty())
        co_return {};
    done.sort();
    const auto oldest = co_await readBackup(reading, done.first(), stop);
    if (!oldest && oldest.error().kind == ErrorKind::Cancelled)
        co_return tl::unexpected(oldest.error());
    const auto newest = co_await readBackup(reading, done.last(), stop);
    if (!newest && newest.error().kind == ErrorKind::Cancelled)
        co_return tl::unexpected(newest.error());
    if (oldest && newest)
        archive->spans = endsOf(oldest->firstWal, newest->lastAvailableWal, archive->segmentSize);
    co_return {};
}

QCoro::Task<Result<>> BarmanSource::readHistories(Shared gathering, ReadingOf reading,
    std::vector<WalFolder::History> files, std::shared_ptr<WalArchive> archive, std::stop_token stop)
{
    const auto self = shared_from_this();
    const QByteArray folder = QFile::encodeName(reading->facts.walFolder) + '/';
    const auto *known = knownArchive(gathering->known, archive->part);
    const auto remembered = known ? known->histories : std::vector<TimelineHistory>();
    for (const WalFolder::History &file : files) {
        const auto old = std::ranges::find_if(remembered, [&](const TimelineHistory &history) {
            return history.timeline == file.timeline && history.arrived == file.arrived;
        });
        if (old != remembered.end()) {
            archive->histories.push_back(*old);
            continue;
        }
        const QByteArray path = folder + file.path;
        const auto text = co_await m_host->read(path, 0, SmallFile, stop);
        if (stop.stop_requested())
            co_return tl::unexpected(cancelled());
        auto history = text ? parseHistory(file.timeline, *text) : tl::unexpected(text.error());
        if (history) {
            history->arrived = file.arrived;
            archive->histories.push_back(*history);
        } else {
            archive->troubles.push_back({ QString::fromUtf8(file.path), WalFault::BadHistory,
                history.error().detail, file.timeline, {}, file.arrived });
        }
    }
    std::ranges::sort(archive->histories, {}, &TimelineHistory::timeline);
    co_return {};
}

QCoro::Task<Result<>> BarmanSource::readSpace(Shared gathering, ReadingOf reading, std::stop_token stop)
{
    const auto self = shared_from_this();
    StoreUsage usage {
        .source = name(), .part = reading->listed.name, .used = Bytes {}, .at = m_clock->now()
    };
    for (const ListedBackup &backup : reading->listed.backups)
        usage.used->count += std::max<qint64>(backup.size, 0);
    const auto archive = std::ranges::find(gathering->scan.archives, reading->listed.name, &WalArchive::part);
    if (archive != gathering->scan.archives.end())
        usage.used->count += archive->bytes;
    if (!reading->facts.baseFolder.isEmpty()) {
        const QByteArray folder = QFile::encodeName(reading->facts.baseFolder);
        const auto space = co_await m_host->space(folder, stop);
        if (stop.stop_requested())
            co_return tl::unexpected(cancelled());
        if (space) {
            usage.total = space->total;
            usage.available = space->available;
        }
    }
    gathering->scan.usage.push_back(usage);
    co_return {};
}

} // namespace

std::shared_ptr<BackupSource> makeBarmanSource(Source source, std::vector<Cluster> clusters,
    std::shared_ptr<HostReader> host, std::shared_ptr<Clock> clock)
{
    Asker asker { std::move(source), std::move(clusters) };
    return std::make_shared<BarmanSource>(std::move(asker), std::move(host), std::move(clock));
}

} // namespace tidemark
