#include "insight/insight.h"

#include <benchmark/benchmark.h>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr std::uint64_t Clusters = 200;
constexpr std::uint64_t SpansPerThousand = 50;
constexpr std::uint32_t Segment = DefaultSegmentSize;
const Instant Start = Instant::fromSeconds(1'700'000'000);

// A cluster's years: each minute a segment, now and then one that is missing.
Instant timeOf(std::uint64_t segment)
{
    return Start + std::chrono::minutes(segment);
}

ArtifactFact base(std::uint64_t number, std::uint64_t segment, const QString &parent)
{
    ArtifactFact fact;
    fact.id = u"20261120-020000F_%1"_s.arg(number);
    fact.method = parent.isEmpty() ? Method::Full : Method::Incremental;
    fact.parent = parent;
    fact.assurance = number % 3 == 0 ? Assurance::Contents : Assurance::Structure;
    fact.start = timeOf(segment);
    fact.stop = timeOf(segment + 1);
    fact.assuredAt = fact.stop;
    fact.startLsn = Lsn { segment * Segment + 40 };
    fact.stopLsn = Lsn { (segment + 1) * Segment + 300 };
    fact.timeline = TimelineId { 1 };
    fact.stored = Bytes { qint64(1'000'000 + number) };
    return fact;
}

ArtifactFact other(std::uint64_t number, std::uint64_t segment, ArtifactKind kind)
{
    ArtifactFact fact;
    fact.kind = kind;
    fact.source = kind == ArtifactKind::Dump ? 1 : 2;
    fact.id = u"vm/2001/%1"_s.arg(number);
    fact.database = kind == ArtifactKind::Dump ? u"database_%1"_s.arg(number % 4) : QString();
    fact.withGlobals = true;
    fact.assurance = Assurance::Contents;
    fact.start = timeOf(segment);
    fact.stop = timeOf(segment);
    fact.assuredAt = fact.stop;
    fact.stored = Bytes { 1'000'000 };
    return fact;
}

ClusterFacts clusterOf(std::uint64_t index, std::uint64_t artifacts, std::uint64_t spans)
{
    ClusterFacts cluster;
    cluster.name = u"cluster-%1"_s.arg(index);
    cluster.systemId = SystemId { index + 1 };
    const std::uint64_t step = 20;
    QString full;
    for (std::uint64_t at = 0; at < artifacts; ++at) {
        if (at % 3 == 0) {
            cluster.artifacts.push_back(base(at, at * step, at % 21 == 0 ? QString() : full));
            full = at % 21 == 0 ? cluster.artifacts.back().id : full;
        } else
            cluster.artifacts.push_back(
                other(at, at * step, at % 3 == 1 ? ArtifactKind::Dump : ArtifactKind::VmSnapshot));
        cluster.artifacts.back().source += qint32(index % 4) * 3;
    }
    WalArchive archive;
    archive.source = u"repo-%1"_s.arg(index % 4);
    archive.systemId = cluster.systemId;
    const std::uint64_t length = artifacts * step / spans + 1;
    for (std::uint64_t at = 0; at < spans; ++at) {
        const std::uint64_t first = at * length;
        const std::uint64_t last = first + length - 2;
        archive.spans.push_back({ { 1 }, { first }, { last }, timeOf(first + 1), timeOf(last + 1) });
    }
    cluster.archives.push_back(std::move(archive));
    return cluster;
}

struct Wide {
    CatalogueFacts facts;
    Fleet fleet;
    FleetState state;
    Instant now;
};

void addSource(Wide &wide, const QString &name, SourceKind kind)
{
    Source source;
    source.name = name;
    source.kind = kind;
    SourceFacts read;
    read.name = name;
    read.readAt = wide.now;
    wide.fleet.sources.push_back(source);
    wide.facts.sources.push_back(read);
}

void addCluster(Wide &wide, std::uint64_t index)
{
    Cluster cluster;
    cluster.name = u"cluster-%1"_s.arg(index);
    cluster.environment = Environment::Production;
    cluster.objectives.rpo = std::chrono::minutes(15);
    cluster.objectives.proofAge = std::chrono::days(31);
    wide.fleet.clusters.push_back(cluster);
    for (std::size_t kind = 0; kind < 3; ++kind)
        wide.fleet.sources[(index % 4) * 3 + kind].clusters.append(cluster.name);
    RetentionPromise promise;
    promise.name = u"standard"_s;
    promise.clusters = { cluster.name };
    promise.duration = std::chrono::days(30);
    promise.keep = { { u"keep-daily"_s, 7 }, { u"keep-weekly"_s, 4 } };
    wide.fleet.promises.push_back(promise);
    Followed<ServerFacts> server;
    server.name = cluster.name;
    server.reach = Reach::Live;
    server.facts = ServerFacts {};
    server.facts->readAt = wide.now;
    server.facts->systemId = SystemId { index + 1 };
    server.facts->timeline = TimelineId { 1 };
    wide.state.servers.push_back(server);
}

Wide wideFleet(std::uint64_t artifacts)
{
    Wide wide;
    const std::uint64_t each = artifacts / Clusters;
    const std::uint64_t spans = std::max<std::uint64_t>(artifacts * SpansPerThousand / 1000 / Clusters, 1);
    wide.now = timeOf(each * 20 + 30);
    for (int index = 0; index < 4; ++index) {
        addSource(wide, u"repo-%1"_s.arg(index), SourceKind::PgBackRest);
        addSource(wide, u"dumps-%1"_s.arg(index), SourceKind::Dumps);
        addSource(wide, u"pbs-%1"_s.arg(index), SourceKind::Pbs);
    }
    for (std::uint64_t index = 0; index < Clusters; ++index) {
        wide.facts.clusters.push_back(clusterOf(index, each, spans));
        addCluster(wide, index);
    }
    return wide;
}

// All that is concluded from artifacts and WAL spans of 200 clusters.
void insightOverTheFleet(benchmark::State &state)
{
    const Wide wide = wideFleet(std::uint64_t(state.range(0)));
    for (auto _ : state) {
        Insight insight = insightOf(wide.facts, wide.fleet, wide.state, wide.now);
        benchmark::DoNotOptimize(insight);
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(insightOverTheFleet)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

// The same, seen a minute later.
void insightAged(benchmark::State &state)
{
    const Wide wide = wideFleet(std::uint64_t(state.range(0)));
    const Insight insight = insightOf(wide.facts, wide.fleet, wide.state, wide.now);
    for (auto _ : state) {
        Insight later = aged(insight, wide.now + std::chrono::minutes(1));
        benchmark::DoNotOptimize(later);
    }
}
BENCHMARK(insightAged)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void insightToBytesAndBack(benchmark::State &state)
{
    const Wide wide = wideFleet(std::uint64_t(state.range(0)));
    const Insight insight = insightOf(wide.facts, wide.fleet, wide.state, wide.now);
    qint64 size = 0;
    for (auto _ : state) {
        const QByteArray bytes = toBytes(insight);
        size = bytes.size();
        auto back = insightFromBytes(bytes);
        benchmark::DoNotOptimize(back);
    }
    state.counters["bytes"] = double(size);
}
BENCHMARK(insightToBytesAndBack)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

} // namespace
