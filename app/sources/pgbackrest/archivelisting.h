#pragma once

#include "values/error.h"
#include "wal/walarchive.h"

#include <QByteArray>
#include <QMap>

#include <vector>

// The answer of "pgbackrest repo-ls --recurse --output=json archive/STANZA".
namespace tidemark::pgbackrest {

struct ListedSegment {
    TimelineId timeline;
    std::uint32_t high = 0; // second and third part of the name
    std::uint32_t low = 0;
    Instant arrived;
    qint64 size = 0;
    bool plain = false; // neither compressed nor shorter by its name

    auto operator<=>(const ListedSegment &) const = default;
};

struct ListedHistory {
    QString path; // below the stanza's archive: "15-1/00000002.history"
    TimelineId timeline;
    Instant arrived;
};

// What one archive id ("15-1") holds.
struct ArchiveListing {
    std::vector<ListedSegment> segments; // in no order
    std::vector<ListedSegment> partials;
    std::vector<ListedHistory> histories;
    qint64 files = 0;
    qint64 bytes = 0;
};

[[nodiscard]] Result<QMap<QString, ArchiveListing>> parseArchiveListing(const QByteArray &json);

// The largest usual segment size, at most the default one, under which every name is possible.
[[nodiscard]] std::uint32_t segmentSizeOf(const ArchiveListing &listing);

// Folds the segments into the archive's spans and troubles. Sizes are told apart only where files are plain.
void fold(ArchiveListing listing, bool encrypted, WalArchive &archive);

} // namespace tidemark::pgbackrest
