#include "insight/insight.h"
#include "support/loopgap.h"
#include "support/uiworld.h"
#include "theme/theme.h"
#include "timeline/timelinepage.h"
#include "timeline/timelinestrip.h"
#include "timeline/timelineview.h"
#include "timeline/timelinework.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QPixmap>

#include <algorithm>
#include <array>
#include <benchmark/benchmark.h>

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr int Lanes = 20;
constexpr int Stretches = 250; // windows and gaps of each
const Instant End = Instant::fromSeconds(1'795'183'506);
constexpr auto TenYears = std::chrono::hours(10 * 365 * 24);
constexpr std::uint32_t Segment = DefaultSegmentSize;

ArtifactFact artifactAt(int number, Instant at)
{
    constexpr std::array kinds { ArtifactKind::BaseBackup, ArtifactKind::Dump, ArtifactKind::BaseBackup };
    ArtifactFact fact;
    fact.kind = kinds[std::size_t(number) % kinds.size()];
    fact.source = number % 3;
    fact.id = u"20261120-020000F_%1"_s.arg(number);
    fact.assurance = number % 50'021 == 0 ? Assurance::Refuted : Assurance::Contents;
    fact.held = number % 997 == 0;
    fact.start = fact.stop = fact.assuredAt = at;
    if (fact.kind == ArtifactKind::BaseBackup) {
        const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(at - (End - TenYears));
        fact.timeline = TimelineId { 1 };
        fact.startLsn = Lsn { std::uint64_t(minutes.count()) * Segment + 40 };
        fact.stopLsn = Lsn { fact.startLsn->value + 300 };
        fact.method = number % 3 == 2 ? Method::Incremental : Method::Full;
        fact.parent = number % 3 == 2 ? u"20261120-020000F_%1"_s.arg(number - 2) : QString();
    }
    return fact;
}

// WAL of ten years, a segment a minute, with a hole of three hours every fortnight.
ClusterFacts clusterWith(int artifacts, int number)
{
    ClusterFacts facts;
    facts.name = u"cluster-%1"_s.arg(number);
    const auto step = std::chrono::microseconds(TenYears) / std::max(1, artifacts);
    for (int i = 0; i < artifacts; ++i)
        facts.artifacts.push_back(artifactAt(i, End - TenYears + i * step));
    WalArchive archive;
    const auto minutes = std::uint64_t(std::chrono::minutes(TenYears).count());
    for (std::uint64_t i = 0; i < Stretches; ++i) {
        const std::uint64_t first = i * minutes / Stretches;
        const std::uint64_t last = (i + 1) * minutes / Stretches - 180;
        const auto arrived
            = [](std::uint64_t segment) { return End - TenYears + std::chrono::minutes(segment); };
        archive.spans.push_back({ { 1 }, { first }, { last }, arrived(first + 1), arrived(last + 1) });
    }
    facts.archives.push_back(std::move(archive));
    return facts;
}

TimelineQuestion questionWith(int artifacts)
{
    TimelineQuestion question;
    question.now = End;
    auto facts = std::make_shared<CatalogueFacts>();
    facts->sources.resize(3);
    for (int i = 0; i < Lanes; ++i) {
        facts->clusters.push_back(clusterWith(artifacts / Lanes, i));
        question.fleet.clusters.push_back({ .name = facts->clusters.back().name });
    }
    auto knowledge = std::make_shared<Knowledge>();
    knowledge->insight = std::make_shared<const Insight>(insightOf(*facts, question.fleet, {}, End));
    knowledge->facts = std::move(facts);
    question.knowledge = std::move(knowledge);
    return question;
}

TimelineScene sceneOf(const TimelineFacts &facts)
{
    TimelineScene scene;
    for (const auto &of : facts.clusters) {
        scene.lanes.push_back(of.lane);
        LaneWords words;
        words.name = of.cluster;
        words.band = u"Any instant · timeline %1"_s;
        words.note = u"WAL gap: segment 0000000100000031000000C7 missing since 16 Nov 09:20"_s;
        words.held = u"50 held: no rule prunes them"_s;
        words.parts.resize(qsizetype(of.lane->rows.size()), u"repository · 12 full backups"_s);
        scene.words.push_back(words);
    }
    scene.scale = TimeScale(End - std::chrono::hours(28 * 24), End, 1000);
    scene.now = End;
    scene.cursor = End - std::chrono::hours(24);
    return scene;
}

void tell(benchmark::State &state, const char *name, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    const std::string what(name);
    state.counters[what + "_p50_ms"] = times[times.size() / 2];
    state.counters[what + "_p99_ms"] = times[times.size() * 99 / 100];
}

// Pans and zooms from ten years to a second and back; a frame is a whole repaint of the lanes and of the
// strip above them, in a window of 1440x900. Every third lane is open when asked for.
void frames(benchmark::State &state)
{
    TimelineView view;
    TimelineStrip strip;
    view.resize(1246, 560);
    strip.resize(1246, 42);
    TimelineScene scene = sceneOf(workOut(questionWith(int(state.range(0)))));
    for (std::size_t i = 0; i < scene.lanes.size(); ++i)
        scene.open.push_back(state.range(1) != 0 && i % 3 == 0);
    view.show(scene);
    strip.show(scene, End - TenYears);
    QPixmap target(view.size());
    QPixmap above(strip.size());
    std::vector<double> clock;
    std::vector<double> processor;
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
        const double before = test::threadMilliseconds();
        view.setScale(scale);
        strip.setFrame(scale);
        view.render(&target);
        strip.render(&above);
        processor.push_back(test::threadMilliseconds() - before);
        clock.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    tell(state, "clock", clock);
    tell(state, "processor", processor);
}
BENCHMARK(frames)
    ->ArgNames({ "artifacts", "open" })
    ->ArgsProduct({ { 10'000, 100'000, 1'000'000 }, { 0, 1 } })
    ->Iterations(960)
    ->Unit(benchmark::kMillisecond);

// Lanes and starting points out of new facts: on the thread pool in the program.
void lanes(benchmark::State &state)
{
    const TimelineQuestion question = questionWith(int(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(workOut(question));
}
BENCHMARK(lanes)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

// What moving the cursor asks of every cluster, on the window's own thread.
void answers(benchmark::State &state)
{
    const TimelineQuestion question = questionWith(int(state.range(0)));
    const TimelineFacts facts = workOut(question);
    int at = 0;
    for (auto _ : state) {
        const Instant asked = End - std::chrono::hours(at++ * 37 % 87'000);
        for (const auto &of : facts.clusters)
            benchmark::DoNotOptimize(restorePath(question.knowledge->facts->cluster(of.cluster),
                facts.insight(of.cluster)->recoverability, *of.starts, asked));
    }
}
BENCHMARK(answers)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

// How long the window's thread is held up at most when new facts come, until they are shown.
void news(benchmark::State &state)
{
    Theme &theme = Theme::of();
    test::UiWorld world;
    const TimelineQuestion question = questionWith(int(state.range(0)));
    world.fleet->open(u"/fleet.yaml"_s, LoadedFleet { question.fleet, {}, {} });
    TimelinePage page(world.context(theme));
    page.resize(1246, 810);
    page.show();
    auto *view = page.findChild<TimelineView *>();
    double longest = 0;
    for (auto _ : state) {
        world.catalogue->know({}, Insight {});
        while (!view->scene().readAt.empty())
            QCoreApplication::processEvents();
        CatalogueFacts facts = *question.knowledge->facts;
        Insight insight = *question.knowledge->insight;
        test::LoopGap gap;
        world.catalogue->know(std::move(facts), std::move(insight));
        while (view->scene().readAt.empty())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::processEvents();
        longest = std::max(longest, gap.longest());
    }
    state.counters["longest_ms"] = longest;
}
BENCHMARK(news)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Iterations(5)->Unit(benchmark::kMillisecond);

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
