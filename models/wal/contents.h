#pragma once

#include "wal/reader.h"
#include "wal/segment.h"

namespace tidemark {

// What a segment's file name and its cluster say its content must be; what is not known is not compared.
struct WalExpectation {
    std::optional<SystemId> systemId;
    std::optional<TimelineId> timeline;
    std::optional<SegmentNumber> number;
    std::optional<std::uint32_t> segmentSize;
    bool mayEnd = false; // a ".partial", or the segment a server writes to: the log may end within it

    // As the file is named; nothing of a name that is no segment's.
    [[nodiscard]] static std::optional<WalExpectation> of(
        const WalFileName &name, std::uint32_t segmentSize, std::optional<SystemId> systemId);
};

// What the bytes of one segment told.
struct WalContents {
    struct Fault {
        WalFault fault = WalFault::Empty;
        std::uint64_t offset = 0; // in the file
        QString words;

        bool operator==(const Fault &) const = default;
    };
    std::optional<Fault>
        fault; // the first; all that is told below was before it. Nothing: the segment is sound
    std::uint64_t size = 0; // bytes seen
    int version = 0; // 13 to 18
    std::optional<SystemId> systemId;
    std::uint32_t segmentSize = 0;
    Lsn begin; // by its first page
    Lsn end; // behind the last whole record, where the next one would begin
    TimelineId timeline; // of the last page
    std::uint64_t records = 0;
    std::uint32_t skipped = 0; // first bytes, of a record begun in an earlier segment: not checked
    std::optional<WalReader::OpenRecord> open; // goes on in the next segment: its bytes are not checked
    bool joined = false; // read on from the segment before, so that nothing was skipped unchecked
    bool switched = false; // ends early by a switch; the rest means nothing
    std::optional<std::uint64_t> strayByte; // in that rest, offset of a byte that is not zero
    QString ended; // why the log ends within the segment, where it may
    std::uint64_t commits = 0;
    std::uint64_t aborts = 0;
    std::optional<TransactionEnd> first; // commit or abort, in the order of the log
    std::optional<TransactionEnd> last;
    std::optional<Instant> newest; // the latest time among them; times need not grow with the log

    bool operator==(const WalContents &) const = default;
};

// Checks segments, each handed in as its bytes come, in portions of any size. One that follows the sound
// segment before it is read on from there, so that records over the border are checked too; any other begins
// afresh. A flipped bit is found anywhere but: in what `skipped` and `open` tell and behind a switch (both
// mean nothing for this segment by itself), in the padding between records, in the page flag "removable", and
// where a page's timeline turns into another that may be there. An unknown system identifier is not compared.
class WalContentsCheck : private WalRecords
{
public:
    WalContentsCheck();
    WalContentsCheck(const WalContentsCheck &other); // reads on by itself, and tells nobody else yet
    WalContentsCheck &operator=(const WalContentsCheck &) = delete;

    // Hands each record on, after it was counted.
    void tellAlso(WalRecords &records) { m_also = &records; }
    // Whether it is read on from the segment before.
    bool begin(const WalExpectation &expectation);
    // False: there is a fault, more bytes would not be looked at.
    bool take(QByteArrayView portion);
    [[nodiscard]] WalContents finish();

private:
    void take(const WalRecord &record) override;
    [[nodiscard]] bool followsOn() const;
    bool page(const char *bytes);
    [[nodiscard]] bool fitsName(const WalPageHeader &header);
    void fault(WalFault fault, std::uint64_t offset, const QString &words);
    void told(const WalStop &stop, std::uint64_t pageOffset);
    void judgeSize();

    WalRecords *m_also = nullptr;
    std::optional<WalReader> m_reader;
    WalExpectation m_expectation;
    WalContents m_contents;
    std::optional<SegmentNumber> m_next; // that would follow the last sound one
    QByteArray m_piece; // of a page whose rest has not come yet
    bool m_ended = false;
};

} // namespace tidemark
