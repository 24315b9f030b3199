#include "wal/reader.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::uint32_t LongestRecord = 1U << 30;
constexpr qsizetype MostKept = 16 << 20; // a COMMIT that drops half a million files
constexpr std::uint32_t Checked = 20; // of the header, by the checksum behind these bytes
constexpr std::uint64_t Alignment = 8;

qsizetype aligned(qsizetype position)
{
    return (position + 7) & ~qsizetype { 7 };
}

QString hex(std::uint32_t value, int digits)
{
    return QString::number(value, 16).toUpper().rightJustified(digits, u'0');
}

bool isZero(const char *page, qsizetype from = 0)
{
    const auto count = static_cast<std::size_t>(WalPageSize - from);
    return count == 0 || (page[from] == 0 && std::memcmp(page + from, page + from + 1, count - 1) == 0);
}

} // namespace

bool WalReader::stop(WalFault fault, Lsn at, const QString &words)
{
    m_stop = WalStop { fault, at, words };
    return false;
}

bool WalReader::page(const char *bytes)
{
    if (m_stop)
        return false;
    m_page = bytes;
    m_address = m_next;
    const bool segmentBegins = m_segmentSize == 0 || m_next.value % m_segmentSize == 0;
    if (m_switched && !segmentBegins) {
        lookForStrays(0);
        m_next.value += WalPageSize;
        return true;
    }
    m_switched = false;
    m_stray.reset();
    const auto header = WalPageHeader::parse(bytes);
    if (!m_started && !firstPage(header))
        return false;
    if (!goodHeader(header))
        return false;
    m_next = { m_address.value + WalPageSize };
    m_position = header.size();
    return joins(header) && readRecords();
}

bool WalReader::firstPage(const WalPageHeader &header)
{
    m_version = walVersion(header.magic);
    m_address = { header.address };
    if (isZero(m_page))
        return badPage(u"the first page is zeros"_s);
    if (m_version == 0)
        return badPage(
            u"the first page begins with %1, which is the mark of no WAL of PostgreSQL 13 to 18"_s.arg(
                hex(header.magic, 4)));
    if (!header.is(WalPageHeader::Long) || !isSegmentSize(header.segmentSize))
        return badPage(u"the first page does not tell the size of its segment"_s);
    if (header.address % header.segmentSize != 0)
        return badPage(u"the first page says %1, where no segment begins"_s.arg(m_address.toString()));
    m_magic = header.magic;
    m_systemId = header.systemId;
    m_segmentSize = header.segmentSize;
    m_first = m_end = m_address;
    return true;
}

bool WalReader::goodHeader(const WalPageHeader &header)
{
    if (header.magic != m_magic)
        return badPage(isZero(m_page)
                ? u"a page of zeros"_s
                : u"the page begins with %1 instead of %2"_s.arg(hex(header.magic, 4), hex(m_magic, 4)));
    if (header.address != m_address.value)
        return badPage(u"the page says it belongs to %1"_s.arg(Lsn { header.address }.toString()));
    if (header.timeline < std::max(m_timeline.value, 1U))
        return badPage(u"the page is of timeline %1, the page before it of %2"_s.arg(header.timeline)
                           .arg(m_timeline.value));
    if (m_youngest && header.timeline > m_youngest->value)
        return badPage(
            u"the page is of timeline %1, the segment of %2"_s.arg(header.timeline).arg(m_youngest->value));
    if ((header.flags & ~WalPageHeader::Known) != 0 || header.padding != 0)
        return badPage(u"the page's header has bits that mean nothing"_s);
    m_timeline = { header.timeline };
    return goodLongForm(header);
}

bool WalReader::goodLongForm(const WalPageHeader &header)
{
    const bool segmentBegins = m_address.value % m_segmentSize == 0;
    if (header.is(WalPageHeader::Long) != segmentBegins)
        return badPage(segmentBegins ? u"the segment's first page has no long header"_s
                                     : u"the page has the header of a segment's first"_s);
    if (!segmentBegins)
        return true;
    if (header.systemId != m_systemId)
        return stop(WalFault::Foreign, m_address,
            u"the segment is of cluster %1, the one before it of %2"_s.arg(header.systemId).arg(m_systemId));
    if (header.segmentSize != m_segmentSize || header.blockSize != WalPageSize)
        return badPage(u"the segment tells of %1-byte segments with %2-byte pages"_s.arg(header.segmentSize)
                           .arg(header.blockSize));
    return true;
}

bool WalReader::joins(const WalPageHeader &header)
{
    if (header.is(WalPageHeader::Overwritten) && !overwrites(header))
        return false;
    const bool continued = header.is(WalPageHeader::Continues);
    if (continued == (header.remaining == 0))
        return badPage(continued
                ? u"the page continues a record without bytes"_s
                : u"the page tells %1 bytes of a record that it does not continue"_s.arg(header.remaining));
    if (!m_started) {
        m_started = true;
        m_skip = header.remaining;
        if (m_skip > LongestRecord)
            return badPage(u"the page continues a record with %1 bytes, longer than any"_s.arg(m_skip));
    } else if (!continues(header)) {
        return false;
    }
    skip();
    return true;
}

bool WalReader::continues(const WalPageHeader &header)
{
    const std::uint32_t wanted = m_open ? m_length - m_got : m_skip;
    if (header.remaining == wanted)
        return true;
    if (wanted == 0)
        return badPage(
            u"the page continues a record with %1 bytes, but none is open"_s.arg(header.remaining));
    return badPage(u"%1 bytes are missing of the record %2, but the page brings %3"_s.arg(wanted)
                       .arg(m_open ? u"at %1"_s.arg(m_begin.toString()) : u"begun before"_s)
                       .arg(header.remaining));
}

