#include "theme/theme.h"
#include "timeline/timelineview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QPixmap>

#include <algorithm>
#include <benchmark/benchmark.h>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr int Lanes = 20;
const Instant End = Instant::fromSeconds(1'795'183'506);
constexpr auto TenYears = std::chrono::hours(10 * 365 * 24);

Lane laneWith(int marks, int number)
{
    Lane lane;
    lane.cluster = u"cluster-%1"_s.arg(number);
    constexpr std::array kinds { Marker::Full, Marker::Dump, Marker::Incremental };
    const auto step = std::chrono::microseconds(TenYears) / std::max(1, marks);
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
        MarkRow row(kinds[kind]);
        for (int i = int(kind); i < marks; i += int(kinds.size()))
            row.add(End - TenYears + i * step, i, i % 50'021 == 0);
        lane.rows.push_back(std::move(row));
    }
    const auto stretch = std::chrono::microseconds(TenYears) / 250;
    for (int i = 0; i < 250; ++i) {
        Window window;
        window.from = End - TenYears + i * stretch;
        window.to = window.from + stretch - std::chrono::hours(3);
        window.timeline = { std::uint32_t(1 + i / 50) };
        lane.windows.push_back(window);
        Gap gap;
        gap.from = window.to;
        gap.to = window.from + stretch;
        lane.gaps.push_back(gap);
    }
    return lane;
}

TimelineScene sceneWith(int artifacts)
{
    TimelineScene scene;
    for (int i = 0; i < Lanes; ++i) {
        scene.lanes.push_back(std::make_shared<const Lane>(laneWith(artifacts / Lanes, i)));
        LaneWords words;
        words.name = scene.lanes.back()->cluster;
        words.band = u"Any instant · timeline %1"_s;
        words.note = u"WAL gap: segment 0000000100000031000000C7 missing since 16 Nov 09:20"_s;
        scene.words.push_back(words);
    }
    scene.scale = TimeScale(End - std::chrono::hours(28 * 24), End, 1000);
    scene.now = End;
    scene.cursor = End - std::chrono::hours(24);
    return scene;
}

// Pans and zooms from ten years to a second and back; a frame is a whole repaint at 1440x900.
void frames(benchmark::State &state)
{
    TimelineView view;
    view.resize(1246, 560);
    view.show(sceneWith(int(state.range(0))));
    QPixmap target(view.size());
    std::vector<double> times;
    int at = 0;
    TimeScale scale = view.scene().scale;
    for (auto _ : state) {
        const int phase = at++ % 240;
        if (phase < 80)
            scale = scale.panned(phase % 2 == 0 ? 37 : -53);
        else
            scale = scale.zoomed(phase < 160 ? 0.87 : 1 / 0.87, 700);
        QElapsedTimer timer;
        timer.start();
        view.setScale(scale);
        view.render(&target);
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    state.counters["p50_ms"] = times[times.size() / 2];
    state.counters["p99_ms"] = times[times.size() * 99 / 100];
}
BENCHMARK(frames)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Iterations(960)->Unit(benchmark::kMillisecond);

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    Theme theme(app);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
