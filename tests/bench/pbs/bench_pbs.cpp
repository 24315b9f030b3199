#include "pbs/decode.h"
#include "pbs/facts.h"
#include "support/pbs/manysnapshots.h"

#include <benchmark/benchmark.h>

using namespace tidemark;

// Reading a snapshot list into values: 20 000 snapshots are about 10 MB.
static void readSnapshots(benchmark::State &state)
{
    const QByteArray json = test::manySnapshots(static_cast<int>(state.range(0)));
    for (auto _ : state) {
        auto list = pbs::decode<std::vector<pbs::SnapshotItem>>(json);
        benchmark::DoNotOptimize(list);
    }
    state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * json.size());
}
BENCHMARK(readSnapshots)->Arg(500)->Arg(20'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

// And into what the rest of the program works with.
static void snapshotFacts(benchmark::State &state)
{
    const QByteArray json = test::manySnapshots(static_cast<int>(state.range(0)));
    const auto list = pbs::decode<std::vector<pbs::SnapshotItem>>(json);
    for (auto _ : state) {
        std::vector<PbsSnapshotFacts> facts;
        for (const auto &item : list->data)
            facts.push_back(pbs::snapshotFacts(QStringLiteral("pbs01"), QString(), item));
        benchmark::DoNotOptimize(facts);
    }
    state.SetItemsProcessed(static_cast<int64_t>(state.iterations()) * state.range(0));
}
BENCHMARK(snapshotFacts)->Arg(20'000)->Unit(benchmark::kMillisecond);
