#include "values/instant.h"
#include "wal/lsn.h"

#include <benchmark/benchmark.h>

using namespace Qt::StringLiterals;
using namespace tidemark;

static void parseAnInstant(benchmark::State &state)
{
    const QString text = u"2026-11-20 02:31:07.482015+00"_s;
    for (auto _ : state)
        benchmark::DoNotOptimize(Instant::parse(text));
}
BENCHMARK(parseAnInstant);

static void parseAnLsn(benchmark::State &state)
{
    const QString text = u"4C/9A1F3B28"_s;
    for (auto _ : state)
        benchmark::DoNotOptimize(Lsn::parse(text));
}
BENCHMARK(parseAnLsn);
