#include "pbssource/pbsfacts.h"

#include <QSet>

#include <algorithm>

namespace tidemark::pbssource {

using namespace Qt::StringLiterals;

namespace {

QString place(const QString &datastore, const QString &nameSpace)
{
    return nameSpace.isEmpty() ? datastore : datastore + u'/' + nameSpace;
}

// "2026-11-20T01:30:00Z", as Instant::toIso() has it for whole seconds, in a tenth of its time.
void appendTime(QString &text, Instant at)
{
    using namespace std::chrono;
    const seconds all(at.seconds());
    const auto day = floor<days>(all);
    const year_month_day date { sys_days(day) };
    const hh_mm_ss time(all - day);
    const auto digits = [&text](qint64 number, qint64 unit) {
        for (; unit > 0; unit /= 10)
            text += QChar(static_cast<char16_t>(u'0' + number / unit % 10));
    };
    digits(static_cast<int>(date.year()), 1000);
    text += u'-';
    digits(unsigned(date.month()), 10);
    text += u'-';
    digits(unsigned(date.day()), 10);
    text += u'T';
    digits(time.hours().count(), 10);
    text += u':';
    digits(time.minutes().count(), 10);
    text += u':';
    digits(time.seconds().count(), 10);
    text += u'Z';
}

// FNV-1a: the same in every run of the program, unlike qHash.
quint64 digest(const QString &text, quint64 seed)
{
    quint64 hash = seed;
    for (const QChar c : text)
        hash = (hash ^ c.unicode()) * 0x100000001b3ull;
    return hash;
}

// Told once for a whole list: texts that many rows have in common are shared.
struct Words {
    const Source &source;
    QHash<QString, QString> clusters; // of groups
    QHash<QString, QString> parts; // of datastore and namespace

