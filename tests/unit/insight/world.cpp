#include "world.h"

#include "story.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace tidemark::test {

namespace {

using std::chrono::days;
using std::chrono::hours;

const Instant Start = Story::minute(0);

Cluster shopCluster()
{
    Cluster cluster;
    cluster.name = u"shop"_s;
    cluster.environment = Environment::Production;
    cluster.objectives.rpo = std::chrono::minutes(15);
    cluster.databases = { u"shop"_s, u"wiki"_s };
    return cluster;
}

Source sourceOf(const QString &name, SourceKind kind)
{
    Source source;
    source.name = name;
    source.kind = kind;
    source.clusters = { u"shop"_s };
    return source;
}

SourceFacts readingOf(const QString &name)
{
    SourceFacts facts;
    facts.name = name;
    facts.readAt = Story::minute(10.4);
    return facts;
}

ServerFacts healthyServer()
{
    ServerFacts server;
    server.readAt = Story::minute(10.45);
    server.systemId = SystemId { 42 };
    server.timeline = TimelineId { 1 };
    server.currentLsn = Story::at(10.2);
    server.walLevel = u"replica"_s;
    server.archiveMode = u"on"_s;
    server.archiveCommand = u"test ! -f /archive/%f && cp %p /archive/%f"_s;
    server.archiveTimeout = std::chrono::seconds(60);
    server.walSegmentSize = Bytes { 1 << 20 };
    server.archiver = ArchiverFacts { 9, segmentName({ 1 }, { 9 }, 1u << 20), Story::minute(10), 0, {}, {} };
    server.segmentsWaiting = 0;
    for (const QString &name : { u"postgres"_s, u"shop"_s, u"wiki"_s })
        server.databases.push_back({ name, Bytes { 1 << 20 }, true });
    return server;
}

ArtifactFact dump(const QString &database, int night)
{
    ArtifactFact fact;
    fact.source = 1;
    fact.kind = ArtifactKind::Dump;
    fact.id = u"%1-%2.dump"_s.arg(database).arg(night);
    fact.database = database;
    fact.start = Start - days(night) - hours(2);
    fact.stop = *fact.start + std::chrono::minutes(5);
    fact.stored = Bytes { 1'000'000 + night * 1000 };
    fact.objects = 40;
    fact.withGlobals = true;
    fact.assurance = Assurance::Structure;
    return fact;
}

ArtifactFact globals(int night)
{
    ArtifactFact fact = dump(u"globals"_s, night);
    fact.kind = ArtifactKind::Globals;
    fact.database.clear();
    return fact;
}

ArtifactFact snapshot(int night)
{
    ArtifactFact fact;
    fact.source = 2;
    fact.kind = ArtifactKind::VmSnapshot;
    fact.id = u"vm/2001/%1"_s.arg(night);
    fact.stop = Start - days(night) - hours(3);
    fact.assurance = Assurance::Contents;
    fact.assuredAt = *fact.stop + hours(1);
    fact.stored = Bytes { 5'000'000 };
    return fact;
}

Job job(const QString &kind)
{
    Job made;
    made.source = u"pbs01"_s;
    made.id = kind + u"-1"_s;
    made.kind = kind;
    made.subject = u"tank"_s;
    made.schedule = u"daily"_s;
    made.lastRun = Start - hours(4);
    made.lastState = RunState::Ok;
    made.nextRun = Start + hours(20);
    return made;
}

QString minutes(Instant instant)
{
    return QString::number(std::round(double((instant - Start).count()) / 60e4) / 100);
}

QString print(const Finding &finding)
{
    QStringList words { finding.severity == Severity::Failed ? u"F"_s : u"A"_s, finding.code };
    const auto add = [&](bool shown, const QString &text) {
        if (shown)
            words.append(text);
    };
    add(!finding.cluster.isEmpty(), finding.cluster);
    add(!finding.source.isEmpty(), u"@"_s + finding.source);
    add(!finding.subject.isEmpty(), finding.subject);
    add(!finding.part.isEmpty(), u"("_s + finding.part + u")"_s);
    add(finding.timeline.has_value(), u"tl %1"_s.arg(finding.timeline.value_or(TimelineId {}).value));
    add(!finding.items.isEmpty(), u"[%1]"_s.arg(finding.items.join(u',')));
    add(finding.count > 0, u"x%1"_s.arg(finding.count));
    if (finding.since || finding.until)
        words.append((finding.since ? minutes(*finding.since) : QString()) + u'~'
            + (finding.until ? minutes(*finding.until) : QString()));
    add(finding.measured.has_value(), u"is %1"_s.arg(finding.measured.value_or(0)));
    add(finding.limit.has_value(), u"of %1"_s.arg(finding.limit.value_or(0)));
    add(!finding.said.isEmpty(), u"\"%1\""_s.arg(finding.said));
    add(finding.error.has_value(), u"!"_s + finding.error.value_or(Error {}).code);
    for (const MissingRight &right : finding.missing)
        words.append(u"-"_s + right.what);
    if (finding.atRisk)
        words.append(u"risk %1s/%2"_s.arg(finding.atRisk->count())
                         .arg(finding.bytesAtRisk ? double(finding.bytesAtRisk->count) / (1 << 20) : -1));
    return words.join(u' ');
}

} // namespace

