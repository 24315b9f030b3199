#include "moment/momentwork.h"

#include "moment/momentstop.h"

namespace tidemark {

QCoro::Task<NearTold> aroundTime(std::shared_ptr<MomentReader> reader, MomentQuestion question,
    MomentLine line, Instant time, std::stop_token stop)
{
    const auto range = segmentsAround(line, time);
    if (!range)
        co_return std::vector<WalEndTold> {};
    std::uint64_t low = range->first.value;
    std::uint64_t high = range->last.value;
    for (;;) {
        const std::uint64_t middle = low + (high - low) / 2;
        const Lsn lsn = SegmentNumber { middle }.begin(line.segmentSize);
        const TimelineId timeline = line.fileOf(lsn).value_or(line.timeline);
        auto near = co_await reader->around(question, timeline, lsn, stop);
        if (!near)
            co_return near;
        const auto found = firstNotBefore(*near, time);
        const bool exact = found && commitBefore(*near, found->lsn);
        if (exact || low >= high)
            co_return near;
        if (found)
            high = middle;
        else
            low = middle + 1;
    }
}

} // namespace tidemark
