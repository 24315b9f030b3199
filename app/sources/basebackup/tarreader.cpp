#include "basebackup/tarreader.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr qsizetype Block = 512;

QByteArray textAt(const QByteArray &header, qsizetype at, qsizetype length)
{
    const QByteArray field = header.mid(at, length);
    const qsizetype end = field.indexOf('\0');
    return end < 0 ? field : field.left(end);
}

// Octal digits, or for sizes above 8 GB binary with the first bit set.
qint64 numberAt(const QByteArray &header, qsizetype at, qsizetype length)
{
    if ((header[at] & char(0x80)) == 0)
        return textAt(header, at, length).trimmed().toLongLong(nullptr, 8);
    qint64 value = 0;
    for (qsizetype i = at + length - 8; i < at + length; ++i)
        value = value << 8 | static_cast<unsigned char>(header[i]);
    return value;
}

bool sumHolds(const QByteArray &header)
{
    qint64 sum = 0;
    for (qsizetype i = 0; i < Block; ++i)
        sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(header[i]);
    return sum == numberAt(header, 148, 8);
}

} // namespace

bool TarReader::take(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && !m_ended && !m_damaged) {
        const bool within = m_left > 0 || m_padding > 0;
        bytes = bytes.sliced(within ? takeData(bytes) : takeHeader(bytes));
    }
    return !m_damaged;
}

qsizetype TarReader::takeHeader(QByteArrayView bytes)
{
    const qsizetype count = std::min(bytes.size(), Block - m_header.size());
    m_header.append(bytes.first(count));
    if (m_header.size() == Block) {
        header();
        m_header.clear();
    }
    return count;
}

void TarReader::header()
{
    if (std::ranges::all_of(m_header, [](char c) { return c == '\0'; })) {
        m_ended = true;
        return;
    }
    m_left = numberAt(m_header, 124, 12);
    m_damaged = m_left < 0 || !sumHolds(m_header);
    if (m_damaged)
        return;
    m_padding = (Block - m_left % Block) % Block;
    const char type = m_header[156];
    const QByteArray prefix = textAt(m_header, 345, 155);
    const QByteArray name = textAt(m_header, 0, 100);
    m_file = type == '0' || type == '\0';
    if (type == '5' || type == '2')
        m_left = m_padding = 0; // folders and links carry nothing, whatever their size says
    if (!m_file)
        return;
    m_listener.begin(prefix.isEmpty() ? name : prefix + '/' + name, m_left);
    if (m_left == 0)
        m_listener.end();
}

qsizetype TarReader::takeData(QByteArrayView bytes)
{
    if (m_left == 0) {
        const qsizetype padding = std::min<qsizetype>(bytes.size(), m_padding);
        m_padding -= padding;
        return padding;
    }
    const qsizetype count = std::min<qsizetype>(bytes.size(), m_left);
    m_left -= count;
    if (m_file)
        m_listener.take(bytes.first(count));
    if (m_file && m_left == 0)
        m_listener.end();
    return count;
}

} // namespace tidemark