bool WalReader::overwrites(const WalPageHeader &header)
{
    if (header.is(WalPageHeader::Continues))
        return badPage(u"the page both continues a record and says that it is lost"_s);
    if (m_started && !m_open && m_skip == 0)
        return badPage(u"the page says that a record is lost, but none is open"_s);
    m_open = false;
    m_got = m_length = m_skip = 0;
    m_overwritten = true;
    return true;
}

void WalReader::skip()
{
    if (m_skip == 0)
        return;
    const auto here = std::min<std::uint32_t>(m_skip, static_cast<std::uint32_t>(WalPageSize - m_position));
    m_skip -= here;
    m_position += here;
    if (m_skip == 0)
        m_position = aligned(m_position);
}

bool WalReader::readRecords()
{
    while (m_position < WalPageSize) {
        if (!m_open && !begin())
            return false;
        collect();
        if (m_got < m_length)
            return true;
        if (!complete())
            return false;
        if (m_switched) {
            lookForStrays(m_position);
            return true;
        }
    }
    return true;
}

bool WalReader::begin()
{
    m_begin = here();
    m_length = qFromLittleEndian<std::uint32_t>(m_page + m_position);
    if (m_length == 0)
        return badRecord(isZero(m_page, m_position) ? u"the log ends here, before the segment does"_s
                                                    : u"a record begins here with no length"_s);
    if (m_length < WalRecord::HeaderSize || m_length > LongestRecord)
        return badRecord(u"a record begins here with the length %1"_s.arg(m_length));
    m_open = true;
    m_got = 0;
    m_crc = {};
    if (!m_kept.isEmpty())
        m_kept.resize(0);
    m_view = {};
    return true;
}

bool WalReader::goodRecordHeader(const WalRecord &record)
{
    const auto manager = static_cast<std::uint8_t>(record.manager);
    const bool known = record.manager <= ResourceManager::LastBuiltIn
        || (m_version >= 15 && record.manager >= ResourceManager::FirstExtension);
    if (!known)
        return badRecord(u"the record is of resource manager %1, which does not exist"_s.arg(manager));
    const bool linked = m_previous ? record.previous == *m_previous
                                   : record.previous < m_first && record.previous.value % Alignment == 0;
    if (!linked)
        return badRecord(
            u"the record says that the one before it begins at %1"_s.arg(record.previous.toString()));
    if (m_overwritten && !record.tellsOverwritten())
        return badRecord(u"the page says that a record is lost, but its first record does not"_s);
    return true;
}

// Takes what this page has of the open record.
void WalReader::collect()
{
    const auto left = static_cast<std::uint32_t>(WalPageSize - m_position);
    const std::uint32_t count = std::min(m_length - m_got, left);
    const char *bytes = m_page + m_position;
    const std::uint32_t ofHeader
        = m_got < WalRecord::HeaderSize ? std::min(count, WalRecord::HeaderSize - m_got) : 0;
    m_crc.add(bytes + ofHeader, count - ofHeader);
    if (count == m_length)
        m_view = QByteArrayView(bytes, count);
    else if (m_kept.size() < MostKept)
        m_kept.append(bytes, count);
    m_got += count;
    m_position += count;
}

bool WalReader::complete()
{
    const QByteArrayView bytes = m_view.isEmpty() ? QByteArrayView(m_kept) : m_view;
    auto record = WalRecord::parse(m_begin, bytes);
    if (!goodRecordHeader(record))
        return false;
    m_crc.add(bytes.data(), Checked);
    const auto said = qFromLittleEndian<std::uint32_t>(bytes.data() + Checked);
    if (m_crc.value() != said)
        return badRecord(
            u"the record's checksum is %1, its bytes give %2"_s.arg(hex(said, 8), hex(m_crc.value(), 8)));
    m_open = false;
    m_overwritten = false;
    m_previous = m_begin;
    m_position = aligned(m_position);
    m_end = here();
    m_switched = record.isSwitch();
    record.version = m_version;
    record.next = m_end;
    m_records->take(record);
    return true;
}

void WalReader::lookForStrays(qsizetype from)
{
    if (m_stray || isZero(m_page, from))
        return;
    const auto *stray = std::find_if(m_page + from, m_page + WalPageSize, [](char c) { return c != 0; });
    m_stray = Lsn { m_address.value + static_cast<std::uint64_t>(stray - m_page) };
}

std::optional<WalReader::OpenRecord> WalReader::open() const
{
    if (!m_open)
        return {};
    return OpenRecord { m_begin, m_length, m_length - m_got };
}

bool WalReader::goodSoFar()
{
    if (m_stop || !m_open || m_kept.size() < qsizetype { WalRecord::HeaderSize })
        return !m_stop;
    if (!goodRecordHeader(WalRecord::parse(m_begin, m_kept)))
        return false;
    if (const auto other = otherLength())
        return badRecord(
            u"the record says it has %1 bytes, but is whole with %2"_s.arg(m_length).arg(*other));
    return true;
}

std::optional<std::uint32_t> WalReader::otherLength() const
{
    if (m_got > m_kept.size())
        return {};
    const auto said = qFromLittleEndian<std::uint32_t>(m_kept.constData() + Checked);
    for (int bit = 0; bit < 32; ++bit) {
        const std::uint32_t other = m_length ^ 1U << bit;
        if (other < WalRecord::HeaderSize || other > m_got)
            continue;
        QByteArray header = m_kept.left(Checked);
        qToLittleEndian(other, header.data());
        Crc32c crc;
        crc.add(m_kept.constData() + WalRecord::HeaderSize, other - WalRecord::HeaderSize);
        crc.add(header.constData(), Checked);
        if (crc.value() == said)
            return other;
    }
    return {};
}

} // namespace tidemark
