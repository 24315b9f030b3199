#include "pgbackrest/pgbackrest.h"

#include "pgbackrest/commands.h"
#include "pgbackrest/facts.h"
#include "pgbackrest/repositoryfiles.h"
#include "pgbackrest/troubles.h"
#include "ports/turns.h"
#include "toolanswer/elsewhere.h"
#include "toolanswer/history.h"

#include <QSet>

namespace tidemark {

using namespace Qt::StringLiterals;
using namespace pgbackrest;

namespace {

constexpr qsizetype SmallAnswer = 64 * 1024;

// Stanzas of long histories are read off the main thread.
QCoro::Task<Result<std::vector<Stanza>>> readInfo(QByteArray json)
{
    if (json.size() <= SmallAnswer)
        co_return parseInfo(json);
    const auto job = elsewhere([json] { return parseInfo(json); });
    auto stanzas = co_await job;
    co_return stanzas;
}

// One scan on its way.
struct Gathering {
    Known known;
    Scan scan;
    QSet<QString> seen;
    QSet<QString> missing; // listed by the tool, and without a folder
    QStringList unread; // "demo/2/": what could not be listed
};

void addTrouble(
    Gathering &gathering, const Stanza &stanza, const QString &part, const QString &cluster, Error error)
{
    if (error.code == u"pgbackrest.failed"_s && error.detail.isEmpty())
        error.detail = stanza.name;
    gathering.scan.troubles.push_back({ gathering.scan.source, part, cluster, std::move(error) });
}

// New or changed since the last scan.
bool isNews(Gathering &gathering, const Artifact &artifact)
{
    gathering.seen.insert(artifact.id);
    return gathering.known.stamps.value(artifact.id) != artifact.stamp;
}

void add(Gathering &gathering, const Artifact &artifact)
{
    if (artifact.start)
        gathering.scan.runs.push_back(runOf(artifact));
    gathering.scan.artifacts.push_back(artifact);
}

bool isUnread(const Gathering &gathering, const QString &id)
{
    return std::ranges::any_of(
        gathering.unread, [&](const QString &prefix) { return id.startsWith(prefix); });
}

void findGone(Gathering &gathering)
{
    for (auto known = gathering.known.stamps.cbegin(); known != gathering.known.stamps.cend(); ++known)
        if (!gathering.seen.contains(known.key()) && !isUnread(gathering, known.key()))
            gathering.scan.gone << known.key();
    gathering.scan.gone.sort();
}

// What a repository that cannot be read had archived is still believed; the trouble tells its age.
void keepArchives(Gathering &gathering)
{
    for (const WalArchive &archive : gathering.known.archives) {
        const QString store = archive.part.section(u'/', 0, 1);
        const QString prefix = archive.part.section(u'/', 0, 0) + u'/' + store.section(u"/repo"_s, 1) + u'/';
        if (isUnread(gathering, prefix))
            gathering.scan.archives.push_back(archive);
    }
}

const WalArchive *knownArchive(const Known &known, const QString &part)
{
    const auto found = std::ranges::find(known.archives, part, &WalArchive::part);
    return found == known.archives.end() ? nullptr : &*found;
}

class PgBackRestSource final : public BackupSource, public std::enable_shared_from_this<PgBackRestSource>
{
public:
    PgBackRestSource(Asker asker, std::shared_ptr<HostReader> host, std::shared_ptr<Clock> clock)
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
    // Of a part as facts.cpp names it: "demo/repo1/15-1".
    [[nodiscard]] QCoro::Task<Result<WalPlace>> walPlace(WalArchive archive, std::stop_token) override
    {
        const QString id = archive.part.section(u'/', -1);
        const qint64 repository = archive.part.section(u'/', -2, -2).mid(4).toLongLong();
        const QString stanza = archive.part.section(u'/', 0, -3);
        co_return WalPlace { makeRepositoryFiles(m_host, m_way, stanza, repository), id.toUtf8() };
    }

private:
    using Shared = std::shared_ptr<Gathering>;
    QCoro::Task<Result<std::vector<Stanza>>> stanzas(std::stop_token stop);
    QCoro::Task<Result<>> readStanza(Shared gathering, Stanza stanza, std::stop_token stop);
    QCoro::Task<Result<>> readBackups(Shared gathering, Stanza stanza, std::stop_token stop);
    QCoro::Task<Result<>> readFolders(
        Shared gathering, Stanza stanza, qint64 repository, std::stop_token stop);
    QCoro::Task<Result<Stanza>> again(Stanza stanza, std::stop_token stop);
    QCoro::Task<Result<>> readArchives(
        Shared gathering, Stanza stanza, qint64 repository, std::stop_token stop);
    QCoro::Task<Result<>> readHistories(Shared gathering, Stanza stanza, qint64 repository,
        std::vector<ListedHistory> listed, std::shared_ptr<WalArchive> archive, std::stop_token stop);
    QCoro::Task<Result<QByteArray>> ask(HostCommand command, std::stop_token stop);

