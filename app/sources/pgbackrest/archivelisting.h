#pragma once

#include "toolanswer/segments.h"
#include "values/error.h"

#include <QByteArray>
#include <QMap>

#include <vector>

// The answer of "pgbackrest repo-ls --recurse --output=json archive/STANZA".
namespace tidemark::pgbackrest {

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

// Folds what it holds into the archive's spans and troubles. Sizes are told apart only where files are plain.
void fold(ArchiveListing listing, bool encrypted, WalArchive &archive);

} // namespace tidemark::pgbackrest
