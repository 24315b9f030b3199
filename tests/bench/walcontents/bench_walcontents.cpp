#include "support/gzip.h"
#include "wal/contents.h"

#include <QDir>

#include <benchmark/benchmark.h>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

QByteArray segment(const QString &name)
{
    return test::unpackedFile(u"" TIDEMARK_TEST_DATA "/wal/"_s + name + u".gz"_s);
}

// Real segments as they are read from an archive: in portions, headers and checksums checked, commits told.
void segmentIsChecked(benchmark::State &state, const QString &name, qsizetype used)
{
    const QByteArray bytes = segment(name);
    std::uint64_t records = 0;
    for (auto _ : state) {
        WalContentsCheck check;
        check.begin({});
        for (qsizetype at = 0; at < used; at += 1 << 18)
            check.take(QByteArrayView(bytes).sliced(at, std::min<qsizetype>(1 << 18, used - at)));
        records = check.finish().records;
        if (records == 0)
            state.SkipWithError("no records");
    }
    state.SetBytesProcessed(state.iterations() * used);
    state.counters["records"]
        = benchmark::Counter(double(records), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK_CAPTURE(segmentIsChecked, smallRecords, u"16/databases/wal/000000010000000000000005"_s, 1 << 20);
BENCHMARK_CAPTURE(segmentIsChecked, pageImages, u"18/xidwrap/wal/000000010000000000000008"_s, 1 << 20);

void checksum(benchmark::State &state, Crc32cStep step)
{
    const QByteArray bytes(qsizetype(state.range(0)), 'x');
    std::uint32_t value = 0;
    for (auto _ : state) {
        value = step(value, bytes.constData(), std::size_t(bytes.size()));
        benchmark::DoNotOptimize(value);
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK_CAPTURE(checksum, table, crc32cByTable)->Arg(100)->Arg(8192);
BENCHMARK_CAPTURE(
    checksum, instruction, crc32cByInstruction() != nullptr ? crc32cByInstruction() : crc32cByTable)
    ->Arg(100)
    ->Arg(8192);

} // namespace
