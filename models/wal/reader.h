#pragma once

#include "wal/crc32c.h"
#include "wal/page.h"
#include "wal/record.h"
#include "wal/walarchive.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace tidemark {

// Takes the records of a WAL, in its order.
class WalRecords
{
public:
    virtual ~WalRecords() = default;
    virtual void take(const WalRecord &record) = 0; // its bytes are gone after the call
};

// What a reader cannot go on after.
struct WalStop {
    WalFault fault = WalFault::BadPage;
    Lsn at; // the page or record
    QString words;

    bool operator==(const WalStop &) const = default;
};

// Puts records together out of pages that are handed in one after the other, over the borders of pages and of
// segments, and checks every page header and every record's checksum. A record that began before the first
// page is skipped; one that goes on behind the last page stays open, and is ended when more pages come. What
// it holds does not grow with the WAL: of a record over 16 MiB only the beginning is kept.
class WalReader
{
public:
    struct OpenRecord {
        Lsn begin;
        std::uint32_t length = 0;
        std::uint32_t missing = 0; // bytes that later pages have to bring

        bool operator==(const OpenRecord &) const = default;
    };

    explicit WalReader(WalRecords &records)
        : m_records(&records)
    {
    }
    // A copy reads on by itself; it hands what it reads to somebody else.
    void handTo(WalRecords &records) { m_records = &records; }
    // No later page may be of a younger timeline than this.
    void setYoungest(std::optional<TimelineId> timeline) { m_youngest = timeline; }
    // WalPageSize bytes, at the address behind the page before. False once it has stopped.
    bool page(const char *bytes);

    [[nodiscard]] const std::optional<WalStop> &stopped() const { return m_stop; }
    [[nodiscard]] std::optional<OpenRecord> open() const;
    [[nodiscard]] bool switched() const { return m_switched; } // the rest of the segment means nothing
    [[nodiscard]] std::optional<Lsn> strayByte() const { return m_stray; } // not zero behind a switch
    [[nodiscard]] std::uint32_t skipping() const { return m_skip; } // of a record begun before the first page
    [[nodiscard]] Lsn end() const { return m_end; } // behind the last whole record
    [[nodiscard]] Lsn nextPage() const { return m_next; }
    [[nodiscard]] TimelineId timeline() const { return m_timeline; }
    [[nodiscard]] int version() const { return m_version; }
    [[nodiscard]] std::uint32_t segmentSize() const { return m_segmentSize; }
    // What can be told of the open record before its rest is there: its header, and whether it is whole at
    // another length, so that its length field is damaged. False: stopped.
    [[nodiscard]] bool goodSoFar();

private:
    [[nodiscard]] bool firstPage(const WalPageHeader &header);
    [[nodiscard]] bool goodHeader(const WalPageHeader &header);
    [[nodiscard]] bool goodLongForm(const WalPageHeader &header);
    [[nodiscard]] bool joins(const WalPageHeader &header);
    [[nodiscard]] bool continues(const WalPageHeader &header);
    [[nodiscard]] bool overwrites(const WalPageHeader &header);
    [[nodiscard]] bool readRecords();
    [[nodiscard]] bool begin();
    [[nodiscard]] bool goodRecordHeader(const WalRecord &record);
    void collect();
    [[nodiscard]] bool complete();
    void skip();
    void lookForStrays(qsizetype from);
    [[nodiscard]] std::optional<std::uint32_t> otherLength() const;
    bool stop(WalFault fault, Lsn at, const QString &words);
    bool badPage(const QString &words) { return stop(WalFault::BadPage, m_address, words); }
    bool badRecord(const QString &words) { return stop(WalFault::BadChecksum, m_begin, words); }
    [[nodiscard]] Lsn here() const { return { m_address.value + static_cast<std::uint64_t>(m_position) }; }

    WalRecords *m_records;
    std::optional<WalStop> m_stop;
    std::optional<TimelineId> m_youngest;
    bool m_started = false;
    int m_version = 0;
    std::uint16_t m_magic = 0;
    std::uint64_t m_systemId = 0;
    std::uint32_t m_segmentSize = 0;
    TimelineId m_timeline;
    Lsn m_first; // where reading began
    Lsn m_next;

    const char *m_page = nullptr;
    Lsn m_address;
    qsizetype m_position = 0;

    std::optional<Lsn> m_previous; // where the record before begins
    std::uint32_t m_skip = 0;
    bool m_switched = false;
    bool m_overwritten = false; // the next record has to say so
    std::optional<Lsn> m_stray;
    Lsn m_end;

    bool m_open = false;
    Lsn m_begin;
    std::uint32_t m_length = 0;
    std::uint32_t m_got = 0;
    Crc32c m_crc;
    QByteArrayView m_view {}; // the record where it lies in one page, else m_kept
    QByteArray m_kept;
};

} // namespace tidemark
