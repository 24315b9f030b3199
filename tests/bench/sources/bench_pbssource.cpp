#include "pbs/decode.h"
#include "pbs/facts.h"
#include "pbssource/pbsfacts.h"
#include "support/pbs/manysnapshots.h"

#include <benchmark/benchmark.h>

using namespace tidemark;

namespace {

Source source()
{
    Source source { .name = QStringLiteral("pbs"), .clusters = { QStringLiteral("shop") } };
    source.groups = QStringList { QStringLiteral("host/proj-pg0") };
    return source;
}

std::vector<PbsSnapshotFacts> factsOf(const QByteArray &json)
{
    const auto list = pbs::decode<std::vector<pbs::SnapshotItem>>(json);
    std::vector<PbsSnapshotFacts> facts;
    facts.reserve(list->data.size());
    for (const auto &item : list->data)
        facts.push_back(pbs::snapshotFacts(QStringLiteral("pbs01"), QString(), item));
    return facts;
}

} // namespace

// From the server's bytes to the catalogue's rows, all of them new: 100 000 snapshots are 51 MB.
static void snapshotsToRows(benchmark::State &state)
{
    const QByteArray json = test::manySnapshots(static_cast<int>(state.range(0)));
    for (auto _ : state) {
        auto news = pbssource::newsOf(source(), factsOf(json), {}, {});
        benchmark::DoNotOptimize(news);
    }
    state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * json.size());
}
BENCHMARK(snapshotsToRows)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

// The same list again, nothing new.
static void snapshotsKnown(benchmark::State &state)
{
    const QByteArray json = test::manySnapshots(static_cast<int>(state.range(0)));
    QHash<QString, QString> stamps;
    for (const Artifact &artifact : pbssource::newsOf(source(), factsOf(json), {}, {}).artifacts)
        stamps.insert(artifact.id, artifact.stamp);
    for (auto _ : state) {
        auto news = pbssource::newsOf(source(), factsOf(json), {}, stamps);
        if (!news.artifacts.empty() || !news.gone.isEmpty())
            state.SkipWithError("something is new");
        benchmark::DoNotOptimize(news);
    }
    state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * json.size());
}
BENCHMARK(snapshotsKnown)->Arg(100'000)->Unit(benchmark::kMillisecond);
