#pragma once

#include "ports/hostreader.h"
#include "wal/segmentset.h"
#include "wal/spanbuilder.h"
#include "walarchive/walarchive.h"

#include <map>
#include <memory>

namespace tidemark {

// What WalArchive::checked holds.
struct WalChecked {
    SegmentSet heads;
    SegmentSet contents;
    Instant newestEnd; // ".backup" files that came up to then are read

    [[nodiscard]] static WalChecked parse(const QString &text);
    [[nodiscard]] QString toString() const;
};

// A file of an archive that is to be read.
struct WalFile {
    QByteArray path; // below the source's folder
    WalFileKind kind = WalFileKind::Segment;
    TimelineId timeline;
    SegmentNumber number; // of a segment, by the segment size assumed
    bool packed = false;
    qint64 size = 0;
    Instant arrived;
};

// One archive while it is listed: folded at once, and the few files named that are worth reading.
class PartListing
{
public:
    PartListing(const WalArchive *known, const WalArchiveBudget &budget);
    void add(const QByteArray &path, const WalFileName &name, const HostEntry &entry);

    [[nodiscard]] SpanBuilder &builder() { return m_builder; }
    [[nodiscard]] const WalArchive &known() const { return m_known; }
    [[nodiscard]] bool isNew() const { return m_isNew; }
    // None of the segments that were known is left: what was found in them says nothing of these.
    [[nodiscard]] bool isReplaced() const { return !m_isNew && m_anyNew && !m_anyOld; }
    [[nodiscard]] const WalChecked &checked() const { return m_checked; }
    // The newest ones, as many as the budget allows.
    [[nodiscard]] std::vector<WalFile> heads();
    [[nodiscard]] std::vector<WalFile> contents();
    [[nodiscard]] const std::vector<WalFile> &histories() const { return m_histories; }
    [[nodiscard]] const std::vector<WalFile> &ends() const { return m_ends; }
    // Troubles found by reading earlier, of files that have not changed since.
    [[nodiscard]] const std::vector<WalTrouble> &carried() const { return m_carried; }

private:
    void addSegment(WalFile file);
    [[nodiscard]] static bool foundByReading(WalFault fault);

    WalArchive m_known;
    bool m_isNew;
    bool m_anyNew = false;
    bool m_anyOld = false;
    WalArchiveBudget m_budget;
    WalChecked m_checked;
    Instant m_newest; // of what was known
    Instant m_recent;
    std::map<std::pair<TimelineId, SegmentNumber>, WalTrouble> m_knownBad;
    SpanBuilder m_builder;
    std::vector<WalFile> m_heads;
    std::vector<WalFile> m_contents;
    std::vector<WalFile> m_histories;
    std::vector<WalFile> m_ends;
    std::vector<WalTrouble> m_carried;
};

// A source's folder while it is listed, by archive.
class FolderListing
{
public:
    FolderListing(const std::vector<WalArchive> &known, const WalArchiveBudget &budget);
    void add(const std::vector<HostEntry> &entries);
    [[nodiscard]] std::map<QByteArray, PartListing> &parts() { return m_parts; }

private:
    std::map<QByteArray, WalArchive> m_known;
    WalArchiveBudget m_budget;
    std::map<QByteArray, PartListing> m_parts;
    PartListing *m_last = nullptr;
    QByteArray m_lastPart;
};

// The archive a folder belongs to: itself, or for "0000000100000000" and the like the one above.
[[nodiscard]] QByteArray archiveOf(QByteArray folder);

} // namespace tidemark