World::World()
    : now(Story::minute(10.5))
{
    fleet.clusters = { shopCluster() };
    fleet.sources = { sourceOf(u"repo"_s, SourceKind::WalArchive), sourceOf(u"dumps"_s, SourceKind::Dumps),
        sourceOf(u"pbs01"_s, SourceKind::Pbs) };
    for (const Source &source : fleet.sources)
        facts.sources.push_back(readingOf(source.name));
    StoreUsage usage;
    usage.source = usage.part = u"tank"_s;
    usage.total = Bytes { 1000 };
    usage.used = Bytes { 400 };
    facts.sources.back().usage = { usage };
    for (const QString &kind : { u"verify"_s, u"prune"_s, u"gc"_s, u"sync"_s })
        facts.sources.back().jobs.push_back(job(kind));
    facts.clusters.push_back({ u"shop"_s, SystemId { 42 }, {}, {} });
    for (int night = 6; night >= 0; --night) {
        shop().artifacts.push_back(snapshot(night));
        shop().artifacts.push_back(globals(night));
        shop().artifacts.push_back(dump(u"shop"_s, night));
        shop().artifacts.push_back(dump(u"wiki"_s, night));
    }
    repository(u"wal repo 1 2-9; full b 1 2.1-2.6 verified"_s);
    Followed<ServerFacts> followed;
    followed.name = u"shop"_s;
    followed.reach = Reach::Live;
    followed.facts = healthyServer();
    state.servers.push_back(followed);
}

void World::repository(const QString &story)
{
    const Story told = Story::of(story);
    std::erase_if(shop().artifacts, [](const ArtifactFact &one) { return one.source == 0; });
    shop().artifacts.insert(shop().artifacts.end(), told.facts.artifacts.begin(), told.facts.artifacts.end());
    shop().archives = told.facts.archives;
    for (WalArchive &one : shop().archives)
        one.files = qint64(one.spans.size());
    sort();
}

void World::put(ArtifactFact artifact)
{
    shop().artifacts.push_back(std::move(artifact));
    sort();
}

void World::sort()
{
    const auto time = [](const ArtifactFact &fact) {
        return fact.stop ? *fact.stop : fact.start.value_or(Instant::fromSeconds(1LL << 40));
    };
    std::stable_sort(shop().artifacts.begin(), shop().artifacts.end(),
        [&](const ArtifactFact &a, const ArtifactFact &b) { return time(a) < time(b); });
}

Source &World::source(const QString &name)
{
    return *std::find_if(
        fleet.sources.begin(), fleet.sources.end(), [&](const Source &one) { return one.name == name; });
}

SourceFacts &World::read(const QString &name)
{
    return *std::find_if(
        facts.sources.begin(), facts.sources.end(), [&](const SourceFacts &one) { return one.name == name; });
}

ArtifactFact &World::artifact(const QString &id)
{
    const auto found = std::find_if(shop().artifacts.begin(), shop().artifacts.end(),
        [&](const ArtifactFact &one) { return one.id == id; });
    if (found == shop().artifacts.end())
        qFatal("no such artifact: %s", qPrintable(id));
    return *found;
}

QString print(const std::vector<Finding> &findings)
{
    QStringList lines;
    for (const Finding &finding : findings)
        lines.append(print(finding));
    return lines.join(u"; "_s);
}

} // namespace tidemark::test
