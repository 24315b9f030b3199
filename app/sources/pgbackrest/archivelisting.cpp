#include "pgbackrest/archivelisting.h"

#include "toolanswer/json.h"

#include <algorithm>

namespace tidemark::pgbackrest {

using namespace Qt::StringLiterals;

namespace {

// "…-<SHA-1>", nothing behind.
bool isPlain(QByteArrayView suffix)
{
    return suffix.startsWith('-') && !suffix.contains('.');
}

void note(ArchiveListing &listing, std::string_view path, QByteArrayView name, const JsonView &entry)
{
    const qint64 size = entry.number("size").value_or(0);
    const Instant arrived = entry.seconds("time").value_or(Instant {});
    ++listing.files;
    listing.bytes += size;
    const WalFileName file = WalFileName::parse(name);
    if (file.suffix.endsWith(".pgbackrest.tmp"))
        return;
    const ListedSegment segment { file.timeline, static_cast<std::uint32_t>(file.high),
        static_cast<std::uint32_t>(file.low), arrived, size, isPlain(file.suffix) };
    if (file.kind == WalFileKind::Segment)
        listing.segments.push_back(segment);
    else if (file.kind == WalFileKind::Partial)
        listing.partials.push_back(segment);
    else if (file.kind == WalFileKind::TimelineHistory)
        listing.histories.push_back({ qstring(path), file.timeline, arrived });
}

// A segment with its number.
struct Numbered {
    TimelineId timeline;
    SegmentNumber number;
    Instant arrived;
    qint64 size = 0;
    bool plain = false;

    auto operator<=>(const Numbered &) const = default;
};

std::optional<SegmentNumber> numberOf(const ListedSegment &segment, std::uint32_t segmentSize)
{
    const WalFileName name { WalFileKind::Segment, segment.timeline, segment.high, segment.low };
    return name.number(segmentSize);
}

std::vector<Numbered> sorted(const std::vector<ListedSegment> &segments, std::uint32_t segmentSize)
{
    std::vector<Numbered> out;
    out.reserve(segments.size());
    for (const ListedSegment &segment : segments)
        if (const auto number = numberOf(segment, segmentSize))
            out.push_back({ segment.timeline, *number, segment.arrived, segment.size, segment.plain });
    std::ranges::sort(out);
    return out;
}

struct Verdict {
    WalFault fault;
    QString detail;
};

std::optional<Verdict> verdictOf(const Numbered &segment, qint64 copies, bool encrypted, std::uint32_t size)
{
    if (copies > 1)
        return Verdict { WalFault::Unreadable, u"%1 files that differ for one segment"_s.arg(copies) };
    if (segment.size == 0)
        return Verdict { WalFault::Empty, u"0 bytes"_s };
    if (segment.plain && !encrypted && segment.size != size)
        return Verdict { WalFault::WrongSize, u"%1 of %2 bytes"_s.arg(segment.size).arg(size) };
    return {};
}

void extend(std::vector<WalSpan> &spans, const Numbered &segment)
{
    const bool joins = !spans.empty() && spans.back().timeline == segment.timeline
        && spans.back().last.value + 1 == segment.number.value;
    if (!joins)
        spans.push_back(
            { segment.timeline, segment.number, segment.number, segment.arrived, segment.arrived });
    spans.back().last = segment.number;
    spans.back().lastArrived = segment.arrived;
}

} // namespace

Result<QMap<QString, ArchiveListing>> parseArchiveListing(const QByteArray &json)
{
    auto answer = ToolAnswer::read(json, u"pgbackrest.garbled"_s);
    if (!answer)
        return tl::unexpected(answer.error());
    QMap<QString, ArchiveListing> listings;
    std::string_view folder; // most files lie in the folder of the one before
    ArchiveListing *listing = nullptr;
    answer->root().members([&](std::string_view path, const JsonView &entry) {
        const auto slash = path.find('/');
        if (slash == std::string_view::npos || entry.text("type") != u"file"_s)
            return;
        if (!listing || path.substr(0, slash) != folder) {
            folder = path.substr(0, slash);
            listing = &listings[qstring(folder)];
        }
        const auto name = path.substr(path.rfind('/') + 1);
        note(*listing, path, QByteArrayView(name.data(), static_cast<qsizetype>(name.size())), entry);
    });
    return listings;
}

std::uint32_t segmentSizeOf(const ArchiveListing &listing)
{
    std::uint32_t size = DefaultSegmentSize;
    for (const ListedSegment &segment : listing.segments)
        while (size > 1u << 20 && segment.low >= (1ull << 32) / size)
            size >>= 1;
    return size;
}

void fold(ArchiveListing listing, bool encrypted, WalArchive &archive)
{
    const std::uint32_t size = archive.segmentSize;
    const std::vector<Numbered> segments = sorted(listing.segments, size);
    for (auto at = segments.begin(); at != segments.end();) {
        const auto next = std::find_if(at, segments.end(), [&](const Numbered &other) {
            return other.timeline != at->timeline || other.number != at->number;
        });
        const auto verdict = verdictOf(*at, next - at, encrypted, size);
        if (verdict)
            archive.troubles.push_back({ segmentName(at->timeline, at->number, size), verdict->fault,
                verdict->detail, at->timeline, at->number, at->arrived });
        else
            extend(archive.spans, *at);
        at = next;
    }
    const std::vector<Numbered> partials = sorted(listing.partials, size);
    if (!partials.empty())
        archive.partial = partials.back().number;
    archive.files = listing.files;
    archive.bytes = listing.bytes;
}

} // namespace tidemark::pgbackrest