    const QString &clusterOf(const QString &group)
    {
        const auto known = clusters.constFind(group);
        return known != clusters.cend() ? *known : *clusters.insert(group, clusterOfGroup(source, group));
    }
    const QString &partOf(const PbsSnapshotFacts &snapshot)
    {
        const QString key = snapshot.datastore + u':' + snapshot.nameSpace;
        const auto known = parts.constFind(key);
        return known != parts.cend() ? *known
                                     : *parts.insert(key, place(snapshot.datastore, snapshot.nameSpace));
    }
};

ArtifactState stateOf(const PbsSnapshotFacts &snapshot, bool running)
{
    if (snapshot.finished)
        return ArtifactState::Complete;
    return running ? ArtifactState::Running : ArtifactState::Unfinished;
}

// The disks of a virtual machine are held at one instant, all together, or read while it is stopped: what is
// in them is what a power failure would leave, or better. Files of a host and volumes of a container are
// copied while they change, for all the server tells.
Quiesced quiescedOf(const PbsSnapshotFacts &snapshot)
{
    const bool machine = snapshot.finished && snapshot.group.startsWith(u"vm/");
    return machine ? Quiesced::CrashConsistent : Quiesced::Unknown;
}

void addNotes(Artifact &artifact, const PbsSnapshotFacts &snapshot)
{
    if (snapshot.isProtected)
        artifact.holds << u"protected"_s;
    if (!snapshot.comment.isEmpty())
        artifact.notes.insert(u"comment"_s, snapshot.comment);
    if (!snapshot.owner.isEmpty())
        artifact.notes.insert(u"owner"_s, snapshot.owner);
    if (!snapshot.verification.isEmpty())
        artifact.checks.push_back({ CheckKind::Contents, snapshot.verification == u"ok"_s,
            snapshot.verifiedAt, u"verify "_s + snapshot.verification });
}

Artifact artifactOf(Words &words, const PbsSnapshotFacts &snapshot, QString id, QString stamp, bool running)
{
    static const QString unfinished = u"it has no manifest, or one that cannot be read"_s;
    Artifact artifact { .source = words.source.name,
        .id = std::move(id),
        .stamp = std::move(stamp),
        .cluster = words.clusterOf(snapshot.group),
        .kind = ArtifactKind::VmSnapshot,
        .state = stateOf(snapshot, running),
        .start = snapshot.time,
        .stop = snapshot.time,
        .size = snapshot.size,
        .part = words.partOf(snapshot),
        .format = snapshot.group.section(u'/', 0, 0),
        .encrypted = snapshot.encrypted,
        .quiesced = quiescedOf(snapshot) };
    artifact.location = artifact.id.mid(snapshot.datastore.size() + snapshot.nameSpace.size() + 2);
    if (artifact.state == ArtifactState::Unfinished)
        artifact.why = unfinished;
    addNotes(artifact, snapshot);
    return artifact;
}

// The newest unfinished snapshot of a group is the one that runs.
QSet<const PbsSnapshotFacts *> runningOnes(
    const std::vector<PbsSnapshotFacts> &snapshots, const QStringList &groups)
{
    QHash<QString, const PbsSnapshotFacts *> newest;
    for (const PbsSnapshotFacts &snapshot : snapshots) {
        if (snapshot.finished || !groups.contains(snapshot.group))
            continue;
        const PbsSnapshotFacts *&best = newest[snapshot.group];
        if (!best || best->time < snapshot.time)
            best = &snapshot;
    }
    return { newest.cbegin(), newest.cend() };
}

QString jobKind(PbsJobKind kind)
{
    switch (kind) {
    case PbsJobKind::Prune:
        return u"prune"_s;
    case PbsJobKind::Verify:
        return u"verify"_s;
    case PbsJobKind::Sync:
        return u"sync"_s;
    case PbsJobKind::GarbageCollection:
        return u"gc"_s;
    }
    return {};
}

// The server reckons anew at every question; a day is as exact as it can be.
std::optional<Instant> toTheDay(std::optional<Instant> at)
{
    constexpr qint64 day = 86'400;
    return at ? std::optional(Instant::fromSeconds(at->seconds() / day * day)) : std::nullopt;
}

} // namespace

QString clusterOfGroup(const Source &source, const QString &group)
{
    const QString name = group.section(u'/', 1);
    if (source.clusters.contains(name))
        return name;
    const auto index = source.groups.indexOf(group);
    return index >= 0 ? source.clusters.value(index) : QString();
}

QString snapshotId(const PbsSnapshotFacts &snapshot)
{
    QString id;
    id.reserve(snapshot.datastore.size() + snapshot.nameSpace.size() + snapshot.group.size() + 24);
    id += snapshot.datastore;
    id += u':';
    id += snapshot.nameSpace;
    id += u':';
    id += snapshot.group;
    id += u'/';
    appendTime(id, snapshot.time);
    return id;
}

QString stampOf(const PbsSnapshotFacts &snapshot, bool running)
{
    constexpr quint64 basis = 0xcbf29ce484222325ull;
    quint64 hash = digest(snapshot.owner, digest(snapshot.comment, basis) + 1);
    hash = digest(snapshot.verification, hash + 1);
    hash = (hash ^ static_cast<quint64>(snapshot.size ? snapshot.size->count : -1)) * 0x100000001b3ull;
    hash ^= static_cast<quint64>(snapshot.verifiedAt ? snapshot.verifiedAt->seconds() : 0) << 16;
    hash = (hash ^ (snapshot.isProtected ? 1u : 0u) ^ (snapshot.finished ? 2u : 0u) ^ (running ? 4u : 0u)
               ^ (snapshot.encrypted ? 8u : 0u))
        * 0x100000001b3ull;
    return QString::number(hash, 36);
}

QStringList runningGroups(const std::vector<PbsTaskFacts> &tasks)
{
    QStringList groups;
    for (const PbsTaskFacts &task : tasks)
        if (task.state == PbsTaskState::Running && task.type == u"backup"_s)
            groups << task.subject.section(u':', -1);
    return groups;
}

static QStringList goneOf(
    const std::vector<PbsSnapshotFacts> &snapshots, const QHash<QString, QString> &stamps)
{
    QSet<QString> there;
    there.reserve(static_cast<qsizetype>(snapshots.size()));
    for (const PbsSnapshotFacts &snapshot : snapshots)
        there.insert(snapshotId(snapshot));
    QStringList gone;
    for (auto known = stamps.cbegin(); known != stamps.cend(); ++known)
        if (!there.contains(known.key()))
            gone << known.key();
    gone.sort();
    return gone;
}

SnapshotNews newsOf(const Source &source, const std::vector<PbsSnapshotFacts> &snapshots,
    const QStringList &running, const QHash<QString, QString> &stamps)
{
    SnapshotNews news;
    Words words { source, {}, {} };
    const auto runs = runningOnes(snapshots, running);
    if (stamps.isEmpty())
        news.artifacts.reserve(snapshots.size());
    qsizetype found = 0;
    for (const PbsSnapshotFacts &snapshot : snapshots) {
        const bool isRunning = runs.contains(&snapshot);
        QString id = snapshotId(snapshot);
        QString stamp = stampOf(snapshot, isRunning);
        const auto known = stamps.constFind(id);
        found += known != stamps.cend() ? 1 : 0;
        if (known == stamps.cend() || *known != stamp)
            news.artifacts.push_back(artifactOf(words, snapshot, std::move(id), std::move(stamp), isRunning));
    }
    // A group named twice is listed twice, and counts twice.
    const QSet<QString> groups(source.groups.cbegin(), source.groups.cend());
    if (found < stamps.size() || groups.size() < source.groups.size())
        news.gone = goneOf(snapshots, stamps);
    return news;
}

Job jobOf(const QString &source, const PbsJobFacts &job)
{
    const QString kind = jobKind(job.kind);
    return { .source = source,
        .id = kind + u':' + job.id,
        .kind = kind,
        .subject = place(job.datastore, job.nameSpace),
        .schedule = job.schedule,
        .enabled = job.enabled,
        .nextRun = job.nextRun,
        .lastRun = job.lastStart ? job.lastStart : job.lastEnd,
        .lastState = runState(job.lastState),
        .lastSaid = job.lastStatus,
        .keep = job.keep };
}

StoreUsage usageOf(const QString &source, const DatastoreFacts &store, Instant now)
{
    return { .source = source,
        .part = store.name,
        .total = store.total,
        .used = store.used,
        .available = store.available,
        .estimatedFull = toTheDay(store.estimatedFull),
        .at = now };
}

std::optional<SourceTrouble> troubleOf(const QString &source, const DatastoreFacts &store)
{
    if (!store.error.isEmpty())
        return SourceTrouble { source, store.name, {},
            { ErrorKind::Unreachable, u"pbs.datastore-unreadable"_s, store.error } };
    if (!store.maintenance.isEmpty())
        return SourceTrouble { source, store.name, {},
            { ErrorKind::Conflict, u"pbs.maintenance"_s, store.maintenance } };
    return {};
}

std::vector<SourceTrouble> troublesOf(const QString &source, const std::vector<MissingRight> &missing)
{
    std::vector<SourceTrouble> troubles;
    for (const MissingRight &right : missing)
        troubles.push_back({ source, right.what, {},
            { ErrorKind::Denied, u"pbs.permission"_s, right.what + u" -> "_s + right.grant } });
    return troubles;
}

RunState runState(PbsTaskState state)
{
    switch (state) {
    case PbsTaskState::Running:
        return RunState::Running;
    case PbsTaskState::Ok:
        return RunState::Ok;
    case PbsTaskState::Warnings:
        return RunState::Warnings;
    case PbsTaskState::Failed:
        return RunState::Failed;
    case PbsTaskState::Unknown:
        return RunState::Unknown;
    }
    return RunState::Unknown;
}

} // namespace tidemark::pbssource
