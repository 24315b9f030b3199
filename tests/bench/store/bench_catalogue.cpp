#include "store/store.h"
#include "support/temporaryfolder.h"
#include "widecatalogue.h"

#include <QFileInfo>

#include <benchmark/benchmark.h>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::bench;

namespace {

int argc = 1;
char name[] = "bench";
char *argv[] = { name, nullptr };

struct World {
    test::TemporaryFolder folder;
    std::shared_ptr<Catalogue> catalogue = answerOf(makeSqliteStore(folder.path(), {})).catalogue;

    [[nodiscard]] Changes apply(const Scan &scan) const
    {
        return answerOf(catalogue->apply(u"bench"_s, scan, {}));
    }
    [[nodiscard]] double bytes() const
    {
        return static_cast<double>(QFileInfo(folder.filePath(u"store.db"_s)).size());
    }
};

// What the three sizes are compared by: time for each artifact, the same where growth is linear.
void perArtifact(benchmark::State &state)
{
    using benchmark::Counter;
    state.counters["artifact"] = Counter(static_cast<double>(state.range(0)),
        Counter::kIsIterationInvariantRate | Counter::kInvert); // seconds
}

void applyANewSource(benchmark::State &state)
{
    const Scan scan = scanOf(static_cast<int>(state.range(0)));
    for (auto _ : state) {
        state.PauseTiming();
        auto world = std::make_unique<World>();
        state.ResumeTiming();
        benchmark::DoNotOptimize(world->apply(scan));
        state.PauseTiming();
        world->catalogue.reset(); // the last handle folds the write-ahead log into the file
        state.counters["bytes/artifact"] = world->bytes() / static_cast<double>(state.range(0));
        state.ResumeTiming();
    }
    perArtifact(state);
}

void tellTheSameAgain(benchmark::State &state)
{
    const World world;
    Scan scan = scanOf(static_cast<int>(state.range(0)));
    static_cast<void>(world.apply(scan));
    scan.artifacts.clear();
    for (auto _ : state)
        benchmark::DoNotOptimize(world.apply(scan));
}

void readFacts(benchmark::State &state)
{
    const World world;
    static_cast<void>(world.apply(scanOf(static_cast<int>(state.range(0)))));
    const Fleet fleet = fleetOf();
    for (auto _ : state)
        benchmark::DoNotOptimize(answerOf(world.catalogue->facts(fleet, {})));
    perArtifact(state);
}

void readKnown(benchmark::State &state)
{
    const World world;
    static_cast<void>(world.apply(scanOf(static_cast<int>(state.range(0)))));
    for (auto _ : state)
        benchmark::DoNotOptimize(answerOf(world.catalogue->known(u"bench"_s, u"repo"_s, {})));
    perArtifact(state);
}

void readKeptConclusions(benchmark::State &state)
{
    const World world;
    static_cast<void>(world.apply(scanOf(static_cast<int>(state.range(0)))));
    const Catalogue::Kept kept { 1, QByteArray(1 << 20, 'x') };
    const auto keeping = world.catalogue->keepInsight(u"bench"_s, kept, {}); // before what is asked next
    for (auto _ : state)
        benchmark::DoNotOptimize(answerOf(world.catalogue->keptInsight(u"bench"_s, {})));
}

void readAPage(benchmark::State &state)
{
    const World world;
    static_cast<void>(world.apply(scanOf(static_cast<int>(state.range(0)))));
    const Fleet fleet = fleetOf();
    for (auto _ : state)
        benchmark::DoNotOptimize(answerOf(world.catalogue->artifacts(fleet, {}, {})));
}

void sizes(benchmark::internal::Benchmark *bench)
{
    bench->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
    for (const int count : { 10'000, 100'000, 1'000'000 })
        bench->Arg(count);
}

BENCHMARK(applyANewSource)->Apply(sizes)->Iterations(1);
BENCHMARK(tellTheSameAgain)->Apply(sizes);
BENCHMARK(readFacts)->Apply(sizes)->Iterations(2);
BENCHMARK(readKnown)->Apply(sizes)->Iterations(2);
BENCHMARK(readKeptConclusions)->Apply(sizes);
BENCHMARK(readAPage)->Apply(sizes);

const QCoreApplication &application()
{
    static const QCoreApplication made(argc, argv);
    return made;
}
[[maybe_unused]] const QCoreApplication &made = application();

} // namespace
