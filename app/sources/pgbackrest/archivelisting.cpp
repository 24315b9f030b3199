#include "pgbackrest/archivelisting.h"

#include "toolanswer/json.h"

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
    const ListedSegment segment = listedSegment(file, arrived, size, isPlain(file.suffix));
    if (file.kind == WalFileKind::Segment)
        listing.segments.push_back(segment);
    else if (file.kind == WalFileKind::Partial)
        listing.partials.push_back(segment);
    else if (file.kind == WalFileKind::TimelineHistory)
        listing.histories.push_back({ qstring(path), file.timeline, arrived });
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

void fold(ArchiveListing listing, bool encrypted, WalArchive &archive)
{
    if (encrypted)
        for (ListedSegment &segment : listing.segments)
            segment.plain = false;
    archive.partial = newestPartial(listing.partials, archive.segmentSize);
    archive.files = listing.files;
    archive.bytes = listing.bytes;
    tidemark::fold(std::move(listing.segments), archive);
}

} // namespace tidemark::pgbackrest
