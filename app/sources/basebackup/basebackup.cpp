#include "basebackup/basebackup.h"

#include "basebackup/backupreader.h"
#include "basebackup/chain.h"
#include "basebackup/contentspass.h"
#include "ports/turns.h"
#include "toolanswer/whose.h"
#include "values/pathtext.h"

#include <QSet>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

class BaseBackupSource : public BackupSource, public std::enable_shared_from_this<BaseBackupSource>
{
public:
    BaseBackupSource(Source source, std::vector<Cluster> clusters, std::shared_ptr<HostReader> host,
        std::shared_ptr<Clock> clock, qint64 budget)
        : m_source(std::move(source))
        , m_clusters(std::move(clusters))
        , m_host(std::move(host))
        , m_clock(std::move(clock))
        , m_budget(budget)
    {
    }
    [[nodiscard]] QString name() const override { return m_source.name; }
    [[nodiscard]] Capabilities capabilities() const override
    {
        return { .runs = true, .usage = true, .verify = true };
    }
    [[nodiscard]] QCoro::Task<Result<Scan>> scan(Known known, std::stop_token stop) override;

private:
    struct Look {
        Scan scan;
        Known known;
        BackupChain chain; // as it was, and as it becomes
        QSet<QString> seen;
        QSet<QString> read;
        QHash<QString, std::size_t> told; // where in the scan
        std::shared_ptr<qint64> budget;
    };
    // One that has not come to its end, kept from scan to scan.
    struct Begun {
        QString id;
        std::shared_ptr<ContentsPass> pass;
    };
    // Those whose files changed; afterwards those whose parent did.
    [[nodiscard]] QCoro::Task<Result<>> readBackups(
        std::vector<BackupShape> shapes, bool parents, std::shared_ptr<Look> look, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<>> readOne(
        BackupShape shape, std::shared_ptr<Look> look, std::stop_token stop);
    // What waits to be compared: what was begun first, then the newest.
    [[nodiscard]] QCoro::Task<Result<>> goOnComparing(
        std::vector<BackupShape> shapes, std::shared_ptr<Look> look, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<>> compare(
        BackupShape shape, std::shared_ptr<Look> look, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<>> goOn(
        std::shared_ptr<ContentsPass> pass, std::shared_ptr<Look> look, std::stop_token stop);
    [[nodiscard]] bool isBegun(const QString &id, const BackupShape &shape) const
    {
        return m_begun.pass && m_begun.id == id && m_begun.pass->shape().stamp() == shape.stamp();
    }
    [[nodiscard]] std::vector<BackupShape> waiting(
        const std::vector<BackupShape> &shapes, const Look &look) const;
    void blame(const QString &id, const Error &error, Look &look) const;
    [[nodiscard]] static bool changed(
        const QString &id, const BackupShape &shape, bool parents, const Look &look);
    static void finish(Look &look);
    void told(const BackupShape &shape, const BackupFacts &facts, Look &look) const;
    void judgeGone(Look &look) const;
    [[nodiscard]] QByteArray folder() const { return pathBytes(m_source.path); }

    Source m_source;
    std::vector<Cluster> m_clusters;
    std::shared_ptr<HostReader> m_host;
    std::shared_ptr<Clock> m_clock;
    qint64 m_budget;
    Begun m_begun;
    std::shared_ptr<Queue> m_turns = std::make_shared<Queue>();
};

QString idOf(const BackupShape &shape)
{
    return shape.path.isEmpty() ? u"."_s : pathText(shape.path);
}

Run runOf(const Artifact &artifact, Instant now)
{
    Run run;
    run.source = artifact.source;
    run.id = artifact.id;
    run.kind = artifact.method == Method::Incremental ? u"incr"_s : u"basebackup"_s;
    run.subject = artifact.cluster;
    run.cluster = artifact.cluster;
    run.start = artifact.start.value_or(artifact.stop.value_or(now));
    run.end = artifact.stop;
    run.said = artifact.why;
    run.artifact = artifact.id;
    run.size = artifact.stored;
    switch (artifact.state) {
    case ArtifactState::Complete:
        run.state = RunState::Ok;
        break;
    case ArtifactState::Running:
        run.state = RunState::Running;
        break;
    case ArtifactState::Damaged:
        run.state = RunState::Unknown; // what damaged it came later, or not
        break;
    case ArtifactState::Failed:
    case ArtifactState::Unfinished:
        run.state = RunState::Failed;
        break;
    }
    return run;
}

void BaseBackupSource::told(const BackupShape &shape, const BackupFacts &facts, Look &look) const
{
    Artifact artifact = artifactOf(shape, facts, look.scan.at);
    artifact.source = m_source.name;
    artifact.location = m_source.path + (shape.path.isEmpty() ? QString() : u'/' + artifact.id);
    artifact.cluster
        = clusterOf(m_source, m_clusters, artifact.id.section(u'/', 0, 0), artifact.systemId, true);
    look.chain.tell(artifact, facts.label ? facts.label->incrementalFrom : std::nullopt);
    artifact.stamp = shape.stamp();
    if (const auto before = look.told.constFind(artifact.id); before != look.told.constEnd()) {
        look.scan.artifacts[*before] = std::move(artifact);
        return;
    }
    look.told.insert(artifact.id, look.scan.artifacts.size());
    look.scan.artifacts.push_back(std::move(artifact));
}

void BaseBackupSource::blame(const QString &id, const Error &error, Look &look) const
{
    look.scan.whole = false;
    look.scan.troubles.push_back({ m_source.name, id, {}, error });
}

bool BaseBackupSource::changed(const QString &id, const BackupShape &shape, bool parents, const Look &look)
{
    if (look.read.contains(id))
        return false;
    const QString known = look.known.stamps.value(id);
    if (parents)
        return known != look.chain.stampOf(id, shape.stamp());
    return known.section(u'|', 0, 0) != shape.stamp() || look.chain.isOpen(id);
}

QCoro::Task<Result<>> BaseBackupSource::readBackups(
    std::vector<BackupShape> shapes, bool parents, std::shared_ptr<Look> look, std::stop_token stop)
{
    const auto self = shared_from_this();
    for (const BackupShape &shape : shapes) {
        const QString id = idOf(shape);
        look->seen.insert(id);
        if (!changed(id, shape, parents, *look))
            continue;
        look->read.insert(id);
        look->chain.compared(id); // whatever was compared was something else
        const auto read = co_await readOne(shape, look, stop);
        if (!read && read.error().kind == ErrorKind::Cancelled)
            co_return tl::unexpected(read.error());
        if (!read)
            blame(id, read.error(), *look);
    }
    co_return Result<>();
}

// What can be compared within this scan is; the rest waits.
QCoro::Task<Result<>> BaseBackupSource::readOne(
    BackupShape shape, std::shared_ptr<Look> look, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto facts = co_await readBackup(shape, folder(), m_host, stop);
    if (!facts)
        co_return tl::unexpected(facts.error());
    told(shape, *facts, *look);
    const auto pass = makeContentsPass(shape, *facts, folder(), m_host, 0);
    const bool fits = passCost(shape) <= *look->budget;
    if (!pass || (!fits && facts->listed && !facts->listed->none()))
        co_return Result<>();
    look->chain.pause(idOf(shape), 0);
    if (!fits)
        co_return Result<>();
    auto done = co_await goOn(pass, look, stop);
    co_return done;
}

QCoro::Task<Result<>> BaseBackupSource::goOn(
    std::shared_ptr<ContentsPass> pass, std::shared_ptr<Look> look, std::stop_token stop)
{
    const auto self = shared_from_this();
    const QString id = idOf(pass->shape());
    const auto ended = co_await pass->goOn(look->budget, stop);
    if (!ended)
        co_return tl::unexpected(ended.error());
    if (*ended)
        told(pass->shape(), pass->facts(), *look);
    else
        look->chain.pause(id, pass->compared());
    co_return Result<>();
}

std::vector<BackupShape> BaseBackupSource::waiting(
    const std::vector<BackupShape> &shapes, const Look &look) const
{
    std::vector<BackupShape> all;
    for (const BackupShape &shape : shapes)
        if (look.chain.pausedAt(idOf(shape)) && shape.sum.newest + StillWritten <= look.scan.at)
            all.push_back(shape);
    const auto rank = [&](const BackupShape &shape) {
        const QString id = idOf(shape);
        return std::tuple(isBegun(id, shape), look.chain.pausedAt(id) > 0u, shape.sum.newest);
    };
    std::ranges::sort(all, std::greater(), rank);
    return all;
}

QCoro::Task<Result<>> BaseBackupSource::goOnComparing(
    std::vector<BackupShape> shapes, std::shared_ptr<Look> look, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto waitingOnes = waiting(shapes, *look);
    if (waitingOnes.empty() || !isBegun(idOf(waitingOnes.front()), waitingOnes.front()))
        m_begun = {}; // what it was of has gone, or changed
    for (const BackupShape &shape : waitingOnes) {
        if (*look->budget <= 0)
            break;
        const auto done = co_await compare(shape, look, stop);
        if (!done && done.error().kind == ErrorKind::Cancelled)
            co_return tl::unexpected(done.error());
        if (!done)
            blame(idOf(shape), done.error(), *look);
    }
    co_return Result<>();
}

QCoro::Task<Result<>> BaseBackupSource::compare(
    BackupShape shape, std::shared_ptr<Look> look, std::stop_token stop)
{
    const auto self = shared_from_this();
    const QString id = idOf(shape);
    if (!isBegun(id, shape)) {
        const auto facts = co_await readBackup(shape, folder(), m_host, stop);
        if (!facts)
            co_return tl::unexpected(facts.error());
        const auto from = look->chain.pausedAt(id).value_or(0);
        m_begun = { id, makeContentsPass(shape, *facts, folder(), m_host, from) };
    }
    const auto pass = m_begun.pass;
    if (!pass) {
        look->chain.compared(id); // it cannot be any more
        co_return Result<>();
    }
    auto done = co_await goOn(pass, look, stop);
    if (!look->chain.pausedAt(id))
        m_begun = {};
    co_return done;
}

// What cannot be seen may still be there, unless everything was seen.
void BaseBackupSource::judgeGone(Look &look) const
{
    if (!look.scan.whole)
        return;
    for (auto it = look.known.stamps.keyBegin(); it != look.known.stamps.keyEnd(); ++it) {
        if (look.seen.contains(*it))
            continue;
        look.chain.forget(*it);
        look.scan.gone.append(*it);
    }
    look.scan.gone.sort();
}

void BaseBackupSource::finish(Look &look)
{
    for (Artifact &artifact : look.scan.artifacts) {
        artifact.parent = look.chain.parentOf(artifact.id);
        artifact.stamp = look.chain.stampOf(artifact.id, artifact.stamp);
        if (artifact.start)
            look.scan.runs.push_back(runOf(artifact, look.scan.at));
    }
    look.scan.cursor = look.chain.toString();
}

QCoro::Task<Result<Scan>> BaseBackupSource::scan(Known known, std::stop_token stop)
{
    const auto self = shared_from_this();
    const auto turn = co_await takeTurn(m_turns, stop);
    if (!turn)
        co_return failure(ErrorKind::Cancelled, u"host.cancelled"_s, u"cancelled"_s);
    const auto look = std::make_shared<Look>();
    look->scan.source = m_source.name;
    look->scan.at = m_clock->now();
    look->chain = BackupChain::parse(known.cursor);
    look->known = known;
    look->budget = std::make_shared<qint64>(m_budget);
    const auto tree = std::make_shared<BackupTree>();
    HostListing asked;
    asked.folder = folder();
    asked.depth = 0;
    const auto take = [tree](const std::vector<HostEntry> &entries) { tree->add(entries); };
    const auto closed = co_await m_host->list(asked, take, stop);
    if (!closed)
        co_return tl::unexpected(closed.error());
    for (const QByteArray &path : *closed) {
        look->scan.whole = false;
        look->scan.troubles.push_back({ m_source.name, pathText(path), {},
            { ErrorKind::Denied, u"host.denied"_s, pathText(path) + u": may not be read"_s } });
    }
    auto shapes = tree->backups(*closed);
    std::ranges::stable_sort(
        shapes, std::greater(), [](const BackupShape &shape) { return shape.sum.newest; });
    if (auto read = co_await readBackups(shapes, false, look, stop); !read)
        co_return tl::unexpected(std::move(read).error());
    judgeGone(*look);
    if (auto read = co_await readBackups(shapes, true, look, stop); !read)
        co_return tl::unexpected(std::move(read).error());
    if (auto compared = co_await goOnComparing(shapes, look, stop); !compared)
        co_return tl::unexpected(std::move(compared).error());
    finish(*look);
    if (const auto space = co_await m_host->space(asked.folder, stop); space)
        look->scan.usage = { { m_source.name, {}, space->total, {}, space->available, {}, look->scan.at } };
    co_return look->scan;
}

} // namespace

std::shared_ptr<BackupSource> makeBaseBackupSource(Source source, std::vector<Cluster> clusters,
    std::shared_ptr<HostReader> host, std::shared_ptr<Clock> clock, qint64 budget)
{
    return std::make_shared<BaseBackupSource>(
        std::move(source), std::move(clusters), std::move(host), std::move(clock), budget);
}

} // namespace tidemark
