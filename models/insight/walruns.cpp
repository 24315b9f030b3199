#include "insight/walruns.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr std::chrono::seconds CopyTime { 60 };

void addArrivals(WalRun &run, const WalSpan &span, std::uint32_t segmentSize)
{
    if (span.firstArrived)
        run.arrivals.push_back({ span.first.end(segmentSize), *span.firstArrived });
    if (span.lastArrived && span.last != span.first)
        run.arrivals.push_back({ span.last.end(segmentSize), *span.lastArrived });
    else if (span.lastArrived && !span.firstArrived)
        run.arrivals.push_back({ span.last.end(segmentSize), *span.lastArrived });
}

bool before(const WalSpan &a, const WalSpan &b)
{
    return std::tie(a.timeline, a.first) < std::tie(b.timeline, b.first);
}

void addSpan(std::vector<TimelineRuns> &all, const WalSpan &span, std::uint32_t segmentSize)
{
    if (all.empty() || all.back().timeline != span.timeline)
        all.push_back({ span.timeline, {} });
    std::vector<WalRun> &runs = all.back().runs;
    if (runs.empty() || runs.back().last.value + 1 < span.first.value)
        runs.push_back({ span.first, span.last, {}, false, 0 });
    runs.back().last = std::max(runs.back().last, span.last);
    addArrivals(runs.back(), span, segmentSize);
}

} // namespace

const WalRun *TimelineRuns::holding(SegmentNumber segment) const
{
    const auto behind = std::upper_bound(runs.begin(), runs.end(), segment,
        [](SegmentNumber wanted, const WalRun &run) { return wanted < run.first; });
    if (behind == runs.begin() || !std::prev(behind)->holds(segment))
        return nullptr;
    return &*std::prev(behind);
}

bool stillArriving(const WalTrouble &trouble, const WalArchive &archive, Instant now)
{
    const bool shortFile = trouble.fault == WalFault::Empty || trouble.fault == WalFault::WrongSize
        || trouble.fault == WalFault::Unreadable;
    if (!shortFile || !trouble.arrived || now - *trouble.arrived >= CopyTime)
        return false;
    return std::none_of(archive.spans.begin(), archive.spans.end(), [&](const WalSpan &span) {
        return span.timeline == trouble.timeline && trouble.number && span.last > *trouble.number;
    });
}

std::vector<TimelineRuns> runsOf(const WalArchive &archive)
{
    std::vector<TimelineRuns> all;
    if (std::is_sorted(archive.spans.begin(), archive.spans.end(), before)) {
        for (const WalSpan &span : archive.spans)
            addSpan(all, span, archive.segmentSize);
        return all;
    }
    std::vector<WalSpan> sorted = archive.spans;
    std::sort(sorted.begin(), sorted.end(), before);
    for (const WalSpan &span : sorted)
        addSpan(all, span, archive.segmentSize);
    return all;
}

} // namespace tidemark