    Asker m_asker;
    Way m_way;
    std::shared_ptr<HostReader> m_host;
    std::shared_ptr<Clock> m_clock;
    std::shared_ptr<Queue> m_turns = std::make_shared<Queue>();
};

QCoro::Task<Result<QByteArray>> PgBackRestSource::ask(HostCommand command, std::stop_token stop)
{
    const auto host = m_host;
    const auto output = co_await host->run(command, stop);
    if (stop.stop_requested())
        co_return failure(ErrorKind::Cancelled, u"source.cancelled"_s, {});
    co_return answerOf(output);
}

QCoro::Task<Result<std::vector<Stanza>>> PgBackRestSource::stanzas(std::stop_token stop)
{
    const auto self = shared_from_this();
    const HostCommand command = m_way.info(m_asker.source.stanza);
    const auto json = co_await ask(command, stop);
    if (!json)
        co_return tl::unexpected(json.error());
    auto stanzas = co_await readInfo(*json);
    co_return stanzas;
}

QCoro::Task<Result<Scan>> PgBackRestSource::scan(Known known, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto turn = co_await takeTurn(m_turns, stop);
    if (!turn)
        co_return failure(ErrorKind::Cancelled, u"source.cancelled"_s, {});
    const auto found = co_await stanzas(stop);
    if (!found)
        co_return tl::unexpected(found.error());
    const auto gathering = std::make_shared<Gathering>();
    gathering->known = std::move(known);
    gathering->scan.source = name();
    gathering->scan.at = m_clock->now();
    for (const Stanza &stanza : *found) {
        const auto read = co_await readStanza(gathering, stanza, stop);
        if (!read)
            co_return tl::unexpected(read.error());
    }
    if (found->empty()) {
        // A repository that is not mounted looks the same.
        gathering->unread << QString(u""_s);
        gathering->scan.troubles.push_back({ name(), {}, {},
            Error { ErrorKind::NotFound, u"pgbackrest.no-stanza"_s, u"no stanza in any repository"_s } });
    }
    gathering->scan.whole = gathering->unread.isEmpty();
    findGone(*gathering);
    keepArchives(*gathering);
    co_return std::move(gathering->scan);
}

QCoro::Task<Result<>> PgBackRestSource::readStanza(Shared gathering, Stanza stanza, std::stop_token stop)
{
    const auto self = shared_from_this();
    const QString cluster = clusterOf(m_asker, stanza, {});
    for (const SourceTrouble &trouble : troublesOf(stanza, name(), cluster))
        gathering->scan.troubles.push_back(trouble);
    if (stanza.repositories.empty())
        gathering->unread << stanza.name + u'/';
    for (const Repository &repository : stanza.repositories) {
        if (!repository.readable()) {
            gathering->unread << u"%1/%2/"_s.arg(stanza.name).arg(repository.key);
            continue;
        }
        const qint64 key = repository.key;
        const auto unlisted = co_await readFolders(gathering, stanza, key, stop);
        if (!unlisted)
            co_return tl::unexpected(unlisted.error());
        const auto archives = co_await readArchives(gathering, stanza, key, stop);
        if (!archives)
            co_return tl::unexpected(archives.error());
        const Instant now = m_clock->now();
        gathering->scan.usage.push_back(usageOf(m_asker, stanza, key, gathering->scan.archives, now));
    }
    auto backups = co_await readBackups(gathering, stanza, stop);
    co_return backups;
}

// What "info" tells of one backup only: damaged files and tablespaces.
QCoro::Task<Result<>> PgBackRestSource::readBackups(Shared gathering, Stanza stanza, std::stop_token stop)
{
    const auto self = shared_from_this();
    for (const Backup &listed : stanza.backups) {
        Artifact artifact = artifactOf(m_asker, stanza, listed);
        const bool missing = gathering->missing.contains(artifact.id);
        if (missing)
            tellMissing(artifact);
        if (!isNews(*gathering, artifact))
            continue;
        const HostCommand command = m_way.backup(stanza.name, listed.repository, listed.label);
        const auto json = co_await ask(command, stop);
        if (!json && json.error().kind == ErrorKind::Cancelled)
            co_return tl::unexpected(json.error());
        const auto told = json ? parseInfo(*json) : Result<std::vector<Stanza>>();
        const bool detailed = told && told->size() == 1 && told->front().backups.size() == 1;
        if (detailed) {
            Backup whole = listed;
            whole.damagedFiles = told->front().backups.front().damagedFiles;
            whole.tablespaces = told->front().backups.front().tablespaces;
            artifact = artifactOf(m_asker, stanza, whole);
        }
        if (missing && detailed)
            tellMissing(artifact);
        add(*gathering, artifact);
    }
    co_return {};
}

QCoro::Task<Result<Stanza>> PgBackRestSource::again(Stanza stanza, std::stop_token stop)
{
    const HostCommand command = m_way.info(stanza.name);
    const auto json = co_await ask(command, stop);
    if (!json)
        co_return tl::unexpected(json.error());
    const auto stanzas = parseInfo(*json);
    co_return stanzas && stanzas->size() == 1 ? stanzas->front() : stanza;
}

QCoro::Task<Result<>> PgBackRestSource::readFolders(
    Shared gathering, Stanza stanza, qint64 repository, std::stop_token stop)
{
    const auto self = shared_from_this();
    const HostCommand command = m_way.listBackups(stanza.name, repository);
    const auto json = co_await ask(command, stop);
    if (!json && json.error().kind == ErrorKind::Cancelled)
        co_return tl::unexpected(json.error());
    const auto folders = json ? parseFolders(*json) : Result<BackupFolders>();
    if (!folders)
        co_return {};
    auto unlisted = unlistedOf(m_asker, stanza, repository, *folders);
    const QStringList missing = missingOf(stanza, repository, *folders);
    if (!unlisted.empty() || !missing.isEmpty()) {
        // One may have begun, ended or been expired between the two answers.
        const auto now = co_await again(stanza, stop);
        if (!now)
            co_return tl::unexpected(now.error());
        unlisted = unlistedOf(m_asker, *now, repository, *folders);
        const QStringList still = missingOf(*now, repository, *folders);
        for (const QString &label : missing)
            if (still.contains(label))
                gathering->missing.insert(artifactId(stanza, repository, label));
    }
    for (const Artifact &artifact : unlisted)
        if (isNews(*gathering, artifact))
            add(*gathering, artifact);
    co_return {};
}

QCoro::Task<Result<>> PgBackRestSource::readArchives(
    Shared gathering, Stanza stanza, qint64 repository, std::stop_token stop)
{
    const auto self = shared_from_this();
    const HostCommand command = m_way.listArchive(stanza.name, repository);
    const auto json = co_await ask(command, stop);
    if (!json && json.error().kind == ErrorKind::Cancelled)
        co_return tl::unexpected(json.error());
    Result<QMap<QString, ArchiveListing>> listings = tl::unexpected(json ? Error {} : json.error());
    if (json) {
        const QByteArray text = *json;
        const auto job = elsewhere([text] { return parseArchiveListing(text); });
        listings = co_await job;
    }
    if (!listings)
        addTrouble(*gathering, stanza, storeOf(stanza, repository), clusterOf(m_asker, stanza, {}),
            { listings.error().kind, u"pgbackrest.archive-unlisted"_s, listings.error().detail });
    for (const ArchiveRange &range : stanza.archives) {
        if (range.repository != repository)
            continue;
        std::optional<ArchiveListing> listing;
        if (listings && (listings->contains(range.id) || range.first.isEmpty()))
            listing = listings->value(range.id);
        else if (listings)
            addTrouble(*gathering, stanza, storeOf(stanza, repository), clusterOf(m_asker, stanza, {}),
                { ErrorKind::NotFound, u"pgbackrest.archive-unlisted"_s,
                    u"repo-ls shows no file of %1"_s.arg(range.id) });
        const Asker asker = m_asker;
        const auto job
            = elsewhere([asker, stanza, range, listing] { return archiveOf(asker, stanza, range, listing); });
        WalArchive folded = co_await job;
        const auto archive = std::make_shared<WalArchive>(std::move(folded));
        if (listing) {
            const auto read
                = co_await readHistories(gathering, stanza, repository, listing->histories, archive, stop);
            if (!read)
                co_return tl::unexpected(read.error());
        }
        gathering->scan.archives.push_back(std::move(*archive));
    }
    co_return {};
}

QCoro::Task<Result<>> PgBackRestSource::readHistories(Shared gathering, Stanza stanza, qint64 repository,
    std::vector<ListedHistory> listed, std::shared_ptr<WalArchive> archive, std::stop_token stop)
{
    const auto self = shared_from_this();
    const WalArchive *known = knownArchive(gathering->known, archive->part);
    const std::vector<TimelineHistory> remembered = known ? known->histories : std::vector<TimelineHistory>();
    for (const ListedHistory &file : listed) {
        const auto old = std::ranges::find_if(remembered, [&](const TimelineHistory &history) {
            return history.timeline == file.timeline && history.arrived == file.arrived;
        });
        if (old != remembered.end()) {
            archive->histories.push_back(*old);
            continue;
        }
        const HostCommand command = m_way.archived(stanza.name, repository, file.path);
        const auto text = co_await ask(command, stop);
        if (!text && text.error().kind == ErrorKind::Cancelled)
            co_return tl::unexpected(text.error());
        const QString name = file.path.section(u'/', -1);
        if (!text) {
            archive->troubles.push_back(
                { name, WalFault::BadHistory, text.error().detail, file.timeline, {}, file.arrived });
            continue;
        }
        auto history = parseHistory(file.timeline, *text);
        if (history) {
            history->arrived = file.arrived;
            archive->histories.push_back(*history);
        } else {
            archive->troubles.push_back(
                { name, WalFault::BadHistory, history.error().detail, file.timeline, {}, file.arrived });
        }
    }
    std::ranges::sort(archive->histories, {}, &TimelineHistory::timeline);
    co_return {};
}

} // namespace

std::shared_ptr<BackupSource> makePgBackRestSource(Source source, std::vector<Cluster> clusters,
    std::shared_ptr<HostReader> host, std::shared_ptr<Clock> clock)
{
    Asker asker { std::move(source), std::move(clusters) };
    return std::make_shared<PgBackRestSource>(std::move(asker), std::move(host), std::move(clock));
}

} // namespace tidemark
