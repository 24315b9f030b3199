#include "dumps/describe.h"

#include "values/pathtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using Verdict = DumpFacts::Verdict;
using namespace std::chrono;

constexpr microseconds StillWritten = minutes(10); // what is not whole and younger than this may be under way

bool namesCluster(const QByteArray &path, const QString &cluster)
{
    const QString wanted = cluster.toLower();
    const QStringList parts = QString::fromUtf8(path).toLower().split(u'/');
    return std::ranges::any_of(parts, [&wanted](const QString &part) {
        return part == wanted || part.startsWith(wanted + u'-') || part.startsWith(wanted + u'_')
            || part.startsWith(wanted + u'.');
    });
}

void setDatabase(Artifact &artifact, const DumpItem &item, const DumpFacts &facts)
{
    if (facts.cluster || facts.globals)
        return;
    if (facts.database) {
        artifact.database = pathText(*facts.database);
        return;
    }
    artifact.database = pathText(namedWhat(item.path));
    artifact.notes.insert(u"database told by"_s, u"the file's name"_s);
}

void setState(Artifact &artifact, const DumpItem &item, const DumpFacts &facts, Instant now)
{
    const auto age = now < item.modified ? microseconds(0) : now - item.modified;
    const bool young = age < StillWritten;
    const auto check = [&](bool passed) {
        artifact.checks = { Check { CheckKind::Structure, passed, now, facts.words } };
    };
    switch (facts.verdict) {
    case Verdict::Whole:
        check(true);
        break;
    case Verdict::Unread:
    case Verdict::NoDump:
        artifact.notes.insert(u"not checked"_s, facts.words);
        break;
    case Verdict::Cut:
    case Verdict::Empty:
    case Verdict::Damaged:
        check(false);
        artifact.state
            = young && facts.verdict != Verdict::Damaged ? ArtifactState::Running : ArtifactState::Damaged;
        artifact.why = facts.verdict == Verdict::Empty ? u"the file is empty"_s : facts.words;
        break;
    }
    if (item.kind == DumpItem::Kind::Headless) {
        artifact.checks.clear();
        artifact.state = young ? ArtifactState::Running : ArtifactState::Unfinished;
    } else if (artifact.state == ArtifactState::Complete && saysUnfinished(item.path)) {
        artifact.state = ArtifactState::Unfinished;
        artifact.why = u"its name says that it is not finished"_s;
    }
}

} // namespace

DumpPlace DumpPlace::of(const Source &source, const Fleet &fleet)
{
    DumpPlace place { source.name, pathBytes(source.path), {} };
    while (place.folder.size() > 1 && place.folder.endsWith('/'))
        place.folder.chop(1);
    for (const Cluster &cluster : fleet.clusters)
        if (source.clusters.contains(cluster.name))
            place.clusters.push_back(cluster);
    return place;
}

QString DumpPlace::clusterOf(const QByteArray &path, const QString &database) const
{
    if (clusters.size() == 1)
        return clusters.front().name;
    QStringList named;
    QStringList having;
    for (const Cluster &cluster : clusters) {
        if (namesCluster(path, cluster.name))
            named.append(cluster.name);
        if (!database.isEmpty() && cluster.databases.contains(database))
            having.append(cluster.name);
    }
    if (named.size() == 1)
        return named.front();
    return having.size() == 1 ? having.front() : QString();
}

QByteArray DumpPlace::absolute(const QByteArray &path) const
{
    if (path == ".")
        return folder;
    return folder.endsWith('/') ? folder + path : folder + '/' + path;
}

QString idOf(const DumpItem &item)
{
    return pathText(item.path);
}

Artifact describe(const DumpItem &item, const DumpFacts &facts, const DumpPlace &place, Instant now)
{
    Artifact artifact;
    artifact.source = place.source;
    artifact.id = idOf(item);
    artifact.kind = facts.globals ? ArtifactKind::Globals : ArtifactKind::Dump;
    setDatabase(artifact, item, facts);
    artifact.cluster = place.clusterOf(item.path, artifact.database);
    artifact.stop = item.modified;
    artifact.stored = Bytes { item.size };
    artifact.part = pathText(folderOf(item.path));
    artifact.format = facts.format;
    artifact.compression = facts.compression;
    artifact.encrypted = facts.encrypted;
    artifact.objects = facts.objects;
    artifact.serverVersion = versionNumber(facts.server);
    artifact.toolVersion = facts.tool;
    artifact.location = pathText(place.absolute(item.path));
    if (!facts.created.isEmpty())
        artifact.notes.insert(u"started, by its own clock"_s, facts.created);
    setState(artifact, item, facts, now);
    return artifact;
}

} // namespace tidemark
