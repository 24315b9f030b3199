#include "mended.h"

#include "wal/crc32c.h"
#include "wal/page.h"
#include "wal/record.h"
#include "wal/segment.h"

#include <QtEndian>

#include <array>

namespace tidemark::test {

namespace {

constexpr qsizetype ChecksumAt = 20;
constexpr qsizetype LinkAt = 8;
constexpr std::uint64_t BehindBorder = 100; // bytes of the filling record in the next segment

class Mender
{
public:
    Mender(QByteArray pages, bool fill)
        : m_bytes(std::move(pages))
        , m_first(WalPageHeader::parse(m_bytes.constData()))
        , m_fill(fill)
    {
        if (!isSegmentSize(m_first.segmentSize))
            m_first.segmentSize = 1 << 20;
        m_first.address -= m_first.address % m_first.segmentSize;
        m_missing = m_first.remaining;
    }
    QByteArray pages()
    {
        bool more = true;
        for (m_page = 0; more && m_page + WalPageSize <= m_bytes.size(); m_page += WalPageSize) {
            mendHeader();
            more = mendRecords();
        }
        return m_bytes;
    }

private:
    template <class T>
    void put(qsizetype at, T value)
    {
        qToLittleEndian(value, m_bytes.data() + at);
    }
    [[nodiscard]] std::uint64_t address(qsizetype at) const
    {
        return m_first.address + static_cast<std::uint64_t>(at);
    }

    void mendHeader()
    {
        const auto header = WalPageHeader::parse(m_bytes.constData() + m_page);
        const bool begins = address(m_page) % m_first.segmentSize == 0;
        const bool lost = header.is(WalPageHeader::Overwritten) && m_page > 0 && m_missing > 0;
        if (lost)
            m_missing = 0;
        const auto flag = [](bool set, unsigned which) { return set ? which : 0U; };
        const unsigned flags = flag(m_missing > 0, WalPageHeader::Continues)
            | flag(begins, WalPageHeader::Long) | flag(lost, WalPageHeader::Overwritten)
            | (header.flags & WalPageHeader::Removable);
        m_timeline = std::max({ m_timeline, header.timeline, 1U });
        put(m_page, m_first.magic);
        put(m_page + 2, static_cast<std::uint16_t>(flags));
        put(m_page + 4, m_timeline);
        put(m_page + 8, address(m_page));
        put(m_page + 16, m_missing);
        put(m_page + 20, std::uint32_t { 0 });
        if (begins) {
            put(m_page + 24, m_first.systemId);
            put(m_page + 32, m_first.segmentSize);
            put(m_page + 36, static_cast<std::uint32_t>(WalPageSize));
        }
        m_at = m_page + (begins ? WalPageHeader::LongSize : WalPageHeader::ShortSize);
    }

    [[nodiscard]] bool mendRecords()
    {
        const qsizetype end = m_page + WalPageSize;
        while (m_at < end) {
            if (m_missing == 0 && !begin())
                return false;
            const auto here = std::min(m_missing, static_cast<std::uint32_t>(end - m_at));
            for (qsizetype i = 0; m_open && i < here && m_seen + i < WalRecord::HeaderSize; ++i)
                m_header[static_cast<std::size_t>(m_seen + i)] = m_at + i;
            if (m_open)
                m_record.append(m_bytes.constData() + m_at, here);
            m_seen += here;
            m_at += here;
            m_missing -= here;
            if (m_missing > 0)
                return true;
            if (m_open)
                sign();
            m_at = (m_at + 7) & ~qsizetype { 7 };
        }
        return true;
    }

    [[nodiscard]] bool begin()
    {
        m_missing = qFromLittleEndian<std::uint32_t>(m_bytes.constData() + m_at);
        if (m_missing == 0 && m_fill)
            m_missing = putFilling();
        m_open = m_missing >= WalRecord::HeaderSize;
        m_record.resize(0);
        m_seen = 0;
        return m_open;
    }
    [[nodiscard]] std::uint32_t putFilling()
    {
        constexpr std::uint8_t Noop = 0x20;
        const std::uint64_t left = m_first.segmentSize - address(m_at) % m_first.segmentSize;
        if (m_at + WalRecord::HeaderSize > m_page + WalPageSize)
            return 0;
        const auto length = static_cast<std::uint32_t>(left + BehindBorder);
        put(m_at, length);
        put(m_at + 16, Noop);
        put(m_at + 17, std::uint8_t { 0 });
        return length;
    }

    void sign()
    {
        std::array<char, 8> link {};
        qToLittleEndian(m_previous, link.data());
        for (qsizetype i = 0; i < 8 && m_previous != 0; ++i)
            m_record[LinkAt + i] = link[static_cast<std::size_t>(i)];
        Crc32c crc;
        crc.add(m_record.constData() + WalRecord::HeaderSize,
            static_cast<std::size_t>(m_record.size() - WalRecord::HeaderSize));
        crc.add(m_record.constData(), ChecksumAt);
        qToLittleEndian(crc.value(), m_record.data() + ChecksumAt);
        for (std::size_t i = 0; i < m_header.size(); ++i)
            m_bytes[m_header[i]] = m_record[static_cast<qsizetype>(i)];
        m_previous = address(m_header.front());
        m_open = false;
    }

    QByteArray m_bytes;
    WalPageHeader m_first;
    bool m_fill;
    qsizetype m_page = 0;
    qsizetype m_at = 0;
    std::uint32_t m_timeline = 0;
    std::uint32_t m_missing = 0; // bytes of the record that is open
    bool m_open = false; // false while the end of a record from before is passed
    qsizetype m_seen = 0; // bytes of it so far
    QByteArray m_record;
    std::array<qsizetype, WalRecord::HeaderSize> m_header {}; // where its header lies
    std::uint64_t m_previous = 0;
};

} // namespace

QByteArray mendedPages(QByteArray pages, bool fill)
{
    return pages.size() < WalPageSize ? pages : Mender(std::move(pages), fill).pages();
}

} // namespace tidemark::test
