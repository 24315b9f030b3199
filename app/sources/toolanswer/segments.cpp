#include "toolanswer/segments.h"

#include <algorithm>

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

std::optional<SegmentNumber> numberOf(const ListedSegment &segment, std::uint32_t segmentSize)
{
    const WalFileName name { WalFileKind::Segment, segment.timeline, segment.high, segment.low };
    return name.number(segmentSize);
}

bool sameSegment(const ListedSegment &a, const ListedSegment &b)
{
    return a.timeline == b.timeline && a.high == b.high && a.low == b.low;
}

struct Verdict {
    WalFault fault;
    QString detail;
};

std::optional<Verdict> verdictOf(const ListedSegment &segment, qint64 copies, std::uint32_t segmentSize)
{
    if (copies > 1)
        return Verdict { WalFault::Unreadable, u"%1 files that differ for one segment"_s.arg(copies) };
    if (segment.size == 0)
        return Verdict { WalFault::Empty, u"0 bytes"_s };
    if (segment.plain && segment.size != segmentSize)
        return Verdict { WalFault::WrongSize, u"%1 of %2 bytes"_s.arg(segment.size).arg(segmentSize) };
    return {};
}

void extend(std::vector<WalSpan> &spans, const ListedSegment &segment, SegmentNumber number)
{
    const bool joins = !spans.empty() && spans.back().timeline == segment.timeline
        && spans.back().last.value + 1 == number.value;
    if (!joins)
        spans.push_back({ segment.timeline, number, number, segment.arrived, segment.arrived });
    spans.back().last = number;
    spans.back().lastArrived = segment.arrived;
}

} // namespace

ListedSegment listedSegment(const WalFileName &name, Instant arrived, qint64 size, bool plain)
{
    return { name.timeline, static_cast<std::uint32_t>(name.high), static_cast<std::uint32_t>(name.low),
        arrived, size, plain };
}

std::uint32_t likelySegmentSize(const std::vector<ListedSegment> &segments)
{
    std::uint32_t size = DefaultSegmentSize;
    for (const ListedSegment &segment : segments)
        while (size > 1u << 20 && segment.low >= (1ull << 32) / size)
            size >>= 1;
    return size;
}

std::optional<std::uint32_t> agreedSegmentSize(const std::vector<NamedAddress> &addresses)
{
    std::vector<std::uint32_t> possible;
    for (std::uint32_t size = 1u << 20; size <= 1u << 30; size <<= 1)
        possible.push_back(size);
    for (const NamedAddress &address : addresses)
        std::erase_if(possible, [&](std::uint32_t size) {
            const auto number = WalFileName::parse(address.name).number(size);
            return !number || *number != SegmentNumber::of(address.lsn, size);
        });
    return possible.size() == 1 ? std::optional(possible.front()) : std::nullopt;
}

void fold(std::vector<ListedSegment> segments, WalArchive &archive)
{
    const std::uint32_t size = archive.segmentSize;
    std::ranges::sort(segments);
    for (auto at = segments.begin(); at != segments.end();) {
        const auto next = std::find_if(
            at, segments.end(), [&](const ListedSegment &other) { return !sameSegment(*at, other); });
        const auto number = numberOf(*at, size);
        const auto verdict = verdictOf(*at, next - at, size);
        if (number && verdict)
            archive.troubles.push_back({ segmentName(at->timeline, *number, size), verdict->fault,
                verdict->detail, at->timeline, *number, at->arrived });
        else if (number)
            extend(archive.spans, *at, *number);
        at = next;
    }
}

std::optional<SegmentNumber> newestPartial(
    const std::vector<ListedSegment> &partials, std::uint32_t segmentSize)
{
    const auto newest = std::ranges::max_element(partials);
    return newest == partials.end() ? std::nullopt : numberOf(*newest, segmentSize);
}

} // namespace tidemark
