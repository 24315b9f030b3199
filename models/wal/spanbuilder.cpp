#include "wal/spanbuilder.h"

#include <algorithm>
#include <bit>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::size_t MostOdd
    = 10'000; // files told one by one; an archive of nothing else is told as that many

QString sizeWords(qint64 size, std::uint32_t segmentSize)
{
    return u"%1 of %2 bytes"_s.arg(size).arg(segmentSize);
}

QString fileName(const WalFileName &name)
{
    const auto part
        = [](std::uint64_t value) { return QString::number(value, 16).toUpper().rightJustified(8, u'0'); };
    return part(name.timeline.value) + part(name.high) + part(name.low);
}

} // namespace

void SpanBuilder::add(const WalFileName &name, qint64 size, Instant arrived)
{
    ++m_files;
    m_bytes += size;
    if (name.kind == WalFileKind::Partial)
        m_partials.emplace_back(name.timeline, WalFileName { name.kind, name.timeline, name.high, name.low });
    if (name.kind != WalFileKind::Segment)
        return;
    const bool plain = name.suffix.isEmpty();
    const auto bytes = static_cast<std::uint64_t>(size);
    if (size <= 0 || (plain && !isSegmentSize(bytes))) {
        if (m_odd.size() < MostOdd)
            m_odd.push_back({ { name.kind, name.timeline, name.high, name.low }, name.suffix.toByteArray(),
                size, arrived });
        return;
    }
    if (!m_last || m_lastTimeline != name.timeline) {
        m_last = &m_timelines[name.timeline];
        m_lastTimeline = name.timeline;
        if (m_last->empty())
            m_last->reserve(m_reserve);
    }
    const auto form = plain ? static_cast<std::uint32_t>(std::countr_zero(bytes)) : 0u;
    const auto low = static_cast<std::uint32_t>(std::min<std::uint64_t>(name.low, 0xffffff));
    ++m_sizes[form];
    m_highestLow = std::max(m_highestLow, low);
    m_last->push_back({ static_cast<std::uint32_t>(name.high), low & 0xffffffu, form & 0xffu, arrived.sinceEpoch.count() });
}

std::uint32_t SpanBuilder::likelySegmentSize() const
{
    const auto commonest = std::max_element(m_sizes.begin() + 20, m_sizes.end());
    if (*commonest > 0)
        return 1u << (commonest - m_sizes.begin());
    std::uint32_t size = DefaultSegmentSize;
    while (size > 1u << 20 && m_highestLow >= (1ull << 32) / size)
        size >>= 1;
    return size;
}

std::optional<WalTrouble> SpanBuilder::troubleOf(
    TimelineId timeline, const Segment &segment, std::uint32_t segmentSize)
{
    const WalFileName name { WalFileKind::Segment, timeline, segment.high, segment.low };
    const auto number = name.number(segmentSize);
    const auto arrived = Instant::fromMicroseconds(segment.arrived);
    if (!number)
        return WalTrouble { fileName(name), WalFault::Misnamed,
            u"there is no such segment among those of %1 bytes"_s.arg(segmentSize), timeline, {}, arrived };
    if (segment.form != 0 && 1u << segment.form != segmentSize)
        return WalTrouble { segmentName(timeline, *number, segmentSize), WalFault::WrongSize,
            sizeWords(qint64(1) << segment.form, segmentSize), timeline, number, arrived };
    return {};
}

WalTrouble SpanBuilder::troubleOf(const Odd &odd, std::uint32_t segmentSize)
{
    const auto number = odd.name.number(segmentSize);
    const QString name = fileName(odd.name) + QString::fromUtf8(odd.suffix);
    if (odd.size <= 0)
        return { name, WalFault::Empty, u"0 bytes"_s, odd.name.timeline, number, odd.arrived };
    return { name, WalFault::WrongSize, sizeWords(odd.size, segmentSize), odd.name.timeline, number,
        odd.arrived };
}

void SpanBuilder::finish(TimelineId timeline, std::vector<Segment> &segments, WalArchive &archive) const
{
    std::ranges::sort(segments, {}, [](const Segment &segment) { return segment.key(); });
    SegmentSet bad;
    for (const WalTrouble &trouble : archive.troubles)
        if (trouble.timeline == timeline && trouble.number)
            bad.insert(timeline, *trouble.number);
    for (const Segment &segment : segments) {
        if (auto trouble = troubleOf(timeline, segment, archive.segmentSize)) {
            archive.troubles.push_back(*std::move(trouble));
            continue;
        }
        const SegmentNumber number { segment.high * ((1ull << 32) / archive.segmentSize) + segment.low };
        if (bad.contains(timeline, number))
            continue;
        const auto arrived = Instant::fromMicroseconds(segment.arrived);
        const bool follows = !archive.spans.empty() && archive.spans.back().timeline == timeline
            && number.value <= archive.spans.back().last.value + 1;
        if (!follows)
            archive.spans.push_back({ timeline, number, number, arrived, arrived });
        WalSpan &span = archive.spans.back();
        if (number != span.last)
            span.lastArrived = arrived;
        span.last = number;
    }
}

void SpanBuilder::finish(WalArchive &archive)
{
    archive.files += m_files;
    archive.bytes += m_bytes;
    for (auto &[timeline, segments] : m_timelines)
        finish(timeline, segments, archive);
    for (const Odd &odd : m_odd)
        archive.troubles.push_back(troubleOf(odd, archive.segmentSize));
    const auto newest = std::ranges::max_element(m_partials, {}, [](const auto &partial) {
        return std::tuple(partial.first, partial.second.high, partial.second.low);
    });
    if (newest != m_partials.end())
        archive.partial = newest->second.number(archive.segmentSize);
    std::ranges::stable_sort(archive.troubles, {},
        [](const WalTrouble &trouble) { return std::tuple(trouble.timeline, trouble.number, trouble.name); });
}

} // namespace tidemark
