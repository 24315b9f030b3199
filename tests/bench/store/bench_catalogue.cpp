#include "store/store.h"
#include "support/temporaryfolder.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <benchmark/benchmark.h>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

int argc = 1;
char name[] = "bench";
char *argv[] = { name, nullptr };

// Sleeps until the answer is there, so that the processor time is the store's alone.
template <class T>
QCoro::Task<> hand(QCoro::Task<Result<T>> task, std::optional<T> *answer)
{
    auto result = co_await task;
    *answer = std::move(result).value();
}

template <class T>
T answerOf(QCoro::Task<Result<T>> task)
{
    std::optional<T> answer;
    const auto handed = hand(std::move(task), &answer);
    while (!answer)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return *std::move(answer);
}

// Backups as a tool tells them: ids of thirty letters, a stamp, a check, a parent for six of seven.
Artifact artifactNumber(int i)
{
    Artifact made;
    made.source = u"repo"_s;
    made.id = u"vm/%1/2026-11-20T%2Z"_s.arg(2000 + i % 200).arg(i, 10, 10, QLatin1Char('0'));
    made.stamp = u"%1-ok"_s.arg(1'600'000'000 + i);
    made.cluster = u"c%1"_s.arg(i % 200);
    made.systemId = SystemId { 7'300'000'000'000'000'000ULL + static_cast<unsigned>(i % 200) };
    made.method = i % 7 == 0 ? Method::Full : Method::Incremental;
    made.start = Instant::fromSeconds(1'600'000'000 + i * 100LL);
    made.stop = Instant::fromSeconds(1'600'000'060 + i * 100LL);
    made.startLsn = Lsn { static_cast<std::uint64_t>(i) << 24 };
    made.stopLsn = Lsn { (static_cast<std::uint64_t>(i) << 24) + 256 };
    made.timeline = TimelineId { 1 };
    made.size = Bytes { 100'000'000'000 + i };
    made.stored = Bytes { 1'000'000'000 + i };
    if (i % 7 != 0)
        made.parent = u"vm/%1/2026-11-20T%2Z"_s.arg(2000 + i % 200).arg(i - i % 7, 10, 10, QLatin1Char('0'));
    made.checks = { { CheckKind::Contents, true, made.stop, u"ok"_s } };
    made.location = u"/srv/repo/"_s + made.id;
    return made;
}

Scan scanOf(int count)
{
    Scan scan;
    scan.source = u"repo"_s;
    scan.at = Instant::fromSeconds(1'795'000'000);
    for (int i = 0; i < count; ++i)
        scan.artifacts.push_back(artifactNumber(i));
    WalArchive archive { .source = u"repo"_s, .cluster = u"c0"_s };
    // Five segments for each artifact, broken once in a hundred segments.
    for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(count) / 20; ++i)
        archive.spans.push_back({ TimelineId { 1 }, { i * 100 }, { i * 100 + 98 },
            Instant::fromSeconds(static_cast<qint64>(i)), Instant::fromSeconds(static_cast<qint64>(i) + 9) });
    scan.archives = { archive };
    return scan;
}

Fleet fleetOf()
{
    Fleet fleet { .name = u"bench"_s };
    for (int i = 0; i < 200; ++i)
        fleet.clusters.push_back({ .name = u"c%1"_s.arg(i) });
    fleet.sources = { { .name = u"repo"_s } };
    return fleet;
}

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
}

void readKnown(benchmark::State &state)
{
    const World world;
    static_cast<void>(world.apply(scanOf(static_cast<int>(state.range(0)))));
    for (auto _ : state)
        benchmark::DoNotOptimize(answerOf(world.catalogue->known(u"bench"_s, u"repo"_s, {})));
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
