#include "hosts/folderwalk.h"
#include "wal/spanbuilder.h"

#include <benchmark/benchmark.h>
#include <filesystem>
#include <fstream>
#include <malloc.h>
#include <numeric>
#include <random>

using namespace tidemark;

namespace {

std::vector<QByteArray> namesOf(std::int64_t count)
{
    std::vector<std::uint64_t> numbers(static_cast<std::size_t>(count));
    std::iota(numbers.begin(), numbers.end(), 0x1234u);
    std::ranges::shuffle(numbers, std::mt19937(1)); // file systems list in no order
    std::vector<QByteArray> names;
    names.reserve(numbers.size());
    for (const std::uint64_t number : numbers)
        names.push_back(segmentName({ 1 }, { number }, DefaultSegmentSize).toLatin1());
    return names;
}

double heapInMebibytes()
{
    const auto about = mallinfo2();
    return double(about.uordblks + about.hblkhd) / (1 << 20);
}

// What the listing has to fold, names made before.
void namesToSpans(benchmark::State &state)
{
    const auto names = namesOf(state.range(0));
    double extra = 0;
    for (auto _ : state) {
        const double before = heapInMebibytes();
        SpanBuilder builder;
        for (const QByteArray &name : names)
            builder.add(WalFileName::parse(name), DefaultSegmentSize, Instant::fromSeconds(1'700'000'000));
        extra = std::max(extra, heapInMebibytes() - before);
        WalArchive archive;
        archive.segmentSize = builder.likelySegmentSize();
        builder.finish(archive);
        if (archive.spans.size() != 1 || archive.spans[0].count() != names.size())
            state.SkipWithError("the names do not make one span");
    }
    state.counters["extra_MiB"] = extra;
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

// From a folder of this machine, its entries' sizes and times asked for.
void folderToSpans(benchmark::State &state)
{
    const auto folder = std::filesystem::temp_directory_path() / "tidemark-bench-wal";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directory(folder);
    for (const QByteArray &name : namesOf(state.range(0))) {
        const auto file = folder / name.toStdString();
        std::ofstream(file).close();
        std::filesystem::resize_file(file, DefaultSegmentSize);
    }
    const HostListing listing { QByteArray::fromStdString(folder.string()) };
    double extra = 0;
    for (auto _ : state) {
        const double before = heapInMebibytes();
        SpanBuilder builder;
        Delivery delivery;
        const auto take = [&](const std::vector<HostEntry> &entries) {
            for (const HostEntry &entry : entries)
                builder.add(WalFileName::parse(entry.path), entry.size, entry.modified);
            extra = std::max(extra, heapInMebibytes() - before);
        };
        if (!walkFolder(listing, take, delivery))
            state.SkipWithError("the folder cannot be listed");
        WalArchive archive;
        builder.finish(archive);
        if (archive.spans.size() != 1)
            state.SkipWithError("the names do not make one span");
    }
    std::filesystem::remove_all(folder);
    state.counters["extra_MiB"] = extra;
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

} // namespace

BENCHMARK(namesToSpans)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(folderToSpans)
    ->Arg(10'000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
