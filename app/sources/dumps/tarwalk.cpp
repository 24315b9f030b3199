#include "dumps/tarwalk.h"

#include "dumps/toc.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qsizetype NameSize = 100;
constexpr qsizetype SizeAt = 124;
constexpr qsizetype SizeSize = 12;
constexpr qsizetype SumAt = 148;
constexpr qsizetype SumSize = 8;
constexpr qsizetype MagicAt = 257;
constexpr qsizetype PrefixAt = 345;
constexpr qsizetype PrefixSize = 155;
constexpr qsizetype MostMembers = 4'000'000;

QByteArrayView text(QByteArrayView field)
{
    const qsizetype end = field.indexOf('\0');
    return end < 0 ? field : field.first(end);
}

// Octal digits, or a big number in binary behind a set bit; -1 when it is neither.
qint64 number(QByteArrayView field)
{
    if ((static_cast<unsigned char>(field[0]) & 0x80U) != 0) {
        quint64 value = 0;
        for (const char c : field.last(8))
            value = value << 8 | static_cast<unsigned char>(c);
        return value > quint64(std::numeric_limits<qint64>::max()) / 2 ? -1 : qint64(value);
    }
    qint64 value = 0;
    for (const char c : text(field).trimmed()) {
        if (c < '0' || c > '7')
            return -1;
        value = value * 8 + (c - '0');
    }
    return value;
}

bool goodSum(QByteArrayView header)
{
    qint64 sum = 0;
    for (qsizetype i = 0; i < header.size(); ++i)
        sum += i >= SumAt && i < SumAt + SumSize ? ' ' : static_cast<unsigned char>(header[i]);
    return number(header.sliced(SumAt, SumSize)) == sum;
}

QByteArray nameOf(QByteArrayView header)
{
    const QByteArrayView name = text(header.first(NameSize));
    const QByteArrayView prefix = text(header.sliced(PrefixAt, PrefixSize));
    return prefix.isEmpty() ? name.toByteArray() : prefix.toByteArray() + '/' + name.toByteArray();
}

} // namespace

bool TarWalk::isTar(QByteArrayView head)
{
    return head.size() >= Block && head.sliced(MagicAt, 5) == "ustar" && goodSum(head.first(Block));
}

void TarWalk::take(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && m_damage.isEmpty()) {
        if (m_skip > 0) {
            const qint64 count = std::min<qint64>(m_skip, bytes.size());
            if (m_keeping)
                m_toc->append(bytes.first(count));
            m_skip -= count;
            bytes = bytes.sliced(count);
            continue;
        }
        m_keeping = false;
        const qsizetype count = std::min(Block - m_piece.size(), bytes.size());
        m_piece.append(bytes.first(count));
        bytes = bytes.sliced(count);
        if (m_piece.size() == Block) {
            header();
            m_piece.resize(0);
        }
    }
}

void TarWalk::header()
{
    if (std::all_of(m_piece.cbegin(), m_piece.cend(), [](char c) { return c == 0; })) {
        ++m_ends;
        return;
    }
    const QByteArrayView header = m_piece;
    const qint64 size = number(header.sliced(SizeAt, SizeSize));
    if (m_ends > 0 || !isTar(header) || size < 0 || m_members.size() >= MostMembers)
        m_damage = m_name.isEmpty() ? u"the first member is damaged"_s
                                    : u"no member follows \"%1\""_s.arg(QString::fromUtf8(m_name));
    else
        member(nameOf(header), size);
}

void TarWalk::member(const QByteArray &name, qint64 size)
{
    m_name = name;
    if (m_members.isEmpty())
        m_first = name;
    m_members.insert(name, size);
    m_skip = (size + Block - 1) / Block * Block;
    m_keeping = name == "toc.dat" && !m_toc && size <= LongestToc;
    if (m_keeping)
        m_toc.emplace();
}

QString TarWalk::ending() const
{
    if (!m_damage.isEmpty())
        return m_damage;
    if (m_skip > 0)
        return u"it ends in the middle of \"%1\""_s.arg(QString::fromUtf8(m_name));
    return m_ends >= 2 ? QString() : u"it has no end mark"_s;
}

} // namespace tidemark
